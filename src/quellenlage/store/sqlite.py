"""All that only SQLite knows: pragmas, locking, full text, append-only triggers, erasing, error codes."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Integer,
    Select,
    Table,
    bindparam,
    column,
    create_engine,
    event,
    func,
    insert,
    select,
    table,
    text,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from quellenlage.errors import ArchiveUnusable, Phrase
from quellenlage.model import ASIDE
from quellenlage.store.profile import WRITING, Term

_AT_ONCE = 1000
"""Rows that are written by one statement."""

_ASK_AGAIN = 0.05
"""Seconds between two attempts where SQLite does not wait by itself."""

BUSY_SECONDS = 30.0
"""How long a command waits for another one that writes."""

PRAGMAS = ("foreign_keys=ON", "synchronous=NORMAL", "secure_delete=ON", "cache_size=-65536")
"""`synchronous=NORMAL` in WAL mode survives a killed process; a power cut may cost the last transactions, but
never the archive. `secure_delete` overwrites what is deleted with zeros."""

HEADER = b"SQLite format 3\x00"


class SqliteProfile:
    """SQLite with write-ahead log and FTS5."""

    def create_extras(self, connection: Connection) -> None:
        """Create the FTS5 table over `sentences` and the triggers that keep judgements as they are."""
        connection.execute(
            text(
                "CREATE VIRTUAL TABLE sentence_search USING fts5("
                "folded, content='sentences', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
            )
        )
        self.protect_judgements(connection)

    def settle(self, connection: Connection) -> None:
        """Nothing: SQLite compares words byte by byte and bounds no column."""

    def protect_judgements(self, connection: Connection) -> None:
        """Create the triggers that refuse a change."""
        for verb in ("UPDATE", "DELETE"):
            connection.execute(
                text(
                    f"CREATE TRIGGER judgements_no_{verb.lower()} BEFORE {verb} ON judgements "
                    "BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END"
                )
            )

    def release_judgements(self, connection: Connection) -> None:
        """Drop the triggers; if the transaction fails, they are there again."""
        for verb in ("UPDATE", "DELETE"):
            connection.execute(text(f"DROP TRIGGER judgements_no_{verb.lower()}"))

    def index_article(self, connection: Connection, article: str) -> None:
        """Add an article's rows of `sentences` to the search index."""
        connection.execute(_INDEX, {"article": article})

    def unindex_article(self, connection: Connection, article: str) -> None:
        """Take an article's rows out; FTS5 needs their words for that."""
        connection.execute(_UNINDEX, {"article": article})

    def rebuild_index(self, connection: Connection) -> None:
        """Make the index anew: a deletion alone leaves the words in older segments until they are merged."""
        connection.execute(text("INSERT INTO sentence_search(sentence_search) VALUES ('rebuild')"))

    def index_holds(self, connection: Connection) -> bool:
        """Ask FTS5 to compare its index with `sentences`, word by word."""
        try:
            connection.execute(text("INSERT INTO sentence_search(sentence_search, rank) VALUES ('integrity-check', 1)"))
        except DBAPIError as error:
            if _primary_code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}:
                return False
            raise
        return True

    def search(self, connection: Connection, terms: Sequence[Term], limit: int) -> list[tuple[int, float]]:
        """Rank by BM25, sentences of the report before what stands beside it, then in order of capture."""
        rows = connection.execute(_SEARCH, {"match": _match(terms), "limit": limit})
        return [(int(row[0]), -float(row[1])) for row in rows]

    def matching(self, terms: Sequence[Term], limit: int) -> Select[tuple[int]]:
        """The question for rows in which all terms occur, without a rank."""
        found = table("sentence_search", column("rowid", Integer))
        match = text("sentence_search MATCH :match").bindparams(bindparam("match", _match(terms), unique=True))
        return select(found.c.rowid).where(match).limit(limit)

    def listed(self, values: Sequence[int] | Sequence[str], like: Any) -> Select[Any]:
        """The question for given values, by the JSON functions: one parameter instead of thousands."""
        given = func.json_each(bindparam("values", json.dumps(values), unique=True)).table_valued("value")
        return select(given.c.value)

    def insert(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows past what else looks at every value of every row."""
        made = insert(table).compile(dialect=connection.dialect, column_keys=list(rows[0]))
        columns = made.positiontup or ()
        turned = {name: turn for name in columns if (turn := table.c[name].type.bind_processor(connection.dialect))}
        take = itemgetter(*columns)
        if turned:
            rows = [{**row, **{name: turn(row[name]) for name, turn in turned.items()}} for row in rows]
        connection.exec_driver_sql(str(made), [take(row) for row in rows])

    def copy_in(self, connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows of all columns, some at a time."""
        names, left = [column.name for column in table.columns], iter(rows)
        while some := [dict(zip(names, row, strict=True)) for row in islice(left, _AT_ONCE)]:
            self.insert(connection, table, some)

    def copied(self, connection: Connection, tables: Iterable[Table]) -> None:
        """Fill the search index; numbers go on by themselves."""
        self.rebuild_index(connection)

    def erase(self, engine: Engine) -> bool:
        """Write the file anew without free pages and empty the write-ahead log."""
        raw = engine.raw_connection()
        try:
            cursor = raw.cursor()
            try:
                cursor.execute("VACUUM")
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                cursor.close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in {
                sqlite3.SQLITE_BUSY,
                sqlite3.SQLITE_LOCKED,
                sqlite3.SQLITE_FULL,
            }:
                return False
            raise
        finally:
            raw.close()
        return bool(busy is not None and busy[0] == 0)

    def explain(self, error: DBAPIError, location: str) -> ArchiveUnusable:
        """Words for SQLite's result codes."""
        message, remedy = _CODES.get(_primary_code(error), _OTHER)
        problem = Phrase(message, error=error.orig)
        return ArchiveUnusable("{location}: {problem}", remedy=remedy, location=location, problem=problem)


_INDEX = text("INSERT INTO sentence_search(rowid, folded) SELECT id, folded FROM sentences WHERE article = :article")
_UNINDEX = text(
    "INSERT INTO sentence_search(sentence_search, rowid, folded) "
    "SELECT 'delete', id, folded FROM sentences WHERE article = :article"
)
_ASIDE = " ".join(f"WHEN sentences.zone = '{zone}' THEN {far}" for zone, far in ASIDE.items())
_SEARCH = text(
    "SELECT sentences.id, bm25(sentence_search) AS rank FROM sentence_search "  # noqa: S608 - zones of our own
    "JOIN sentences ON sentences.id = sentence_search.rowid WHERE sentence_search MATCH :match "
    f"ORDER BY CASE {_ASIDE} ELSE 0 END, rank, sentences.id LIMIT :limit"
).bindparams(bindparam("match"), bindparam("limit"))


def _match(terms: Sequence[Term]) -> str:
    return " ".join(f'"{" ".join(t.words)}"{"*" if t.prefix else ""}' for t in terms)


WRITE_REMEDY = "give yourself the right to write to the file and its folder, or copy it to a place of yours"
_RESTORE = "restore a copy of the file, or make a new archive and add the articles again"
_CODES = {
    sqlite3.SQLITE_BUSY: (
        "another process is writing to this archive",
        "wait until the other command has finished, then run this one again",
    ),
    sqlite3.SQLITE_LOCKED: (
        "this archive is locked",
        "end other commands that use it, then run this one again",
    ),
    sqlite3.SQLITE_READONLY: (
        "this archive can be read but not written",
        WRITE_REMEDY,
    ),
    sqlite3.SQLITE_PERM: ("access to this archive is denied", "check the rights on the file and its folder"),
    sqlite3.SQLITE_FULL: (
        "the disk is full; what was finished is kept",
        "free some space, then run the same command again",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "this archive cannot be opened",
        "check the path and the rights on the file and its folder",
    ),
    sqlite3.SQLITE_CORRUPT: ("this archive is damaged ({error})", _RESTORE),
    sqlite3.SQLITE_NOTADB: (
        "this file is no database",
        "name another file, or leave it out for ./quellenlage.db",
    ),
    sqlite3.SQLITE_IOERR: (
        "reading or writing the disk failed ({error})",
        "check the disk and its free space",
    ),
}
_OTHER = ("this archive cannot be used ({error})", _RESTORE)


def _primary_code(error: DBAPIError) -> int:
    return int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF


def make_engine(path: Path) -> Engine:
    """Engine for a file, with explicit transactions: `BEGIN` for readers, `BEGIN IMMEDIATE` for writers.

    Writers take the lock at once: one that is upgraded half-way fails instead of waiting.
    """
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def use_write_ahead_log(engine: Engine) -> None:
    """Let readers and one writer work side by side; the file remembers it.

    While another process does the same to a new file SQLite refuses at once, whatever the time to wait: so it is asked
    again until that time is over.
    """
    raw = engine.raw_connection()
    until = time.monotonic() + BUSY_SECONDS
    try:
        while True:
            try:
                raw.cursor().execute("PRAGMA journal_mode=WAL").fetchone()
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_ASK_AGAIN)
    finally:
        raw.close()
