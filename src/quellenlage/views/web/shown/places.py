"""Places of the lines that are asked for: which can be drawn and how precisely, and which lines have none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quellenlage.model import Archive, Entity, EntityPlace
from quellenlage.model.listing import LineQuestion, PlaceCard
from quellenlage.places.keys import SURE
from quellenlage.views.exports.areas import shape

DRAWN = 300
"""Places on the map at most, those of most events; the list has all of them."""

EVERY = 1_000_000

Drawing: TypeAlias = Literal["point", "area", "state"]
"""How a place is drawn: as a spot where it is known to a spot, as the circle in which it lies, as the whole state."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is sure, with the events that are told of it."""

    card: PlaceCard
    place: EntityPlace
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Survey:
    """All places of a question, those of most events first.

    `total` counts the lines that are asked for, `capped` where there are more; `nowhere` those that name no place,
    `unsure` those whose place is not known, or not surely; `further` those whose place is in the list alone.
    `unplaced` are the places of the unsure ones.
    """

    cards: tuple[PlaceCard, ...]
    spots: tuple[Spot, ...]
    unplaced: tuple[PlaceCard, ...]
    total: int
    capped: bool
    nowhere: int
    unsure: int
    further: int

    @property
    def drawn(self) -> int:
        """Lines that are on the map."""
        return sum(spot.card.events for spot in self.spots)


def survey(archive: Archive, question: LineQuestion) -> Survey:
    """Look where everything that is asked for is told to have been."""
    cards = tuple(archive.places(question, EVERY))
    lines = archive.lines(question, limit=1)
    located = [card for card in cards if card.lat is not None or card.state]
    known = places_of(archive, [card.entity for card in located[:DRAWN]])
    spots = tuple(spot for card in located[:DRAWN] if (spot := _spot(card, known.get(card.entity))))
    shown = {spot.card.entity for spot in spots} | {card.entity for card in located[DRAWN:]}
    unplaced = tuple(card for card in cards if card.entity not in shown)
    placed = sum(card.events for card in cards)
    return Survey(
        cards=cards,
        spots=spots,
        unplaced=unplaced,
        total=lines.total,
        capped=lines.more,
        nowhere=max(0, lines.total - placed),
        unsure=sum(card.events for card in unplaced),
        further=sum(card.events for card in located[DRAWN:]),
    )


def places_of(archive: Archive, entities: Collection[str]) -> dict[str, EntityPlace]:
    """Where these entities are, as far as that is known."""
    found: Iterable[Entity] = archive.parts_of(entities).entities if entities else ()
    return {one.id: one.place for one in found if one.place is not None}


def drawing_of(place: EntityPlace | None) -> Drawing | None:
    """How a place is drawn; None where it is not known, or not surely."""
    if place is None or place.score < SURE:
        return None
    if place.precision == "state" and place.state:
        return "state"
    made = shape(place)
    if made is None:
        return "state" if len(place.state) == 1 else None
    return "point" if made["type"] == "Point" else "area"


def _spot(card: PlaceCard, place: EntityPlace | None) -> Spot | None:
    drawing = drawing_of(place)
    return Spot(card, place, drawing) if place is not None and drawing is not None else None
