"""Files as a browser sends them, written to a folder while they come: none of them is held in memory."""

from __future__ import annotations

import errno
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

MOST_FILES = 20_000
"""Files of one upload; a folder with more is sent in parts."""

_FIELD = 1 << 16
_HEADER = 1 << 14
_NAME = 180
"""Bytes of one part of a path: what file systems take, with room to spare."""
_DEEPEST = 24
_NO_NAME = re.compile(r"[\x00-\x1f\x7f/\\]")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(slots=True)
class Upload:
    """What came: `sources` are pairs of a path to read and the name that people know it by, folders as one.

    `problem` is why it cannot be used: "full" (the disk), "many" (files), "form" (it is none), "broken" (the disk
    refused it for another reason).
    """

    fields: dict[str, str] = field(default_factory=dict)
    sources: list[tuple[str, str]] = field(default_factory=list)
    files: int = 0
    size: int = 0
    problem: str = ""


class _Receiver:
    """The parts of a form, one after the other; texts are kept, files written."""

    def __init__(self, folder: Path, boundary: bytes) -> None:
        self.upload = Upload()
        self._folder = folder
        self._tops: dict[str, Path] = {}
        self._name, self._header, self._value = "", bytearray(), bytearray()
        self._disposition = b""
        self._text: bytearray | None = None
        self._file: IO[bytes] | None = None
        self._whole = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_header_field": lambda data, start, end: self._keep(self._header, data[start:end]),
                "on_header_value": lambda data, start, end: self._keep(self._value, data[start:end]),
                "on_header_end": self._header_ends,
                "on_headers_finished": self._begin,
                "on_part_data": self._data,
                "on_part_end": self._end,
                "on_end": self._complete,
            },
        )

    def write(self, chunk: bytes) -> None:
        """Take the next bytes; after a problem the rest is read and let go, so that the answer reaches who sends."""
        if self.upload.problem:
            return
        try:
            self._parser.write(chunk)
        except FormParserError:
            self._fail("form")
        except OSError as error:
            self._fail("full" if error.errno in _FULL else "broken")

    def close(self) -> None:
        """The last bytes have come; a form without its end lacks a part of a file at least."""
        if not self._whole:
            self._fail("form")
        try:
            self._end()
        except OSError as error:
            self._fail("full" if error.errno in _FULL else "broken")

    def _complete(self) -> None:
        self._whole = True

    def _fail(self, problem: str) -> None:
        self.upload.problem = self.upload.problem or problem
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):  # its last bytes found no room either
                file.close()

    @staticmethod
    def _keep(target: bytearray, data: bytes) -> None:
        if len(target) <= _HEADER:
            target.extend(data)

    def _header_ends(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _begin(self) -> None:
        options = parse_options_header(self._disposition)[1]
        self._disposition = b""
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" not in options:
            self._text = bytearray()
            return
        filename = options[b"filename"].decode("utf-8", "replace")
        if filename:  # a picker in which nothing was chosen sends a file without name
            self._open(filename)

    def _open(self, filename: str) -> None:
        if self.upload.files >= MOST_FILES:
            self._fail("many")
            return
        self.upload.files += 1
        parts = [_component(one) for one in filename.split("/") if one not in {"", "."}][-_DEEPEST:] or ["_"]
        path = self._place(parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("xb")

    def _place(self, parts: list[str]) -> Path:
        """Where a file goes: files of one folder stay together, so that what belongs to a page is known as that."""
        number = str(len(self.upload.sources))
        if len(parts) > 1:
            top = self._tops.get(parts[0])
            path = top.joinpath(*parts[1:]) if top else None
            if path and not path.exists() and not any(one.is_file() for one in path.parents):
                return path
            top = self._tops[parts[0]] = self._folder / number
            self.upload.sources.append((str(top), parts[0]))
            return top.joinpath(*parts[1:])
        path = self._folder / number / parts[0]
        self.upload.sources.append((str(path), parts[0]))
        return path

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self.upload.size += end - start
            self._file.write(data[start:end])
        elif self._text is not None and len(self._text) <= _FIELD:
            self._text.extend(data[start:end])

    def _end(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()
        if self._text is not None:
            self.upload.fields.setdefault(self._name, self._text[:_FIELD].decode("utf-8", "replace"))
        self._text = None


async def receive(stream: AsyncIterator[bytes], content_type: str, folder: str) -> Upload:
    """Read a form with files to its end; the files lie in the folder, each under a name that no other has."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        return Upload(problem="form")
    receiver = _Receiver(Path(folder), boundary)
    async for chunk in stream:
        if chunk:
            await run_in_threadpool(receiver.write, chunk)
    await run_in_threadpool(receiver.close)
    return receiver.upload


def _component(name: str) -> str:
    """One part of a path that any file system takes; what a file is called stays recognisable, its ending above all."""
    kept = _NO_NAME.sub("_", name)
    stem, dot, ending = kept.rpartition(".")
    if not dot or not stem or len(ending) > 12:
        stem, dot, ending = kept, "", ""
    room = _NAME - len((dot + ending).encode())
    kept = stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + dot + ending
    return "_" if kept in {"", ".", ".."} else kept
