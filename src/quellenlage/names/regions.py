"""Whether two names are one place's by the words alone; which place is meant is told by the context, not here."""

from __future__ import annotations

from functools import cache

from quellenlage.model import fold
from quellenlage.model.recent import recent
from quellenlage.names.comparison import Comparison, known
from quellenlage.names.listed import first_forms
from quellenlage.names.parts import WORDS
from quellenlage.names.scripts import to_latin
from quellenlage.names.sounds import near
from quellenlage.names.towns import two_towns
from quellenlage.resources import load

PLACES = "de/places.toml"
_SECTIONS = ("states", "cities", "regions", "locations")


def _canonical() -> dict[str, str]:
    return first_forms(PLACES, _SECTIONS)


@cache
def _generic() -> frozenset[str]:
    return frozenset(load(WORDS)["places"]["generic"].split())


def canonical_place(name: str) -> str | None:
    """Folded first form of a place of the table (damaskus for Damascus), None for others."""
    return _canonical().get(fold(to_latin(name)))


@recent(1 << 14)
def place_words(name: str) -> tuple[str, ...]:
    """The words of a place's name that tell it from others, in lower case."""
    words = to_latin(name).lower().replace("-", " ").split()
    return tuple([w for w in words if fold(w) not in _generic()] or words)


def compare_places(one: str, other: str) -> Comparison:
    """Compare two names of places; "Provinz", "Stadt" and the Arabic article may be missing."""
    told = known("places", one, other)
    if told:
        return told
    a, b = fold(to_latin(one)), fold(to_latin(other))
    if a == b:
        return Comparison(0.99, (f"name:{a}",))
    table = _canonical()
    if a in table and b in table:
        same = table[a] == table[b]
        return Comparison(0.95 if same else 0.0, (f"{'exonym' if same else 'known-apart'}:{a}~{b}",))
    left, right = place_words(one), place_words(other)
    if "".join(left) == "".join(right):
        return Comparison(0.95, (f"name:{''.join(left)}",))
    if two_towns(one, other):
        return Comparison(0.0, (f"two-towns:{a}~{b}",))
    if len(left) != len(right):
        left, right = ("".join(left),), ("".join(right),)
    score, reasons = 1.0, []
    for ours, theirs in zip(left, right, strict=True):
        telling = max(len(ours), len(theirs)) > 4 or len(left) > 1
        nearness = near(ours, theirs) if telling else (1.0 if ours == theirs else None)
        if nearness is None:
            return Comparison(0.0, (f"differ:{ours}~{theirs}",))
        score = min(score, 1.0 if ours == theirs else 0.6 + 0.32 * (nearness - 0.5) * 2)
        reasons.append(f"word:{ours}" if ours == theirs else f"spelling:{ours}~{theirs}")
    return Comparison(round(score, 3), tuple(reasons))
