"""The list that tells what the map shows, the lines of one place, and lines that name no place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quellenlage.model import Archive, EntityPlace
from quellenlage.model.listing import Line, PlaceCard
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.chronicle_asked import PATH as CHRONICLE
from quellenlage.views.web.shown.chronicle_asked import Filters
from quellenlage.views.web.shown.chronicle_listed import shown_lines
from quellenlage.views.web.shown.lines import ShownLine
from quellenlage.views.web.shown.names_spelled import ShownPlace, shown_place
from quellenlage.views.web.shown.places import Survey, drawing_of, places_of

SHOWN = 20
"""Lines of a place that stand beside the map; the chronicle has all of them."""

NOWHERE = "none"
"""What the address has in place of a place where lines without one are asked for."""

UNPLACED = 8
"""Places that are not on the map, those of most events, which are named beside it."""

_READ, _LOOKED = 200, 2_000
"""Lines that are read at once, and altogether, to find some that name no place."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place in the list: `where` tells how precisely it is `known`, if at all; `drawn` if it is on the map."""

    name: str
    href: str
    where: str
    states: str
    radius: str
    known: bool
    drawn: bool
    events: int
    chronicle: str
    here: str


def rows(archive: Archive, cards: Sequence[PlaceCard], filters: Filters, words: Words, path: str) -> list[Row]:
    """Places with what is known of where they are."""
    known = places_of(archive, [card.entity for card in cards])
    return [_row(card, known.get(card.entity), filters, words, path) for card in cards]


def _row(card: PlaceCard, place: EntityPlace | None, filters: Filters, words: Words, path: str) -> Row:
    shown = shown_place(place, words)
    drawing = drawing_of(place)
    sure = drawing is not None
    return Row(
        name=card.name,
        href=page_of(card.entity),
        where=shown.precision if shown and sure else words(_why(place)),
        states=shown.states if shown and sure else "",
        radius=shown.radius if shown and drawing == "area" else "",
        known=place is not None,
        drawn=sure,
        events=card.events,
        chronicle=in_chronicle(filters, card.entity),
        here=filters.address(path, at=card.entity),
    )


def _why(place: EntityPlace | None) -> str:
    return "no_geometry.unsure" if place else "no_geometry.unknown"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A place that is not on the map, with the address of its lines beside it."""

    name: str
    events: int
    here: str


def unplaced(found: Survey, filters: Filters, path: str) -> list[Unplaced]:
    """Places of most events that the map cannot show, as it is not known, or not surely, where they are."""
    return [
        Unplaced(card.name, card.events, filters.address(path, at=card.entity)) for card in found.unplaced[:UNPLACED]
    ]


def in_chronicle(filters: Filters, entity: str) -> str:
    """Address of the lines of a place in the chronicle, under the same filters."""
    return filters.address(CHRONICLE, place=[entity])


@dataclass(frozen=True, slots=True)
class Here:
    """Lines of one place, or of none; `total` is None where they were not counted, `next` where more may stand."""

    entity: str
    name: str
    place: ShownPlace | None
    lines: list[ShownLine]
    total: int | None
    chronicle: str
    close: str
    next: str = ""


def at_place(archive: Archive, filters: Filters, entity: str, words: Words, path: str) -> Here | None:
    """The lines of a place under the filters; None where there is no such place."""
    now = archive.resolve(entity)
    card = archive.entities_by_id([now]).get(now)
    if card is None:
        return None
    found = archive.lines(replace(filters.question, places=(now,)), limit=SHOWN)
    shown = shown_lines(archive, found.items, words)
    place = places_of(archive, [now]).get(now)
    return Here(
        entity=now,
        name=card.name,
        place=shown_place(place, words) if drawing_of(place) else None,
        lines=list(shown.values()),
        total=found.total,
        chronicle=in_chronicle(filters, now),
        close=filters.address(path),
    )


def nowhere(archive: Archive, filters: Filters, start: int, words: Words, path: str) -> Here:
    """Lines that name no place, from the line number `start` on; they are sought among those that are asked for."""
    found: list[Line] = []
    at, end = start, start + _LOOKED
    total = at + 1
    while at < min(end, total) and len(found) < SHOWN:
        page = archive.lines(filters.question, offset=at, limit=_READ)
        total = page.total
        for line in page.items:
            at += 1
            if line.place is None:
                found.append(line)
            if len(found) == SHOWN:
                break
        if not page.items:
            break
    return Here(
        entity=NOWHERE,
        name="",
        place=None,
        lines=list(shown_lines(archive, found, words).values()),
        total=None,
        chronicle="",
        close=filters.address(path),
        next=filters.address(path, at=NOWHERE, line=at) if at < total else "",
    )
