"""Exports in PDF: running heads told from the text, and each article put together from its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from quellenlage.errors import BadInput
from quellenlage.intake.blocks import Block, assemble, tidy
from quellenlage.intake.press.boundaries import Parts, Source
from quellenlage.intake.press.captures import Placed, announce, broken, capture
from quellenlage.intake.press.header import Parsed
from quellenlage.intake.press.layouts import Role, layouts
from quellenlage.intake.press.lines import Kind, Value, line_at
from quellenlage.intake.press.splitting import split
from quellenlage.intake.raw import Raw, Reading
from quellenlage.model.capture import Capture, Mark, MarkKind

Paragraphs = Callable[[list[str]], Iterator[str]]
"""Joins the lines of a text to paragraphs; the PDF reader's own."""
_EDGE = 3
"""Lines at the top and at the bottom of a page among which running heads are looked for."""
_OFTEN, _SHARE = 3, 0.5
"""A running head stands on so many pages, and on this share of them."""
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(
    r"(?:.{0,80}\s)?(?:seite|page|blatt)\s\d{1,4}(?:\s(?:von|of|/)\s\d{1,4})?(?:\s.{0,40})?", re.IGNORECASE
)


def articles_of_pages(raw: Raw, pages: Sequence[str], paragraphs: Paragraphs) -> Iterator[Capture | BadInput] | None:
    """Captures of the articles of a PDF, page by page its lines; None where it is a single article or a report."""
    text, starts = _joined(pages)
    best: Parts | None = None
    heads = frozenset[int]()
    for candidate in (_repeated(text, starts), _numbered(text, starts)):
        parts = split(Source(text, candidate, starts))
        if parts and (best is None or _worth(parts) > _worth(best)):
            best, heads = parts, candidate
    return _captures(raw, text, starts, (best, heads, paragraphs)) if best else None


def _worth(parts: Parts) -> tuple[int, int]:
    return parts.complete, sum(len(a.values) + bool(a.authors) for a in parts.articles)


def _joined(pages: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """All pages as one text, and where each begins."""
    starts, at = [], 0
    lines = ["\n".join(_tidied(line) for line in page.splitlines()) for page in pages]
    for page in lines:
        starts.append(at)
        at += len(page) + 1
    return "\n".join(lines), tuple(starts)


def _tidied(line: str) -> str:
    """A line in order but for a soft hyphen at its end, which says that the word goes on."""
    return tidy(line) + ("\xad" if line.rstrip().endswith("\xad") else "")


def _edges(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Lines at the edges of each page: number of the page, place, words."""
    for number, start in enumerate(starts):
        stop = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
        at, found = start, []
        for line in text[start:stop].split("\n"):
            if line.strip():
                found.append((number, at, line))
            at += len(line) + 1
        yield from dict.fromkeys((*found[:_EDGE], *found[-_EDGE:]))


def _numbered(text: str, starts: Sequence[int]) -> frozenset[int]:
    """Lines at the edges that number the pages."""
    return frozenset(at for _, at, line in _edges(text, starts) if _NUMBERED.fullmatch(line) and _free(text, at))


def _repeated(text: str, starts: Sequence[int]) -> frozenset[int]:
    """Those, and the lines that most pages have at their edges but for the figures in them."""
    edges = list(_edges(text, starts))
    often = Counter(key for _, key in {(number, _key(line)) for number, _, line in edges})
    least = max(_OFTEN, _SHARE * len(starts))
    # What ends like a sentence or goes on is text, however often a page happens to begin or end with it.
    wanted = {
        key for key, count in often.items() if count >= least and not key.rstrip().endswith((".", ",", ";", "\xad"))
    }
    numbers = {key for key in often if not key.strip("#-– \xad") or _NUMBERED.fullmatch(key.replace("#", "1"))}
    wanted |= {key for key in numbers if often[key] >= least}
    return _numbered(text, starts) | {at for _, at, line in edges if _key(line) in wanted and _free(text, at)}


def _key(line: str) -> str:
    return _DIGITS.sub("#", line.casefold())


def _free(text: str, at: int) -> bool:
    """Whether a line can be a running head: neither a label, a day nor a line that opens or closes an article."""
    line = line_at(text, at, _end_of_line(text, at))
    if line.kind in {Kind.LABEL, Kind.DAY, Kind.SOURCE, Kind.LENGTH}:
        return False
    patterns = [p for layout in layouts() for p in (layout.opens, layout.closes) if p]
    return not any(p.match(text, at, line.end) for p in patterns)


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _captures(
    raw: Raw, text: str, starts: tuple[int, ...], found: tuple[Parts, frozenset[int], Paragraphs]
) -> Iterator[Capture | BadInput]:
    parts, heads, paragraphs = found
    for number, article in enumerate(announce(raw, parts, text, starts), start=1):
        text = broken(text, article.breaks)
        blocks = list(_blocks(text, article, heads, paragraphs))
        own, marks = assemble(block for block, _ in blocks)
        warnings = ("hyphenation-kept",) if re.search(r"\w-\n", text[slice(*article.body)]) else ()
        part = Reading(own, "application/pdf", marks=marks, warnings=warnings)
        placed = list(_placed(text, article, own, list(zip(marks, (v for _, v in blocks), strict=True))))
        yield capture(raw, part, number, (parts.layout, placed))


def _blocks(
    text: str, article: Parsed, heads: frozenset[int], paragraphs: Paragraphs
) -> Iterator[tuple[Block, tuple[Value, ...]]]:
    """Header lines one by one, the text in paragraphs, behind it the running heads that would tear it, the footer."""
    begin, end = article.body
    yield from _lines_of(text, article, article.start, begin)
    body: list[str] = []
    running: list[str] = []
    for start, line in _each(text, begin, end):
        (running if start in heads else body).append(line)
    signed = [v for v in article.authors if not v.label and begin <= v.start < end]
    if signed:
        first = text[signed[0].start : signed[0].end]
        if body and body[0].strip() == first.strip():
            yield Block(tidy(body.pop(0)), MarkKind.BYLINE), (signed[0],)
    for paragraph in paragraphs(body):
        yield Block(paragraph), ()
    for line in running:
        if tidy(line):
            yield Block(tidy(line), MarkKind.FURNITURE), ()
    yield from _lines_of(text, article, end, article.end)


def _each(text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    at = begin
    for line in text[begin:end].split("\n"):
        yield at, line
        at += len(line) + 1


def _lines_of(text: str, article: Parsed, begin: int, end: int) -> Iterator[tuple[Block, tuple[Value, ...]]]:
    """Lines of a header or footer: headline, lead and author apart, whatever else as aside."""
    kinds = {Role.HEADLINE: MarkKind.TITLE, Role.LEAD: MarkKind.LEAD, Role.AUTHOR: MarkKind.BYLINE}
    values = [*article.values.values(), *article.authors]
    apart = [v for v in values if v.role in {Role.HEADLINE, Role.LEAD} or (v.role is Role.AUTHOR and not v.label)]
    apart = sorted((v for v in apart if begin <= v.start < end), key=lambda v: v.start)
    at = begin
    for value in apart:
        yield from _asides(text, at, value.start, values)
        yield Block(tidy(_unbroken(text[value.start : value.end])), kinds[value.role]), (value,)
        at = value.end
    yield from _asides(text, at, end, values)


def _unbroken(words: str) -> str:
    return re.sub(r"\s*\n\s*", " ", words.replace("\xad\n", ""))


def _asides(text: str, begin: int, end: int, values: Iterable[Value]) -> Iterator[tuple[Block, tuple[Value, ...]]]:
    listed = list(values)
    for start, line in _each(text, begin, end):
        if words := tidy(line):
            inside = tuple(v for v in listed if v.start < start + len(line) and v.end > start)
            yield Block(words, MarkKind.FURNITURE), inside


def _placed(text: str, article: Parsed, own: str, blocks: Sequence[tuple[Mark, tuple[Value, ...]]]) -> Iterator[Placed]:
    """Values with the place of their words in the text that was put together."""
    for value in (*article.values.values(), *article.authors):
        words = tidy(_unbroken(text[value.start : value.end]))
        mark = next((m for m, inside in blocks if value in inside), None)
        at = own.find(words, mark.start) if mark else own.find(words)
        first = words.split("\n")[0]
        at = own.find(first[:20], mark.start) if at < 0 and mark else at
        start = max(at, 0)
        yield Placed(value.role, words, start, min(len(own), start + len(words)), value.iso, value.label)
