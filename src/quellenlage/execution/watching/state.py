"""What a watch has to know after a restart: what it saw of feeds and pages, when to look again, what is still to tell.

A small SQLite file beside the archive. Every step is one transaction, so that a watch that is killed goes on where it
was; the file is held locked while a watch runs, so that no second one works with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from quellenlage.errors import InUse, Phrase, StateUnusable
from quellenlage.intake.fetch import NO_VALIDATORS, Validators

VERSION = 1
RESERVED = -1
"""In the place of failures: the page is left alone since its site says so."""
_TABLES = """
create table feeds (url text primary key, parent text not null, etag text not null, modified text not null,
    marker text not null, looked integer, due integer not null, failures integer not null, kind text not null,
    early integer not null);
create table hosts (host text primary key, rest integer not null, failures integer not null);
create table pages (url text primary key, feed text not null, marker text not null, etag text not null,
    modified text not null, text text not null, first integer not null, listed integer not null, looked integer,
    due integer, step integer not null, tries integer not null, capture text not null);
create index pages_due on pages (due) where due is not null;
create index pages_listed on pages (listed);
create table taken (capture text primary key, url text not null, at text not null, revision integer not null);
create table outbox (id text, target text, at text not null, body text not null, tries integer not null,
    due integer not null, primary key (id, target));
create table facts (name text primary key, value text not null);
"""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed, or of a sitemap that an index (`parent`) names. Times are seconds since 1970, UTC.

    `kind` is what was found there last; `early` is 1 where it was there before anything was watched.
    """

    url: str
    parent: str = ""
    validators: Validators = NO_VALIDATORS
    marker: str = ""
    looked: int | None = None
    due: int = 0
    failures: int = 0
    kind: str = ""
    early: int = 1


@dataclass(frozen=True, slots=True)
class HostState:
    """Until when a host is left alone, and how often in a row it did not answer."""

    host: str
    rest: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class PageState:
    """What is known of a page: `text` is the digest of the text that was taken last, `due` None where nothing is.

    `step` counts the looks at which it is expected to have a new version, `tries` the failures in a row,
    or `RESERVED`. `capture` is set while it is not certain that the archive has what was taken.
    """

    url: str
    feed: str
    marker: str = ""
    validators: Validators = NO_VALIDATORS
    text: str = ""
    first: int = 0
    listed: int = 0
    looked: int | None = None
    due: int | None = None
    step: int = 0
    tries: int = 0
    capture: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A capture that was taken and not reported yet."""

    capture: str
    url: str
    at: str
    revision: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that a target has not got yet."""

    id: str
    target: str
    at: str
    body: str
    tries: int
    due: int


class State:
    """The state of one watch; use as a context manager."""

    def __init__(self, connection: sqlite3.Connection, location: str) -> None:
        """Take a connection to a file with the tables; `open_state` and `copy` make one."""
        self._db, self.location = connection, location

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def copy(self) -> State:
        """The same in memory, to try something with."""
        memory = sqlite3.connect(":memory:", isolation_level=None)
        self._db.backup(memory)
        return State(memory, self.location)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, of all that is written inside. Raises StateUnusable."""
        with _told(self.location):
            outermost = not self._db.in_transaction
            if outermost:
                self._db.execute("begin immediate")
            try:
                yield
                if outermost:
                    self._db.execute("commit")
            except BaseException:
                if outermost and self._db.in_transaction:
                    self._db.execute("rollback")
                raise

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with _told(self.location), closing(self._db.execute(query, values)) as cursor:
            return cursor.fetchall()

    # feeds and hosts
    def feed(self, url: str) -> FeedState:
        """What is known of a feed; of an unknown one that it is due."""
        rows = self._rows("select * from feeds where url = ?", url)
        return _feed(rows[0]) if rows else FeedState(url)

    def maps_of(self, parent: str) -> list[FeedState]:
        """The sitemaps that an index named."""
        return [_feed(row) for row in self._rows("select * from feeds where parent = ? order by url", parent)]

    def put_feed(self, feed: FeedState) -> None:
        """Keep what is known of a feed."""
        values = (feed.url, feed.parent, feed.validators.etag, feed.validators.modified, feed.marker, feed.looked,
                  feed.due, feed.failures, feed.kind, feed.early)  # fmt: skip
        with self.writing():
            self._db.execute("insert or replace into feeds values (?,?,?,?,?,?,?,?,?,?)", values)

    def host(self, host: str) -> HostState:
        """What is known of a host."""
        rows = self._rows("select * from hosts where host = ?", host)
        return HostState(*rows[0]) if rows else HostState(host)  # type: ignore[arg-type]  # columns of hosts

    def put_host(self, host: HostState) -> None:
        """Keep what is known of a host; one that answers is forgotten."""
        with self.writing():
            self._db.execute("delete from hosts where host = ?", (host.host,))
            if host.failures or host.rest:
                self._db.execute("insert into hosts values (?,?,?)", (host.host, host.rest, host.failures))

    # pages
    def page(self, url: str) -> PageState | None:
        """What is known of a page."""
        rows = self._rows("select * from pages where url = ?", url)
        return _page(rows[0]) if rows else None

    def put_page(self, page: PageState) -> None:
        """Keep what is known of a page."""
        values = (page.url, page.feed, page.marker, page.validators.etag, page.validators.modified, page.text,
                  page.first, page.listed, page.looked, page.due, page.step, page.tries, page.capture)  # fmt: skip
        with self.writing():
            self._db.execute("insert or replace into pages values (?,?,?,?,?,?,?,?,?,?,?,?,?)", values)

    def listed(self, urls: Iterable[str], now: int) -> None:
        """Note that pages are still listed, once a day."""
        values = [(now, url, now - 86_400) for url in urls]
        with self.writing():
            self._db.executemany("update pages set listed = ? where url = ? and listed < ?", values)

    def due_pages(self, now: int, feeds: Sequence[str]) -> list[PageState]:
        """Pages of these feeds at which it is time to look: first those that failed least, the oldest first."""
        wanted = set(feeds)
        query = "select * from pages where due is not null and due <= ? order by tries, step, due, rowid"
        return [page for page in map(_page, self._rows(query, now)) if page.feed in wanted]

    def drop_pages(self, before: int) -> int:
        """Forget pages that nothing has listed since a time; returns how many."""
        with self.writing():
            found = self._db.execute("delete from pages where listed < ?", (before,))
            return found.rowcount

    # what was taken
    def uncertain(self) -> list[PageState]:
        """Pages that were being taken when the last watch ended."""
        return [_page(row) for row in self._rows("select * from pages where capture <> ''")]

    def settle(self, page: PageState, taken: Taken | None) -> None:
        """The archive has what was taken of a page, in one transaction with what is to be reported of it."""
        with self.writing():
            if taken:
                values = (taken.capture, taken.url, taken.at, int(taken.revision))
                self._db.execute("insert or ignore into taken values (?,?,?,?)", values)
            self.put_page(replace(page, capture=""))

    def taken(self) -> list[Taken]:
        """What was taken and not reported yet, in order."""
        rows = self._rows("select * from taken order by rowid")
        return [Taken(str(c), str(u), str(a), bool(r)) for c, u, a, r in rows]

    # reports
    def hand_over(self, captures: Sequence[str], letters: Sequence[Waiting], reported: str) -> None:
        """Captures are reported with these letters, and decisions up to the time `reported`."""
        with self.writing():
            self._db.executemany("delete from taken where capture = ?", [(one,) for one in captures])
            values = [(w.id, w.target, w.at, w.body, w.tries, w.due) for w in letters]
            self._db.executemany("insert or ignore into outbox values (?,?,?,?,?,?)", values)
            self.put_fact("reported", reported)

    def waiting(self) -> list[Waiting]:
        """All that is still to be delivered, the oldest first."""
        rows = self._rows("select * from outbox order by rowid")
        try:
            return [Waiting(*row) for row in rows]  # type: ignore[arg-type]  # the columns are those of the table
        except TypeError as error:
            raise unusable(self.location, str(error)) from error

    def delivered(self, letter: Waiting) -> None:
        """A target has it, or will never have it."""
        with self.writing():
            self._db.execute("delete from outbox where id = ? and target = ?", (letter.id, letter.target))

    def rewrite(self, letter: Waiting, body: str) -> None:
        """Put something else in the place of what a letter says."""
        with self.writing():
            values = (body, letter.id, letter.target)
            self._db.execute("update outbox set body = ? where id = ? and target = ?", values)

    def postpone(self, letter: Waiting) -> None:
        """Try a letter again when it is due."""
        values = (letter.tries, letter.due, letter.id, letter.target)
        with self.writing():
            self._db.execute("update outbox set tries = ?, due = ? where id = ? and target = ?", values)

    def fact(self, name: str) -> str | None:
        """A fact of the watch as a whole."""
        rows = self._rows("select value from facts where name = ?", name)
        return str(rows[0][0]) if rows else None

    def put_fact(self, name: str, value: str) -> None:
        """Keep a fact."""
        with self.writing():
            self._db.execute("insert or replace into facts values (?,?)", (name, value))


def open_state(path: str) -> State:
    """Open the state at a path, or begin one.

    Raises:
        InUse: another watch works with it.
        StateUnusable: it cannot be written, or it is something else.
    """
    with _told(path):
        connection = sqlite3.connect(path, timeout=1.0, isolation_level=None)
    try:
        with _told(path):
            # The lock is kept for as long as the connection is open, and gone with the process however it ends.
            connection.execute("pragma locking_mode = exclusive")
            connection.execute("pragma synchronous = full")
            # A report that was delivered, which may name people, leaves nothing behind in the file or its journal.
            connection.execute("pragma secure_delete = on")
            connection.execute("pragma journal_size_limit = 0")
            connection.execute("begin exclusive")
            version = connection.execute("pragma user_version").fetchone()[0]
            tables = connection.execute("select count(*) from sqlite_master").fetchone()[0]
            if version == 0 and tables == 0:
                for statement in _TABLES.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"pragma user_version = {VERSION}")
            elif version != VERSION:
                raise StateUnusable(
                    "{location}: this is no state of a watch, or one of a newer version", location=path,
                    remedy="name another file with state = … in the file of the feeds",
                )  # fmt: skip
            connection.execute("commit")
    except BaseException:
        connection.close()
        raise
    return State(connection, path)


@contextmanager
def _told(location: str) -> Iterator[None]:
    """Errors of SQLite in the words of this project. Raises InUse, StateUnusable."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise InUse(
                "{location}: another watch works with this file", location=location,
                remedy="stop it first, or name another file with state = … in the file of the feeds",
            ) from error  # fmt: skip
        raise unusable(location, str(error)) from error


def unusable(location: str, reason: str) -> StateUnusable:
    """Build the error for a state that cannot be used."""
    return StateUnusable(
        "{location}: the state of the watch cannot be read or written ({reason})", location=location,
        reason=Phrase(reason),
        remedy="make room or check the rights; without this file all feeds are looked at anew, and nothing is lost",
    )  # fmt: skip


def _feed(row: tuple[object, ...]) -> FeedState:
    url, parent, etag, modified, *rest = row
    return FeedState(url, parent, Validators(etag, modified), *rest)  # type: ignore[arg-type]  # columns of feeds


def _page(row: tuple[object, ...]) -> PageState:
    url, feed, marker, etag, modified, *rest = row
    return PageState(url, feed, marker, Validators(etag, modified), *rest)  # type: ignore[arg-type]  # columns of pages
