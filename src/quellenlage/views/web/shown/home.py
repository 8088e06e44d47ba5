"""The front page: what the archive holds, what is new in it, and what waits for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from quellenlage.execution.queue import Kind, questions
from quellenlage.model import Archive, EntityKind
from quellenlage.model.listing import ArticleQuestion, ConflictQuestion, LineQuestion, Totals
from quellenlage.views.locale import Words
from quellenlage.views.shelves import citation_of, holdings_of_conflicts
from quellenlage.views.web.links import page_of, with_query
from quellenlage.views.web.shown.chronicle_listed import shown_lines
from quellenlage.views.web.shown.lines import ShownClash, ShownLine
from quellenlage.views.web.shown.stories import ShownStory, newest_reports, shown_stories
from quellenlage.views.web.shown.timeline_kept import kept
from quellenlage.views.wording.lines import conflict_words, event_title, published_words

Said = Callable[[str], str]

STORIES, LINES, CLASHES, ADDED = 7, 9, 5, 6

_ASKED = 200
"""Doubts that are counted at most."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and where that is listed."""

    count: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A story with how many of the newest articles tell of it, and its newest lines."""

    story: ShownStory
    articles: int
    lines: list[ShownLine]


@dataclass(frozen=True, slots=True)
class Added:
    """An article that was taken in lately."""

    href: str
    headline: str
    source: str


@dataclass(frozen=True, slots=True)
class Clash:
    """An open conflict with the event that it is about."""

    event: str
    clash: ShownClash


@dataclass(frozen=True, slots=True)
class Front:
    """All of the front page but what waits for a decision, which takes longer to find."""

    figures: list[Figure]
    reach: tuple[date, date] | None
    stories: list[Fresh]
    lines: list[ShownLine]
    clashes: list[Clash]
    added: list[Added]


def front(archive: Archive, totals: Totals, words: Words, say: Said) -> Front:
    """What an archive that holds something has to tell."""
    newest = archive.articles(ArticleQuestion(dated=True), limit=1).items
    until = newest[0].latest if newest else None
    return Front(
        figures=_figures(totals, words, say),
        reach=(totals.earliest, totals.latest) if totals.earliest and totals.latest else None,
        stories=_stories(archive, words),
        lines=_lines(archive, LineQuestion(dated=True, last=until), LINES, words),
        clashes=_clashes(archive, words),
        added=_added(archive, words),
    )


def _figures(totals: Totals, words: Words, say: Said) -> list[Figure]:
    people, bodies = (totals.entities.get(kind.value, 0) for kind in (EntityKind.PER, EntityKind.ORG))
    counted = (
        (totals.articles, say("Articles"), "/articles"),
        (totals.lines, say("Lines of the chronicle"), "/chronicle"),
        (totals.claims, say("Claims"), "/claims"),
        (totals.open_conflicts, say("Open conflicts"), "/conflicts"),
        (people, say("People"), "/entities?kind=PER"),
        (bodies, say("Organisations"), "/entities?kind=ORG"),
        (totals.origins, say("Origins"), "/sources"),
    )
    return [Figure(words.number(count), label, href) for count, label, href in counted]


def _lines(archive: Archive, asked: LineQuestion, most: int, words: Words) -> list[ShownLine]:
    """The latest lines, the latest first."""
    found = archive.lines(asked, limit=most, order="-time", counted=False).items
    shown = shown_lines(archive, found, words)
    return [shown[line.event] for line in found if line.event in shown]


def _stories(archive: Archive, words: Words) -> list[Fresh]:
    """Stories of which the newest articles tell; the first one with its latest lines."""
    newest = newest_reports(archive, STORIES)
    cards = archive.stories_by_id([story for story, _ in newest])
    shown = shown_stories(archive, [cards[story] for story, _ in newest if story in cards], words)
    counts = dict(newest)
    lead = 3
    fresh = []
    for number, story in enumerate(shown):
        asked = LineQuestion(stories=(story.id,), dated=True)
        lines = _lines(archive, asked, lead, words) if number == 0 else []
        fresh.append(Fresh(story, counts[story.id], lines))
    return fresh


def _clashes(archive: Archive, words: Words) -> list[Clash]:
    cards = archive.conflicts(ConflictQuestion(settled=False), limit=CLASHES, order="-time").items
    holdings = holdings_of_conflicts(archive, [card.id for card in cards])
    known = {conflict.id: conflict for conflict in holdings.linked.conflicts}
    return [
        Clash(
            event_title(holdings.events[known[card.id].event], holdings, words),
            ShownClash(conflict_words(known[card.id], holdings, words), card.grade.value, page_of(card.id)),
        )
        for card in cards
        if card.id in known
    ]


def _added(archive: Archive, words: Words) -> list[Added]:
    cards = archive.articles(ArticleQuestion(), limit=ADDED, order="-capture").items
    added = []
    for card in cards:
        cited = citation_of(card)
        published = published_words(cited, words) if cited.published else words("citation.undated")
        added.append(Added(page_of(card.article), cited.headline or cited.label, f"{cited.label}, {published}"))
    return added


def _waiting(archive: Archive) -> Counter[Kind]:
    """How many questions there are of each kind, kept until the next link or decision: gathering them takes long."""
    return kept(archive, "waiting", lambda: Counter(q.kind for q in questions(archive, limit=_ASKED)))


def waiting(archive: Archive, say: Said) -> list[Figure]:
    """Doubts that wait for a decision, counted by what is asked; the most valuable kind first."""
    counts = _waiting(archive)
    told = {
        "entity": say("Are these two names one?"),
        "merged": say("Is this one name really one?"),
        "speaker": say("Whose words are these?"),
        "event": say("Do these accounts tell one event?"),
        "near-event": say("Are these two events one?"),
        "conflict": say("Is this a conflict?"),
    }
    return [
        Figure(f"{n}+" if n >= _ASKED else str(n), told[kind], with_query("/review", {"kind": kind}))
        for kind, n in counts.most_common()
    ]
