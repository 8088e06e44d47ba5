"""Which places contradict no other: states, too wide for it, and buildings, which lie in a town."""

from __future__ import annotations

from functools import cache

from babel import Locale

from quellenlage.model import fold
from quellenlage.places.words import RESOURCE
from quellenlage.resources import load


@cache
def _states() -> frozenset[str]:
    """Folded German and English names of the world's territories, from CLDR."""
    names = (name for tag in ("de", "en") for name in Locale(tag).territories.values())
    return frozenset(fold(name) for name in names if name)


def is_state(name: str) -> bool:
    """Whether a name is that of a state or dependent territory, in German or English."""
    return fold(name) in _states()


@cache
def _facilities() -> tuple[str, ...]:
    return tuple(fold(word) for word in load(RESOURCE)["facilities"]["heads"].split())


def is_facility(name: str) -> bool:
    """Whether a name is that of a building or site ("Kreiskrankenhaus", "Hotel Adler"), which may lie in any town."""
    return any(word.endswith(_facilities()) for word in fold(name).split())
