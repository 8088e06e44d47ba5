"""Files of lists, line by line, packed or not."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from quellenlage.errors import Phrase, UnreadableInput

MOST = 64 << 20
"""Bytes of a line, and of a file that is one JSON value; a longer one is refused instead of filling the memory."""

LOOKED_AT = 64
"""Lines that are read to tell the form of a file."""


def _plain(path: Path) -> BinaryIO:
    return path.open("rb")


_PACKED: dict[str, Callable[[Path], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_REMEDY = Phrase("check the path and the rights on the file and its folder")
_DAMAGED = (OSError, EOFError, lzma.LZMAError, ValueError)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked where its name says that it is packed. Raises BadInput."""
    try:
        with _PACKED.get(path.suffix.lower(), _plain)(path) as file:
            yield cast("BinaryIO", file)
    except FileNotFoundError:
        raise UnreadableInput(str(path), "there is no such file", remedy=_REMEDY) from None
    except _DAMAGED as error:
        raise UnreadableInput(
            str(path),
            "it cannot be read: {reason}",
            remedy=_REMEDY,
            reason=error,
        ) from None


def file_digest(path: Path) -> str:
    """SHA-256 of a file as it lies there. Raises BadInput."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                found.update(part)
    except OSError as error:
        raise UnreadableInput(
            str(path),
            "it cannot be read: {reason}",
            remedy=_REMEDY,
            reason=error,
        ) from None
    return found.hexdigest()


def numbered(path: Path) -> Iterator[tuple[int, bytes]]:
    """Lines that are not empty, with their numbers. Raises BadInput."""
    with opened(path) as file:
        number = 0
        while line := file.readline(MOST):
            number += 1
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield number, line.strip()


def first_value(path: Path) -> Any:
    """The first JSON object or list that a line of a file is; a damaged line or two may stand before it.

    None where the first `LOOKED_AT` lines have none. Raises BadInput.
    """
    lines = (line.rstrip(b",") for _, line in islice(numbered(path), LOOKED_AT))
    return next((v for v in map(value_of, lines) if isinstance(v, dict | list) and v), None)


def value_of(line: bytes) -> Any:
    """The JSON value of a line; None where it is none."""
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def listed(value: Any) -> list[Any]:
    """The value where it is a list, else an empty one: what others write need not be what they promise."""
    return value if isinstance(value, list) else []


def place(path: Path, number: int) -> str:
    """A line of a file as messages name it."""
    return f"{path}:{number}"
