"""The chronicle for maps: a GeoJSON FeatureCollection (RFC 7946), one feature an event and place.

A settlement is a point with its radius as property; a region, a state or a sea is an area. Where it is not sure which
place is meant, or nobody names one, the feature has no geometry and says why. Of accounts that disagree about the
place each place has its feature.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quellenlage.model import ConflictKind, Event
from quellenlage.views.exports.areas import shape
from quellenlage.views.exports.facts import line_facts
from quellenlage.views.exports.part import Part
from quellenlage.views.exports.streams import listed
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words

Record = dict[str, Any]

_PRECISION = {
    "building": "precision.building",
    "settlement": "precision.settlement",
    "region": "precision.region",
    "state": "precision.state",
    "water": "precision.water",
    "area": "precision.area",
}
_WHY = {"none": "no_geometry.none", "unknown": "no_geometry.unknown", "unsure": "no_geometry.unsure"}


def document(part: Part, holdings: Holdings, words: Words) -> Iterator[bytes]:
    """The file in pieces."""
    return listed({"type": "FeatureCollection"}, "features", features(part, holdings, words))


def features(part: Part, holdings: Holdings, words: Words) -> Iterator[Record]:
    """The features in the order of the chronicle."""
    for entry in part.lines:
        event = holdings.events[entry.event]
        facts = line_facts(entry, part.titles.get(entry.story), holdings, words)
        places = _places(event, holdings)
        for number, place in enumerate(places):
            own = {**facts, **_where(place, holdings, words), "place_disputed": len(places) > 1}
            own.pop("id")
            identifier = event.id if number == 0 else f"{event.id}/{number + 1}"
            found = holdings.entities.get(holdings.linked.aliases.get(place, place)) if place else None
            yield {
                "type": "Feature",
                "id": identifier,
                "geometry": shape(found.place if found else None),
                "properties": {"event": event.id, **own},
            }


def _places(event: Event, holdings: Holdings) -> list[str | None]:
    """The place of an event; of one whose place is in dispute all that are told, that of the event first."""
    disputed = [c for c in holdings.conflicts_of.get(event.id, ()) if c.kind is ConflictKind.PLACE]
    told = [side.value for conflict in disputed for side in conflict.sides if side.value in holdings.entities]
    return list(dict.fromkeys([event.place, *told])) if event.place or not told else list(dict.fromkeys(told))


def _where(identifier: str | None, holdings: Holdings, words: Words) -> Record:
    """What is known of a place: its name, class of precision, radius in km, score, and why there is no geometry."""
    entity = holdings.entities.get(holdings.linked.aliases.get(identifier, identifier)) if identifier else None
    place = entity.place if entity else None
    located = shape(place) is not None
    why = None if located else "none" if identifier is None else "unknown" if place is None else "unsure"
    precision = place.precision if place and located else None
    return {
        "place": holdings.name(identifier) or None,
        "place_id": place.key if place and located else None,
        "states": list(place.state) if place else [],
        "precision": precision,
        "precision_label": words(_PRECISION[precision]) if precision else None,
        "radius_km": place.radius_km if place and located else None,
        "place_score": place.score if place else None,
        "no_geometry": why,
        "no_geometry_label": words(_WHY[why]) if why else None,
    }
