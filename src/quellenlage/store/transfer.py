"""An archive copied to another database, row by row: from a file to a server and back, with nothing made anew.

Everything comes along as it is kept: identifiers, the numbers of captures, seals, vectors, what was linked, lists. The
copy is one transaction, so that it is there as a whole or not at all; meanwhile the source may be read and written, and
what is copied is how it stood at the beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select
from sqlalchemy.exc import DBAPIError

from quellenlage.errors import ArchiveUnusable
from quellenlage.store import schema, state
from quellenlage.store.opening import Opened, open_database
from quellenlage.store.profile import WRITING

_ROWS = 1000
"""Rows that are read at a time."""

_OF_EACH = frozenset({state.ERASURE_DUE})
"""Facts about one database that are not true of its copy, which never held what was deleted."""

Told = Callable[[str, int], None]
"""Who wants to know how far it is: a table, and how many rows of it were copied."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: rows by table; where from and where to, as it may be shown."""

    rows: Mapping[str, int]
    source: str
    target: str


def copy(source: str, target: str, told: Told | None = None) -> Copied:
    """Copy an archive, given by path or URL, to a place where there is none yet, or one without anything in it.

    Raises:
        ArchiveUnusable: one of them cannot be opened; the target holds something; reading or writing fails.
    """
    here = open_database(source, create=False)
    try:
        there = open_database(target, create=True)
        try:
            return Copied(_copied(here, there, told), here.shown, there.shown)
        finally:
            there.held.let_go(there.engine)
    finally:
        here.held.let_go(here.engine)


def _copied(here: Opened, there: Opened, told: Told | None) -> dict[str, int]:
    rows: dict[str, int] = {}
    with _explained(there), there.engine.execution_options(**{WRITING: True}).begin() as write:
        _check_empty(write, there.shown)
        with _explained(here), here.engine.connect() as read:
            for table in schema.metadata.sorted_tables:
                if table is schema.meta:
                    _copy_facts(read, write)
                    continue
                there.profile.copy_in(write, table, _rows(read, table))
                rows[table.name] = _count(write, table)
                if rows[table.name] != _count(read, table):
                    raise ArchiveUnusable(
                        "{location}: rows of {table} were lost", remedy=_AGAIN, location=there.shown, table=table.name
                    )
                if told is not None:
                    told(table.name, rows[table.name])
        there.profile.copied(write, schema.metadata.sorted_tables)
        there.held.check()
    return rows


_AGAIN = "run this command again"


@contextmanager
def _explained(opened: Opened) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise opened.profile.explain(error, opened.shown) from error


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    found = connection.execute(select(table).execution_options(yield_per=_ROWS))
    for rows in found.partitions():
        yield from map(tuple, rows)


def _copy_facts(read: Connection, write: Connection) -> None:
    facts = [row._asdict() for row in read.execute(select(schema.meta)) if row.name not in _OF_EACH]
    write.execute(delete(schema.meta))
    write.execute(schema.meta.insert(), facts)


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _check_empty(connection: Connection, shown: str) -> None:
    for table in schema.metadata.sorted_tables:
        if table is not schema.meta and connection.execute(select(table).limit(1)).first() is not None:
            raise ArchiveUnusable(
                "{location}: there is something in this archive already",
                remedy="name a new one: a copy is added to nothing",
                location=shown,
            )
