"""Lines of the chronicle: pages of them, how they lie in time, where nothing is told, which places they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Connection, Row, and_, desc, func, literal, select

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
from quellenlage.store.listing.counting import beside_lines, of_lines
from quellenlage.store.listing.looking import Look
from quellenlage.store.listing.paging import GRADE_OF, Listed, count, day, rows_of
from quellenlage.store.portions import in_parts

_CARDS = tables.event_cards

_ORDERS: dict[str, tuple[Any, ...]] = {
    "time": (_CARDS.c.day, _CARDS.c.line, _CARDS.c.event),
    "-time": (desc(_CARDS.c.day), desc(_CARDS.c.line), desc(_CARDS.c.event)),
    "importance": (desc(_CARDS.c.importance), desc(_CARDS.c.line), desc(_CARDS.c.event)),
    "origins": (desc(_CARDS.c.origins), desc(_CARDS.c.line), desc(_CARDS.c.event)),
    "story": (_CARDS.c.line, _CARDS.c.event),
}
_PRECISE = 31
"""Days between the first and the last one up to which a line fills them."""

_WIDEST = {"day": 0, "month": 1, "year": 2}
"""Up to which width days lie within one unit (`tables.event_cards`)."""


def lines(
    look: Look, asked: LineQuestion, page: tuple[int, int], order: LineOrder, *, counted: bool = True
) -> Page[Line]:
    """A page (offset, limit) of lines."""
    listed = _listed(look, asked, order, walking=not counted or is_plain(asked))
    if counted:
        rows, total = rows_of(look, listed, page, asked, lambda: total_of(look, asked))
        more = is_capped(look, asked.words)
    else:
        rows = listed.rows(look, page)
        total, more = page[0] + len(rows), len(rows) == page[1]
    if listed.table is not _CARDS:
        found = of_events(look.connection, [row.event for row in rows])
        return Page(tuple(found[row.event] for row in rows), total, page[0], more)
    return Page(_lines(look.connection, rows), total, page[0], more)


def _listed(look: Look, asked: LineQuestion, order: LineOrder, *, walking: bool) -> Listed:
    """Lines in an order: by what stands beside them, where that lies in this order."""
    newest = order == "-time"
    beside = beside_lines(asked) if newest or order == "time" else None
    if beside is None:
        return Listed(_CARDS, line_conditions(look, asked, walking=walking), _ORDERS[order], newest)
    columns = (beside.table.c.day, beside.table.c.line, beside.table.c.event)
    return Listed(beside.table, beside.where, tuple(map(desc, columns)) if newest else columns, newest)


def total_of(look: Look, asked: LineQuestion) -> int:
    """How many lines there are."""
    kept = of_lines(asked)
    return kept.total(look) if kept else count(look, _CARDS, line_conditions(look, asked))


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
        chosen = select(parties).where(parties.c.event.in_(asked)).order_by(parties.c.event, parties.c.entity)
        for one in connection.execute(chosen):
            for role in ("actor", "recipient"):
                if one._mapping[role]:
                    taking.setdefault((one.event, role), []).append(one.entity)
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
    kind = "factuality" if by == "factuality" else "event_type"
    rows = _grouped(look, asked, ("day" if unit == "day" else "month", "width", kind))
    counts: dict[date, dict[str, int]] = {}
    wider: dict[date, int] = {}
    undated = 0
    for first, width, name, times in rows:
        if first == tables.UNDATED:
            undated += times
            continue
        start = _start(first, unit)
        told = counts.setdefault(start, {})
        if width <= _WIDEST[unit]:
            told[name] = told.get(name, 0) + times
        else:
            wider[start] = wider.get(start, 0) + times
    found = (Bucket(start, dict(sorted(counts[start].items())), wider.get(start, 0)) for start in sorted(counts))
    return Density(tuple(found), undated)


def _grouped(look: Look, asked: LineQuestion, names: tuple[str, str, str]) -> Iterable[tuple[int, int, str, int]]:
    """Values of columns with how many lines have them."""
    if kept := of_lines(asked, *names):
        return map(tuple, look.connection.execute(kept.grouped(*names)))
    where, columns = line_conditions(look, asked), [_CARDS.c[name] for name in names]
    if is_narrow(asked):  # in this order the index of these few is read; grouping would go through all of them
        few = select(*columns).where(*where).order_by(*_ORDERS["time"])
        return ((*values, times) for values, times in Counter(map(tuple, look.connection.execute(few))).items())
    first: ColumnElement[Any] = columns[0]
    others = columns[1:]
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
    found: list[tuple[int, int]] = []
    until: int | None = None
    days = sorted(_days(look, asked))
    for first, last, _ in days:
        if last - first > _PRECISE:
            continue
        if until is not None and first - until - 1 >= least:
            found.append((until, first))
        until = last if until is None else max(until, last)
    wide = [told for told in days if told[1] - told[0] > _PRECISE]
    return tuple(
        Stretch(
            date.fromordinal(since),
            date.fromordinal(end),
            end - since - 1,
            sum(times for first, last, times in wide if first < end and last > since),
        )
        for since, end in found
    )


def _days(look: Look, asked: LineQuestion) -> Iterable[tuple[int, int, int]]:
    """First and last days with how many lines have them; of precise ones the latest last day is enough."""
    if kept := of_lines(asked, "day", "last"):
        chosen = kept.grouped("day", "last").where(kept.table.c.day < tables.UNDATED)
        return map(tuple, look.connection.execute(chosen))
    where = [*line_conditions(look, asked), _CARDS.c.day < tables.UNDATED]
    precise = _CARDS.c.last - _CARDS.c.day <= _PRECISE
    told = select(_CARDS.c.day, func.max(_CARDS.c.last), func.count()).where(*where, precise).group_by(_CARDS.c.day)
    vague = select(_CARDS.c.day, _CARDS.c.last, literal(1)).where(*where, _CARDS.c.width > WIDE, ~precise)
    return [*map(tuple, look.connection.execute(told)), *map(tuple, look.connection.execute(vague))]


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
    columns = [column for column in known.c if column.name != "card"]
    chosen = select(told.c.count, *columns).join(known, and_(known.c.entity == told.c.place))
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


def place_counts(look: Look, asked: LineQuestion, by: Literal["type", "factuality"]) -> dict[str, dict[str, int]]:
    """How many lines of each type, or factuality, are told of each place."""
    kind = _CARDS.c.event_type if by == "type" else _CARDS.c.factuality
    where = (*line_conditions(look, asked), _CARDS.c.place.is_not(None))
    chosen = select(_CARDS.c.place, kind, func.count()).where(*where).group_by(_CARDS.c.place, kind)
    found: dict[str, dict[str, int]] = {}
    for place, value, times in look.connection.execute(chosen):
        found.setdefault(place, {})[value] = times
    return found
