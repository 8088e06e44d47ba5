"""What a folder of shards holds, in the order of the sources: what is done, what failed and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from quellenlage.errors import UnreadableInput
from quellenlage.execution.shards.files import FORMAT
from quellenlage.execution.shards.folder import Folder
from quellenlage.model import Rejection

NAME = "manifest.json"

State = Literal["open", "done", "failed"]


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


class Manifest:
    """The list of shards of a folder; kept in step with its file, to which another process may have added."""

    def __init__(self, folder: Folder) -> None:
        """Read what is there.

        Raises:
            UnreadableInput: the file is damaged.
            OSError: it cannot be read.
        """
        self._folder = folder
        self._entries: dict[str, Entry] = {entry.name: entry for entry in self._read()}

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries.values()))

    def get(self, name: str) -> Entry | None:
        """The entry of a shard, if there is one."""
        return self._entries.get(name)

    def put(self, entry: Entry) -> None:
        """Note a shard: a new one behind all others, a known one at its place. Nothing is written yet."""
        self._entries[entry.name] = entry

    def save(self) -> None:
        """Write it, with what others added meanwhile. Raises OSError."""
        for entry in self._read():
            known = self._entries.get(entry.name)
            if known is None or (known.state != "done" and entry.state == "done"):
                self._entries[entry.name] = entry
        data = msgspec.json.encode(_Written(list(self._entries.values())))
        self._folder.write(NAME, msgspec.json.format(data, indent=1))

    def _read(self) -> list[Entry]:
        data = self._folder.read(NAME)
        if data is None:
            return []
        try:
            written = msgspec.json.decode(data, type=_Written)
        except msgspec.MsgspecError as error:
            raise UnreadableInput(
                f"{self._folder.location}/{NAME}", "the list of the shards is damaged: {detail}",
                remedy="delete it: the shards are found without it", detail=error,
            ) from error  # fmt: skip
        return written.shards
