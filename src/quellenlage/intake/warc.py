"""Web archives (WARC, WACZ): a capture for each page that was answered, under its address and of its time."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from quellenlage.errors import BadInput, EmptyInput, Phrase, UnreadableInput
from quellenlage.intake.dates import iso_date
from quellenlage.intake.options import IntakeOptions, Skipped
from quellenlage.intake.raw import Raw, foreign, too_large
from quellenlage.intake.segments import CUT_OFF, DAMAGED, Unpacked
from quellenlage.intake.sniff import HEAD, Format, sniff
from quellenlage.intake.stored import StoredRules, body_of
from quellenlage.intake.warc_records import (
    FALSE_LENGTH,
    NO_LENGTH,
    SPANNED,
    UNSEEN,
    Lost,
    Place,
    Plain,
    Record,
    Records,
)
from quellenlage.model.capture import Capture

if TYPE_CHECKING:
    from fastwarc import WarcRecord

_KINDS = {
    "text/html": Format.HTML, "application/xhtml+xml": Format.HTML, "text/plain": Format.TEXT,
    "text/markdown": Format.TEXT, "application/pdf": Format.PDF, "application/x-pdf": Format.PDF,
    "application/rtf": Format.RTF, "text/rtf": Format.RTF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format.DOCX,
}  # fmt: skip
"""Media types of what can be an article. Feeds and JSON are left out: what they tell of was stored beside them."""
_TEXTUAL = frozenset({Format.HTML, Format.TEXT})
_MISSED = "get the file once more, or repair it; what is whole was read"
_ONCE = "repair it; in a file that is not packed the first such records cost themselves alone"
_MOST_FILES = 10_000
_ADDRESS = re.compile(rb"^warc-target-uri[ \t]*:[ \t]*<?([^\s>]{1,2000})", re.IGNORECASE | re.MULTILINE)


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """A web archive that is in memory already."""
    yield from stream_warc(raw.name, io.BytesIO(raw.data), raw.options)


def read_collection(raw: Raw) -> Iterator[Capture | BadInput]:
    """A WACZ file that is in memory already."""
    yield from stream_collection(raw.name, io.BytesIO(raw.data), raw.options)


def stream_collection(name: str, stream: BinaryIO, options: IntakeOptions) -> Iterator[Capture | BadInput]:
    """Every web archive in a WACZ file, a zip file with indexes beside them; the stream must be able to seek."""
    import zipfile

    remedy = "unpack it and add the web archives in it"
    with foreign(name, "the file is damaged", remedy):
        whole = zipfile.ZipFile(stream)
        inside = [one.filename for one in whole.infolist() if one.filename.endswith((".warc", ".warc.gz"))]
    if not inside:
        yield EmptyInput(name, "there is no web archive in it")
    for part in sorted(inside)[:_MOST_FILES]:
        with foreign(name, "the file is damaged", remedy):
            opened = whole.open(part)
        with opened:
            packed = part.endswith(".gz")
            yield from stream_warc(f"{name}!{part}", opened, options, packed=packed)  # type: ignore[arg-type]  # it reads


def stream_warc(
    name: str, stream: BinaryIO | io.RawIOBase, options: IntakeOptions, *, packed: bool = False
) -> Iterator[Capture | BadInput]:
    """Each page of a web archive, one after the other; `packed` with gzip.

    Where the file is cut off or damaged, or a record tells a false length, all records that are whole are read, and
    what is lost is named: of what can be read but once, as from a pipe, also what a false length over the limit spans.
    What is no page is counted and told at the end.
    """
    reading = _Reading(name, options)
    lost = False
    for found in Records(Unpacked(stream) if packed else Plain(stream), options.max_bytes):
        if isinstance(found, Record):
            yield from reading.record(found)
        else:
            lost = True
            yield _damage(name, found, reading.records)
    if not reading.records and not lost:
        yield EmptyInput(name, "there are no records in it")
    if options.on_skip:
        for reason, number in sorted(reading.left_out.items()):
            options.on_skip(Skipped(name, reason, number))


_OF_ONE = {
    FALSE_LENGTH: Phrase("record {number:,} ({where}) tells a false length and was left out: {address}"),
    NO_LENGTH: Phrase("record {number:,} ({where}) does not tell its length and was left out: {address}"),
    SPANNED: Phrase("record {number:,} ({where}) tells a false length; what it spans was left out too: {address}"),
    UNSEEN: Phrase("record {number:,} ({where}) tells a length beyond the end; all behind it is left out: {address}"),
}
"""What is wrong with a single record: templates, like those below."""
_UNREAD = Phrase("record {number:,} ({where}) cannot be read and was left out: {address}")
_OF_THE_FILE = {
    CUT_OFF: Phrase("the web archive is cut off; whole records before that: {count:,}"),
    DAMAGED: Phrase("the web archive is damaged; whole records before that: {count:,}"),
}


def _damage(name: str, lost: Lost, records: int) -> UnreadableInput:
    """Build the error for a place where records were lost."""
    remedy = _ONCE if lost.reason in {SPANNED, UNSEEN} else _MISSED
    if lost.reason in _OF_ONE:
        what = _left_out(_OF_ONE[lost.reason], lost.place, lost.head)
    elif lost.reason in _OF_THE_FILE:
        what = Phrase(_OF_THE_FILE[lost.reason].template, count=records)
    else:
        said = "the web archive cannot be read on ({reason}); whole records before that: {count:,}"
        what = Phrase(said, count=records, reason=Phrase(lost.reason))
    return UnreadableInput(name, what, remedy=remedy)


def _left_out(said: Phrase, place: Place, head: bytes) -> Phrase:
    """Name a record by its number, its place and the address in its head."""
    from quellenlage.intake.fetch import printable

    where = Phrase("in the gzip member at byte {at:,}" if place.packed else "at byte {at:,}", at=place.at)
    told = _ADDRESS.search(head)
    address: object = printable(told[1].decode("utf-8", "replace")) if told else Phrase("no address")
    return Phrase(said.template, number=place.number, where=where, address=address)


class _Reading:
    """What is known of a web archive while it is read."""

    def __init__(self, name: str, options: IntakeOptions) -> None:
        self._name = name
        self._options = options
        self._rules = StoredRules()
        self.records = 0
        self.left_out: Counter[str] = Counter()

    def record(self, found: Record) -> Iterator[Capture | BadInput]:
        """The page in a record, if there is one; what fastwarc does not take is named."""
        from fastwarc import ArchiveIterator, WarcRecordType

        whole = io.BytesIO(found.head + (found.block or b""))
        try:
            for record in ArchiveIterator(whole, WarcRecordType.any_type, parse_http=False, stream_detect=False):
                yield from self._pages(record)
                self.records += 1
                return
        except BadInput as error:
            self.records += 1
            yield error
            return
        except OSError:
            pass  # its head says two things of its length, or it is no head after all
        yield UnreadableInput(self._name, _left_out(_UNREAD, found.place, found.head), remedy=_MISSED)

    def _pages(self, record: WarcRecord) -> Iterator[Capture | BadInput]:
        """What is in one record. Raises OSError where it is broken, BadInput where it cannot be used."""
        kind = str(record.record_type)
        if kind == "revisit":
            self.left_out["warc-revisit"] += 1
        if kind not in {"response", "resource", "conversion"}:
            return
        url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
        if not url.startswith(("http://", "https://")):
            self.left_out["warc-no-page"] += 1
            return
        if record.content_length > self._options.max_bytes:
            raise too_large(url, self._options.max_bytes, record.content_length)
        stored = body_of(record, url, self._options.max_bytes)
        if stored is None or self._rules.learn(stored):
            self.left_out["warc-no-page" if stored else "warc-no-answer"] += 1
            return
        if not 200 <= stored.status < 300:
            self.left_out["warc-no-answer"] += 1
            return
        wanted = _KINDS.get(stored.media_type) if stored.media_type else None
        if (stored.media_type and wanted is None) or not stored.data:
            self.left_out["warc-no-page"] += 1
            return
        self._rules.check(stored)
        found = sniff(stored.data[:HEAD], url)
        if found is not wanted and not (found in _TEXTUAL and (wanted is None or wanted in _TEXTUAL)):
            self.left_out["warc-no-page"] += 1
            return
        notes = ("document-cut-off",) if record.headers.get("WARC-Truncated") else ()
        at = iso_date(record.headers.get("WARC-Date") or "") or self._options.captured_at
        options = replace(self._options, captured_at=at)
        from quellenlage.intake.opening import unreserved

        yield from unreserved(Raw(stored.name, stored.data, options, url=url, declared=stored.charset, notes=notes))
