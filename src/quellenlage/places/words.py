"""Which words of a place's name tell it from other places."""

from __future__ import annotations

from functools import cache

from quellenlage.model import fold
from quellenlage.resources import load

RESOURCE = "de/places.toml"

_SHORT = 3
"""Letters up to which a word of a place's name tells nothing ("von", "Bad")."""


def telling_words(name: str) -> frozenset[str]:
    """Folded words that tell a place from others: of "Hafen von Tartus" the last, of "der Hafen" none."""
    return frozenset(word for word in fold(name).split() if len(word) > _SHORT and word not in _kinds())


@cache
def _kinds() -> frozenset[str]:
    """Words for kinds of places: towns, regions, buildings, and what towns have."""
    heads, facilities = load(RESOURCE)["heads"], load(RESOURCE)["facilities"]
    listed = " ".join((heads["gpe"], heads["loc"], heads["of"], facilities["heads"]))
    return frozenset(word for one in listed.split() for word in fold(one).split())
