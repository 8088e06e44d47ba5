"""Place names with an article, or with "auf" or "an" for "in": "in der Eifel", "auf Sizilien", "am Bodensee"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from quellenlage.resources import load
from quellenlage.views.locale import Lang

TABLE = "de/place_articles.toml"
REGIONS = "de/regions.toml"
Way = Literal["in", "to", "from", "near"]
BARE_WAY: Mapping[Lang, Mapping[Way, str]] = {
    "de": {"in": "in", "to": "nach", "from": "aus", "near": "bei"},
    "en": {"in": "in", "to": "to", "from": "from", "near": "near"},
}
_BARE: Mapping[Way, str] = {"in": "", "to": "nach", "from": "von", "near": "bei"}
_DATIVE = {"m": "dem", "f": "der", "n": "dem", "p": "den"}
_ACCUSATIVE = {"m": "den", "f": "die", "n": "das", "p": "die"}
_CONTRACTED = {"in dem": "im", "an dem": "am", "von dem": "vom", "in das": "ins", "an das": "ans"}
_ARTICLED = ("mountains", "lakes", "seas")
"""Sections of the table of regions whose names take an article; those of rivers are names of towns as well."""
_PLAIN = frozenset({"Gibraltar"})
"""Names of these sections that take none."""

_WEAK = frozenset(
    """Hoher Naher Mittlerer Ferner Stiller Großer Oberer Südlicher Hohe Große Kleine Innere
    Schwarzes Rotes Gelbes Weißes Totes Altes""".split()
)
"""Adjectives in names that are inflected, beside those in -sch: "Thüringer" and "Comer" are not, nor are nouns."""


@dataclass(frozen=True, slots=True)
class _Placed:
    preposition: str
    gender: str
    """m, f, n, p, or "bare"."""


def placed(text: str, lang: Lang, way: Way) -> str | None:
    """The phrase of a name of the table; None where it is not there, or has no English name that we know."""
    found = _table().get(text)
    if found is None:
        return None
    if lang == "en":
        return _english(text, found, way)
    if found.gender == "bare":
        return f"{_BARE[way] or found.preposition} {text}"
    dative = f"{_DATIVE[found.gender]} {_inflected(text, found.gender, 'dat')}"
    if way == "in":
        return _contracted(f"{found.preposition} {dative}")
    if way == "to":
        return _contracted(f"{found.preposition} {_ACCUSATIVE[found.gender]} {_inflected(text, found.gender, 'acc')}")
    if way == "from":
        return _contracted(f"{'aus' if found.preposition == 'in' else 'von'} {dative}")
    return f"nahe {dative}"


def needs_article(text: str) -> bool:
    """Whether a name is that of a mountain or water, which takes an article that we may not know."""
    return text in _articled()


def _contracted(phrase: str) -> str:
    first, second, rest = phrase.split(" ", 2)
    return f"{_CONTRACTED.get(f'{first} {second}', f'{first} {second}')} {rest}"


def _inflected(text: str, gender: str, case: Literal["dat", "acc"]) -> str:
    """The name behind its article: "Schwarzen Meer", "Bayerischen Wald", and "Thüringer Wald" as it is."""
    first, _, rest = text.partition(" ")
    strong = {"m": "er", "f": "e", "n": "es", "p": "e"}[gender]
    inflected = first in _WEAK or first.removesuffix(strong).endswith("sch")
    if not rest or not inflected or not first.endswith(strong):
        return text
    changes = case == "dat" or gender in {"m", "p"}
    return f"{first.removesuffix(strong)}{'en' if changes else 'e'} {rest}"


def _english(text: str, found: _Placed, way: Way) -> str | None:
    name = _english_names().get(text)
    if name is None and found.gender in {"m", "f", "p"} and found.preposition == "in" and " " not in text:
        name = f"the {text}"
    if name is None:
        return None
    preposition = "at" if way == "in" and found.preposition == "an" else BARE_WAY["en"][way]
    return f"{preposition} {name}"


@cache
def _table() -> dict[str, _Placed]:
    table = load(TABLE)
    return {
        " ".join(name.split()): _Placed(preposition, gender)
        for preposition in ("in", "auf", "an")
        for gender in ("m", "f", "n", "p", "bare")
        for name in table[preposition].get(gender, "").split(",")
        if name.strip()
    }


@cache
def _english_names() -> dict[str, str]:
    return dict(row.split("=") for row in load(TABLE)["english"]["names"].strip().splitlines())


@cache
def _articled() -> frozenset[str]:
    regions = load(REGIONS)
    rows = (row for section in _ARTICLED for row in regions[section]["rows"].strip().splitlines())
    return frozenset(name.strip() for row in rows for name in row.partition(";")[0].split(",")) - _PLAIN
