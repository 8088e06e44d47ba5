"""Which reader takes which format, and how an input that holds others is opened."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import cast

from quellenlage.errors import BadInput, Phrase, UnreadableInput
from quellenlage.intake.raw import Raw, Reader, too_large
from quellenlage.intake.sniff import HEAD, Format, sniff
from quellenlage.model.capture import Capture

# Modules are imported when their format first comes up: some of them load large libraries.
_READERS: dict[Format, tuple[str, str]] = {
    Format.TEXT: ("plain", "read"),
    Format.HTML: ("html", "read"),
    Format.JSON: ("records", "read"),
    Format.JSON_LINES: ("records", "read_lines"),
    Format.FEED: ("feeds", "read"),
    Format.PDF: ("pdf", "read"),
    Format.DOCX: ("docx", "read"),
    Format.RTF: ("rtf", "read"),
    Format.MAIL: ("mail", "read"),
    Format.MAILBOX: ("mail", "read_mailbox"),
    Format.WARC: ("warc", "read"),
    Format.WACZ: ("warc", "read_collection"),
    Format.PARQUET: ("parquet", "read"),
}

_MEMBER = b"\x1f\x8b"
_WINDOW, _WIDEST = 1 << 10, 1 << 20
"""Bytes of a compressed file that are looked at together, at first and at most."""


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """Read an input of any kind; what fails comes as an instance of BadInput among the captures."""
    try:
        if len(raw.data) > raw.options.max_bytes:
            raise too_large(raw.name, raw.options.max_bytes, len(raw.data))
        found = sniff(raw.data[:HEAD], raw.name)
        if found is Format.GZIP:
            raw = unpacked(raw)
            found = sniff(raw.data[:HEAD], raw.name)
            if found is Format.GZIP:
                raise UnreadableInput(raw.name, "compressed more than once", remedy="unpack it and add the file")
        yield from reader_of(found)(raw)
    except BadInput as error:
        yield error


def reader_of(found: Format) -> Reader:
    """The reader of a format."""
    module, function = _READERS[found]
    return cast(Reader, getattr(import_module(f"quellenlage.intake.{module}"), function))


def unpacked(raw: Raw) -> Raw:
    """Decompress a gzip file, within the limit; the capture keeps the bytes inside, like an uncompressed file's.

    Raises:
        TooLarge: over the limit when unpacked.
        UnreadableInput: damaged or cut off.
    """
    limit = raw.options.max_bytes
    pieces: list[bytes] = []
    at = size = 0
    while raw.data.startswith(_MEMBER, at):  # a file may hold several members
        piece, at = _member(raw, at, limit + 1 - size)
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise too_large(raw.name, limit)
    return replace(raw, data=b"".join(pieces))


def _member(raw: Raw, at: int, most: int) -> tuple[bytes, int]:
    """At most so many bytes of the member that begins there, and where it ends.

    It is handed over in windows that grow: the rest behind a member is copied, and there may be a million of them.
    """
    remedy = "unpack it and add the file"
    unpacker = zlib.decompressobj(wbits=31)
    pieces: list[bytes] = []
    window, data = _WINDOW, memoryview(raw.data)
    while not unpacker.eof and most > 0:
        if at >= len(data):
            raise UnreadableInput(raw.name, "a gzip file that is cut off", remedy=remedy)
        given = data[at : at + window]
        try:
            pieces.append(unpacker.decompress(given, most))
        except zlib.error as error:
            raise UnreadableInput(
                raw.name, "a damaged gzip file: {detail}", remedy=remedy, detail=Phrase(str(error))
            ) from error
        most -= len(pieces[-1])
        at += len(given) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
        window = min(2 * window, _WIDEST)
    return b"".join(pieces), at
