"""Copies of an archive in use: SQLite's online backup, which sees one state of the file whatever others write."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from quellenlage.errors import ArchiveUnusable, BadInput, Phrase

_HEADER = b"SQLite format 3\x00"
_SUFFIXES = ("", "-wal", "-shm", "-journal")


def file_of(location: str) -> Path:
    """The file of an archive.

    Raises:
        BadInput: it is kept by a server.
    """
    if "://" not in location:
        return Path(location).expanduser()
    url = make_url(location)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BadInput(
            url.render_as_string(hide_password=True),
            "this archive is kept by a database server",
            remedy="back it up with the server's own tools: pg_dump --format=custom",
        )
    return Path(url.database).expanduser()


def back_up(location: str, target: Path) -> int:
    """Copy an archive while it is in use; returns the size of the copy in bytes.

    Raises:
        BadInput: it is kept by a server, would be copied over itself, or something else than a backup lies there.
        ArchiveUnusable: it cannot be read, or the copy not be written, or is damaged.
    """
    source = file_of(location)
    if target.exists() and target.samefile(source):
        raise BadInput(str(target), "this is the archive itself", remedy="name another file")
    if target.exists() and not _is_database(target):
        raise BadInput(str(target), "a file lies here that is no backup", remedy="name another file")
    return back_up_file(source, target)


def _is_database(path: Path) -> bool:
    """Whether it is a SQLite file, such as an earlier backup; an empty file holds nothing that could be lost."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_HEADER)) in {b"", _HEADER}


def back_up_file(source: Path, target: Path) -> int:
    """Copy a SQLite file whole, check the copy and move it to its place; readable by its owner alone."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
            (said,) = new.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise _damaged(source, said)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
        _sync_folder(target.parent)
        return target.stat().st_size
    except (OSError, sqlite3.Error) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise _damaged(source, str(error)) from error
        said = getattr(error, "strerror", None) or str(error)
        raise ArchiveUnusable(
            "{location}: {problem}",
            remedy="check the path, its rights and the free space",
            location=target,
            problem=Phrase(said),
        ) from error
    finally:
        remove(part)


def _damaged(location: Path, said: str) -> ArchiveUnusable:
    return ArchiveUnusable(
        "{location}: this archive is damaged ({error})",
        remedy="restore an older backup",
        location=location,
        error=said,
    )


def remove(path: Path) -> None:
    """Remove a SQLite file with what lies beside it."""
    for suffix in _SUFFIXES:
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink()


def beside(path: Path) -> list[Path]:
    """What SQLite left beside a file that nobody should have open."""
    there = (path.with_name(path.name + suffix) for suffix in _SUFFIXES[1:])
    return [one for one in there if one.exists()]


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
