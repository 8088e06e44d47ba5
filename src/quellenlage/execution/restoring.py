"""Bring an archive back from a backup: check a copy of it, delete again what was deleted since, put it in its place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import msgspec

from quellenlage.errors import ArchiveUnusable, BadInput, NotFound, QuellenlageError
from quellenlage.execution.build import relink
from quellenlage.execution.ports import Clock, PipelineLike, Progress
from quellenlage.model import Forgotten, Problem
from quellenlage.model.ledger import PERSON, TEXTS, Deed, LogEntry
from quellenlage.model.ports import TextsDue
from quellenlage.store import SqlArchive, open_archive
from quellenlage.store.backup import back_up_file, beside, file_of, remove

SUPPRESSED = "suppressed"
"""Kind of the record that tells, in a log written as JSON, digests of the names that may not come back."""
_SQLITE = b"SQLite format 3\0"
"""How a file of SQLite begins."""

_MAKE_LOG = "make it with quellenlage log --deletions --json"
KEPT = ".before-restore"
"""Ends the name of the archive that was replaced; with a number where there is one already."""


@dataclass(frozen=True, slots=True)
class Since:
    """What an archive's log says was deleted, and digests of names that may not come back."""

    log: tuple[LogEntry, ...] = ()
    digests: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of it: `problems` of the backup (then nothing was restored), what was deleted `again`, and where
    the archive lies that was there before.
    """

    counts: dict[str, int]
    problems: tuple[Problem, ...] = ()
    again: Forgotten = field(default_factory=Forgotten)
    kept: Path | None = None


def read_log(path: Path) -> Since:
    """Deletions of a log that `log --deletions --json` wrote.

    Raises:
        BadInput: it is none, cannot be read, or tells of deleted persons without the digests of their names.
    """
    entries, digests = [], set[str]()
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if isinstance(record, dict) and record.get("record") == "log":
                known = {key: record[key] for key in LogEntry.__slots__ if key in record}
                entries.append(msgspec.convert(known, LogEntry))
            elif isinstance(record, dict) and record.get("record") == SUPPRESSED:
                digests |= set(msgspec.convert(record["digests"], list[str]))
    except OSError as error:
        raise BadInput(str(path), str(error.strerror), remedy="name a file that can be read") from error
    except (KeyError, ValueError, msgspec.ValidationError) as error:
        raise BadInput(str(path), "no log", remedy=_MAKE_LOG) from error
    if not digests and any(entry.kind == "deletion" and entry.what == PERSON for entry in entries):
        raise BadInput(str(path), "this log does not say which names may not come back", remedy=_MAKE_LOG)
    return Since(tuple(entries), frozenset(digests))


def restore(
    backup: Path, location: str, *, replace: bool = False, since: Since | None = None, check_only: bool = False
) -> Restored:
    """Restore an archive; what the archive that lies there, or the log `since`, says was deleted goes again.

    Raises:
        BadInput: an archive lies there already and is not to be replaced, or the archive is kept by a server.
        ArchiveUnusable: the backup is no archive, the one that is there is in use, the disk is full.
    """
    target = file_of(location)
    if not backup.exists():
        raise BadInput(str(backup), "there is no such file", remedy="name a file that quellenlage backup wrote")
    with backup.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise BadInput(str(backup), "not an archive", remedy="name a file that quellenlage backup wrote")
    if target.exists() and not replace and not check_only:
        raise BadInput(str(target), "an archive lies here already", remedy="add --replace: it is kept beside")
    part = target.with_name(f".{target.name}.restoring")
    remove(part)
    try:
        back_up_file(backup, part)
        archive = open_archive(str(part))
        try:
            problems, counts = archive.verify(), archive.counts()
            if problems or check_only:
                return Restored(counts, tuple(problems))
            standing = _deletions_of(target) if target.exists() else Since()
            again = _forget_again(archive, standing, since or Since())
        finally:
            archive.close()
        if beside(part):
            raise _in_use(part)
        kept = _set_aside(target) if target.exists() else None
        part.replace(target)
        return Restored(counts, again=again, kept=kept)
    finally:
        remove(part)


def link_restored(
    location: str, *, clock: Clock, progress: Progress | None = None, pipeline: PipelineLike | None = None
) -> bool:
    """See the articles of a restored archive together again, as `build` does, if deletions let go of how they were.

    Returns whether that was to be done. It is restored already: whoever breaks this off loses nothing.

    Raises:
        ArchiveUnusable: it cannot be written.
        MissingResource: the installation is incomplete.
    """
    archive = open_archive(location)
    try:
        if archive.linked_fingerprint() is not None or not archive.counts()["articles"]:
            return False
        return relink(archive, clock=clock, progress=progress, pipeline=pipeline)
    finally:
        archive.close()


def _deletions_of(path: Path) -> Since:
    """What the archive that is going to be replaced deleted; nothing where it cannot be opened any more."""
    try:
        archive = open_archive(str(path))
    except QuellenlageError:
        return Since()
    try:
        return Since(tuple(archive.log("deletion")), archive.suppressed())
    except QuellenlageError:
        return Since()
    finally:
        archive.close()


def _forget_again(archive: SqlArchive, *told: Since) -> Forgotten:
    known = archive.log("deletion")
    new = [entry for since in told for entry in since.log if entry.kind == "deletion" and entry not in known]
    digests = frozenset().union(*(since.digests for since in told)) - archive.suppressed()
    if digests:
        archive.suppress_digests(digests)
        archive.append_log(entry for entry in new if entry.what == PERSON)
    articles = sum(_forget_article(archive, entry) for entry in new)
    texts = _forget_texts(archive, new)
    people = max(1, sum(entry.what == PERSON for entry in new)) if digests else 0
    return Forgotten(articles=articles, texts=texts, entities=people)


def _forget_article(archive: SqlArchive, entry: LogEntry) -> bool:
    capture = entry.detail.get("capture")
    if not capture:
        return False
    try:
        archive.forget_article(str(capture), Deed(entry.at, entry.author, entry.reason))
    except NotFound:
        return False
    return True


def _forget_texts(archive: SqlArchive, entries: Sequence[LogEntry]) -> int:
    done = 0
    for entry in entries:
        if entry.what == TEXTS:
            captures = tuple(str(one) for one in entry.detail.get("captures", ()))
            deed = Deed(entry.at, entry.author, entry.reason)
            done += archive.forget_texts(due=TextsDue(captures=captures), deed=deed).texts
    return done


def _set_aside(target: Path) -> Path:
    """Move the archive that is there aside, once nobody has it open."""
    open_files = beside(target)
    if open_files:
        raise _in_use(target)
    kept = next(
        one for n in count() if not (one := target.with_name(f"{target.name}{KEPT}{f'-{n}' if n else ''}")).exists()
    )
    target.replace(kept)
    return kept


def _in_use(path: Path) -> ArchiveUnusable:
    return ArchiveUnusable(
        "{location}: another process uses this archive", remedy="end it (serve, watch), then try again", location=path
    )
