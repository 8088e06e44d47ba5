"""Events named by what lists know of them: kind, who, whom, where; without their articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from quellenlage.model import Archive, EntityKind
from quellenlage.model.listing import Line
from quellenlage.views.locale import Words
from quellenlage.views.wording.parties import parties
from quellenlage.views.wording.phrases import Name

MOST = 3
"""Names of a side that a title tells."""


def names_of(archive: Archive, lines: Sequence[Line]) -> dict[str, Name]:
    """Names of all that take part in these events or are their place."""
    wanted = {one for line in lines for one in (*line.actors, *line.recipients, line.place) if one}
    return {one.id: Name(one.id, one.name, one.kind) for one in archive.entities_by_id(wanted).values()}


def title_of(line: Line, names: Mapping[str, Name], words: Words) -> str:
    """Kind of event with its participants, as `wording.lines.event_title` has it: "Gespräch: A, B – Wien"."""
    place = _named((line.place,) if line.place else (), names)
    acting, undergoing = parties(
        line.event_type, _named(line.actors, names), _named(line.recipients, names), place[0] if place else None
    )
    kind = words.code("event", line.event_type)
    actors, recipients = (
        ", ".join([one.name for one in side[:MOST]] + ["…"] * (len(side) > MOST)) for side in (acting, undergoing)
    )
    who = f"{actors} → {recipients}".lstrip() if recipients else actors
    told = f"{kind} {who}" if who.startswith("→") else f"{kind}: {who}" if who else kind
    return f"{told} – {place[0].name}" if place else told


def _named(identifiers: Iterable[str], names: Mapping[str, Name]) -> tuple[Name, ...]:
    return tuple(names.get(one) or Name(one, one, EntityKind.MISC, proper=False) for one in identifiers)
