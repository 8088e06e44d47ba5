"""From a database URL to a pool of connections, whose writers come one after the other."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from quellenlage.errors import ArchiveUnusable, MissingResource
from quellenlage.store.profile import WRITING

DRIVER = "postgresql+psycopg"
NAMES = ("postgresql+psycopg", "postgresql", "postgres")
"""What the URL of such a database may begin with; they all mean the same driver."""

EXAMPLE = "e.g. postgresql+psycopg://user@host/quellenlage"

POOL, MORE, WAIT_SECONDS = 5, 10, 30.0
"""Connections that are kept, that may come to them for a while, and how long a thread waits for one of them."""

CONNECT_SECONDS = 10
"""How long a server may take to answer at all."""

WAIT_WRITING_SECONDS = 30.0
"""How long a command waits for another one that writes."""

WRITERS = 0x5175656C
"""First number of the lock that every transaction which writes holds; the second one is made of the schema's name."""


def is_postgres(location: str) -> bool:
    """Whether this names a database on such a server, by what it begins with."""
    return location.partition("://")[0].lower() in NAMES and "://" in location


def url_of(location: str) -> URL:
    """The URL with the driver that we use.

    Raises:
        ArchiveUnusable: it is none, or names no database.
    """
    try:
        url = make_url(location).set(drivername=DRIVER)
    except (ArgumentError, ValueError):
        raise ArchiveUnusable("{location}: not a database URL", remedy=EXAMPLE, location=shown(location)) from None
    if not url.database:
        raise ArchiveUnusable("{location}: names no database", remedy=EXAMPLE, location=shown(location))
    return url


def shown(location: str) -> str:
    """The URL as it may be told, without its password."""
    try:
        return make_url(location).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return f"{location.partition('://')[0]}://…"


def make_engine(url: URL) -> Engine:
    """A pool of connections: readers see one state of the archive from begin to end, writers the newest one.

    Readers and writers never wait for each other. Writers wait for one another, as they do on SQLite: what a
    transaction read is then still so when it writes, and the numbers of captures grow in the order in which they come.

    Raises:
        MissingResource: the driver is not installed.
    """
    try:
        engine = create_engine(
            url,
            isolation_level="REPEATABLE READ",
            pool_size=POOL,
            max_overflow=MORE,
            pool_timeout=WAIT_SECONDS,
            pool_pre_ping=True,
            connect_args=_CONNECTING | {name: value for name, value in url.query.items() if name in _CONNECTING},
        )
    except ImportError as error:
        raise MissingResource(
            "the driver for PostgreSQL is not installed", remedy="install it: pip install 'quellenlage[postgres]'"
        ) from error

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITING):
            connection.exec_driver_sql(_queue())

    return engine


_CONNECTING = {"connect_timeout": CONNECT_SECONDS, "application_name": "quellenlage", "client_encoding": "utf8"}


def _queue() -> str:
    """What a transaction that writes begins with: each later question sees what was committed before it."""
    return (
        "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; "
        f"SET LOCAL lock_timeout = {round(WAIT_WRITING_SECONDS * 1000)}; "
        f"SELECT pg_advisory_xact_lock({WRITERS}, hashtext(current_schema()))"
    )
