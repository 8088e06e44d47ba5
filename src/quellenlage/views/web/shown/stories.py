"""Stories in lists: title, when, how much of each kind, and how their lines lie in time as a small drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quellenlage.model import Archive, DateInterval
from quellenlage.model.listing import ArticleQuestion, ConflictQuestion, LineQuestion, StoryCard
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.timeline_periods import Bar, bars
from quellenlage.views.wording.dates import short_day

WIDTH, HEIGHT = 160, 26
"""Size of the small drawing."""

NEWEST = 2_000
"""Articles among which stories are looked for of which is told lately."""


@dataclass(frozen=True, slots=True)
class Column:
    """A bar of the small drawing, in its own units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ShownStory:
    """A story in a list; `columns` lie on the time that all stories of the list share."""

    id: str
    href: str
    title: str
    made: bool
    period: str
    lines: int
    articles: int
    conflicts: int
    columns: list[Column]


def shown_stories(archive: Archive, cards: Sequence[StoryCard], words: Words) -> list[ShownStory]:
    """Stories of one list."""
    dated = [(card.earliest, card.latest) for card in cards if card.earliest and card.latest]
    reach = (min(first for first, _ in dated), max(last for _, last in dated)) if dated else None
    return [_shown(archive, card, reach, words) for card in cards]


def _shown(archive: Archive, card: StoryCard, reach: tuple[date, date] | None, words: Words) -> ShownStory:
    clashing = archive.conflicts(ConflictQuestion(stories=(card.id,), settled=False), limit=1).total
    found = bars(archive, LineQuestion(stories=(card.id,), dated=True)) if card.earliest and reach else []
    return ShownStory(
        id=card.id,
        href=page_of(card.id),
        title=card.title,
        made=card.made,
        period=period_words(card.earliest, card.latest, words),
        lines=card.lines,
        articles=card.articles,
        conflicts=clashing,
        columns=small_columns(found, reach) if reach else [],
    )


def small_columns(found: Sequence[Bar], reach: tuple[date, date]) -> list[Column]:
    """Bars over a stretch of time, each wide enough to be seen."""
    days = (reach[1] - reach[0]).days + 1
    highest = max((one.count for one in found), default=1)
    columns = []
    for one in found:
        first, last = max(one.first, reach[0]), min(one.last, reach[1])
        width = max(2.0, ((last - first).days + 1) / days * WIDTH - 0.5)
        height = max(3.0, one.count / highest * (HEIGHT - 2))
        x = min((first - reach[0]).days / days * WIDTH, WIDTH - width)
        columns.append(Column(round(x, 1), round(HEIGHT - height, 1), round(width, 1), round(height, 1)))
    return columns


def period_words(first: date | None, last: date | None, words: Words) -> str:
    """From the first to the last day, for narrow places; empty where none is known."""
    if first is None or last is None:
        return ""
    if first == last:
        return short_day(first, words)
    return f"{short_day(first, words, year=first.year != last.year)} – {short_day(last, words)}"


def newest_reports(archive: Archive, most: int) -> list[tuple[str, int]]:
    """Stories of which the newest articles tell, with how many of these do; new is as far back as is needed.

    What is older than the `NEWEST` articles is not new.
    """
    dated = ArticleQuestion(dated=True)
    newest, older = (archive.articles(dated, offset=at, limit=1).items for at in (0, NEWEST))
    day = newest[0].earliest if newest else None
    if day is None:
        return []
    end = (older[0].earliest if older else None) or date.min
    found: list[tuple[str, int]] = []
    for days in (14, 60, 365, 3650):
        since = max(DateInterval(day, day).widened(days).earliest, end)
        values = archive.facets(ArticleQuestion(first=since), "story", most).values
        found = [(one.value, one.count) for one in values]
        if len(found) >= most or since == end:
            break
    return found
