"""The log of deletions and reservations: appended in the transaction that does what it tells, sealed, never changed.

Its only change is blanking: where a name was deleted that stands in an address or a reason, be it the surname alone,
these go, and the rows from there on are sealed anew; what is appended later is blanked likewise. Where a seal did not
hold before, it does not afterwards.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Connection, select, text, update

from quellenlage.model import FORGOTTEN, Problem
from quellenlage.model.ledger import LogEntry, LogKind
from quellenlage.store import schema, state
from quellenlage.store.blanking import tells, tells_person

SETTING = "setting:"
"""Begins the names of facts that people set for an archive."""

_TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS ledger_no_{low} BEFORE {verb} ON ledger "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
        "DROP TRIGGER ledger_no_{low}",
    ),
    "postgresql": (
        "CREATE OR REPLACE TRIGGER ledger_no_{low} BEFORE {verb} ON ledger "
        "FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()",
        "DROP TRIGGER ledger_no_{low} ON ledger",
    ),
}
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
)


class Ledgered(ABC):
    """The part of an archive that keeps the log, and what people set for this archive."""

    @abstractmethod
    def _read(self) -> AbstractContextManager[Connection]:
        """A connection within one reading transaction."""

    @abstractmethod
    def _write(self) -> AbstractContextManager[Connection]:
        """A connection within one writing transaction."""

    def log(self, kind: LogKind | None = None) -> list[LogEntry]:
        """The log, oldest first; only entries of a kind where one is given."""
        with self._read() as connection:
            return [entry for _, entry in rows(connection) if kind is None or entry.kind == kind]

    def log_reservation(self, entry: LogEntry) -> bool:
        """Append what was left alone; False where the same was logged on the same day already."""
        table = schema.ledger
        with self._write() as connection:
            entry = _blanked(entry, _hidden(connection))
            known = select(table.c.at).where(table.c.subject == entry.subject, table.c.what == entry.what)
            if any(at[:10] == entry.at[:10] for at in connection.scalars(known)):
                return False
            append(connection, entry)
        return True

    def append_log(self, entries: Iterable[LogEntry]) -> None:
        """Append lines of another archive's log as they are: what they tell was done again."""
        with self._write() as connection:
            for entry in entries:
                append(connection, entry)

    def setting(self, name: str) -> str | None:
        """What people set for this archive under a name, None where they set nothing."""
        with self._read() as connection:
            return state.get(connection, SETTING + name)

    def put_setting(self, name: str, value: str | None) -> None:
        """Set it; None takes it back."""
        with self._write() as connection:
            state.put(connection, SETTING + name, value)


def append(connection: Connection, entry: LogEntry) -> None:
    """Append a line, sealed with all before it; names that were deleted do not come in with it."""
    table = schema.ledger
    entry = _blanked(entry, _hidden(connection))
    last = connection.scalar(select(table.c.seal).order_by(table.c.sequence.desc()).limit(1))
    connection.execute(table.insert(), {**_columns(entry), "seal": seal(last, entry)})


def rows(connection: Connection) -> Iterator[tuple[schema.AnyRow, LogEntry]]:
    """Rows with what they say, oldest first."""
    for row in connection.execute(select(schema.ledger).order_by(schema.ledger.c.sequence)):
        detail = json.loads(row.detail)
        yield row, LogEntry(row.kind, row.what, row.subject, row.at, row.author, row.reason, detail)


def seal(before: str | None, entry: LogEntry) -> str:
    """Hash of a line and of the seal before it."""
    said = json.dumps(_columns(entry), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(((before or "") + said).encode()).hexdigest()


def blank(connection: Connection) -> int:
    """Blank addresses and reasons that tell a name that was deleted; returns of how many lines."""
    hidden = _hidden(connection)
    before, now, count, changed = None, None, 0, list[tuple[int, dict[str, Any]]]()
    for row, entry in rows(connection):
        after = _blanked(entry, hidden)
        count += after != entry
        held = seal(before, entry) == row.seal
        before, now = row.seal, seal(now, after) if held else row.seal
        if now != row.seal or after != entry:
            changed.append((row.sequence, {**_columns(after), "seal": now}))
    if count:
        release(connection)
        for sequence, values in changed:
            connection.execute(update(schema.ledger).where(schema.ledger.c.sequence == sequence).values(**values))
        protect(connection)
    return count


def _hidden(connection: Connection) -> frozenset[str]:
    return frozenset(connection.scalars(select(schema.suppressed.c.digest)))


def _blanked(entry: LogEntry, hidden: Collection[str]) -> LogEntry:
    # Whoever deletes may be a namesake: an author goes by the whole name alone.
    told = {
        "subject": tells_person(unquote(entry.subject), hidden),
        "reason": tells_person(entry.reason, hidden),
        "author": tells(entry.author, hidden),
    }
    if not any(told.values()):
        return entry
    blanks = {name: FORGOTTEN for name, found in told.items() if found}
    return replace(entry, **blanks, detail={} if entry.kind == "reservation" else entry.detail)  # type: ignore[arg-type]  # blanks are texts alone


def protect(connection: Connection) -> None:
    """Let the database refuse every change of the log."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_FUNCTION))
    _each_trigger(connection, 0)


def release(connection: Connection) -> None:
    """Let the log be changed until it is protected again, within one transaction."""
    _each_trigger(connection, 1)


def _each_trigger(connection: Connection, which: int) -> None:
    for verb in ("UPDATE", "DELETE"):
        statement = _TRIGGERS[connection.dialect.name][which]
        connection.execute(text(statement.format(verb=verb, low=verb.lower())))


def check(connection: Connection) -> Iterator[Problem]:
    """Every line holds its seal, and none was removed."""
    before, count, last = None, 0, 0
    for row, entry in rows(connection):
        count, last = count + 1, row.sequence
        if seal(before, entry) != row.seal:
            yield Problem("log", str(row.sequence), "it, or one before it, was changed or removed")
        before = row.seal
    if count != last:
        yield Problem("log", "ledger", f"{last - count} of {last} were removed")


def _columns(entry: LogEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "what": entry.what,
        "subject": entry.subject,
        "at": entry.at,
        "author": entry.author,
        "reason": entry.reason,
        "detail": json.dumps(dict(entry.detail), sort_keys=True, ensure_ascii=True),
    }
