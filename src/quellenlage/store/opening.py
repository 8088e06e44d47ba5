"""From what the user calls an archive to a database that is there, is ours and has this version's schema."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from quellenlage import __version__
from quellenlage.errors import ArchiveUnusable, Phrase
from quellenlage.store import neighbours, state
from quellenlage.store.held import Served, Watch, hold, is_open
from quellenlage.store.listing import writing as listing
from quellenlage.store.postgresql import connecting
from quellenlage.store.profile import WRITING, Profile
from quellenlage.store.profiles import profile_of
from quellenlage.store.schema import APPLICATION, HEAD, meta
from quellenlage.store.sqlite import HEADER, WRITE_REMEDY, make_engine, use_write_ahead_log

_REVISIONS = "alembic_version"
_OTHER_FILE = "name another file, or leave it out for ./quellenlage.db"


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that can be used: its connections, what its product knows, how it is seen that it is still there.

    `shown` is what it is called in messages: a URL without its password.
    """

    engine: Engine
    profile: Profile
    held: Watch
    shown: str


def open_database(location: str, *, create: bool) -> Opened:
    """Open, create or migrate the database at a path or URL.

    Raises:
        ArchiveUnusable: it is not there, not a database, not ours, of a newer version, or cannot be written.
        MissingResource: the driver of the database is not installed.
    """
    if connecting.is_postgres(location):
        return _open_served(location, create=create)
    return _open_file(location, create=create)


def _open_served(location: str, *, create: bool) -> Opened:
    profile, shown = profile_of("postgresql"), connecting.shown(location)
    engine = connecting.make_engine(connecting.url_of(location))
    with _closing_on_failure(engine):
        try:
            with engine.connect() as connection:
                ready = _is_current(connection, shown)
                there = ready or bool(inspect(connection).get_table_names())
                if not there and not create:
                    raise ArchiveUnusable(
                        "{location}: there is no archive here",
                        remedy="add articles first: quellenlage add",
                        location=shown,
                    )
                if not there:
                    _check_encoding(connection, shown)
            if not ready:
                with engine.execution_options(**{WRITING: True}).begin() as connection:
                    _migrate(connection, profile, shown)
        except DBAPIError as error:
            raise profile.explain(error, shown) from error
    return Opened(engine, profile, Served(), shown)


def _check_encoding(connection: Connection, shown: str) -> None:
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise ArchiveUnusable(
            "{location}: the database keeps text as {encoding}, which lacks letters",
            remedy="make one with createdb --encoding UTF8 --template template0 NAME",
            location=shown,
            encoding=encoding,
        )


@contextmanager
def _closing_on_failure(engine: Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def _open_file(location: str, *, create: bool) -> Opened:
    path = _path_of(location)
    try:
        empty = _check_file(path, location, create=create)
    except OSError as error:
        raise _inaccessible(location, error) from error
    profile = profile_of("sqlite")
    engine = make_engine(path)
    try:
        with engine.connect() as connection:
            ready = not empty and _is_current(connection, location)
        if not ready:
            use_write_ahead_log(engine)
            with engine.execution_options(**{WRITING: True}).begin() as connection:
                _migrate(connection, profile, location)
        return Opened(engine, profile, hold(engine, path, location), location)
    except OSError as error:
        engine.dispose()
        raise _inaccessible(location, error) from error
    except DBAPIError as error:
        engine.dispose()
        if empty:
            _remove_empty(path)
        raise profile.explain(error, location) from error
    except sqlite3.Error as error:
        engine.dispose()
        wrapped = DBAPIError("PRAGMA journal_mode", None, error)
        raise profile.explain(wrapped, location) from error
    except ArchiveUnusable:
        engine.dispose()
        raise


def _inaccessible(location: str, error: OSError) -> ArchiveUnusable:
    return ArchiveUnusable(
        "{location}: {problem}",
        remedy="check the path and the rights on the file and its folder",
        location=location,
        problem=Phrase(str(error.strerror)),
    )


def _path_of(location: str) -> Path:
    if not location.strip() or "\x00" in location:
        raise ArchiveUnusable("the archive has no name", remedy=_OTHER_FILE)
    if "://" not in location:
        return Path(location).expanduser()
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        raise ArchiveUnusable(
            "{location}: not a database URL", remedy="e.g. sqlite:///archive.db", location=location
        ) from None
    profile_of(url.get_backend_name())
    if not url.database or url.database == ":memory:":
        raise ArchiveUnusable("{location}: names no file", remedy="e.g. sqlite:///archive.db", location=location)
    return Path(url.database).expanduser()


def _check_file(path: Path, location: str, *, create: bool) -> bool:
    """Tell what can be told before SQLite touches the file; True when there is nothing in it yet."""
    if path.is_dir():
        raise ArchiveUnusable(
            "{location}: this is a folder", remedy="name a file in it, e.g. quellenlage.db", location=location
        )
    if not path.exists():
        if not create:
            raise ArchiveUnusable(
                "{location}: there is no archive here", remedy="add articles first: quellenlage add", location=location
            )
        if not path.parent.is_dir():
            raise ArchiveUnusable(
                "{location}: the folder {folder} does not exist",
                remedy="make it first: mkdir -p {folder}",
                location=location,
                folder=path.parent,
            )
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise ArchiveUnusable(
                "{location}: the folder {folder} cannot be written",
                remedy="name a file in a folder of yours",
                location=location,
                folder=path.parent,
            )
        return True
    start = _beginning(path)
    if start and start != HEADER:
        raise ArchiveUnusable("{location}: this file is no archive", remedy=_OTHER_FILE, location=location)
    if not start and not create:
        raise ArchiveUnusable(
            "{location}: the file is empty", remedy="add articles first: quellenlage add", location=location
        )
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK | os.X_OK):
        raise ArchiveUnusable(
            "{location}: this archive can be read but not written",
            remedy=WRITE_REMEDY,
            location=location,
        )
    return not start


def _beginning(path: Path) -> bytes:
    """The first bytes of a file, but of an archive that this process may have open already.

    POSIX drops all locks of a process on a file as soon as it closes any descriptor of it: SQLite would go on as if it
    still held its own, and another process would take the write-ahead log away from under it.
    """
    if not path.stat().st_size:
        return b""
    if is_open(path):
        return HEADER
    with path.open("rb") as file:
        return file.read(len(HEADER))


def _is_current(connection: Connection, location: str) -> bool:
    """Whether the schema is this version's; False for an older one or none.

    Raises:
        ArchiveUnusable: somebody else's database, or an archive of a newer version.
    """
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return False
    if not {meta.name, _REVISIONS} <= tables:
        raise ArchiveUnusable("{location}: a database of another program", remedy=_OTHER_FILE, location=location)
    application = connection.scalar(select(meta.c.value).where(meta.c.name == "application"))
    if application != APPLICATION:
        raise ArchiveUnusable("{location}: a database of another program", remedy=_OTHER_FILE, location=location)
    revision = connection.scalar(select(column("version_num")).select_from(table(_REVISIONS)))
    if revision == HEAD:
        return True
    if revision not in _known_revisions():
        raise ArchiveUnusable(
            "{location}: written by a newer version (schema {revision}; {version} knows {head})",
            remedy="install the newest version of quellenlage",
            location=location,
            revision=revision,
            version=__version__,
            head=HEAD,
        )
    return False


def _migrations() -> str:
    return str(files("quellenlage.store") / "migrations")


def _known_revisions() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(_migrations()).walk_revisions()}


def _migrate(connection: Connection, profile: Profile, location: str) -> None:
    from alembic import command
    from alembic.config import Config

    if _is_current(connection, location):
        return  # another process was faster
    config = Config()
    config.set_main_option("script_location", _migrations().replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    profile.settle(connection)
    if connection.scalar(select(meta.c.value).where(meta.c.name == "application")) is None:
        rows = {
            "application": APPLICATION,
            "created_by": __version__,
            state.NEIGHBOURS: neighbours.KEYS,
            state.LISTING: listing.VERSION,
        }
        connection.execute(meta.insert(), [{"name": name, "value": value} for name, value in rows.items()])


def _remove_empty(path: Path) -> None:
    """Take back a file that could not be made into an archive."""
    if path.exists() and path.stat().st_size == 0:
        path.unlink()
