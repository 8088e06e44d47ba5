"""What the chronicle leaves open: announced and never reported as done, and long stretches in which nothing is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from quellenlage.model import Archive, Event, Factuality, Linked, Story
from quellenlage.model.listing import ArticleQuestion, LineQuestion, Stretch
from quellenlage.story.gaps import SILENCE, find_gaps
from quellenlage.views.locale import Words
from quellenlage.views.web.shown.chronicle_asked import Filters
from quellenlage.views.web.shown.chronicle_listed import shown_lines
from quellenlage.views.web.shown.lines import ShownLine
from quellenlage.views.web.shown.timeline_kept import gaps
from quellenlage.views.wording.dates import day_words, span_words

ASKED = 20
"""Announcements, the latest first, of which it is asked whether they were reported as done."""

_RELATED = 40
"""Later events with the same participants that are looked at for each of them."""

_DONE = (Factuality.HAPPENED, Factuality.ONGOING, Factuality.DENIED)


@dataclass(frozen=True, slots=True)
class Announced:
    """Something announced for a day that is past; `told` says until when nothing was reported."""

    line: ShownLine
    told: str


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch without any line: its length and days in words, and the address that shows what is around it."""

    told: str
    days: str
    perhaps: int
    href: str


@dataclass(frozen=True, slots=True)
class Open:
    """What is open; `looked` of `planned` announcements were looked at."""

    announced: list[Announced]
    silences: list[Silence]
    looked: int
    planned: int


def open_ends(archive: Archive, filters: Filters, words: Words) -> Open:
    """What is open among the lines that are asked for."""
    question = filters.question
    kinds = question.factualities
    announced, looked, planned = ([], 0, 0)
    if not kinds or Factuality.PLANNED in kinds:
        found = archive.lines(replace(question, factualities=(Factuality.PLANNED,)), limit=ASKED, order="-time")
        announced = _announced(archive, [line.event for line in found.items], words)
        looked, planned = len(found.items), found.total
    silent = sorted(gaps(archive, question, SILENCE), key=lambda one: (-one.days, one.since))
    return Open(announced, [_silence(gap, filters, words) for gap in silent[:20]], looked, planned)


def _silence(gap: Stretch, filters: Filters, words: Words) -> Silence:
    margin = timedelta(days=max(7, gap.days // 8))
    days = words(
        "gaps.silence",
        days=span_words(gap.days, words),
        first=day_words(gap.since, words),
        last=day_words(gap.until, words),
    )
    around = {"from": (gap.since - margin).isoformat(), "to": (gap.until + margin).isoformat()}
    return Silence(span_words(gap.days, words), days, gap.perhaps, filters.address(**around))


def newest_day(archive: Archive) -> date | None:
    """The first day on which the newest article can have been published."""
    cards = archive.articles(ArticleQuestion(dated=True), limit=1).items
    return cards[0].earliest if cards else None


def _announced(archive: Archive, planned: Sequence[str], words: Words) -> list[Announced]:
    newest = newest_day(archive)
    if newest is None or not planned:
        return []
    events = {event.id: event for event in archive.parts_of(planned).events}
    later = archive.parts_of(_later(archive, list(events.values()))).events
    told = [*events.values(), *(event for event in later if event.id not in events)]
    cards = archive.citations({account.member.article for event in told for account in event.accounts})
    published = {one.article: (one.earliest, one.latest) for one in cards if one.earliest and one.latest}
    story = Story("sty-open", "", ("",), tuple(events), made=True)
    entries = tuple(replace(entry, story=story.id) for entry in archive.lines_of(list(events)))
    linked = Linked(events=tuple(told), stories=(story,), chronicle=entries)
    due = {gap.event: gap for gap in find_gaps(linked, {**published, "": (newest, newest)}) if gap.event}
    known = archive.lines_by_event(list(due))
    shown = shown_lines(archive, [known[event] for event in planned if event in due], words)
    return [
        Announced(line, words("gaps.announced", day=day_words(due[event].until, words)))
        for event, line in shown.items()
    ]


def _later(archive: Archive, events: Sequence[Event]) -> set[str]:
    """Events of the same kind with one of the participants that are told as done, for each of these."""
    found: set[str] = set()
    for event in events:
        parties = tuple(dict.fromkeys((*event.actors, *event.recipients)))
        if parties:
            asked = LineQuestion(types=(event.event_type,), entities=parties, factualities=_DONE, all=True)
            latest = archive.lines(asked, limit=_RELATED, order="-time", counted=False).items
            found.update(line.event for line in latest)
    return found
