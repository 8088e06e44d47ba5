"""Pages of rows, and what the tables say in the words of the model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, func, select

from quellenlage.model import ConflictGrade
from quellenlage.store.listing import tables
from quellenlage.store.listing.linked_rows import GRADES

GRADE_OF: dict[int, ConflictGrade | None] = {0: None, **{value: grade for grade, value in GRADES.items()}}
"""Grades of conflicts by their numbers."""


def day(ordinal: int) -> date | None:
    """A day of the tables."""
    return None if ordinal == tables.UNDATED else date.fromordinal(ordinal)


def rows_of(
    connection: Connection,
    table: Table,
    where: Sequence[ColumnElement[bool]],
    page: tuple[int, int],
    order: tuple[bool, tuple[Any, ...]],
) -> tuple[list[Row[Any]], int]:
    """A page of rows and how many there are; where the newest come `first`, what has no day stands behind them."""
    offset, limit = page
    newest, columns = order
    total = connection.scalar(select(func.count()).select_from(table).where(*where)) or 0
    if not newest:
        chosen = select(table).where(*where).order_by(*columns).limit(limit).offset(offset)
        return list(connection.execute(chosen)), total
    dated = [*where, table.c.day < tables.UNDATED]
    rows: list[Row[Any]] = list(
        connection.execute(select(table).where(*dated).order_by(*columns).limit(limit).offset(offset))
    )
    if len(rows) < limit:
        before = connection.scalar(select(func.count()).select_from(table).where(*dated)) or 0
        rest = select(table).where(*where, table.c.day == tables.UNDATED).order_by(*columns)
        rows += connection.execute(rest.limit(limit - len(rows)).offset(max(0, offset - before)))
    return rows, total
