"""What the map is given: places with the kinds of their events, names of states, how everything lies in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from babel.core import get_global

from quellenlage.model import Archive
from quellenlage.views.locale import Lang, Words, words_for
from quellenlage.views.web.shown.chronicle_asked import LANE_TYPES, Filters
from quellenlage.views.web.shown.names_spelled import shown_place
from quellenlage.views.web.shown.places import Spot, survey
from quellenlage.views.web.shown.timeline import Said
from quellenlage.views.web.shown.timeline_periods import bars
from quellenlage.views.wording.states import state_name

Answer = dict[str, Any]

TOLD_APART = 10_000
"""Events at most whose kinds the map tells apart: counting more of them takes too long to move through time."""

_LANE_OF = {event_type: lane for lane, types in LANE_TYPES.items() for event_type in types}
_NUMBERED = 3  # digits of a state's number (ISO 3166-1)


def drawn(archive: Archive, filters: Filters, words: Words, say: Said, *, whole: bool) -> Answer:
    """The places of what is asked for; with `whole` also what does not change while one moves through time."""
    question = filters.question
    found = survey(archive, question)
    kinds = found.drawn <= TOLD_APART
    lanes: dict[str, Counter[str]] = {}
    told: Mapping[str, Mapping[str, int]] = {}
    if kinds and found.spots:
        here = replace(question, places=tuple(spot.card.entity for spot in found.spots))
        told = archive.place_counts(here, "factuality")
        for place, types in archive.place_counts(here, "type").items():
            lanes[place] = _by_lane(types)
    answer: Answer = {
        "total": found.total,
        "drawn": found.drawn,
        "kinds": kinds,
        "places": [
            {**_place(spot, words), "lanes": lanes.get(spot.card.entity, {}), "told": told.get(spot.card.entity, {})}
            for spot in found.spots
        ],
    }
    if whole:
        strip = bars(archive, filters.whole)
        answer |= {
            "span": [strip[0].first.isoformat(), max(one.last for one in strip).isoformat()] if strip else None,
            "strip": [[one.first.isoformat(), one.last.isoformat(), one.count] for one in strip],
            "states": _states(words.lang),
            "labels": _labels(words, say),
        }
    return answer


def _by_lane(types: Mapping[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for event_type, count in types.items():
        found[_LANE_OF[event_type]] += count
    return found


def _place(spot: Spot, words: Words) -> Answer:
    card, place = spot.card, spot.place
    shown = shown_place(place, words)
    precision = shown.precision if shown else ""
    return {
        "id": card.entity,
        "name": card.name,
        "drawing": spot.drawing,
        "lat": place.lat,
        "lon": place.lon,
        "radius": place.radius_km or 0.0,
        "states": list(place.state),
        "events": card.events,
        "precision": precision,
        "counted": words.count("count.events", card.events),
    }


@cache
def _states(lang: Lang) -> dict[str, list[str]]:
    """Code and name of each state by its number, by which the drawn map knows it; Kosovo has no number there."""
    words = words_for(lang)
    codes = {number: alike[0] for number, alike in get_global("territory_aliases").items() if len(alike) == 1}
    numbered = {n: code for n, code in codes.items() if n.isdigit() and len(n) == _NUMBERED}
    return {number: [code, state_name(code, words)] for number, code in {**numbered, "Kosovo": "XK"}.items()}


def _labels(words: Words, say: Said) -> Answer:
    return {
        "months": [words(f"date.month_short.{n}") for n in range(1, 13)],
        "events": say("events"),
        "places": say("places"),
        "zoom": say("Zoom in"),
        "choose": say("Places that lie here"),
        "nothing": say("Nothing here has a place that could be drawn."),
        "many": say("So many events that their kinds are not told apart; filters or a shorter window show them."),
        "drawing": say("Map: the list below tells the same"),
        "strip": say("The whole period; the window is what the map shows"),
        "from": say("Beginning of the window"),
        "to": say("End of the window"),
        "beyond": say("places outside"),
        "beyond_one": say("place outside"),
        "play": say("Play"),
        "pause": say("Pause"),
        "back": say("One window back"),
        "forth": say("One window on"),
        "lang": words.lang,
    }
