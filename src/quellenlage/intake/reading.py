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
}


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
    remedy = "unpack it and add the file"
    limit = raw.options.max_bytes
    pieces, size, rest = [], 0, raw.data
    while rest.startswith(b"\x1f\x8b"):  # a file may hold several members
        unpacker = zlib.decompressobj(wbits=31)
        try:
            piece = unpacker.decompress(rest, limit + 1 - size)
        except zlib.error as error:
            raise UnreadableInput(
                raw.name, "a damaged gzip file: {detail}", remedy=remedy, detail=Phrase(str(error))
            ) from error
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise too_large(raw.name, limit)
        if not unpacker.eof:
            raise UnreadableInput(raw.name, "a gzip file that is cut off", remedy=remedy)
        rest = unpacker.unused_data
    return replace(raw, data=b"".join(pieces))
