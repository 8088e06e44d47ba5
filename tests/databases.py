"""The databases that archives are tested on: SQLite's files, and PostgreSQL where there is a server.

Tests name a file as always, a copy of one that holds the schema already; on PostgreSQL a database of its own stands for
it, cloned from one that does. The server is started on a free loopback port in a folder of its own, unless
$QUELLENLAGE_POSTGRES names one (a URL of a superuser, on a server that trusts logins from here);
`QUELLENLAGE_POSTGRES=required` lets tests fail where there is none.
"""

from __future__ import annotations

import atexit
import getpass
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest

from quellenlage.store import SqlArchive, opening
from quellenlage.store import open_archive as open_really

VARIABLE = "QUELLENLAGE_POSTGRES"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
OWNER = "quellenlage_owner"
"""Who owns the archives: nobody with rights beyond them."""

_TEMPLATE = "quellenlage_template"
_START_SECONDS = 30
_ADMIN = "admin"
_CLUSTER = ("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")


open_file = opening._open_file
"""Opens a file and makes the schema of a new one step by step."""


@contextmanager
def schema_made_once(folder: Path) -> Iterator[None]:
    """Let a new file begin as a copy of one that holds the schema: a tenth of a second, before thousands of tests.

    What cannot be copied to is left to those who open it.
    """
    template = folder / "schema.db"

    def open_copy(location: str, *, create: bool) -> opening.Opened:
        path = Path(location)
        with suppress(OSError, ValueError):
            if create and path != template and not path.exists() and path.parent.is_dir():
                if not template.exists():
                    open_really(str(template), create=True).close()
                shutil.copyfile(template, path)
        return open_file(location, create=create)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(opening, "_open_file", open_copy)
        yield


class Missing(Exception):
    """There is no server, and why."""


class Server:
    """A PostgreSQL server and the databases that tests have there."""

    def __init__(self, url: str) -> None:
        """Take the URL of a superuser's database, and make the owner of archives and the template."""
        self.url = url
        self._numbers = count(1)
        self._name = f"quellenlage_{os.getpid()}"
        self.ask(
            f"DO $$ BEGIN CREATE ROLE {OWNER} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; "
            "WHEN unique_violation THEN NULL; END $$"
        )
        self._template = self.create()
        open_really(self._template, create=True).close()

    def ask(self, *statements: str, database: str | None = None) -> None:
        """Run statements, each by itself."""
        import psycopg

        with psycopg.connect(self.admin(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def admin(self, database: str | None = None) -> str:
        """The superuser's URL of a database, as libpq reads it."""
        base, _, path = self.url.rpartition("/")
        return f"{base}/{database or path}"

    def create(self, *, template: str | None = None) -> str:
        """URL of a new database, empty or like another one."""
        name = f"{self._name}_{next(self._numbers)}"
        like = f"TEMPLATE {name_of(template)}" if template else "ENCODING 'UTF8' TEMPLATE template0"
        self.ask(f"CREATE DATABASE {name} OWNER {OWNER} {like}")
        return self.owned(name)

    def owned(self, name: str) -> str:
        """The owner's URL of a database."""
        host = self.url.partition("://")[2].rpartition("/")[0].rpartition("@")[2]
        return f"postgresql+psycopg://{OWNER}@{host}/{name}"

    def archive(self) -> str:
        """URL of a new database that is an archive without captures."""
        return self.create(template=self._template)

    def drop(self, url: str) -> None:
        """Remove a database, whoever has it open."""
        self.ask(f"DROP DATABASE IF EXISTS {name_of(url)} WITH (FORCE)")

    def close(self) -> None:
        """Remove what is left."""
        self.drop(self._template)


def name_of(url: str) -> str:
    """Name of the database of a URL."""
    return url.rpartition("/")[2].partition("?")[0]


@cache
def server() -> Server:
    """The server of this run. Raises Missing."""
    try:
        import psycopg  # noqa: F401 - whether it is there
    except ImportError:
        raise Missing("psycopg is not installed") from None
    named = os.environ.get(VARIABLE, "")
    url = named if named not in {"", "required"} else _started()
    found = Server(url)
    atexit.register(found.close)
    return found


def _started() -> str:
    """Start a server that ends with this process; returns a URL of its superuser."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="quellenlage-postgres-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    as_user = _as_user(folder)
    made = subprocess.run(
        [*as_user, str(programs / "initdb"), "-D", str(folder / "data"), "-U", _ADMIN, *_CLUSTER],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Missing(f"initdb failed: {made.stderr.strip()}")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    settings = {
        "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder, "max_connections": 60,
        "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off",
    }  # fmt: skip
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = (folder / "log").open("wb")
    running = subprocess.Popen(
        [*as_user, str(programs / "postgres"), "-D", str(folder / "data"), *options],
        cwd=folder,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    atexit.register(_stop, running)
    url = f"postgresql://{_ADMIN}@127.0.0.1:{port}/postgres"
    _wait(url, running, folder / "log")
    return url


def _wait(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=1).close()
            return
        except psycopg.OperationalError:
            if running.poll() is not None or time.monotonic() > until:
                raise Missing(f"the server did not start: {log.read_text(errors='replace')[-300:]}") from None
            time.sleep(0.05)


def _stop(running: subprocess.Popen[bytes]) -> None:
    running.terminate()
    try:
        running.wait(5)
    except subprocess.TimeoutExpired:
        running.kill()


def _programs() -> Path:
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not places or not (places[-1] / "initdb").exists():
        raise Missing("no PostgreSQL server is installed")
    return places[-1]


def _as_user(folder: Path) -> list[str]:
    """The server refuses to be run by root: then it is run by who owns such servers, and ends when its parent does."""
    if getpass.getuser() != "root" and os.geteuid() != 0:
        return []
    change = shutil.which("setpriv")
    if change is None:
        raise Missing("a server cannot be started as root, and there is no setpriv")
    try:
        shutil.chown(folder, "postgres")
    except LookupError:
        raise Missing("a server cannot be started as root, and there is no user postgres") from None
    return [change, "--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=INT", "--"]


class Raw(Protocol):
    """A connection past the store, with nothing that keeps rows together."""

    @property
    def total_changes(self) -> int:
        """Rows that were changed."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """Ask, or change, in the words of SQLite."""

    def commit(self) -> None:
        """Keep what was changed."""

    def close(self) -> None:
        """End it."""


class _RawPostgres:
    """SQLite's words for PostgreSQL, as far as tests use them."""

    def __init__(self, url: str) -> None:
        import psycopg

        self._connection = psycopg.connect(url)
        self._connection.execute("SET session_replication_role = replica")  # no foreign keys, no triggers
        self.total_changes = 0

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:
        cursor = self._connection.execute(_translated(statement).encode(), list(values) or None)
        if not statement.lstrip().upper().startswith(("SELECT", "DROP", "CREATE", "ALTER")):
            self.total_changes += max(0, cursor.rowcount)
        return cursor

    def commit(self) -> None:
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()


_WORDS = (
    (r"\bWHERE rowid = 1$", ""),
    (r"\browid\b", "ctid"),
    (r"\bzeroblob\((\d+)\)", r"decode(repeat('00', \1), 'hex')"),
    (r"\bx'([0-9a-f]*)'", r"'\\x\1'::bytea"),
    (r"\bAS BLOB\b", "AS bytea"),
    (r" WITHOUT ROWID\b", ""),
    (r"^(DROP TABLE (?:\"\w+\"|\w+))$", r"\1 CASCADE"),
    (r"\?", "%s"),
)  # fmt: skip


def _translated(statement: str) -> str:
    first = re.fullmatch(r"((?:UPDATE|DELETE FROM) (\w+).*) WHERE rowid = 1", statement, re.DOTALL)
    if first:
        statement = f"{first[1]} WHERE ctid = (SELECT min(ctid) FROM {first[2]})"  # noqa: S608 - as the test has it
    for pattern, words in _WORDS:
        statement = re.sub(pattern, words, statement)
    return statement


class Database:
    """Where the archives of a test lie."""

    def __init__(self, kind: str) -> None:
        """Take what kind they are."""
        self.kind = kind
        self._urls: dict[str, str] = {}

    def location(self, path: str | Path, *, create: bool = False) -> str:
        """What an archive is called that a test calls by a path."""
        name = str(path)
        if self.kind == SQLITE or "://" in name:
            return name
        if name not in self._urls:
            self._urls[name] = server().archive() if create else server().owned("quellenlage_not_there")
        return self._urls[name]

    @contextmanager
    def clearing(self) -> Iterator[None]:
        """Remove afterwards what is made meanwhile."""
        before = set(self._urls)
        yield
        for path in set(self._urls) - before:
            server().drop(self._urls.pop(path))

    def close(self) -> None:
        """Remove what was made."""
        for url in self._urls.values():
            server().drop(url)
        self._urls.clear()


_current = Database(SQLITE)


def current() -> Database:
    """Where archives lie at the moment."""
    return _current


@contextmanager
def using(kind: str) -> Iterator[Database]:
    """Let archives lie there; skip the test where that cannot be."""
    global _current  # noqa: PLW0603 - fixtures and helpers of many modules go by it
    if kind == POSTGRESQL:
        try:
            server()
        except Missing as error:
            if os.environ.get(VARIABLE) == "required":
                raise
            pytest.skip(str(error))
    before, _current = _current, Database(kind)
    try:
        yield _current
    finally:
        _current.close()
        _current = before


def open_archive(location: str | Path, *, create: bool = False) -> SqlArchive:
    """The archive of a path, on the database of the moment."""
    return open_really(_current.location(location, create=create), create=create)


def raw(location: str | Path) -> Raw:
    """A connection to it past the store."""
    url = _current.location(location)
    return sqlite3.connect(url) if _current.kind == SQLITE else _RawPostgres(server().admin(name_of(url)))


def contents(location: str | Path) -> bytes:
    """All that the files of an archive hold."""
    url = _current.location(location)
    if _current.kind == SQLITE:
        path = Path(url)
        return b"".join(p.read_bytes() for p in path.parent.iterdir() if p.name.startswith(path.name))
    server().ask("CHECKPOINT")
    connection = raw(location)
    (folder,) = connection.execute("SHOW data_directory").fetchone()
    (number,) = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
    connection.close()
    files = sorted(Path(folder, "base", str(number)).glob("[0-9]*"))
    if not files:
        pytest.skip("the files of this server cannot be read from here")
    return b"".join(file.read_bytes() for file in files)


@contextmanager
def edited(location: str | Path) -> Iterator[Raw]:
    """The same, kept and closed at the end."""
    connection = raw(location)
    yield connection
    connection.commit()
    connection.close()
