"""Words beside a name that tell what it is, as sets."""

from __future__ import annotations

from functools import cache

from quellenlage.resources import load

CONTEXT = "de/place_context.toml"


@cache
def word_set(section: str, field: str) -> frozenset[str]:
    """The words of one field, in lower case."""
    return frozenset(load(CONTEXT)[section][field].split())
