"""From the sources that a user names to the readers: opens files, streams large ones, fetches URLs."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from quellenlage.errors import BadInput, FetchRefused, Phrase, Reserved, UnreadableInput
from quellenlage.intake.options import IntakeOptions, Skipped
from quellenlage.intake.raw import Raw, too_large
from quellenlage.intake.reading import read
from quellenlage.intake.remote import LOCAL, is_remote, listed, opened, scheme_of
from quellenlage.intake.segments import CUT_OFF, DAMAGED, Unpacked
from quellenlage.intake.sniff import HEAD, Format, sniff
from quellenlage.intake.sources import Input, expand
from quellenlage.model.capture import Capture

if TYPE_CHECKING:
    from quellenlage.intake.fetch import Fetched, Fetcher

_TDM_META = re.compile(
    rb"<meta\b[^<>]{0,300}?\bname\s*=\s*[\"']?tdm-reservation[\"']?[^<>]{0,300}?\bcontent\s*=\s*[\"']?\s*1\b"
    rb"|<meta\b[^<>]{0,300}?\bcontent\s*=\s*[\"']?\s*1\s*[\"']?[^<>]{0,300}?\bname\s*=\s*[\"']?tdm-reservation\b",
    re.IGNORECASE,
)
_STREAMED = frozenset({Format.JSON_LINES, Format.MAILBOX})
"""Read one record after the other, also from within a gzip file."""
_SOUGHT = frozenset({Format.PARQUET, Format.WACZ})
"""Read one record after the other, where one can move about in the file."""


class Opener:
    """Opens the inputs of one run; use as a context manager, so that connections are closed."""

    def __init__(self, options: IntakeOptions, stdin: BinaryIO | None) -> None:
        self._options = options
        self._stdin = stdin
        self._fetcher: Fetcher | None = None

    def __enter__(self) -> Opener:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._fetcher:
            self._fetcher.close()

    def read(self, sources: Sequence[str]) -> Iterator[Capture | BadInput]:
        """Every capture of every source, what fails in its place."""
        for found in expand(sources):
            if isinstance(found, Skipped):
                if self._options.on_skip:
                    self._options.on_skip(found)
            elif isinstance(found, BadInput):
                yield found
            else:
                try:
                    yield from self._open(found)
                except BadInput as error:
                    yield error

    def _open(self, found: Input) -> Iterator[Capture | BadInput]:
        """Open one input of whatever kind."""
        if self._options.storage and found.is_url and is_remote(found.name):
            yield from self._store(found.name)
        elif found.is_url:
            yield from self._fetch(found.name)
        elif found.path is None:
            yield from self._stream("standard input", self._stdin or sys.stdin.buffer)
        else:
            try:
                with open(found.path, "rb") as stream:
                    yield from self._stream(found.name, stream)
            except OSError as error:
                remedy = "check the rights of the file and of its folder"
                reason = Phrase(str(error.strerror or error))
                raise UnreadableInput(
                    found.name, "it cannot be read: {reason}", remedy=remedy, reason=reason
                ) from error

    def _stream(self, name: str, stream: BinaryIO) -> Iterator[Capture | BadInput]:
        """Read a stream: formats of one record after another as they come, others whole, within the limit."""
        head = _read_up_to(stream, HEAD)
        try:
            kind = sniff(head, name)
        except BadInput as error:
            yield error
            return
        rest = _Prefixed(head, stream)
        limit = self._options.max_bytes
        inside = _inside(head, name) if kind is Format.GZIP else None
        if Format.WARC in {kind, inside}:
            from quellenlage.intake.warc import stream_warc

            again = inside is None and stream.seekable()
            if again:
                stream.seek(0)
            yield from stream_warc(name, stream if again else rest, self._options, packed=inside is not None)
            return
        if kind in _STREAMED or inside in _STREAMED:
            yield from self._records(name, inside or kind, rest, packed=inside is not None)
            return
        if kind in _SOUGHT and stream.seekable():
            from quellenlage.intake.parquet import stream_parquet
            from quellenlage.intake.warc import stream_collection

            stream.seek(0)
            yield from (stream_parquet if kind is Format.PARQUET else stream_collection)(name, stream, self._options)
            return
        data = _read_up_to(rest, limit + 1)
        if len(data) > limit:
            yield too_large(name, limit)
            return
        yield from read(Raw(name, data, self._options))

    def _records(self, name: str, kind: Format, rest: _Prefixed, *, packed: bool) -> Iterator[Capture | BadInput]:
        """Read a file of records as a stream; of a packed one that is cut off or damaged what comes before."""
        from quellenlage.intake.mail import stream_mailbox
        from quellenlage.intake.records import lines_of, stream_lines

        limit = self._options.max_bytes
        unpacked = Unpacked(rest) if packed else None
        whole = io.BufferedReader(unpacked or rest, HEAD)
        if kind is Format.JSON_LINES:
            yield from stream_lines(name, lines_of(whole, limit), self._options)
        else:
            yield from stream_mailbox(name, lines_of(whole, max(limit, HEAD)), self._options)
        if unpacked and unpacked.broken:
            yield _broken(name, unpacked.broken)

    def _store(self, url: str) -> Iterator[Capture | BadInput]:
        """Read what lies on shared or object storage: a file, or all of a folder."""
        from quellenlage.intake.fetch import printable

        if not self._options.network and scheme_of(url) not in LOCAL:
            raise FetchRefused(
                printable(url), "the network is switched off", remedy="allow it, or save the page and add the file"
            )
        for found in listed(url):
            if isinstance(found, Skipped):
                if self._options.on_skip:
                    self._options.on_skip(found)
            elif isinstance(found, BadInput):
                yield found
            else:
                name = printable(found)
                try:
                    with opened(found, name) as stream:
                        yield from self._stream(name, stream)
                except OSError as error:
                    yield UnreadableInput(
                        name, "it cannot be read: {reason}", remedy="check the address, the rights and the connection",
                        reason=Phrase(str(error.strerror or error)),
                    )  # fmt: skip
                except BadInput as error:
                    yield error

    def _fetch(self, url: str) -> Iterator[Capture | BadInput]:
        """Fetch a URL and read what came; of a feed also the pages behind it, where that is asked for."""
        if self._fetcher is None:
            from quellenlage.intake.fetch import Fetcher

            self._fetcher = Fetcher(self._options)
        fetched = self._fetcher.fetch(url)
        raw = self._raw(url, fetched)
        if self._options.follow_feed and _is_feed(raw):
            yield from self._follow(raw)
            return
        yield from unreserved(raw)

    def _raw(self, url: str, fetched: Fetched) -> Raw:
        """The answer as an input under the URL that the user gave."""
        from quellenlage.intake.fetch import printable

        return Raw(
            printable(url), fetched.data, self._options, url=fetched.url, declared=fetched.charset,
        )  # fmt: skip

    def _follow(self, feed: Raw) -> Iterator[Capture | BadInput]:
        """Fetch the pages that a feed leads to; each is allowed or refused by itself."""
        from quellenlage.intake.feeds import links

        for link in links(feed):
            try:
                if self._fetcher:
                    yield from unreserved(self._raw(link, self._fetcher.fetch(link)))
            except BadInput as error:
                yield error


def _is_feed(raw: Raw) -> bool:
    """Whether an answer is a feed."""
    return sniff(raw.data[:HEAD], raw.name) is Format.FEED


def unreserved(raw: Raw) -> Iterator[Capture | BadInput]:
    """Read a fetched page unless a meta element of it reserves text and data mining."""
    refused = Reserved(
        raw.name, 'text and data mining is reserved (meta name="tdm-reservation" content="1")',
        remedy="save the page yourself where you have the right to, and add the file",
    )  # fmt: skip
    refused.sign = "tdm-page"
    if _TDM_META.search(raw.data):
        yield refused
        return
    for found in read(raw):
        yield refused if isinstance(found, Capture) and "tdm-reservation" in found.warnings else found


def _inside(head: bytes, name: str) -> Format | None:
    """What a gzip file holds, by its beginning; None where that is nothing known."""
    unpacked = Unpacked(io.BytesIO(head))
    beginning = _read_up_to(unpacked, HEAD)
    try:
        return sniff(beginning, name)
    except BadInput:
        return None


def _broken(name: str, reason: str) -> UnreadableInput:
    """Build the error for a gzip file whose records were read up to a point."""
    remedy = "unpack it and add the file"
    if reason == CUT_OFF:
        return UnreadableInput(name, "a gzip file that is cut off", remedy=remedy)
    detail = Phrase("a block of it cannot be unpacked") if reason == DAMAGED else Phrase(reason)
    return UnreadableInput(name, "a damaged gzip file: {detail}", remedy=remedy, detail=detail)


def _read_up_to(stream: BinaryIO | io.RawIOBase, size: int) -> bytes:
    """Bytes to the end of the stream, at most so many."""
    pieces: list[bytes] = []
    missing = size
    while missing > 0 and (piece := stream.read(min(missing, 1 << 20))):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


class _Prefixed(io.RawIOBase):
    """A stream that begins with bytes read from it before."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._inner = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type] # io passes a writable buffer
        piece = self._head[: len(view)] or self._inner.read(len(view)) or b""
        self._head = self._head[len(piece) :] if self._head else b""
        view[: len(piece)] = piece
        return len(piece)
