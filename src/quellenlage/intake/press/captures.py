"""Captures of the articles of an export, with what their headers say given and what is not their text marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quellenlage.errors import BadInput
from quellenlage.intake.options import Collection, LeftOut
from quellenlage.intake.press.boundaries import Parts, Source
from quellenlage.intake.press.header import Parsed
from quellenlage.intake.press.layouts import Layout, Role, languages
from quellenlage.intake.press.lines import Kind, Value, lines_in, names_in
from quellenlage.intake.press.splitting import split
from quellenlage.intake.raw import Raw, Reading, capture_of
from quellenlage.model.capture import Capture, Given, Mark, MarkKind

_NO_TEXT = "no-article-text"
_BLANK = "page-without-text"
_FIELDS = {
    Role.OUTLET: "outlet", Role.DATE: "published", Role.HEADLINE: "title", Role.URL: "url", Role.LANGUAGE: "language",
}  # fmt: skip
_QUOTES = ' \t"“”„»«,;'


@dataclass(frozen=True, slots=True)
class Placed:
    """A value of a header with its words, and where they stand in the article's own text."""

    role: Role
    words: str
    start: int
    end: int
    iso: str | None = None
    label: str = ""


def articles_of(raw: Raw, reading: Reading, *, known: bool = False) -> Iterator[Capture | BadInput] | None:
    """Captures of the articles in a text, in order; None where it is a single article, or no article at all.

    With `known`, only exports of databases in our table count. The text of each is a slice of the text as it was
    decoded or extracted, but that a line breaks between a label and the headline or text behind it; its bytes are
    that slice in UTF-8, so that an article is the same capture in every export.
    """
    parts = split(Source(reading.text))
    if parts is None or (known and not parts.layout.database):
        return None
    return _captures(raw, reading, parts)


def announce(raw: Raw, parts: Parts, text: str, pages: Sequence[int] = ()) -> list[Parsed]:
    """Tell the caller of the collection; returns the articles that have text."""
    articles = [article for article in parts.articles if article.body[1] > article.body[0]]
    empty = [(a.start, a.end, _NO_TEXT) for a in parts.articles if a.body[1] <= a.body[0]]
    told = (*parts.left, *(e for e in empty if e[1] > e[0]))
    left = sorted(one for one in told if _says_something(text, one[0], one[1]))
    left += [(page, page, _BLANK) for number, page in enumerate(pages) if _is_blank(text, pages, number)]
    if raw.options.on_collection:
        places = tuple(_place(text, pages, start, end, reason) for start, end, reason in left)
        layout = parts.layout
        raw.options.on_collection(Collection(raw.name, layout.name, layout.database, len(articles), places))
    return articles


def _place(text: str, pages: Sequence[int], start: int, end: int, reason: str) -> LeftOut:
    """Where a stretch stands, in pages where there are any, else in lines."""
    words = text[start:end]
    if words.strip():
        start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    last = end
    if pages:
        return LeftOut(reason, "pages", _page(pages, start), _page(pages, max(start, last - 1)))
    return LeftOut(reason, "lines", text.count("\n", 0, start) + 1, text.count("\n", 0, last) + 1)


def _says_something(text: str, start: int, end: int) -> bool:
    """Whether there is more in a stretch than numbers of pages."""
    return any(line.kind not in {Kind.BLANK, Kind.MINOR} for line in lines_in(text, start, end))


def _is_blank(text: str, pages: Sequence[int], number: int) -> bool:
    """Whether a page has no text, as a scan has none."""
    stop = pages[number + 1] if number + 1 < len(pages) else len(text)
    return not text[pages[number] : stop].strip()


def _page(pages: Sequence[int], at: int) -> int:
    return max(1, sum(page <= at for page in pages))


def _captures(raw: Raw, reading: Reading, parts: Parts) -> Iterator[Capture | BadInput]:
    marks = sorted(reading.marks, key=lambda mark: mark.start)
    at = 0
    for number, article in enumerate(announce(raw, parts, reading.text), start=1):
        text = broken(reading.text[article.start : article.end], [at - article.start for at in article.breaks])
        while at < len(marks) and marks[at].end <= article.start:
            at += 1
        inside = [
            replace(mark, start=mark.start - article.start, end=mark.end - article.start)
            for mark in _until(marks, at, article.end)
            if mark.start >= article.start and mark.end <= article.end
        ]
        found = [_placed(reading.text, value, article.start) for value in (*article.values.values(), *article.authors)]
        own = [m for m in _marks(reading.text, article) if m.end <= len(text)]
        offsets_in = reading.offsets_in if not article.breaks else "extracted"
        part = replace(reading, text=text, marks=tuple(_settled(inside, own)), offsets_in=offsets_in)
        yield capture(raw, part, number, (parts.layout, found))


def broken(text: str, places: Sequence[int]) -> str:
    """The text with line breaks for the white space at these places: one character for one, so that offsets stay."""
    characters = list(text) if places else []
    for place in places:
        characters[place] = "\n"
    return "".join(characters) if places else text


def _until(marks: Sequence[Mark], at: int, end: int) -> Iterator[Mark]:
    while at < len(marks) and marks[at].start < end:
        yield marks[at]
        at += 1


def _settled(inside: Sequence[Mark], own: Sequence[Mark]) -> list[Mark]:
    """Marks of the input, without titles and headings of its own where the header says better, and ours."""
    ours = {(mark.start, mark.end) for mark in own}
    titled = any(mark.kind is MarkKind.TITLE for mark in own)
    kept = [
        replace(mark, kind=MarkKind.HEADING) if titled and mark.kind is MarkKind.TITLE else mark
        for mark in inside
        if (mark.start, mark.end) not in ours
    ]
    return sorted((*kept, *own), key=lambda mark: (mark.start, mark.end, mark.kind))


def _placed(text: str, value: Value, offset: int) -> Placed:
    words = text[value.start : value.end]
    return Placed(value.role, words, value.start - offset, value.end - offset, value.iso, value.label)


def _marks(text: str, article: Parsed) -> Iterator[Mark]:
    """Headline, lead and byline of the header; its other lines and the footer as aside, lines side by side in one."""
    offset = article.start
    kinds = {Role.HEADLINE: MarkKind.TITLE, Role.LEAD: MarkKind.LEAD}
    for role, kind in kinds.items():
        if value := article.values.get(role):
            yield from _line_marks(text, value.start, value.end, kind, offset)
    for author in article.authors:
        if not author.label:
            yield Mark(author.start - offset, author.end - offset, MarkKind.BYLINE)
    before: tuple[int, int] | None = None
    for start, end in sorted(set(article.aside)):
        if before and not text[before[1] : start].strip():
            before = (before[0], max(end, before[1]))
            continue
        if before:
            yield Mark(before[0] - offset, before[1] - offset, MarkKind.FURNITURE)
        before = (start, end)
    if before:
        yield Mark(before[0] - offset, before[1] - offset, MarkKind.FURNITURE)


def _line_marks(text: str, start: int, end: int, kind: MarkKind, offset: int) -> Iterator[Mark]:
    """One mark for the whole of it, whose lines a zone may join again."""
    if end > start and text[start:end].strip():
        yield Mark(start - offset, end - offset, kind)


def capture(raw: Raw, part: Reading, number: int, header: tuple[Layout, Sequence[Placed]]) -> Capture | BadInput:
    """Capture of one article, `FILE#3`; what is wrong with it comes in its place."""
    given = given_of(*header)
    content = part.text.encode("utf-8", "surrogatepass")
    own = raw.part(f"{raw.name}#{number}", content)
    try:
        return capture_of(own, replace(part, given=given, encoding="utf-8"))
    except BadInput as error:
        return error


def given_of(layout: Layout, found: Sequence[Placed]) -> Given:
    """What a header gives, and for each value its label (or kind) with the place of its words in the article."""
    values: dict[str, str] = {}
    how: dict[str, str] = {}
    authors: list[str] = []
    for one in found:
        where = f"press {layout.name} {one.label or one.role} {one.start}-{one.end}"
        if one.role is Role.AUTHOR:
            authors += [name for name in names_in(one.words) if name not in authors]
            how.setdefault("authors", where)
        elif (field := _FIELDS.get(one.role)) and (value := _value(one)):
            values[field], how[field] = value, where
    if layout.outlet and "outlet" not in values:
        values["outlet"], how["outlet"] = layout.outlet, f"press {layout.name}"
    return Given(
        url=values.get("url"), title=values.get("title"), published=values.get("published"),
        outlet=values.get("outlet"), authors=tuple(authors), language=values.get("language"), how=how,
    )  # fmt: skip


def _value(one: Placed) -> str | None:
    """A value in the form that `Given` has: days in ISO form, addresses with their scheme, codes of languages."""
    words = " ".join(one.words.split())
    if one.role is Role.DATE:
        return one.iso
    if one.role is Role.URL:
        return words if words.startswith(("http://", "https://")) and " " not in words else None
    if one.role is Role.LANGUAGE:
        return languages().get(words) or languages().get(words.partition(";")[0].strip().title())
    return (words.strip(_QUOTES) if one.role is Role.OUTLET else words).encode("utf-8", "replace").decode() or None
