"""What kind of file this is: by its content first, by its name second."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from pathlib import PurePath

from quellenlage.errors import EmptyInput, Phrase, UnreadableInput

HEAD = 1 << 16
"""Bytes at the beginning that decide."""


class Format(StrEnum):
    """Kinds of input that can be read."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    JSON_LINES = "json-lines"
    FEED = "feed"
    PDF = "pdf"
    DOCX = "docx"
    RTF = "rtf"
    MAIL = "mail"
    MAILBOX = "mailbox"
    GZIP = "gzip"
    WARC = "warc"
    WACZ = "wacz"
    PARQUET = "parquet"


_SAVE = "save it as DOCX, PDF or plain text"
_UNPACK = "unpack it and add the files"
_NOT_TEXT = "add the text itself"
# Beginnings of files that are no clippings: what they are, and what to do.
_MAGIC: tuple[tuple[bytes, Phrase, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Phrase("an old Office file, an Outlook message or an encrypted document"),
        _SAVE,
    ),
    (b"\x89PNG\r\n", Phrase("a picture (PNG)"), "run text recognition (OCR) and add the text"),
    (b"\xff\xd8\xff", Phrase("a picture (JPEG)"), "run text recognition (OCR) and add the text"),
    (b"GIF87a", Phrase("a picture (GIF)"), _NOT_TEXT),
    (b"GIF89a", Phrase("a picture (GIF)"), _NOT_TEXT),
    (b"II*\x00", Phrase("a picture (TIFF)"), "run text recognition (OCR) and add the text"),
    (b"MM\x00*", Phrase("a picture (TIFF)"), "run text recognition (OCR) and add the text"),
    (b"\x00\x00\x01\x00", Phrase("an icon"), _NOT_TEXT),
    (b"\x7fELF", Phrase("a program"), _NOT_TEXT),
    (b"\xcf\xfa\xed\xfe", Phrase("a program"), _NOT_TEXT),
    (b"\xca\xfe\xba\xbe", Phrase("a program"), _NOT_TEXT),
    (b"7z\xbc\xaf\x27\x1c", Phrase("an archive (7z)"), _UNPACK),
    (b"Rar!\x1a\x07", Phrase("an archive (RAR)"), _UNPACK),
    (b"\xfd7zXZ\x00", Phrase("compressed (xz)"), _UNPACK),
    (b"\x28\xb5\x2f\xfd", Phrase("compressed (Zstandard)"), _UNPACK),
    (b"SQLite format 3\x00", Phrase("a database (perhaps an archive of Quellenlage)"), "open it with --archive"),
    (b"\x00asm", Phrase("a program"), _NOT_TEXT),
    (b"OggS\x00", Phrase("a sound file"), "add a transcript"),
)
_BZIP2 = re.compile(rb"BZh[1-9]1AY&SY")
_MEDIA = re.compile(rb"RIFF.{4}(?:WEBP|WAVE|AVI )|.{4}ftyp|ID3[\x02-\x04]\x00|MZ.{0,62}\x00", re.DOTALL)

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|article|main|section|header|div|table|h1|h2|p|amp-)\b",
    re.IGNORECASE,
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_RECORD = re.compile(r'\[?\s*\{\s*(?:"|\})|\[\s*\]')
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t\r\n]")
_MAILBOX = re.compile(r"From \S+ .*\d{4}\s*$")
_TRANSPORT = {"received", "return-path", "delivered-to", "mime-version", "message-id", "x-mailer", "content-type"}
_ADDRESSED = {
    "from",
    "to",
    "subject",
    "date",
    "reply-to",
    "sender",
    "cc",
    "content-transfer-encoding",
    "dkim-signature",
}
_BY_NAME = {
    ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML, ".shtml": Format.HTML,
    ".json": Format.JSON, ".jsonl": Format.JSON_LINES, ".ndjson": Format.JSON_LINES,
    ".rss": Format.FEED, ".atom": Format.FEED, ".rdf": Format.FEED, ".eml": Format.MAIL, ".mbox": Format.MAILBOX,
}  # fmt: skip
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip


def suffix_of(name: str) -> str:
    """Extension of a path, URL or part name, in lower case, with its full stop; that of the file inside for gzip."""
    path = name.partition("?")[0].partition("#")[0].lower()
    return PurePath(path.removesuffix(".gz")).suffix


def sniff(head: bytes, name: str) -> Format:
    """Tell the format from the first bytes (up to `HEAD`) and the name.

    Raises:
        EmptyInput: there are no bytes.
        UnreadableInput: it is a known format that cannot be read; the remedy says what to do.
    """
    if not head:
        raise EmptyInput(name, "the file is empty")
    if head.startswith(b"\x1f\x8b"):
        return Format.GZIP
    if head.startswith(b"PK\x03\x04"):
        return Format.WACZ if suffix_of(name) == ".wacz" else Format.DOCX
    if head.startswith(b"WARC/"):
        return Format.WARC
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.removeprefix(codecs.BOM_UTF8).lstrip()[:5] == b"{\\rtf":
        return Format.RTF
    for magic, what, remedy in _MAGIC:
        if head.startswith(magic):
            raise UnreadableInput(name, "this is {what}, not text", remedy=remedy, what=what)
    if _BZIP2.match(head):
        raise UnreadableInput(name, "this is compressed (bzip2), not text", remedy=_UNPACK)
    if _MEDIA.match(head):
        raise UnreadableInput(name, "this is a picture, sound, film or program, not text", remedy=_NOT_TEXT)
    return _textual(_peek(head), name)


def _peek(head: bytes) -> str:
    """Decode the beginning for a look at its characters; what it decodes to is not kept."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "replace")
    return head.decode("utf-8", "replace")


def _textual(text: str, name: str) -> Format:
    """Tell the textual formats apart."""
    start, suffix = text.lstrip(), suffix_of(name)
    if start.startswith("<"):
        return _markup(start, name, suffix)
    if _RECORD.match(start):
        return _records(start, suffix)
    if _MAILBOX.match(start.partition("\n")[0]) and _headers(start.partition("\n")[2]):
        return Format.MAILBOX
    if _headers(start) == "mail":
        return Format.MAIL
    by_name = _BY_NAME.get(suffix, Format.TEXT)
    if by_name is Format.HTML and not re.search(r"<[A-Za-z!]", text):
        return Format.TEXT
    return by_name


def _markup(start: str, name: str, suffix: str) -> Format:
    """HTML, a feed, or some other XML, which is refused by name."""
    if _HTML.match(_after_prolog(start)):
        return Format.HTML
    if _FEED.search(start, 0, 4096):
        return Format.FEED
    if start.startswith("<?xml") and _BY_NAME.get(suffix) is not Format.HTML:
        root = _ROOT.search(start)
        if root and root[1].lower() == "html":
            return Format.HTML
        if not root:
            return Format.FEED
        raise UnreadableInput(name, "this is XML of an unknown kind (<{tag}>)", remedy=_NOT_TEXT, tag=root[1][:40])
    if suffix in {".xml", *(s for s, kind in _BY_NAME.items() if kind is Format.FEED)}:
        return Format.FEED
    tag = re.match(r"<(?:/?[A-Za-z][\w:-]*[\s/>]|!--)", start)
    return Format.HTML if tag and suffix not in {".txt", ".md"} else Format.TEXT


def _after_prolog(text: str) -> str:
    """Skip an XML declaration and comments; one that never ends leaves nothing."""
    at = 0
    while True:
        at += len(text[at : at + 4096]) - len(text[at : at + 4096].lstrip())
        for opening, closing in (("<?", "?>"), ("<!--", "-->")):
            if text.startswith(opening, at):
                end = text.find(closing, at)
                if end < 0:
                    return ""
                at = end + len(closing)
                break
        else:
            return text[at:]


def _records(start: str, suffix: str) -> Format:
    """One JSON value, or one object a line."""
    by_name = _BY_NAME.get(suffix)
    if by_name is Format.JSON_LINES:
        return by_name
    first, _, rest = start.partition("\n")
    one_a_line = first.rstrip().endswith("}") and rest.lstrip().startswith("{")
    return Format.JSON_LINES if one_a_line else Format.JSON


def _headers(text: str) -> str:
    """Return "mail" where the text begins with a block of mail headers, else nothing."""
    seen = set()
    for line in text[:8192].splitlines()[:60]:
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        match = _HEADER.match(line + "\n")
        if not match:
            return ""
        seen.add(match[1].lower())
    known = seen & (_TRANSPORT | _ADDRESSED)
    return "mail" if len(known) >= 3 and seen & (_TRANSPORT | {"from"}) else ""
