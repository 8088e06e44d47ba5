"""Records of a web archive as bytes, each checked to end where its head says before anything of it is believed."""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from quellenlage.intake.segments import CHUNK, CUT_OFF, DAMAGED, Unpacked

FALSE_LENGTH, NO_LENGTH = "false-length", "no-length"
SPANNED, UNSEEN = "spanned", "unseen"
"""A false length beyond what is held where nothing is read twice: what it spans is lost too, or all up to the end."""
_BEGINS = b"WARC/"
_RECORD = b"\nWARC/1."
_LINE_ENDS = re.compile(rb"[\r\n]*")
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*([0-9]{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEAD = 1 << 20
_MOST_RETURNS = 16
"""Times that a file is read once more from behind the head of a record whose false length is beyond what is held."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record begins: its number from 1, and the byte of the file, or of the gzip member that it is in."""

    number: int
    at: int
    packed: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record: its head with the empty line, and its block, None where that is over the limit."""

    place: Place
    head: bytes
    block: bytes | None


@dataclass(frozen=True, slots=True)
class Lost:
    """What cannot be read, and why: `FALSE_LENGTH` and `NO_LENGTH` of one record, `SPANNED` and `UNSEEN` of one and of
    others behind it, else what broke off the file there.

    `head` is that of the record, as far as it was read.
    """

    place: Place
    reason: str
    head: bytes = b""


class Plain:
    """A file that is not packed, as a source of records."""

    began = 0

    def __init__(self, inner: BinaryIO | io.RawIOBase) -> None:
        self._inner = inner
        self._first = inner.tell() if inner.seekable() else None
        self.broken = ""

    def read(self, size: int) -> bytes:
        """Read on; what the system says of a failure ends it."""
        try:
            return self._inner.read(size) or b""
        except OSError as error:
            self.broken = str(error.strerror or error)
            return b""

    def back(self, at: int) -> bool:
        """Go back to a byte counted from where reading began; False where the file cannot."""
        if self._first is not None:
            self._inner.seek(self._first + at)
        return self._first is not None

    def resume(self) -> bool:
        """Nothing is read behind what the system cannot read."""
        return False


class Records:
    """The records of a web archive in their order; memory holds one block and at most `limit` bytes of what follows.

    A block must be followed by an empty line, by the next record or by the end. Where it is not, its length is false,
    and the next record is looked for behind its head: a block that holds what looks like a record is believed to be
    its own as long as its length fits, since what a page says must not pass for a page of another site.
    """

    def __init__(self, source: Plain | Unpacked, limit: int) -> None:
        self._source, self._limit = source, limit
        self._held = bytearray()
        self._at = 0  # of the first byte held, in the unpacked file
        self._members: deque[tuple[int, int]] = deque([(0, 0)])
        """Gzip members that begin as a record does: where in the unpacked file, and in the file."""
        self._member_start = self._member_at = 0  # of the member read last, likewise
        self._returns = 0
        self._number = 0
        self._over = False

    def __iter__(self) -> Iterator[Record | Lost]:
        while True:
            place = self._next()
            if place is None:
                if self._over or not self._source.broken:
                    return
                yield self._broken(self._place(), b"")
            elif self._held.startswith(_BEGINS):
                yield self._record(place)
            else:
                yield Lost(place, DAMAGED)
                self._search(0)

    def _next(self) -> Place | None:
        """Come to the next byte that is no line end; None at the end."""
        while True:
            if blank := _LINE_ENDS.match(self._held):
                self._drop(blank.end())
            if self._held and self._fill(len(_BEGINS)) is not None:
                return self._place()
            if not self._more():
                return None

    def _place(self) -> Place:
        packed = isinstance(self._source, Unpacked)
        return Place(self._number + 1, self._members[0][1] if packed else self._at, packed)

    def _record(self, place: Place) -> Record | Lost:
        """Take the record that begins here, or leave it and come to the next."""
        self._number += 1
        start = self._head()
        if start is None:
            head = bytes(self._held[:_LONGEST_HEAD])
            return Lost(place, DAMAGED, head) if self._search(1) else self._broken(place, head)
        head = bytes(self._held[:start])
        told = _LENGTH.search(head)
        if told is None:
            self._search(start)
            return Lost(place, NO_LENGTH, head)
        length = int(told[1])
        if length <= self._limit:
            end, begin, back = start + length, start, -1
            whole = self._whole(end)
        else:
            end, back = self._pass(start, length)
            begin = 0
            whole = len(self._held) >= end
        if whole and self._fits(end):
            block = bytes(self._held[start:end]) if length <= self._limit else None
            self._drop(end)
            return Record(place, head, block)
        spanned = back >= 0 and not self._back(back)
        if spanned:
            # Up to here, or to where the gzip member of the record ends, it was let go.
            held = len(self._held)
            begin = min(end, held, self._member(1, held) or held)
        if self._search(begin) or whole:
            return Lost(place, SPANNED if spanned else FALSE_LENGTH, head)
        lost = self._broken(place, head)
        return replace(lost, reason=UNSEEN) if spanned and not self._source.broken else lost

    def _broken(self, place: Place, head: bytes) -> Lost:
        """Say why the file ends here, and go on behind it where that can be done."""
        broken = self._source.broken or CUT_OFF
        self._over = not self._source.broken or not self._source.resume()
        return Lost(place, broken if self._over else DAMAGED, head)

    def _head(self) -> int | None:
        """Length of the head; None where it does not end, or not before another record begins."""
        seen = 0
        while True:
            found = _HEAD_ENDS.search(self._held, max(0, seen - 3))
            if found:
                end = found.end()
                return None if self._held.find(_RECORD, 0, end) >= 0 or self._member(1, end) is not None else end
            seen = len(self._held)
            if seen > _LONGEST_HEAD or self._member(1, seen) is not None or not self._more():
                return None

    def _whole(self, end: int) -> bool:
        """Hold a block up to its end; False where the file or, before that, the gzip member of the record ends."""
        while len(self._held) < end:
            if self._member(1, len(self._held)) is not None or not self._more():
                return False
        return self._member(1, end) is None

    def _pass(self, start: int, length: int) -> tuple[int, int]:
        """Read over a block that is too large to be held: where it ends, counted from what is held then.

        What looks like a record in it is held with what follows. Where that is too much, it is let go and its place
        in the file is the second value; -1 otherwise.
        """
        end, back = self._at + start + length, -1
        self._drop(start - 1)
        while self._at + len(self._held) < end and self._member(1, len(self._held)) is None:
            found = self._held.find(_RECORD) if back < 0 else -1
            self._drop(found if found >= 0 else max(0, len(self._held) - len(_RECORD) + 1))
            if found >= 0 and len(self._held) > self._limit:
                back = self._at + 1
            if not self._more():
                break
        return end - self._at, back

    def _back(self, at: int) -> bool:
        """Return to a place that was let go, if the file can."""
        self._returns += 1
        if self._returns > _MOST_RETURNS or not isinstance(self._source, Plain) or not self._source.back(at - 1):
            return False
        self._held.clear()
        self._at = at - 1
        return True

    def _fits(self, end: int) -> bool:
        """Whether what stands behind a block is what stands behind a whole one."""
        self._fill(end + len(_BEGINS) + 4)
        rest = bytes(self._held[end : end + len(_BEGINS) + 4])
        if rest.startswith((b"\r\n\r\n", b"\n\n")):
            return True
        following = rest.lstrip(b"\r\n")
        return not following or following.startswith(_BEGINS)

    def _member(self, low: int, high: int) -> int | None:
        """Index of the first gzip member in what is held from `low` to before `high` that begins with a record."""
        within = (began - self._at for began, _ in self._members if began - self._at >= low)
        first = next(within, high)
        return first if first < high else None

    def _search(self, begin: int) -> bool:
        """Come to the next line, or gzip member, that begins as a record does; False where there is none."""
        while True:
            found = self._held.find(_RECORD, begin)
            member = self._member(begin, len(self._held) if found < 0 else found)
            if member is not None or found >= 0:
                self._drop(found + 1 if member is None else member)
                return True
            self._drop(max(begin, len(self._held) - len(_RECORD) + 1))
            begin = 0
            if not self._more():
                self._drop(len(self._held))
                return False

    def _fill(self, size: int) -> int | None:
        """Hold so many bytes, or what there is; None where there is nothing."""
        while len(self._held) < size and self._more():
            pass
        return len(self._held) or None

    def _more(self) -> bool:
        """Read a piece; False at the end, or where the file is broken."""
        piece = self._source.read(CHUNK)
        if self._source.began != self._member_at:
            self._member_at, self._member_start = self._source.began, self._at + len(self._held)
        self._held += piece
        begins = self._member_start - self._at
        if begins >= 0 and self._members[-1][1] != self._member_at and self._held.startswith(_BEGINS, begins):
            self._members.append((self._member_start, self._member_at))
        return bool(piece)

    def _drop(self, size: int) -> None:
        """Let go of the first bytes held."""
        del self._held[:size]
        self._at += size
        while len(self._members) > 1 and self._members[1][0] <= self._at:
            self._members.popleft()
