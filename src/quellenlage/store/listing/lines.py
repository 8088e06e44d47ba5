"""Lines of the chronicle: pages of them, how they lie in time, where nothing is told, which places they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from sqlalchemy import Connection, Row, and_, desc, func, select

from quellenlage.model import EntityKind, Factuality, RevisionKind
from quellenlage.model.listing import (
    Bucket,
    Density,
    Line,
    LineOrder,
    LineQuestion,
    Page,
    PlaceCard,
    Stretch,
    Unit,
)
from quellenlage.store.listing import tables
from quellenlage.store.listing.asking import WIDE, is_capped, is_narrow, is_plain, line_conditions
from quellenlage.store.listing.looking import Look
from quellenlage.store.listing.paging import GRADE_OF, Listed, Where, day, rows_of
from quellenlage.store.portions import in_parts

_CARDS = tables.event_cards

_ORDERS: dict[str, tuple[Any, ...]] = {
    "time": (_CARDS.c.day, _CARDS.c.line, _CARDS.c.event),
    "-time": (desc(_CARDS.c.day), desc(_CARDS.c.line), desc(_CARDS.c.event)),
    "importance": (desc(_CARDS.c.importance), desc(_CARDS.c.line), desc(_CARDS.c.event)),
    "origins": (desc(_CARDS.c.origins), desc(_CARDS.c.line), desc(_CARDS.c.event)),
    "story": (_CARDS.c.line, _CARDS.c.event),
}
_WIDEST = {"day": 0, "month": 1, "year": 2}
"""Up to which width days lie within one unit (`tables.event_cards`)."""


def lines(
    look: Look, asked: LineQuestion, page: tuple[int, int], order: LineOrder, *, counted: bool = True
) -> Page[Line]:
    """A page (offset, limit) of lines."""
    walking = not counted or is_plain(asked)
    listed = Listed(_CARDS, line_conditions(look, asked, walking=walking), _ORDERS[order], order == "-time")
    if not counted:
        rows = listed.rows(look, page)
        return Page(_lines(look.connection, rows), page[0] + len(rows), page[0], len(rows) == page[1])
    rows, total = rows_of(look, listed, page, asked, line_conditions(look, asked))
    return Page(_lines(look.connection, rows), total, page[0], is_capped(look, asked.words))


def of_events(connection: Connection, events: Iterable[str]) -> dict[str, Line]:
    """What lists know of some events."""
    rows = [
        row
        for asked in in_parts(set(events))
        for row in connection.execute(select(_CARDS).where(_CARDS.c.event.in_(asked)))
    ]
    return {line.event: line for line in _lines(connection, rows)}


def _lines(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Line, ...]:
    parties = tables.event_parties
    taking: dict[tuple[str, str], list[str]] = {}
    for asked in in_parts({row.event for row in rows}):
        for one in connection.execute(select(parties).where(parties.c.event.in_(asked), parties.c.role != "place")):
            taking.setdefault((one.event, one.role), []).append(one.entity)
    return tuple(
        Line(
            event=row.event,
            story=row.story,
            position=row.line,
            event_type=row.event_type,
            factuality=Factuality(row.factuality),
            earliest=day(row.day),
            latest=day(row.last),
            actors=tuple(taking.get((row.event, "actor"), ())),
            recipients=tuple(taking.get((row.event, "recipient"), ())),
            place=row.place,
            importance=row.importance,
            articles=row.articles,
            origins=row.origins,
            informants=row.informants,
            reprints=row.reprints,
            grade=GRADE_OF[row.grade],
            settled=bool(row.settled),
            revised=RevisionKind(row.revised) if row.revised else None,
        )
        for row in rows
    )


def density(look: Look, asked: LineQuestion, unit: Unit, by: str) -> Density:
    """Lines by unit of time, counted by "factuality" or "type"."""
    where = line_conditions(look, asked)
    kind = _CARDS.c.factuality if by == "factuality" else _CARDS.c.event_type
    when = _CARDS.c.day if unit == "day" else _CARDS.c.month
    rows = _grouped(look, asked, where, (when, _CARDS.c.width, kind))
    counts: dict[date, dict[str, int]] = {}
    wider: dict[date, int] = {}
    undated = 0
    for first, width, name, count in rows:
        if first == tables.UNDATED:
            undated += count
            continue
        start = _start(first, unit)
        told = counts.setdefault(start, {})
        if width <= _WIDEST[unit]:
            told[name] = told.get(name, 0) + count
        else:
            wider[start] = wider.get(start, 0) + count
    found = (Bucket(start, dict(sorted(counts[start].items())), wider.get(start, 0)) for start in sorted(counts))
    return Density(tuple(found), undated)


def _grouped(
    look: Look, asked: LineQuestion, where: Where, columns: tuple[Any, Any, Any]
) -> Iterable[tuple[int, int, str, int]]:
    """Values of columns with how many rows have them."""
    if is_narrow(asked):  # in this order the index of these few is read; grouping would go through all of them
        few = select(*columns).where(*where).order_by(*_ORDERS["time"])
        return ((*values, count) for values, count in Counter(map(tuple, look.connection.execute(few))).items())
    first, *others = columns
    if replace(asked, dated=None) != LineQuestion():
        first = first + 0  # rows are looked up by what is asked for, and grouped then: not all in order of months
    chosen = select(first, *others, func.count()).where(*where).group_by(first, *others)
    return map(tuple, look.connection.execute(chosen))


def _start(number: int, unit: Unit) -> date:
    """First day of a unit, by the number of the day or month in the tables."""
    if unit == "day":
        return date.fromordinal(number)
    year, month = divmod(number, 12)
    return date(year, month + 1 if unit == "month" else 1, 1)


def gaps(look: Look, asked: LineQuestion, least: int) -> tuple[Stretch, ...]:
    """Stretches of `least` days or more in which nothing is told, between the first and the last line.

    Days known to the month fill it; what is known less precisely may belong into a stretch (`Stretch.perhaps`).
    """
    where = [*line_conditions(look, asked), _CARDS.c.day < tables.UNDATED]
    precise = _CARDS.c.last - _CARDS.c.day <= 31
    chosen = select(_CARDS.c.day, func.max(_CARDS.c.last)).where(*where, precise).group_by(_CARDS.c.day)
    found: list[tuple[int, int]] = []
    until: int | None = None
    for first, last in look.connection.execute(chosen.order_by(_CARDS.c.day)):
        if until is not None and first - until - 1 >= least:
            found.append((until, first))
        until = last if until is None else max(until, last)
    vague = select(_CARDS.c.day, _CARDS.c.last).where(*where, _CARDS.c.width > WIDE, ~precise)
    wide = look.connection.execute(vague).all() if found else []
    return tuple(
        Stretch(
            date.fromordinal(since),
            date.fromordinal(end),
            end - since - 1,
            sum(1 for first, last in wide if first < end and last > since),
        )
        for since, end in found
    )


def places(look: Look, asked: LineQuestion, limit: int) -> tuple[PlaceCard, ...]:
    """Places of lines, those of most first."""
    where = line_conditions(look, asked)
    known = tables.entity_cards
    count = func.count().label("count")
    told = (
        select(_CARDS.c.place, count)
        .where(*where, _CARDS.c.place.is_not(None))
        .group_by(_CARDS.c.place)
        .order_by(desc(count), _CARDS.c.place)
        .limit(limit)
        .subquery()
    )
    chosen = select(told.c.count, known).join(known, and_(known.c.entity == told.c.place))
    return tuple(
        PlaceCard(
            entity=row.entity,
            name=row.name,
            kind=EntityKind(row.kind),
            lat=row.lat,
            lon=row.lon,
            radius_km=row.radius_km,
            precision=row.precision,
            state=tuple((row.states or "").split()),
            events=cast("Any", row)[0],
        )
        for row in look.connection.execute(chosen.order_by(desc(told.c.count), known.c.entity))
    )
