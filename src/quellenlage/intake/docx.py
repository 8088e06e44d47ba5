"""DOCX: paragraphs and tables in order, with their styles."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from quellenlage.errors import BadInput, Phrase, TooLarge, UnreadableInput
from quellenlage.intake.blocks import Block, assemble, tidy
from quellenlage.intake.press.captures import articles_of
from quellenlage.intake.raw import Raw, Reading, capture_of, foreign
from quellenlage.model.capture import Capture, Given, MarkKind

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DAMAGED = "the document is damaged"
_REMEDY = "open it in a word processor and save it again, or save it as plain text"
_MAX_ENTRIES = 5000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_OTHER_ZIP = (
    ("mimetype", Phrase("an OpenDocument file or an e-book"), "save it as DOCX, PDF or plain text"),
    ("xl/workbook.xml", Phrase("a spreadsheet"), "export it as JSON Lines or save the texts as files"),
    ("ppt/presentation.xml", Phrase("a presentation"), "save it as PDF"),
)
_STYLES = (
    (("title", "titel"), MarkKind.TITLE),
    (("subtitle", "untertitel", "vorspann", "lead", "teaser"), MarkKind.LEAD),
    (("heading", "überschrift", "ueberschrift"), MarkKind.HEADING),
    (("caption", "beschriftung", "bildunterschrift"), MarkKind.CAPTION),
    (("list", "liste", "aufzählung"), MarkKind.LIST_ITEM),
)


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """One capture, or one for each article of an export; text that was deleted in tracked changes does not count."""
    _check(raw)
    with foreign(raw.name, _DAMAGED, _REMEDY):
        import docx

        document = docx.Document(io.BytesIO(raw.data))
        styles = {style.style_id: (style.name or "").lower() for style in document.styles}
        blocks = list(_blocks(document.element.body, styles))
        title = document.core_properties.title
        author = document.core_properties.author
    text, marks = assemble(blocks)
    how = {name: f"docx {prop}" for name, prop, value in
           (("title", "title", title), ("authors", "author", author)) if value}  # fmt: skip
    given = Given(title=title or None, authors=(author,) if author else (), how=how)
    reading = Reading(text, _MEDIA_TYPE, given=given, marks=marks)
    if articles := articles_of(raw, reading):
        yield from articles
        return
    yield capture_of(raw, reading, empty="the document has no text")


def _check(raw: Raw) -> None:
    """Look into the archive before anything is unpacked: is it a document, and how large would it be?

    The sizes that the directory declares bind: zipfile never unpacks more than them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise UnreadableInput(
            raw.name, "a damaged archive: {detail}", remedy=_REMEDY, detail=Phrase(str(error))
        ) from error
    total = sum(entry.file_size for entry in entries)
    if total > raw.options.max_bytes or len(entries) > _MAX_ENTRIES:
        raise TooLarge(
            raw.name,
            "{size:,} bytes in {parts:,} parts when unpacked, the limit is {limit:,}", remedy="save its text as a file",
            size=total, parts=len(entries), limit=raw.options.max_bytes,
        )  # fmt: skip
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableInput(raw.name, "an encrypted archive", remedy="unpack it with its password and add the files")
    if "word/document.xml" not in names:
        for member, what, remedy in _OTHER_ZIP:
            if member in names:
                raise UnreadableInput(raw.name, "this is {what}", remedy=remedy, what=what)
        if "[Content_Types].xml" not in names:
            raise UnreadableInput(raw.name, "this is a ZIP archive", remedy="unpack it and add the folder")


def _blocks(body: Any, styles: dict[str, str]) -> Iterator[Block]:
    """Paragraphs in document order, those of tables and text boxes included."""
    for paragraph in body.iter(f"{_W}p"):
        ancestors = {ancestor.tag for ancestor in paragraph.iterancestors()}
        if _FALLBACK in ancestors:  # the second form of a text box, for old programs
            continue
        text = tidy("".join(_pieces(paragraph)))
        if text:
            yield Block(text, MarkKind.TABLE if f"{_W}tc" in ancestors else _kind(paragraph, styles))


def _pieces(paragraph: Any) -> Iterator[str]:
    """Text of a paragraph without that of paragraphs inside it (text boxes)."""
    for node in paragraph.iter(f"{_W}t", *_BREAKS):
        owner = next((a for a in node.iterancestors() if a.tag in {f"{_W}p", f"{_W}tabs"}), None)
        if owner is paragraph:
            yield node.text or "" if node.tag == f"{_W}t" else _BREAKS[node.tag]


def _kind(paragraph: Any, styles: dict[str, str]) -> MarkKind:
    """What the paragraph's style calls it."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    identifier = style.get(f"{_W}val", "") if style is not None else ""
    name = styles.get(identifier, identifier.lower())
    for words, kind in _STYLES:
        if name.startswith(words):
            return kind
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return MarkKind.LIST_ITEM if numbered else MarkKind.PARAGRAPH
