"""Which names are those of news agencies and outlets: who passes an account on and can be its origin."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from quellenlage.model import OriginKind, fold
from quellenlage.resources import load

AGENCIES, OUTLETS, AFFILIATIONS = "de/agencies.toml", "de/outlets.toml", "de/affiliations.toml"
RESOURCES = (AGENCIES, OUTLETS, AFFILIATIONS)

_SHORT = 3
"""Letters up to which a spelling of an outlet is too common to count by itself ("SZ" is one, "nd" may be anything)."""
_BEFORE = frozenset(
    "nachrichtenagentur agentur staatsagentur staatliche staatlichen staatlicher amtliche amtlichen amtlicher zeitung "
    "fernsehsender sender".split()
)
"""Words that a name may carry in front: "Nachrichtenagentur Interfax"."""


@cache
def _agencies() -> dict[str, str]:
    rows = cast("list[dict[str, Any]]", load(AGENCIES)["agency"])
    found: dict[str, str] = {}
    for row in rows:
        for name in (row["code"], row["name"], *row["spellings"], *row.get("words", ())):
            found.setdefault(fold(name), row["code"])
    return found


@cache
def _outlets() -> dict[str, str]:
    rows = cast("list[dict[str, Any]]", load(OUTLETS)["outlet"])
    found: dict[str, str] = {}
    for row in rows:
        for name in (row["name"], *row.get("names", ())):
            if len(fold(name)) > _SHORT and fold(name) not in _bodies():
                found.setdefault(fold(name), row["name"])
    return found


@cache
def _bodies() -> frozenset[str]:
    """Folded names of bodies of a state: they have pages of their own, but what they say is their word."""
    rows = cast("list[dict[str, Any]]", load(AFFILIATIONS)["body"])
    return frozenset(fold(name) for row in rows for name in row["names"])


def house_named(name: str) -> tuple[OriginKind, str] | None:
    """The agency (by its code) or outlet that goes by a name, None for any other name."""
    words = fold(name).split()
    while len(words) > 1 and words[0] in _BEFORE:
        words = words[1:]
    plain = " ".join(words)
    if plain in _agencies():
        return OriginKind.AGENCY, _agencies()[plain]
    return (OriginKind.OUTLET, _outlets()[plain]) if plain in _outlets() else None
