"""Where letters count although they sound alike: German families are told apart by them (Meyer, Maier)."""

from __future__ import annotations

import re
from functools import cache

from quellenlage.model import fold
from quellenlage.model.recent import recent
from quellenlage.names.given import FIRST_NAMES
from quellenlage.names.parts import WORDS
from quellenlage.resources import load

_RECENT = 1 << 14
_CLOSE = 0.8
"""Nearness from which a difference that no German family name knows is one of transcription."""
_DOUBLED = re.compile(r"(.)\1+")


@recent(_RECENT)
def _native(folded: str, but: str = "") -> str:
    """A word without what German families spell in several ways (Maier, Schmitt): such names are not one's.

    `but`: a field of the table with ways that are to stay.
    """
    pattern, spellings = _families(but)
    return _DOUBLED.sub(r"\1", pattern.sub(lambda m: spellings[m.group()], folded))


@cache
def _families(but: str) -> tuple[re.Pattern[str], dict[str, str]]:
    table = load(WORDS)["families"]
    left_out = set(table[but].split()) if but else set()
    spellings = dict(cell.split("=") for cell in table["spellings"].split() if cell not in left_out)
    return re.compile("|".join(sorted(spellings, key=len, reverse=True))), spellings


def is_transcription(one: str, other: str, nearness: float, *, body: bool = False) -> bool:
    """Whether two folded words that sound alike differ as transcriptions do, not as German families' names do.

    `nearness` as of `near`. In a body's name ("Gasprom", "Gazprom") more differences are those of transcription.
    """
    but = "transcribed" if body else ""
    return nearness >= _CLOSE and _native(one, but) != _native(other, but)


@recent(_RECENT)
def is_family(folded: str) -> bool:
    """Whether a word is one of the commonest German surnames, or sounds like one and is spelt otherwise (Kayser)."""
    return _native(folded) in _surnames()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(_native(fold(name)) for name in load(FIRST_NAMES)["common_surnames"]["names"].split())
