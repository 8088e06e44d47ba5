"""Exports of unknown databases: what repeats between their articles is learned from the file itself.

Precision goes first: a file is split only where each part has a headline, a day and a third sign of a header, and the
headers are of one kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from quellenlage.intake.press.boundaries import Parts, Source, reason_of
from quellenlage.intake.press.days import find_day
from quellenlage.intake.press.header import Parsed, parse
from quellenlage.intake.press.layouts import Layout, Role, label_pattern, label_roles
from quellenlage.intake.press.lines import Kind, line_at

GENERIC = Layout("generic", "", before=(Role.HEADLINE,), after=(Role.HEADLINE,))
_OUTLET_ABOVE = Layout("generic", "", before=(Role.OUTLET,), after=(Role.HEADLINE,))
_HEADLINE_AND_OUTLET = Layout("generic", "", before=(Role.HEADLINE, Role.OUTLET), after=())
_RULE = re.compile(r"^[ \t]*(?:([-=_*~#+•–—])[ \t]?)(?:\1[ \t]?){4,}\r?$", re.MULTILINE)
_FEED = re.compile(r"\f")
_COUNTED = re.compile(
    r"^[ \t]*\W{0,4}(?:(?:Artikel|Dokument|Treffer|Meldung|Beitrag|Text|Clip|Nr\.?|Article|Item|Hit)[ \t]+)?"
    r"(?P<n>\d{1,4})[ \t]*(?:von|of|/|aus)[ \t]*(?P<of>\d{1,4})\W{0,4}\r?$",
    re.MULTILINE | re.IGNORECASE,
)
_BLOCK = re.compile(r"(?:\A|\n[ \t\r]*\n|\f)\s*")
_REPEATING = 0.7
"""Names of outlets among so many articles, where nothing but their place says that they are some."""
_SHARE = 0.6
"""So much of the parts between two separators must have a header of their own."""
_SAMPLE = 100
"""Separators on which a layout is tried before it is used for the whole file."""
_BODY = 40
_MOST = 200_000
"""Separators in one file: more is no export."""


def learn(source: Source) -> Parts | None:
    """Articles of a file whose layout is not known, None where it is no collection.

    Which separators and which arrangement explain a file is tried on its beginning; the best is used for all of it.
    """
    tried: list[tuple[tuple[int, int], list[tuple[int, int]], Layout, Parts]] = []
    for marks in _separators(source):
        beginning = _beginning(source, marks)
        for layout in (GENERIC, _OUTLET_ABOVE, _HEADLINE_AND_OUTLET):
            if parts := _cut(beginning, marks[:_SAMPLE], layout):
                tried.append((_worth(parts), marks, layout, parts))
    for _, marks, layout, parts in sorted(tried, key=lambda one: one[0], reverse=True):
        if len(marks) <= _SAMPLE:
            return parts
        if whole := _cut(source, marks, layout):
            return whole
    return None


def _beginning(source: Source, marks: list[tuple[int, int]]) -> Source:
    """The text up to the last separator that is tried."""
    if len(marks) <= _SAMPLE:
        return source
    return Source(source.text[: marks[_SAMPLE][0]], source.heads, source.pages)


def _worth(parts: Parts) -> tuple[int, int]:
    """More articles first, then more of what their headers say."""
    return parts.complete, sum(len(a.values) for a in parts.articles)


def _separators(source: Source) -> Iterator[list[tuple[int, int]]]:
    """Kinds of separators with their places: rules of one character, page breaks, counting lines, labels, sources."""
    rules: dict[str, list[tuple[int, int]]] = {}
    for match in _RULE.finditer(source.text):
        rules.setdefault(match[1], []).append(match.span())
    yield from (places for places in rules.values() if 1 <= len(places) <= _MOST)
    feeds = [m.span() for m in _FEED.finditer(source.text)] or [(page, page) for page in source.pages[1:]]
    if feeds:
        yield feeds
    counted = [m.span() for m in _COUNTED.finditer(source.text)]
    if 2 <= len(counted) <= _MOST:
        yield counted
    yield from _labels(source)


def _labels(source: Source) -> Iterator[list[tuple[int, int]]]:
    """Lines with the same label that begin a block, and lines of outlet and day that do."""
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _BLOCK.finditer(source.text):
        start = match.end()
        if start == len(source.text):
            break
        end = source.text.find("\n", start)
        end = len(source.text) if end < 0 else end
        if end - start > 240:
            continue
        label = label_pattern().match(source.text, start, end)
        if label and label_roles()[label["label"].casefold()] in {Role.OUTLET, Role.DATE, Role.HEADLINE}:
            found.setdefault(label["label"].casefold(), []).append((start, start))
        elif line_at(source.text, start, end).kind is Kind.SOURCE:
            found.setdefault("", []).append((start, start))
    yield from (places for places in found.values() if 2 <= len(places) <= _MOST)


def _cut(source: Source, marks: list[tuple[int, int]], layout: Layout) -> Parts | None:
    """Articles between the separators: a part without a header belongs to the article before it."""
    starts = [(0, 0), *(m for m in marks if m != (0, 0))]
    parts = Parts(layout)
    merged = 0
    for number, (_, begin) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(source.text)
        if not source.text[begin:end].strip():
            continue
        article = parse(source.text, (begin, end), layout, source.heads)
        if _sound(article):
            parts.articles.append(article)
        elif parts.articles:
            merged += 1
            before = parts.articles.pop()
            parts.articles.append(parse(source.text, (before.start, end), layout, source.heads))
        else:
            parts.left.append((begin, end, reason_of(source.text[begin:end])))
    sound = sum(_sound(article) for article in parts.articles)
    if sound < 2 or sound < _SHARE * (sound + merged) or not _alike(parts.articles):
        return None
    if not _believed(parts.articles, source.text):
        return None
    return parts


def _sound(article: Parsed) -> bool:
    """Whether a part has a header of its own and text below it.

    Without an outlet only labels are believed: those of the headline and the day, and a third one.
    """
    if not article.complete or article.body[1] - article.body[0] < _BODY:
        return False
    if Role.OUTLET in article.values:
        return True
    return {Role.HEADLINE, Role.DATE} <= article.kinds and len(article.kinds) > 2


def _believed(articles: list[Parsed], text: str) -> bool:
    """Whether what was taken for outlets may be some: told by a label or beside the day, or repeating."""
    values = [a.values[Role.OUTLET] for a in articles if Role.OUTLET in a.values]
    bare = [v for v in values if not v.label and not _beside_day(text, v.end)]
    if 2 * len(bare) <= len(articles):
        return True
    names = Counter(text[v.start : v.end].casefold() for v in bare)
    return len(names) <= _REPEATING * len(bare)


def _beside_day(text: str, at: int) -> bool:
    end = text.find("\n", at)
    return find_day(text, at, len(text) if end < 0 else end) is not None


def _alike(articles: list[Parsed]) -> bool:
    """Whether most headers share most of what the commonest of them has."""
    common, _ = Counter(article.labels for article in articles).most_common(1)[0]
    if not common:
        return False
    near = sum(2 * len(common & article.labels) >= len(common) for article in articles)
    return near >= 2 and near >= _SHARE * len(articles)
