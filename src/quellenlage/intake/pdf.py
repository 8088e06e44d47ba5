"""PDF with a text layer: pages to paragraphs."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quellenlage.errors import BadInput, EmptyInput, TooLarge, UnreadableInput
from quellenlage.intake.blocks import Block, assemble, tidy
from quellenlage.intake.press.pages import articles_of_pages
from quellenlage.intake.raw import Raw, Reading, capture_of, foreign
from quellenlage.model.capture import Capture, Given

if TYPE_CHECKING:
    from pypdf import PdfReader

_MEDIA_TYPE = "application/pdf"
_DAMAGED = "the PDF is damaged"
_REMEDY = "open it in a PDF reader and save it again, or add its text"
_OCR = "run text recognition first (OCR, e.g. ocrmypdf) and add the result"
_SPLIT = "split the PDF"
MAX_PAGES = 3000
MAX_CHARACTERS = 50_000_000
_ENDS = re.compile(r"[.!?:…][\"“”»«)\]]*$")
_BULLET = re.compile(r"(?:[•▪–*-]|\d{1,2}[.)])\s")
_HYPHENATED = re.compile(r"\w-$")
# Titles that programs write of themselves.
_NO_TITLE = re.compile(r"(?i)microsoft word|untitled|unbenannt|ohne titel|\.(?:docx?|pdf|indd|qxp|odt|rtf)\b|^\W*$")


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """One capture of all pages, or one for each article of an export.

    Hyphens at line ends and the order of columns stay as the PDF gives them.
    """
    with foreign(raw.name, _DAMAGED, _REMEDY):
        pages, title = _pages(raw)
    blank = sum(1 for page in pages if not page.strip())
    if pages and blank == len(pages):
        raise EmptyInput(raw.name, "the PDF has no text layer, probably a scan", remedy=_OCR)
    if articles := articles_of_pages(raw, pages, paragraphs):
        yield from articles
        return
    warnings = [f"pages-without-text:{blank}"] if blank else []
    lines = [line for page in pages for line in [*page.splitlines(), ""]]
    blocks = [Block(paragraph) for paragraph in paragraphs(lines)]
    if any(_HYPHENATED.search(line) for line in lines):
        warnings.append("hyphenation-kept")
    text, marks = assemble(blocks)
    given = Given(title=title, how={"title": "pdf title"}) if title else Given()
    reading = Reading(text, _MEDIA_TYPE, given=given, marks=marks, warnings=tuple(warnings))
    yield capture_of(raw, reading, empty="the PDF has no text layer, probably a scan", remedy=_OCR)


def _pages(raw: Raw) -> tuple[list[str], str | None]:
    """Text of every page, and the document's title where it is one."""
    # The library writes its own warnings to standard error; what matters is said by our message or warning.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, EmptyFileError, FileNotDecryptedError, WrongPasswordError

    encrypted = UnreadableInput(
        raw.name, "the PDF is encrypted", remedy="open it with its password and print it to a new PDF"
    )
    try:
        reader = PdfReader(io.BytesIO(raw.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise encrypted
        if len(reader.pages) > MAX_PAGES:
            raise TooLarge(
                raw.name, "{pages} pages, the limit is {limit}", remedy=_SPLIT, pages=len(reader.pages), limit=MAX_PAGES
            )
        pages: list[str] = []
        size = 0
        for page in reader.pages:
            pages.append(page.extract_text())
            size += len(pages[-1])
            if size > MAX_CHARACTERS:
                raise TooLarge(raw.name, "over {limit:,} characters of text", remedy=_SPLIT, limit=MAX_CHARACTERS)
        return pages, _title(reader)
    except (DependencyError, FileNotDecryptedError, WrongPasswordError) as error:
        raise encrypted from error
    except EmptyFileError as error:
        raise EmptyInput(raw.name, "the PDF is empty") from error


def _title(reader: PdfReader) -> str | None:
    """Title in the document information, unless a program put its own name or a file name there."""
    try:
        title = reader.metadata.title if reader.metadata else None
    except Exception:  # damaged document information must not cost the text
        return None
    words = " ".join(str(title).split()).encode("utf-8", "replace").decode() if title else ""
    return words if words and not _NO_TITLE.search(words) else None


def paragraphs(lines: list[str]) -> Iterator[str]:
    """Join lines to paragraphs.

    A paragraph ends at an empty line, before a bullet, and after a line much shorter than a full one that ends a
    sentence or is followed by a capital (a heading). A line that ends in a hyphen takes the next one without space;
    a soft hyphen at its end is gone, as within a line, and the word is whole.
    """
    widths = sorted(len(line.strip()) for line in lines if line.strip())
    full = widths[int(len(widths) * 0.8)] if widths else 0
    gathered = previous = ""
    soft = False
    for raw_line in lines:
        line = tidy(raw_line)
        if gathered and (not line or _BULLET.match(line) or _breaks(previous, line, full)):
            yield gathered
            gathered = ""
        if line:
            joint = (
                "" if not gathered or soft or (_HYPHENATED.search(gathered[-2:]) and not _conjunction(line)) else " "
            )
            gathered = f"{gathered}{joint}{line}"
        previous, soft = line, raw_line.rstrip().endswith("\xad")
    if gathered:
        yield gathered


def _conjunction(line: str) -> bool:
    """Whether the hyphen before belongs to a shortened compound ("Vor- und Nachteile")."""
    return line.startswith(("und ", "oder ", "bzw", "sowie ", "als auch "))


def _breaks(previous: str, line: str, full: int) -> bool:
    """Whether a line of this width ends its paragraph."""
    short = len(previous) < 0.7 * full
    return short and (bool(_ENDS.search(previous)) or (line[:1].isupper() and not previous.endswith((",", "-"))))
