"""A gzip file piece by piece, where damage ends what can be unpacked and the next member can be taken up."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

CHUNK = 1 << 16
"""Bytes read at a time."""

CUT_OFF, DAMAGED = "cut-off", "damaged"
_GZIP = b"\x1f\x8b\x08"


class Unpacked(io.RawIOBase):
    """What is inside a gzip file of any number of members; no more is unpacked than is asked for.

    No read reaches beyond the end of a member: what it gives is of the one that begins at byte `began` of the file.
    `broken` says why the members ended before the file did: `CUT_OFF`, `DAMAGED`, what the system said.
    """

    def __init__(self, inner: BinaryIO | io.RawIOBase) -> None:
        self._inner = inner
        self._packed = b""
        self._taken = 0
        self._unpacker: zlib._Decompress | None = None
        self.began = 0
        self.broken = ""

    def readable(self) -> bool:
        """What io asks for."""
        return True

    def readinto(self, buffer: object) -> int:
        """Unpack into a buffer, which io passes; nothing at the end, and where it is broken."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type] # io passes a writable buffer
        piece = self._next(len(view))
        view[: len(piece)] = piece
        return len(piece)

    def _read(self, size: int) -> bytes:
        """Read on in the file; what the system says of a failure ends it."""
        try:
            piece = self._inner.read(size) or b""
        except OSError as error:
            self.broken = str(error.strerror or error)
            return b""
        self._taken += len(piece)
        return piece

    def _next(self, room: int) -> bytes:
        while not self.broken:
            if self._unpacker is None and not self._begin():
                return b""
            if piece := self._step(room):
                return piece
        return b""

    def _begin(self) -> bool:
        """Begin the next member; False at the end of the file, or where something else stands there."""
        self._packed = self._packed.lstrip(b"\0")  # some programs fill the last block
        while len(self._packed) < len(_GZIP) and (more := self._read(CHUNK)):
            self._packed = (self._packed + more).lstrip(b"\0")
        if self._packed.startswith(_GZIP):
            self._unpacker = zlib.decompressobj(wbits=31)
            self.began = self._taken - len(self._packed)
            return True
        if self._packed:
            self.broken = self.broken or (CUT_OFF if _GZIP.startswith(self._packed) else DAMAGED)
        return False

    def _step(self, room: int) -> bytes:
        """Unpack a piece of the member; it may be empty."""
        unpacker = self._unpacker
        if unpacker is None:
            return b""
        packed = self._packed or self._read(CHUNK)
        try:
            piece = unpacker.decompress(packed, room)
        except zlib.error:
            self._packed, self.broken = packed, DAMAGED
            return b""
        self._packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        if unpacker.eof:
            self._unpacker = None
        elif not packed and not piece:
            self.broken = self.broken or CUT_OFF
        return piece

    def resume(self) -> bool:
        """Look for the next member that can be begun behind a broken one; False where there is none."""
        held = self._packed[1:]
        while (at := held.find(_GZIP)) < 0:
            more = self._read(CHUNK)
            if not more:
                return False
            held = held[1 - len(_GZIP) :] + more
        self._packed, self._unpacker, self.broken = held[at:], None, ""
        return self._begin()
