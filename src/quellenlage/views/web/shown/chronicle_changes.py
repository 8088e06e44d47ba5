"""What changed since a day: new events and accounts, numbers that moved, conflicts, denials, corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from quellenlage.model import Archive, in_force
from quellenlage.story.changes import ORDER, Change, find_changes
from quellenlage.views.holdings import Holdings, read_news
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.lines import ShownLine, shown_line
from quellenlage.views.web.shown.quotes import ShownQuote, shown_quote
from quellenlage.views.wording.lines import citation_words, conflict_words, event_title
from quellenlage.views.wording.numbers import range_words

By = Literal["captured", "published"]

MOST = 400
"""Articles at most whose news are told at once."""

SHOWN = 40
"""Changes of one kind that are shown."""


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One thing that is otherwise: its line, or its title where it has none, what changed, and the new sentences."""

    line: ShownLine | None
    title: str
    told: str
    href: str
    quotes: list[ShownQuote]


@dataclass(frozen=True, slots=True)
class Changed:
    """Changes of one kind; `more` were left out."""

    heading: str
    items: list[ShownChange]
    more: int


@dataclass(frozen=True, slots=True)
class News:
    """What new articles brought; None for `kinds` where they are too many to be told at once."""

    articles: int
    kinds: list[Changed] | None


def news_since(archive: Archive, since: date, by: By, words: Words) -> News:
    """What articles captured or published since a day changed, and decisions made since then."""
    new = archive.published_since(since) if by == "published" else archive.captured_since(since.isoformat())
    if len(new) > MOST:
        return News(len(new), None)
    decided = [one for one in in_force(archive.judgements()) if one.made_at[:10] >= since.isoformat()]
    holdings = read_news(archive, new, {one.subject for one in decided})
    found = find_changes(holdings.linked, new, decided)
    kinds = []
    for kind in ORDER:
        mine = [one for one in found if one.kind == kind]
        if mine:
            shown = [_shown(one, holdings, words) for one in mine[:SHOWN]]
            kinds.append(Changed(words(f"changes.{kind}"), shown, len(mine) - len(shown)))
    return News(len(new), kinds)


def _shown(change: Change, holdings: Holdings, words: Words) -> ShownChange:
    if change.event is None:
        title = citation_words(holdings.cite(change.other), words)
        return ShownChange(None, title, "", page_of(change.other), [])
    told, href = "", page_of(change.event)
    if change.before and change.after:
        before, after = (range_words(*r, change.unit, words) for r in (change.before, change.after))
        told = words("changes.from_to", before=before, after=after)
    conflict = next((c for c in holdings.linked.conflicts if c.id == change.other), None)
    if conflict:
        told, href = conflict_words(conflict, holdings, words), page_of(conflict.id)
    entry = next((one for one in holdings.linked.chronicle if one.event == change.event), None)
    return ShownChange(
        shown_line(entry, holdings, words) if entry else None,
        event_title(holdings.events[change.event], holdings, words),
        told,
        href,
        [] if change.kind == "event" else [shown_quote(a.evidence, holdings, words) for a in change.accounts],
    )
