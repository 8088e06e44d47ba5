"""By which table a question is counted: counts that are kept, rows beside lines that repeat what is asked, or rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, Table, func, select

from quellenlage.model.listing import ClaimQuestion, LineQuestion
from quellenlage.store.listing import tables
from quellenlage.store.listing.linked_rows import GRADES
from quellenlage.store.listing.looking import Look

Q = TypeVar("Q", LineQuestion, ClaimQuestion)
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Counted:
    """A table whose columns say of lines, or claims, what those of their own table say; `count` is how many."""

    table: Table
    where: tuple[Condition, ...]
    count: ColumnElement[int]

    def grouped(self, *columns: str) -> Select[Any]:
        """Values of columns with how many have them, as far as any have."""
        keys = [self.table.c[name] for name in columns]
        return select(*keys, self.count).where(*self.where).group_by(*keys).having(self.count > 0)

    def total(self, look: Look) -> int:
        """How many there are."""
        return look.connection.scalar(select(self.count).select_from(self.table).where(*self.where)) or 0


@dataclass(frozen=True, slots=True)
class _Tallied(Generic[Q]):
    """Counts that are kept, and for which fields of a question which condition holds for them."""

    table: Table
    told: Mapping[str, Callable[[Table, Q], list[Condition] | None]]


@dataclass(frozen=True, slots=True)
class _Beside:
    """Rows beside lines, for a field of a question: the column of its values, and which rows."""

    value: Any
    where: tuple[Condition, ...] = ()


def _types(table: Table, asked: LineQuestion) -> list[Condition]:
    return [table.c.event_type.in_(asked.types)]


def _factualities(table: Table, asked: LineQuestion) -> list[Condition]:
    return [table.c.factuality.in_([str(one) for one in asked.factualities])]


def _dated(table: Table, asked: LineQuestion) -> list[Condition]:
    when = table.c.day if "day" in table.c else table.c.month
    return [when < tables.UNDATED if asked.dated else when == tables.UNDATED]


def _first(table: Table, asked: LineQuestion) -> list[Condition]:
    return [table.c.last >= asked.first.toordinal(), table.c.day < tables.UNDATED] if asked.first else []


def _last(table: Table, asked: LineQuestion) -> list[Condition]:
    return [table.c.day <= asked.last.toordinal()] if asked.last else []


def _grades(table: Table, asked: LineQuestion) -> list[Condition]:
    return [table.c.grade.in_([GRADES[one] for one in asked.grades])]


def _conflicting(table: Table, asked: LineQuestion) -> list[Condition]:
    return [table.c.grade > 0 if asked.conflicting else table.c.grade == 0]


def _revised(table: Table, asked: LineQuestion) -> list[Condition]:
    return [table.c.revised.is_not(None) if asked.revised else table.c.revised.is_(None)]


def _only_reprints(table: Table, asked: LineQuestion) -> list[Condition]:
    return [table.c.reprinted == int(asked.only_reprints)]


def _at_least(column: str, field: str) -> Callable[[Table, LineQuestion], list[Condition] | None]:
    def told(table: Table, asked: LineQuestion) -> list[Condition] | None:
        least = getattr(asked, field)
        return [table.c[column] >= least] if least <= tables.SEVERAL else None

    return told


def _at_most(column: str, field: str) -> Callable[[Table, LineQuestion], list[Condition] | None]:
    def told(table: Table, asked: LineQuestion) -> list[Condition] | None:
        most = getattr(asked, field)
        return [table.c[column] <= most] if most < tables.SEVERAL else None

    return told


def _kinds(column: str, field: str) -> Callable[[Table, ClaimQuestion], list[Condition]]:
    def told(table: Table, asked: ClaimQuestion) -> list[Condition]:
        return [table.c[column].in_([str(one) for one in getattr(asked, field)])]

    return told


_DAYS: dict[str, Callable[[Table, LineQuestion], list[Condition] | None]] = {
    "factualities": _factualities,
    "dated": _dated,
    "first": _first,
    "last": _last,
}
_LINES: tuple[_Tallied[LineQuestion], ...] = (
    _Tallied(
        tables.line_months,
        {
            "types": _types,
            "factualities": _factualities,
            "dated": _dated,
            "grades": _grades,
            "conflicting": _conflicting,
            "revised": _revised,
            "only_reprints": _only_reprints,
            "min_origins": _at_least("origins", "min_origins"),
            "max_origins": _at_most("origins", "max_origins"),
            "min_informants": _at_least("informants", "min_informants"),
            "max_informants": _at_most("informants", "max_informants"),
        },
    ),
    _Tallied(tables.line_days, _DAYS),
)
_CLAIMS: tuple[_Tallied[ClaimQuestion], ...] = (
    _Tallied(
        tables.claim_kinds,
        {
            "evidentialities": _kinds("evidentiality", "evidentialities"),
            "polarities": _kinds("polarity", "polarities"),
            "channels": _kinds("channel", "channels"),
            "media": _kinds("medium", "media"),
            "types": _kinds("quotation_type", "types"),
        },
    ),
)
_PARTIES, _SOURCES = tables.event_parties.c, tables.event_sources.c
_BESIDE = {
    "stories": _Beside(tables.event_stories.c.story),
    "entities": _Beside(_PARTIES.entity),
    "actors": _Beside(_PARTIES.entity, (_PARTIES.actor == 1,)),
    "recipients": _Beside(_PARTIES.entity, (_PARTIES.recipient == 1,)),
    "places": _Beside(_PARTIES.entity, (_PARTIES.place == 1,)),
    "origins": _Beside(_SOURCES.who, (_SOURCES.kind == "origin",)),
    "outlets": _Beside(_SOURCES.who, (_SOURCES.kind == "outlet",)),
}
_TOLD_BESIDE = {**_DAYS, "types": _types}


def of_lines(asked: LineQuestion, *columns: str) -> Counted | None:
    """By what lines are counted, grouped by columns of `event_cards`; None where only these themselves tell."""
    if (one := _tallied(_LINES, asked, columns)) is not None:
        return one
    return beside_lines(asked, *columns)


def of_claims(asked: ClaimQuestion, *columns: str) -> Counted | None:
    """The same of claims; `year` is that of their day, 0 without one."""
    return _tallied(_CLAIMS, asked, columns)


def beside_lines(asked: LineQuestion, *columns: str) -> Counted | None:
    """Rows that stand beside all lines that are asked for, one of each, and repeat all of them that is asked."""
    named = set_in(asked) - {"all"}
    beside = [name for name in named if name in _BESIDE]
    if len(beside) != 1 or len(values := getattr(asked, beside[0])) != 1 or not named <= {*_TOLD_BESIDE, *beside}:
        return None
    found = _BESIDE[beside[0]]
    table: Table = found.value.table
    if not set(columns) <= set(table.c.keys()):
        return None
    where = [found.value == values[0], *found.where, table.c.line >= (tables.NO_LINE if asked.all else 0)]
    for name in named.difference(beside):
        where += _TOLD_BESIDE[name](table, asked) or []
    return Counted(table, tuple(where), func.count())


def _tallied(kept: tuple[_Tallied[Q], ...], asked: Q, columns: tuple[str, ...]) -> Counted | None:
    named = set_in(asked)
    for one in kept:
        if not named <= one.told.keys() or not set(columns) <= set(one.table.c.keys()):
            continue
        where = [one.told[name](one.table, asked) for name in named]
        if all(found is not None for found in where):
            listed = tuple(condition for found in where if found for condition in found)
            return Counted(one.table, listed, func.coalesce(func.sum(one.table.c.count), 0))
    return None


def set_in(asked: LineQuestion | ClaimQuestion) -> set[str]:
    """Fields by which something is asked for."""
    plain = type(asked)()
    return {field.name for field in fields(asked) if getattr(asked, field.name) != getattr(plain, field.name)}
