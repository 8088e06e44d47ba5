"""How a name is written: its forms by script with how often each stands in the articles, and where a place is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quellenlage.model import Entity, EntityPlace
from quellenlage.views.locale import Words
from quellenlage.views.wording.reasons import script_of
from quellenlage.views.wording.states import state_name

_DECIMALS = {"building": 2, "settlement": 2}
"""Decimals of coordinates that are meant so precisely; of anything larger none are told."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write the name; `share` is its count in per cent of that of the most frequent form."""

    text: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Script:
    """Forms in one script, the most frequent first."""

    name: str
    latin: bool
    forms: list[Form]


def shown_scripts(entity: Entity, counts: Mapping[str, int], words: Words) -> list[Script]:
    """Every form of a name by its script, Latin first; forms without a letter are left out."""
    listed = sorted(dict.fromkeys([*counts, *entity.spellings]), key=lambda form: -counts.get(form, 0))
    most = max(counts.values(), default=1)
    grouped: dict[str, list[Form]] = {}
    for form in listed:
        if script := script_of(form):
            count = counts.get(form, 0)
            grouped.setdefault(script, []).append(Form(form, count, round(100 * count / most, 1)))
    ordered = sorted(grouped, key=lambda script: script != "latin")
    return [Script(words.code("script", one), one == "latin", grouped[one]) for one in ordered]


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """Where something is, no more precisely than that is known; `at` are coordinates where they mean a spot."""

    name: str
    states: str
    precision: str
    radius: str
    at: str
    told_in: str


def shown_place(place: EntityPlace | None, words: Words) -> ShownPlace | None:
    """Word a place; None where nothing is known."""
    if place is None:
        return None
    decimals = _DECIMALS.get(place.precision or "")
    pinned = decimals is not None and place.lat is not None and place.lon is not None
    radius = place.radius_km if place.radius_km and place.radius_km >= 1 and place.precision != "state" else None
    return ShownPlace(
        name=place.name,
        states=words("list.and").join(state_name(code, words) for code in place.state),
        precision=words.code("precision", place.precision) if place.precision else "",
        radius=words.number(round(radius, 1 if radius < 10 else 0)) if radius else "",
        at=_coordinates(place.lat, place.lon, decimals, words) if pinned else "",
        told_in=words("entity.told_in", articles=words.count("dossier.in_articles", place.articles)),
    )


def _coordinates(lat: float | None, lon: float | None, decimals: int | None, words: Words) -> str:
    comma = "," if words.lang == "de" else "."
    return " / ".join(f"{one or 0.0:.{decimals}f}°".replace(".", comma) for one in (lat, lon))
