"""Counts of what lists hold, kept beside them: what changes is taken out before and put in after, in one transaction.

Rows of counts are never changed: what is taken out adds rows of less than nothing. All are written anew with the
next whole link.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    case,
    delete,
    func,
    insert,
    literal_column,
    select,
)

from quellenlage.store.listing import tables

_LINES, _CLAIMS, _ENTITIES = tables.event_cards.c, tables.claim_cards.c, tables.entity_cards.c


@dataclass(frozen=True, slots=True)
class Tally:
    """A table of counts: what is counted by which values, and what of it counts at all."""

    table: Table
    keys: Mapping[str, Any]
    where: tuple[ColumnElement[bool], ...] = ()

    def rows(self, sign: int, *where: ColumnElement[bool]) -> Select[Any]:
        """Counts of what meets these conditions."""
        keys = list(self.keys.values())
        return select(*keys, sign * func.count()).where(*self.where, *where).group_by(*keys)


_SHOWN = (_LINES.hidden == 0, _LINES.line.is_not(None))
_ZERO: ColumnElement[int] = literal_column("0")
_ONE: ColumnElement[int] = literal_column("1")
_SEVERAL: ColumnElement[int] = literal_column(str(tables.SEVERAL))
"""Numbers in what is grouped by: as parameters they would be other ones where it is named again."""
_REPRINTED = case((and_(_LINES.reprints > _ZERO, _LINES.reprints == _LINES.articles - _ONE), _ONE), else_=_ZERO)


def _up_to_several(column: Any) -> Any:
    return case((column > _SEVERAL, _SEVERAL), else_=column)


LINES = (
    Tally(
        tables.line_months,
        {
            **{name: _LINES[name] for name in ("month", "width", "event_type", "factuality", "grade", "revised")},
            "origins": _up_to_several(_LINES.origins),
            "informants": _up_to_several(_LINES.informants),
            "reprinted": _REPRINTED,
        },
        _SHOWN,
    ),
    Tally(tables.line_days, {name: _LINES[name] for name in ("day", "last", "width", "factuality")}, _SHOWN),
)
CLAIMS = (
    Tally(
        tables.claim_kinds,
        {name: _CLAIMS[name] for name in ("year", "evidentiality", "polarity", "channel", "medium", "quotation_type")},
        (_CLAIMS.hidden == 0,),
    ),
)
ENTITIES = (Tally(tables.entity_kinds, {"kind": _ENTITIES.kind}),)

ALL = (*LINES, *CLAIMS, *ENTITIES)


def add(connection: Connection, tallies: Iterable[Tally], where: ColumnElement[bool]) -> None:
    """Count what was written."""
    _put(connection, tallies, 1, where)


def take(connection: Connection, tallies: Iterable[Tally], where: ColumnElement[bool]) -> None:
    """Count no more what is about to be deleted or changed."""
    _put(connection, tallies, -1, where)


def renew(connection: Connection) -> None:
    """Count everything anew."""
    for tally in ALL:
        connection.execute(delete(tally.table))
    _put(connection, ALL, 1)


def _put(connection: Connection, tallies: Iterable[Tally], sign: int, *where: ColumnElement[bool]) -> None:
    for tally in tallies:
        connection.execute(insert(tally.table).from_select([*tally.keys, "count"], tally.rows(sign, *where)))


def differing(connection: Connection) -> Iterable[Table]:
    """Tables whose counts are not those of what they count."""
    for tally in ALL:
        keys = [tally.table.c[name] for name in tally.keys]
        kept = select(*keys, func.sum(tally.table.c.count)).group_by(*keys)
        found = Counter({tuple(values): count for *values, count in connection.execute(kept) if count})
        if found != Counter({tuple(values): count for *values, count in connection.execute(tally.rows(1))}):
            yield tally.table
