"""Which places are states: too wide to contradict a place inside them."""

from __future__ import annotations

from functools import cache

from babel import Locale

from quellenlage.model import fold


@cache
def _states() -> frozenset[str]:
    """Folded German and English names of the world's territories, from CLDR."""
    names = (name for tag in ("de", "en") for name in Locale(tag).territories.values())
    return frozenset(fold(name) for name in names if name)


def is_state(name: str) -> bool:
    """Whether a name is that of a state or dependent territory, in German or English."""
    return fold(name) in _states()
