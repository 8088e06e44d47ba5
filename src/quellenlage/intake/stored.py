"""Answers of servers as web archives store them: the body as it was meant, and what the site reserves."""

from __future__ import annotations

import io
import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from quellenlage.errors import Phrase, Reserved, UnreadableInput
from quellenlage.intake.raw import too_large
from quellenlage.intake.reservations import TdmRule, reserving_rule, tdm_rules

if TYPE_CHECKING:
    from fastwarc import WarcRecord
    from protego import Protego

_MOST_SITES = 5000
"""Sites whose rules are remembered; of more, those longest not met are forgotten."""
_RULES_LIMIT = 1 << 20
_SAVE = "save the page yourself where you have the right to, and add the file"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"\s*([0-9A-Fa-f]{1,12})[ \t]*(?:;[^\r\n]*)?\r?\n")
_AGENT = "Quellenlage"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer as it was stored: `data` unpacked, `status` 200 where the record has none (no HTTP)."""

    url: str
    name: str
    status: int
    media_type: str
    charset: str | None
    data: bytes
    reserved: bool = False


def body_of(record: WarcRecord, url: str, limit: int) -> Stored | None:
    """Body of a record of at most `limit` bytes, with what its headers say; None where it is no answer.

    Raises:
        TooLarge: more than `limit` bytes when unpacked.
        UnreadableInput: packed in a way that cannot be unpacked.
        OSError: the record is cut off.
    """
    from quellenlage.intake.fetch import printable

    name = printable(url)
    if not record.is_http:
        media = record.headers.get("Content-Type") or ""
        return Stored(url, name, 200, *_media(media), _whole(record))
    try:
        record.parse_http(strict_mode=False)
    except (OSError, ValueError) as error:
        if "end of file" in str(error):
            raise
        return None
    headers = record.http_headers
    status = headers.status_code
    if status is None:
        return None
    data = _whole(record)
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        data = _joined(data)
    data = _unpacked(name, data, (headers.get("Content-Encoding") or "").strip().lower(), limit)
    reserved = (headers.get("tdm-reservation") or "").strip() == "1"
    return Stored(url, name, status, *_media(headers.get("Content-Type") or ""), data, reserved)


def _whole(record: WarcRecord) -> bytes:
    """What is left of a record. Raises OSError where that is less than its headers say."""
    data = record.reader.read(record.content_length)
    if len(data) < record.content_length:
        raise OSError("unexpected end of file")
    return data


def _media(declared: str) -> tuple[str, str | None]:
    """Media type and encoding of a Content-Type."""
    charset = _CHARSET.search(declared)
    return declared.partition(";")[0].strip().lower(), charset[1] if charset else None


def _joined(data: bytes) -> bytes:
    """A body without its chunks; as it is where there are none, for some programs join them and keep the header."""
    pieces: list[bytes] = []
    at = 0
    while match := _CHUNK_SIZE.match(data, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(data[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if data[at : at + 2] == b"\r\n" else data[at : at + 1] == b"\n"
    return b"".join(pieces) if pieces else data


def _unpacked(name: str, data: bytes, encoding: str, limit: int) -> bytes:
    """A body as it was before it was packed; as it is where it is not packed, whatever its header says."""
    from fastwarc.stream_io import BrotliReader, GzipReader, ZstdReader

    try:
        if data.startswith(b"\x1f\x8b"):
            found = GzipReader(io.BytesIO(data)).read(limit + 1) if encoding in {"gzip", "x-gzip"} else data
        elif encoding == "deflate":
            found = GzipReader(io.BytesIO(data), zlib=True).read(limit + 1) if data[:1] == b"\x78" else data
        elif encoding == "br":
            found = BrotliReader(io.BytesIO(data)).read(limit + 1)
        elif encoding == "zstd" and data.startswith(b"\x28\xb5\x2f\xfd"):
            found = ZstdReader(io.BytesIO(data)).read(limit + 1)
        else:
            found = data
    except OSError as error:
        if data.lstrip()[:1] == b"<":
            return data  # unpacked when it was stored
        raise UnreadableInput(
            name, "the stored answer is damaged: {detail}", remedy="store the page once more", detail=Phrase(str(error))
        ) from error
    if len(found) > limit:
        raise too_large(name, limit)
    return found


class StoredRules:
    """robots.txt and reservations of the sites, as far as they were stored before the pages they concern."""

    def __init__(self) -> None:
        self._robots: OrderedDict[str, Protego] = OrderedDict()
        self._tdm: OrderedDict[str, tuple[TdmRule, ...]] = OrderedDict()

    def learn(self, stored: Stored) -> bool:
        """Note the rules of a site, if this is a file of rules; whether it is one."""
        site, target = _parts(stored.url)
        if target not in {"/robots.txt", "/.well-known/tdmrep.json"}:
            return False
        if not 200 <= stored.status < 300:
            return True
        if target == "/robots.txt":
            from protego import Protego

            try:
                rules = Protego.parse(stored.data[:_RULES_LIMIT].decode("utf-8", "replace"))
            except Exception:  # what the parser cannot take was no obstacle to whoever stored the site
                return True
            _keep(self._robots, site, rules)
        else:
            _keep(self._tdm, site, tdm_rules(stored.data[:_RULES_LIMIT]))
        return True

    def check(self, stored: Stored) -> None:
        """Raise Reserved where the site disallows or reserves a page."""
        site, target = _parts(stored.url)
        if stored.reserved:
            raise _reserved(
                stored, Phrase("text and data mining is reserved (header tdm-reservation: 1)"), "tdm-header"
            )
        robots = self._robots.get(site)
        if robots is not None and not robots.can_fetch(stored.url, _AGENT):
            raise _reserved(stored, Phrase("robots.txt of {host} disallows it", host=site), "robots")
        if rule := reserving_rule(self._tdm.get(site, ()), target):
            said = "text and data mining is reserved (/.well-known/tdmrep.json, location {location})"
            raise _reserved(stored, Phrase(said, location=rule.location), "tdm-file")


def _reserved(stored: Stored, rule: Phrase, sign: str) -> Reserved:
    refused = Reserved(stored.name, rule, remedy=_SAVE)
    refused.sign = sign
    return refused


def _keep(table: OrderedDict[str, T], site: str, rules: T) -> None:
    table[site] = rules
    table.move_to_end(site)
    if len(table) > _MOST_SITES:
        table.popitem(last=False)


def _parts(url: str) -> tuple[str, str]:
    """Site, and path with query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", "/"
    return parts.netloc.lower(), (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
