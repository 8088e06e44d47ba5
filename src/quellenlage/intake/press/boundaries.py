"""Where the articles of an export begin and end, by the lines that open and close them in a known layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quellenlage.intake.press.days import find_day, wire_day
from quellenlage.intake.press.header import Parsed, parse
from quellenlage.intake.press.layouts import Layout, Role, around, group
from quellenlage.intake.press.lines import Value, is_prose

_COVER_LINES = 600
"""So many lines of the first part are searched for the end of a cover, list of hits and terms of search."""
_PARAGRAPH = re.compile(r"\f|\n[ \t\r\xa0]*\n\s*")


@dataclass(slots=True)
class Parts:
    """Articles of an export in order, and stretches that belong to none, with the reason."""

    layout: Layout
    articles: list[Parsed] = field(default_factory=list)
    left: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def complete(self) -> int:
        """Articles with day, headline and text."""
        return sum(article.complete for article in self.articles)


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its running heads (beginnings of lines) and the beginnings of its pages, where it has any."""

    text: str
    heads: frozenset[int] = frozenset()
    pages: tuple[int, ...] = ()


def cut(source: Source, layout: Layout) -> Parts | None:
    """Articles of a text under one layout, None where its lines occur less than twice."""
    if layout.opens is not None:
        return _opened(source, layout, list(layout.opens.finditer(source.text)))
    if layout.closes is not None:
        return _closed(source, layout, list(layout.closes.finditer(source.text)))
    return None


def _opened(source: Source, layout: Layout, found: list[re.Match[str]]) -> Parts | None:
    """Articles that begin with a line of their own."""
    if len(found) < 2:
        return None
    if layout.counted:
        found = _counting_up(source, layout, found)
    parts = Parts(layout)
    kept: list[tuple[re.Match[str], Parsed]] = []
    for number, match in enumerate(found):
        stop = found[number + 1].start() if number + 1 < len(found) else len(source.text)
        article = _one(source, layout, match, stop)
        if layout.counted or _holds(article, layout):
            kept.append((match, article))
    for number, (match, article) in enumerate(kept):
        stop = kept[number + 1][0].start() if number + 1 < len(kept) else len(source.text)
        end = _closing(source, layout, match.end(), stop)
        again = not layout.counted and (stop != article.end or end != stop)
        parts.articles.append(_one(source, layout, match, end) if again else article)
        if source.text[end:stop].strip():
            parts.left.append((end, stop, "between-articles"))
    if len(kept) < 2:
        return None
    if source.text[: kept[0][0].start()].strip():
        parts.left.insert(0, (0, kept[0][0].start(), reason_of(source.text[: kept[0][0].start()])))
    return parts


def _one(source: Source, layout: Layout, match: re.Match[str], stop: int) -> Parsed:
    """The article behind an opening line, with what the line says of it."""
    start = match.start() if layout.kept else match.end()
    given: list[Value] = []
    for name, role in (("outlet", Role.OUTLET), ("headline", Role.HEADLINE)):
        if place := group(match, name):
            given.append(Value(role, *place))
    if (place := group(match, "day")) and (day := find_day(source.text, *place)):
        given.append(Value(Role.DATE, day.start, day.end, day.iso))
    for closing in layout.closes.finditer(source.text, match.end(), stop) if layout.closes else ():
        if (place := group(closing, "day")) and (iso := wire_day(source.text[slice(*place)])):
            given.append(Value(Role.DATE, *place, iso))
            break
    heads = source.heads | {match.start() + len(match[0]) - len(match[0].lstrip())} if layout.kept else source.heads
    article = parse(source.text, (start, stop), layout, heads, given)
    if layout.kept:
        at, end = match.start() + len(match[0]) - len(match[0].lstrip()), match.start() + len(match[0].rstrip())
        if not any(a <= at < b for a, b in article.aside):
            article.aside.insert(0, (at, end))
    return article


def _closing(source: Source, layout: Layout, start: int, stop: int) -> int:
    """End of an article that has a closing line as well, else where the next one begins."""
    ends = [match.end() for match in layout.closes.finditer(source.text, start, stop)] if layout.closes else []
    return ends[-1] if ends else stop


def _holds(article: Parsed, layout: Layout) -> bool:
    """Whether what follows an opening line is an article: complete, and with a label that the layout needs."""
    return article.complete and (not layout.needs or bool(article.labels & layout.needs))


def _counting_up(source: Source, layout: Layout, found: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The opening lines that count up to the same total; of two with one number, the one that a header follows."""
    totals: dict[str, list[re.Match[str]]] = {}
    for match in found:
        totals.setdefault(_number(match, "of"), []).append(match)
    group_of = max(totals.values(), key=len)
    chain: list[re.Match[str]] = []
    for match in group_of:
        number = int(_number(match, "n"))
        if not chain:
            chain.append(match)
            continue
        last = int(_number(chain[-1], "n"))
        if number == last and not _headed(source, layout, chain[-1], match.start()):
            chain[-1] = match
        elif number == last + 1 or (number > last and _headed(source, layout, match, len(source.text))):
            chain.append(match)
    return chain


def _number(match: re.Match[str], name: str) -> str:
    place = group(match, name)
    return match.string[slice(*place)] if place else "0"


def _headed(source: Source, layout: Layout, match: re.Match[str], stop: int) -> bool:
    """Whether a header with a day follows right below an opening line."""
    article = parse(source.text, (match.end(), min(stop, match.end() + 3000)), layout, source.heads)
    return Role.DATE in article.values and Role.HEADLINE in article.values


def _closed(source: Source, layout: Layout, found: list[re.Match[str]]) -> Parts | None:
    """Articles that end with a line of their own; a line that no header follows is part of the text."""
    if len(found) < 2:
        return None
    parts = Parts(layout)
    begin = _after_cover(source, layout, found[0].end())
    if source.text[:begin].strip():
        parts.left.append((0, begin, reason_of(source.text[:begin])))
    for match in found:
        article = parse(source.text, (begin, match.end()), layout, source.heads)
        headed = bool(article.labels) and (Role.HEADLINE in article.values or Role.DATE in article.values)
        if not headed and parts.articles:
            before = parts.articles.pop()
            article = parse(source.text, (before.start, match.end()), layout, source.heads)
        parts.articles.append(article)
        begin = match.end()
    rest = source.text[begin:]
    if rest.strip():
        article = parse(source.text, (begin, len(source.text)), layout, source.heads)
        if article.complete and article.labels:  # a file that is cut off within its last article
            parts.articles.append(article)
        else:
            parts.left.append((begin, len(source.text), reason_of(rest, behind=True)))
    return parts


def _after_cover(source: Source, layout: Layout, end: int) -> int:
    """Where the first article begins behind a cover, a list of contents or terms of search."""
    after = _after_contents(source, end)
    if Role.HEADLINE not in layout.before or Role.OUTLET not in {*layout.before, *layout.after}:
        return _after_bare_pages(source, after, end)
    starts = [after, *(m.end() for m in _PARAGRAPH.finditer(source.text, after, end)), *source.pages]
    for start in sorted({s for s in starts if after <= s < end}, reverse=True)[:_COVER_LINES]:
        article = parse(source.text, (start, end), layout, source.heads)
        head = article.values.get(Role.HEADLINE)
        day = article.values.get(Role.DATE)
        if head and day and article.start <= head.start < day.start < article.body[0]:
            return start
    return after


def _after_contents(source: Source, end: int) -> int:
    """End of a list of contents: of its last entry that ends in a number of a page, or of its pages."""
    opens, entry = around().contents, around().entry
    at, last, inside, misses = 0, 0, False, 0
    for number, line in enumerate(source.text[:end].split("\n")):
        words = line.strip()
        if number > _COVER_LINES:
            break
        if opens.fullmatch(words.rstrip(":")):
            inside, last = True, at + len(line)
        elif inside and entry.fullmatch(words):
            last, misses = at + len(line), 0
        elif inside and words:
            misses += 1
            if misses > 6:
                break
        at += len(line) + 1
    following = [page for page in source.pages if last <= page < end]
    return following[0] if last and following else last


def _after_bare_pages(source: Source, after: int, end: int) -> int:
    """Beginning of the first page or block that has a sentence in it, where what stands before has none."""
    breaks = [after, *(p for p in source.pages if after < p < end)]
    breaks += [m.end() for m in re.finditer(r"\f\s*", source.text[:end]) if m.end() > after]
    starts = sorted(set(breaks))
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        lines = [line.strip() for line in source.text[start:stop].split("\n")]
        if any(is_prose(line) for line in lines) or sum(len(line) >= 60 for line in lines) >= 3:
            return start
    return after


def reason_of(words: str, *, behind: bool = False) -> str:
    """Why a stretch is no article: a list of contents, a legal notice, or a cover."""
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    if any(around().contents.fullmatch(line.rstrip(":")) for line in lines) or (
        sum(bool(around().entry.fullmatch(line)) for line in lines) >= max(2, len(lines) // 3)
    ):
        return "contents"
    if behind:
        return "legal-notice" if around().legal.search(words) else "behind-last-article"
    return "cover-page"
