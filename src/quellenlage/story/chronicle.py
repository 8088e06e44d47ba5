"""The events of a story in time, each with how much it weighs among the others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from quellenlage.model import ChronicleEntry, Event, Factuality, Linked, Story
from quellenlage.model.filed import lent
from quellenlage.story.glance import Glance

LATER = 7
"""Days after an event from which an article that tells it comes back to it."""

_UNSURE = 0.7
"""What an event weighs that is not told as having happened."""


def chronicle(glances: Mapping[str, Glance], linked: Linked, stories: Sequence[Story]) -> Iterator[ChronicleEntry]:
    """Order events in time, story by story; the undated stand where their first report stands.

    An event has one line, in the story of its first report; `also` names the others that tell it. It needs a
    participant or a place, and one mention that is not doubtful; the rest stays in the archive.
    """
    story_of = {article: story.id for story in stories if not story.made for article in story.articles}
    telling: dict[str, list[str]] = {}
    for story in stories:
        for one in story.events:
            telling.setdefault(one, []).append(story.id)
    own: dict[str, list[Event]] = {}
    for event in lent(linked.events):
        own.setdefault(story_of[event.accounts[0].member.article], []).append(event)
    for story in stories:
        told = [event for event in own.get(story.id, ()) if _worth_a_line(event, glances)]
        told.sort(key=lambda event: (_when(event, glances), event.id))
        for position, event in enumerate(told):
            also = tuple(other for other in telling.get(event.id, ()) if other != story.id)
            yield _entry(event, story.id, position, also, glances)


def importance(event: Event, later: int) -> float:
    """Weight of an event: 2·log2(1 + origins) + log2(1 + articles) + log2(1 + accounts)/2 + log2(1 + later).

    `later` counts the articles that come back to it; what is not told as having happened weighs less (times 0.7).
    """
    articles = len({account.member.article for account in event.accounts})
    weight = 2 * math.log2(1 + len(event.corroboration.origins)) + math.log2(1 + articles)
    weight += math.log2(1 + len(event.accounts)) / 2 + math.log2(1 + later)
    sure = event.factuality in {Factuality.HAPPENED, Factuality.ONGOING}
    return round(weight if sure else _UNSURE * weight, 3)


def _worth_a_line(event: Event, articles: Mapping[str, Glance]) -> bool:
    told = event.actors or event.recipients or event.place or event.correction("place")
    if not told or event.factuality is Factuality.HYPOTHETICAL:
        return False
    return any(one.member.local not in articles[one.member.article].doubtful for one in event.accounts)


def _when(event: Event, articles: Mapping[str, Glance]) -> tuple[int, int]:
    """Middle of the days in question, narrower intervals first; of an undated event, its first report."""
    if event.interval:
        first, last = event.interval.earliest.toordinal(), event.interval.latest.toordinal()
        return ((first + last) // 2, last - first)
    return (_first_report(event, articles), date.max.toordinal())


def _first_report(event: Event, articles: Mapping[str, Glance]) -> int:
    reports = [articles[account.member.article].latest for account in event.accounts]
    return min((day.toordinal() for day in reports if day), default=date.max.toordinal())


def _later(event: Event, articles: Mapping[str, Glance]) -> int:
    """How many articles come back to an event more than a week after it, or after the first report of it."""
    end = event.latest.toordinal() if event.latest else _first_report(event, articles)
    told = {account.member.article for account in event.accounts}
    days = (articles[article].earliest for article in told)
    return sum(1 for day in days if day and day.toordinal() > end + LATER)


def _entry(
    event: Event, story: str, position: int, also: tuple[str, ...], articles: Mapping[str, Glance]
) -> ChronicleEntry:
    best = min(
        enumerate(event.accounts),
        key=lambda numbered: (
            numbered[1].reprint_of is not None,
            numbered[1].factuality is not event.factuality,
            articles[numbered[1].member.article].in_headline(numbered[1].evidence.start),
            -(numbered[1].place is not None) - (numbered[1].time is not None) - bool(numbered[1].figures),
            numbered[0],
        ),
    )[1]
    later = _later(event, articles)
    return ChronicleEntry(
        event=event.id,
        story=story,
        position=position,
        evidence=best.evidence,
        event_type=event.event_type,
        factuality=event.factuality,
        time=event.time,
        earliest=event.earliest,
        latest=event.latest,
        importance=importance(event, later),
        later=later,
        also=also,
    )
