"""The file of accounts: opened or made, readable by its owner alone, with a schema we know."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import DBAPIError

from quellenlage.errors import ArchiveUnusable, Phrase
from quellenlage.store.profile import WRITING
from quellenlage.store.sqlite import HEADER, make_engine, use_write_ahead_log
from quellenlage.views.web.access.tables import APPLICATION, SCHEMA, about, metadata

_OWNER_ONLY = 0o600
_OTHERS = 0o077


def open_accounts(path: Path, *, create: bool) -> Engine:
    """Open the file, or make it with rights for its owner alone.

    Raises:
        ArchiveUnusable: it is not there, others may read it, or it is none of ours or of a newer version.
    """
    try:
        _check_file(path, create=create)
    except OSError as error:
        raise ArchiveUnusable(
            "{location}: {problem}",
            remedy="check the path and the rights on the file and its folder",
            location=path,
            problem=Phrase(str(error.strerror)),
        ) from error
    engine = make_engine(path)
    try:
        _check_schema(engine, path)
    except DBAPIError as error:
        engine.dispose()
        raise ArchiveUnusable(
            "{location}: the accounts cannot be used ({error})",
            remedy="check the path and the rights on the file and its folder",
            location=path,
            error=error.orig,
        ) from error
    except ArchiveUnusable:
        engine.dispose()
        raise
    return engine


def _check_file(path: Path, *, create: bool) -> None:
    """Tell what can be told before SQLite touches the file: it would make a database of some that are none."""
    if not path.exists():
        if not create:
            raise _none_yet(path)
        # SQLite gives the files beside it (its log) the same rights.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_ONLY))
    with path.open("rb") as file:
        start = file.read(len(HEADER))
    if start and start != HEADER:
        raise _none_in_it(path)
    if not start and not create:
        raise _none_yet(path)
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise ArchiveUnusable(
            "{location}: others may read this file of accounts",
            remedy="take that right from them: chmod 600 {location}",
            location=path,
        )


def _none_yet(path: Path) -> ArchiveUnusable:
    return ArchiveUnusable(
        "{location}: there are no accounts yet",
        remedy="make one: quellenlage accounts add NAME --role admin",
        location=path,
    )


def _none_in_it(path: Path) -> ArchiveUnusable:
    return ArchiveUnusable(
        "{location}: this file has no accounts in it", remedy="name another file with --accounts", location=path
    )


def _check_schema(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        found = connection.execute(select(about.c.name, about.c.value)).all() if about.name in tables else []
        known = {row.name: row.value for row in found}
    if not tables:
        use_write_ahead_log(engine)
        with engine.execution_options(**{WRITING: True}).begin() as connection:
            metadata.create_all(connection)
            if connection.scalar(select(about.c.value).where(about.c.name == "application")) is None:
                rows = {"application": APPLICATION, "schema": SCHEMA}
                connection.execute(about.insert(), [{"name": name, "value": value} for name, value in rows.items()])
        return
    if known.get("application") != APPLICATION:
        raise _none_in_it(path)
    if known.get("schema") != SCHEMA:
        raise ArchiveUnusable(
            "{location}: these accounts were written by a newer version",
            remedy="install the newest version of quellenlage",
            location=path,
        )
