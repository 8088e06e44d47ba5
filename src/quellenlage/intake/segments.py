"""Bytes of large files piece by piece, where damage ends one segment and what follows it is another."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO, Protocol

CHUNK = 1 << 16
"""Bytes read at a time."""

CUT_OFF, DAMAGED = "cut-off", "damaged"
_GZIP = b"\x1f\x8b\x08"
_RECORD = b"\nWARC/1."


class Segments(Protocol):
    """A stream that ends early where it is broken, and can be taken up behind that."""

    broken: str
    """Why the segment ended before the file did: `CUT_OFF`, `DAMAGED`, what the system said; empty otherwise."""

    def read(self, size: int = -1, /) -> bytes:
        """Bytes of the segment, at most so many; none at its end."""

    def resume(self, after: int) -> bool:
        """Go on with what follows the record that began at this offset of the segment; False where nothing does."""


class _Stream(io.RawIOBase):
    """What fastwarc asks of a stream besides reading: where it is."""

    def __init__(self, inner: BinaryIO | io.RawIOBase) -> None:
        self._inner = inner
        self._given = 0
        self.broken = ""

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._given

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if (offset, whence) not in {(0, io.SEEK_CUR), (self._given, io.SEEK_SET)}:
            raise io.UnsupportedOperation("seek")
        return self._given

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type] # io passes a writable buffer
        piece = self._next(len(view))
        view[: len(piece)] = piece
        self._given += len(piece)
        return len(piece)

    def _next(self, room: int) -> bytes:
        raise NotImplementedError

    def _read(self, size: int) -> bytes:
        """Read on in the file; what the system says of a failure ends it."""
        try:
            return self._inner.read(size) or b""
        except OSError as error:
            self.broken = str(error.strerror or error)
            return b""


class Plain(_Stream):
    """An uncompressed file; records are looked for behind what cannot be read."""

    def __init__(self, inner: BinaryIO | io.RawIOBase) -> None:
        super().__init__(inner)
        self._ahead = b""
        self._last = b""

    def _next(self, room: int) -> bytes:
        piece, self._ahead = self._ahead[:room], self._ahead[room:]
        piece = piece or self._read(room)
        self._last = piece or self._last
        return piece

    def resume(self, after: int) -> bool:
        """Look for the beginning of a record, in what was read last and behind it."""
        seen = max(0, after + 1 - (self._given - len(self._last)))
        held = self._last[seen:] + self._ahead
        while (at := held.find(_RECORD)) < 0:
            more = self._read(CHUNK)
            if not more:
                return False
            held = held[1 - len(_RECORD) :] + more
        self._ahead, self._last, self._given, self.broken = held[at + 1 :], b"", 0, ""
        return True


class Unpacked(_Stream):
    """What is inside a gzip file of any number of members; no more is unpacked than is asked for.

    No read reaches beyond the end of a member, so that a reader has nothing of the next one when it gives one up.
    """

    def __init__(self, inner: BinaryIO | io.RawIOBase) -> None:
        super().__init__(inner)
        self._packed = b""
        self._unpacker: zlib._Decompress | None = None

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

    def resume(self, after: int) -> bool:
        """Look for the next member that can be unpacked behind a broken one, or behind one that was given up."""
        while self._unpacker is not None and not self.broken:
            self._step(CHUNK)
        if self.broken:
            held = self._packed[1:]
            while (at := held.find(_GZIP)) < 0:
                more = self._read(CHUNK)
                if not more:
                    return False
                held = held[1 - len(_GZIP) :] + more
            self._packed, self._unpacker = held[at:], None
        self._given, self.broken = 0, ""
        return self._begin()


def segments(stream: BinaryIO | io.RawIOBase, *, packed: bool) -> Plain | Unpacked:
    """A file in segments; `packed` with gzip or not."""
    return Unpacked(stream) if packed else Plain(stream)
