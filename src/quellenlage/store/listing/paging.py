"""Pages of rows, and what the tables say in the words of the model."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, func, select

from quellenlage.model import ConflictGrade
from quellenlage.store.listing import tables
from quellenlage.store.listing.linked_rows import GRADES
from quellenlage.store.listing.looking import Look

GRADE_OF: dict[int, ConflictGrade | None] = {0: None, **{value: grade for grade, value in GRADES.items()}}
"""Grades of conflicts by their numbers."""

Where = Sequence[ColumnElement[bool]]


def day(ordinal: int) -> date | None:
    """A day of the tables."""
    return None if ordinal == tables.UNDATED else date.fromordinal(ordinal)


@dataclass(frozen=True, slots=True)
class Listed:
    """Which rows of a table, and in what order; where the `newest` come first, what has no day stands behind them.

    Of each row all is read, or these `columns` alone.
    """

    table: Table
    where: Where
    order: tuple[Any, ...]
    newest: bool = False
    columns: tuple[Any, ...] = ()

    def rows(self, look: Look, page: tuple[int, int]) -> list[Row[Any]]:
        """A page (offset, limit) of them."""
        offset, limit = page
        if not self.newest:
            return self._rows(look, self.where, page)
        undated = self.table.c.day == tables.UNDATED
        dated = [*self.where, self.table.c.day < tables.UNDATED]
        rows = self._rows(look, dated, page)
        if len(rows) < limit:
            before = offset + len(rows) if rows or not offset else count(look, self.table, dated)
            rows += self._rows(look, [*self.where, undated], (max(0, offset - before), limit - len(rows)))
        return rows

    def _rows(self, look: Look, where: Where, page: tuple[int, int]) -> list[Row[Any]]:
        offset, limit = page
        chosen = (
            select(*(self.columns or (self.table,))).where(*where).order_by(*self.order).limit(limit).offset(offset)
        )
        return list(look.connection.execute(chosen))


def count(look: Look, table: Table, where: Where) -> int:
    """How many rows there are."""
    return look.connection.scalar(select(func.count()).select_from(table).where(*where)) or 0


def rows_of(
    look: Look, listed: Listed, page: tuple[int, int], question: Hashable, ask: Callable[[], int] | None = None
) -> tuple[list[Row[Any]], int]:
    """A page (offset, limit) of rows and how many there are, which is kept for the `question`.

    With `ask` they are counted by that, and not by the rows themselves.
    """
    rows = listed.rows(look, page)
    offset, limit = page
    if len(rows) < limit and (rows or not offset):
        return rows, offset + len(rows)
    counted = ask or (lambda: count(look, listed.table, listed.where))
    return rows, look.once((listed.table.name, question), counted)
