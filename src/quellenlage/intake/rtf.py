"""RTF: the text of its paragraphs and tables; pictures, page headers and footnotes stay behind and are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quellenlage.errors import BadInput, TooLarge, UnreadableInput
from quellenlage.intake.blocks import tidy
from quellenlage.intake.press.captures import articles_of
from quellenlage.intake.raw import Raw, Reading, capture_of, foreign
from quellenlage.model.capture import Capture, Given

_MEDIA_TYPE = "application/rtf"
_DAMAGED = "the document is damaged"
_REMEDY = "open it in a word processor and save it again, or save it as plain text"
_SPLIT = "save it in parts, or as plain text"
MAX_MARKUP = 48_000_000
"""Longest markup without pictures, in bytes; about 12 seconds of reading."""
MAX_DEPTH = 2000
"""Groups within groups: word processors make some dozens."""
MAX_GROUPS = 4_000_000
_MAX_FONTS = 1 << 20
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_HEX = re.compile(rb"[0-9a-fA-F\r\n]{200,}")
_BRACE = re.compile(rb"\\[\\{}]|[{}]")
_FONTS = re.compile(rb"\{\s*\\fonttbl")
_FONT = re.compile(rb"\\f(?=\d)")
# A control word that no backslash of its own makes a text: "\\page" in RTF is a backslash and a word.
_FREE = rb"(?<!\\)((?:\\\\)*)\\"
_CELL = re.compile(_FREE + rb"(?:nest)?cell(?![a-z])")
_PAGE = re.compile(_FREE + rb"(?:page|sect)(?![a-z])")
_FIELD = re.compile(_FREE + rb"fldinst(?![a-z])")
_PICTURE = re.compile(rb"\{\s*(?:\\\*\s*)?\\pict\b")
_FOOTNOTE = re.compile(rb"\{\s*(?:\\\*\s*)?\\footnote\b")
_RUNNING = re.compile(rb"\{\s*(?:\\\*\s*)?\\(?:header|footer)[lrf]?\b")
_PAGE_OF = re.compile(rb"\\ansicpg(\d{1,5})")
_TITLE = re.compile(rb"\{\\title ([^{}]{1,600})\}")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_WIDE = frozenset({"932", "936", "949", "950", "1361", "65001"})
"""Code pages of several bytes a character; raw bytes of theirs are not told apart here, escaped ones are."""


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """One capture, or one for each article of an export."""
    data, warnings = _markup(raw)
    text = _lines(_converted(raw, data))
    title = _title(raw, data)
    given = Given(title=title, how={"title": "rtf title"}) if title else Given()
    reading = Reading(text, _MEDIA_TYPE, given=given, warnings=warnings)
    if articles := articles_of(raw, reading):
        yield from articles
        return
    yield capture_of(raw, reading, empty="the document has no text")


def _markup(raw: Raw) -> tuple[bytes, tuple[str, ...]]:
    """The markup without pictures, made safe for the parser, and what is left out or missing.

    Raises:
        TooLarge, UnreadableInput: a bomb of groups or fonts, or simply too much.
    """
    counted = (("pictures-not-read", _PICTURE), ("footnotes-not-read", _FOOTNOTE), ("page-headers-not-read", _RUNNING))
    numbers = [(code, len(pattern.findall(raw.data))) for code, pattern in counted]
    warnings = [f"{code}:{number}" for code, number in numbers if number]
    data = _HEX.sub(b"", _without_binary(raw.data)).replace(b"\x00", b"")
    if len(data) > MAX_MARKUP:
        raise TooLarge(
            raw.name, "{size:,} bytes of markup, the limit for RTF is {limit:,}", remedy=_SPLIT,
            size=len(data), limit=MAX_MARKUP,
        )  # fmt: skip
    if _depth(raw, data):
        warnings.append("document-cut-off")
    data = _fonts_on_lines(raw, data)
    data = _CELL.sub(rb"\1\\tab ", data)
    data = _PAGE.sub(rb"\1\\par\\'0c\\par ", data)
    return _FIELD.sub(rb"\1\\fldinst\n", data), tuple(warnings)


def _without_binary(data: bytes) -> bytes:
    """Drop binary data by their declared length; what they hold must not be read as markup."""
    pieces, at = [], 0
    while match := _BINARY.search(data, at):
        pieces.append(data[at : match.start()])
        at = match.end() + int(match[1])
    return b"".join([*pieces, data[at:]])


def _depth(raw: Raw, data: bytes) -> int:
    """Groups that are open at the end: none in a whole document."""
    depth = 0
    for number, match in enumerate(_BRACE.finditer(data)):
        brace = match[0]
        depth += (brace == b"{") - (brace == b"}")
        if depth > MAX_DEPTH or number > MAX_GROUPS:
            raise TooLarge(
                raw.name, "more than {limit:,} groups, or {depth:,} within each other", remedy=_SPLIT,
                limit=MAX_GROUPS, depth=MAX_DEPTH,
            )  # fmt: skip
    return max(0, depth)


def _fonts_on_lines(raw: Raw, data: bytes) -> bytes:
    """Put each font on a line of its own: the parser's pattern takes quadratic time within one line."""
    start = _FONTS.search(data)
    if not start:
        return data
    depth = 1
    for match in _BRACE.finditer(data, start.end(), start.end() + _MAX_FONTS):
        depth += (match[0] == b"{") - (match[0] == b"}")
        if depth == 0:
            table = _FONT.sub(rb"\n\\f", data[start.start() : match.end()])
            return data[: start.start()] + table + data[match.end() :]
    raise UnreadableInput(raw.name, "its table of fonts does not end", remedy=_REMEDY)


def _decoded(data: bytes) -> str:
    """Markup as text: bytes beyond ASCII are UTF-8 where they can be, else of the code page that the file declares."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _PAGE_OF.search(data)
        page = declared[1].decode() if declared else "1252"
        name = "cp1252" if page in _WIDE else f"cp{page}"
    try:
        return data.decode(name, "replace")
    except LookupError:
        return data.decode("cp1252", "replace")


def _converted(raw: Raw, data: bytes) -> str:
    """Text of the markup, with pairs of escapes for characters beyond the basic plane joined."""
    with foreign(raw.name, _DAMAGED, _REMEDY):
        from striprtf.striprtf import rtf_to_text

        text = str(rtf_to_text(_decoded(data), errors="replace"))  # type: ignore[no-untyped-call]  # the library has no types
    return _SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def _lines(text: str) -> str:
    """Lines without outer white space and soft hyphens; cells of a table stay parted by tabs, pages by form feeds."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f\n").split("\n")
    kept = (line if line == "\f" else "\t".join(map(tidy, line.split("\t"))).rstrip("\t") for line in lines)
    return "\n".join(kept).strip("\n")


def _title(raw: Raw, data: bytes) -> str | None:
    """Title in the document's information."""
    match = _TITLE.search(data, 0, 1 << 16)
    if not match:
        return None
    found = _converted(raw, b"{\\rtf1\\ansi " + match[1] + b"}")
    return " ".join(found.split()) or None
