"""What a folder of shards holds, in the order of the sources: what is done, what failed and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from quellenlage.errors import Phrase, UnreadableInput
from quellenlage.execution.audit import said_of
from quellenlage.execution.shards.files import FORMAT
from quellenlage.execution.shards.folder import Folder
from quellenlage.model import Rejection
from quellenlage.model.ledger import LogEntry

NAME = "manifest.json"

State = Literal["open", "done", "failed"]
_Reserved = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A shard: how many captures, how many of them with a document, and of the others why there is none.

    `state` is "open" until it is written; `reason` says why it failed. `bytes` is the size of its file.
    """

    name: str
    state: State = "open"
    captures: int = 0
    articles: int = 0
    bytes: int = 0
    reason: str = ""
    rejections: tuple[Rejection, ...] = ()


class _Written(msgspec.Struct):
    shards: list[Entry]
    format: int = FORMAT
    reservations: list[LogEntry] = []  # msgspec copies it for each


class Manifest:
    """The list of shards of a folder; kept in step with its file, to which another process may have added."""

    def __init__(self, folder: Folder) -> None:
        """Read what is there.

        Raises:
            UnreadableInput: the file is damaged, of another version, or holds what is no reservation.
            OSError: it cannot be read.
        """
        self._folder = folder
        written = self._read()
        self._entries: dict[str, Entry] = {entry.name: entry for entry in written.shards}
        self._reserved: dict[_Reserved, LogEntry] = _by_day(written.reservations)

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries.values()))

    def get(self, name: str) -> Entry | None:
        """The entry of a shard, if there is one."""
        return self._entries.get(name)

    def put(self, entry: Entry) -> None:
        """Note a shard: a new one behind all others, a known one at its place. Nothing is written yet."""
        self._entries[entry.name] = entry

    @property
    def reservations(self) -> tuple[LogEntry, ...]:
        """What was left alone since its site reserved it, for the log of the archive they are loaded into."""
        return tuple(self._reserved.values())

    def reserve(self, entry: LogEntry) -> None:
        """Note what was left alone; once a day is enough, as in an archive. Nothing is written yet."""
        self._reserved.setdefault(_day_of(entry), entry)

    def save(self) -> None:
        """Write it, with what others added meanwhile. Raises OSError."""
        written = self._read()
        self._reserved = _by_day([*self._reserved.values(), *written.reservations])
        for entry in written.shards:
            known = self._entries.get(entry.name)
            if known is None or (known.state != "done" and entry.state == "done"):
                self._entries[entry.name] = entry
        data = msgspec.json.encode(_Written(list(self._entries.values()), reservations=list(self.reservations)))
        self._folder.write(NAME, msgspec.json.format(data, indent=1))

    def _read(self) -> _Written:
        data = self._folder.read(NAME)
        if data is None:
            return _Written([])
        try:
            written = msgspec.json.decode(data, type=_Written)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise self._damaged(error) from error
        if written.format != FORMAT:
            raise self._damaged(Phrase("it is of another version ({version})", version=written.format))
        for entry in written.reservations:
            if not _is_reservation(entry):
                said = "what it calls reserved is none: {kind}, {what}, {subject}"
                raise self._damaged(Phrase(said, kind=entry.kind, what=entry.what, subject=entry.subject))
        return written

    def _damaged(self, detail: object) -> UnreadableInput:
        return UnreadableInput(
            f"{self._folder.location}/{NAME}", "the list of the shards is damaged: {detail}",
            remedy="delete it: the shards are found without it", detail=detail,
        )  # fmt: skip


def _is_reservation(entry: LogEntry) -> bool:
    """Whether a line is fit for the log of an archive, which is sealed: no deletion may come in from outside."""
    try:
        zone = datetime.fromisoformat(entry.at).tzinfo
        str(said_of(entry))
    except (ValueError, TypeError, AttributeError, LookupError):
        return False
    return entry.kind == "reservation" and zone is not None and bool(entry.subject)


def _by_day(entries: Iterable[LogEntry]) -> dict[_Reserved, LogEntry]:
    """The first of each address, sign and day."""
    first: dict[_Reserved, LogEntry] = {}
    for entry in entries:
        first.setdefault(_day_of(entry), entry)
    return first


def _day_of(entry: LogEntry) -> _Reserved:
    return entry.subject, entry.what, entry.at[:10]
