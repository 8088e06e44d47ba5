"""Events in which a name takes part, or which happened there, by the part it has in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quellenlage.model import Archive
from quellenlage.model.listing import LineQuestion
from quellenlage.views.locale import Words
from quellenlage.views.web.shown.chronicle_listed import shown_lines
from quellenlage.views.web.shown.lines import ShownLine

Said = Callable[[str], str]

SIZE = 12
PARTS = ("all", "actor", "recipient", "place")


@dataclass(frozen=True, slots=True)
class Part:
    """Events in which it has one part, as a choice with how many there are."""

    name: str
    label: str
    total: int
    capped: bool


@dataclass(frozen=True, slots=True)
class Events:
    """A page of the events of one part, newest first; undated ones at the end."""

    parts: list[Part]
    lines: list[ShownLine]
    total: int
    capped: bool


def question(entity: str, part: str) -> LineQuestion:
    """Lines in which an entity has a part; "all" in any."""
    match part:
        case "actor":
            return LineQuestion(actors=(entity,))
        case "recipient":
            return LineQuestion(recipients=(entity,))
        case "place":
            return LineQuestion(places=(entity,))
        case _:
            return LineQuestion(entities=(entity,))


def shown_events(archive: Archive, entity: str, chosen: tuple[str, int], words: Words, say: Said) -> Events:
    """The events of `chosen`, a part and an offset."""
    part, offset = chosen
    found = archive.lines(question(entity, part), offset=offset, limit=SIZE, order="-time")
    lines = shown_lines(archive, found.items, words)
    listed = [lines[line.event] for line in found.items if line.event in lines]
    return Events(list(_parts(archive, entity, say)), listed, found.total, found.more)


def _parts(archive: Archive, entity: str, say: Said) -> Iterator[Part]:
    """The parts that it has in any event; none are offered where there is one alone."""
    labels = {
        "all": say("all"),
        "actor": say("who acts"),
        "recipient": say("to whom it is done"),
        "place": say("where"),
    }
    told = []
    for name in PARTS:
        found = archive.lines(question(entity, name), limit=1)
        told.append(Part(name, labels[name], found.total, found.more))
    there = [one for one in told[1:] if one.total]
    if len(there) > 1:
        yield from (told[0], *there)
