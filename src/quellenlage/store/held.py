"""What an open archive works with: a file that is still the one at its path, was removed or replaced; or a server."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Protocol

from sqlalchemy import Engine, event

from quellenlage.errors import ArchiveGone

Place = tuple[int, int]
"""Device and number of a file, whatever it is called."""

_BESIDE = ("-wal", "-shm")
"""Endings of the files that SQLite keeps beside a database while it is open."""

_open: Counter[Place] = Counter()
"""Connections by file. One that is lost without being closed stays counted: then what takes the number of that file is
taken for an archive, until SQLite finds out."""
_counting = Lock()


def place_of(path: Path) -> Place:
    """Which file lies there. Raises OSError."""
    known = path.stat()
    return known.st_dev, known.st_ino


def is_open(path: Path) -> bool:
    """Whether this process may have this file open as an archive. Raises OSError where there is none."""
    return _open[place_of(path)] > 0


class Watch(Protocol):
    """Whether an archive is still there under its name."""

    def stands(self) -> bool:
        """Whether the name still means this archive."""

    def there(self) -> bool:
        """Whether it means any."""

    def check(self) -> None:
        """Make sure that what is read or written is what has the name. Raises ArchiveGone."""

    def let_go(self, engine: Engine) -> None:
        """Close it."""


class Served:
    """A database on a server, which is nobody's to put another one in the place of; its own errors tell of it."""

    def stands(self) -> bool:
        """As far as anybody can tell from here."""
        return True

    def there(self) -> bool:
        """As far as anybody can tell from here."""
        return True

    def check(self) -> None:
        """Nothing to look at."""

    def let_go(self, engine: Engine) -> None:
        """Give all connections back."""
        engine.dispose()


@dataclass(slots=True)
class Held:
    """The file behind an engine; `location` is what its user calls it."""

    path: Path
    location: str
    place: Place
    _beside: dict[Path, Place] = field(default_factory=dict)

    def stands(self) -> bool:
        """Whether the path still names this file."""
        try:
            return place_of(self.path) == self.place
        except OSError:
            return False

    def there(self) -> bool:
        """Whether any file lies at the path."""
        return self.path.exists()

    def check(self) -> None:
        """Make sure that what is read or written is what lies at the path. Raises ArchiveGone."""
        if self.stands():
            return
        if self.there():
            raise ArchiveGone(
                "{location}: another file took the place of the archive while it was in use",
                remedy="run the command, or load the page, once more",
                location=self.location,
            )
        raise ArchiveGone(
            "{location}: the archive was removed or renamed while it was in use",
            remedy="put it back, or start again with the name of another one",
            location=self.location,
        )

    def let_go(self, engine: Engine) -> None:
        """Close the file; where it is no longer the one at the path, take along what SQLite left there.

        SQLite would take the log of the old file for that of the new one and show the old pages. What the log holds is
        written into the old file first, which may have been renamed only.
        """
        if self.stands():
            engine.dispose()
            return
        self._complete(engine)
        engine.dispose()
        for path, place in self._beside.items():
            with suppress(OSError):
                if place_of(path) == place:
                    path.unlink()

    def _complete(self, engine: Engine) -> None:
        if not engine.pool.checkedin():  # type: ignore[attr-defined]  # that of a file counts
            return  # no connection, no log; a new one would go to another file
        with suppress(sqlite3.Error, ArchiveGone), closing(engine.raw_connection()) as raw, closing(raw.cursor()) as at:
            at.execute("PRAGMA busy_timeout=0")
            at.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def know_beside(self) -> None:
        """Note which files SQLite keeps beside this one."""
        if not self.stands():
            return
        for ending in _BESIDE:
            path = self.path.with_name(self.path.name + ending)
            with suppress(OSError):
                self._beside[path] = place_of(path)


def hold(engine: Engine, path: Path, location: str) -> Held:
    """Watch the file of an engine: no connection of it will ever be one to another file. Raises OSError."""
    held = Held(path.absolute(), location, place_of(path))
    _count(held.place, engine.pool.checkedin())  # type: ignore[attr-defined]  # that of a file counts

    @event.listens_for(engine, "connect")
    def _connected(_connection: sqlite3.Connection, _record: object) -> None:
        held.check()
        _count(held.place, 1)

    @event.listens_for(engine, "checkin")
    def _returned(_connection: sqlite3.Connection | None, _record: object) -> None:
        held.know_beside()

    @event.listens_for(engine, "close")
    def _closed(_connection: sqlite3.Connection, _record: object) -> None:
        _count(held.place, -1)

    return held


def _count(place: Place, change: int) -> None:
    with _counting:
        _open[place] += change
        if not _open[place]:
            del _open[place]
