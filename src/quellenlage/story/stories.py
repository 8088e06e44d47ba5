"""Which articles belong to one course of events, and its events in time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from quellenlage.model import (
    ChronicleEntry,
    Document,
    Entity,
    EntityKind,
    Event,
    Factuality,
    Linked,
    Story,
    Zone,
    ZoneKind,
    content_id,
)
from quellenlage.story.places import is_state

TOGETHER = 6.0
"""Summed rarity of shared names from which two articles belong together. With the prior below, three names carried by
every article of a folder of five reach it (3 x 2.4); in an archive of 850 it takes two names of five articles each
(2 x 5.2), while two that sixty articles carry (2 x 2.7) do not."""

_PRIOR = 50
_COMMON = 100
MIN_SCORE = 0.6
"""Event mentions scored lower stay in the archive but tell no line of the chronicle."""


class _Sets:
    """Union-find with the earliest member as the representative."""

    def __init__(self, members: Iterable[int]) -> None:
        self._parent = {member: member for member in members}

    def find(self, member: int) -> int:
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, a: int, b: int) -> None:
        a, b = sorted((self.find(a), self.find(b)))
        self._parent[b] = a


def find_stories(documents: Sequence[Document], linked: Linked) -> tuple[Story, ...]:
    """Join articles that tell a common event, share text, or share several rare names."""
    place = {document.article.id: index for index, document in enumerate(documents)}
    sets = _Sets(range(len(documents)))
    for event in linked.events:
        told = [place[account.member.article] for account in event.accounts]
        for other in told[1:]:
            sets.join(told[0], other)
    for reuse in linked.reuses:
        sets.join(place[reuse.article], place[reuse.earlier])
    for (a, b), weight in _shared_names(linked.entities, place, len(documents)).items():
        if weight >= TOGETHER:
            sets.join(a, b)
    members: dict[int, list[int]] = {}
    for index in range(len(documents)):
        members.setdefault(sets.find(index), []).append(index)
    events: dict[int, list[str]] = {}
    for event in linked.events:
        events.setdefault(sets.find(place[event.accounts[0].member.article]), []).append(event.id)
    return tuple(
        Story(
            id=content_id("sty", documents[root].article.id),
            title=_title(documents, indices),
            articles=tuple(documents[index].article.id for index in indices),
            events=tuple(events.get(root, ())),
        )
        for root, indices in members.items()
    )


def _title(documents: Sequence[Document], indices: Sequence[int]) -> str:
    articles = [documents[index].article for index in indices]
    headline = next((article.headline.value for article in articles if article.headline), None)
    return headline or articles[0].source


def _shared_names(entities: Sequence[Entity], place: Mapping[str, int], articles: int) -> dict[tuple[int, int], float]:
    weights: dict[tuple[int, int], float] = {}
    for entity in entities:
        if entity.kind in {EntityKind.GRP, EntityKind.MISC} or is_state(entity.name):
            continue
        where = sorted({place[member.article] for member in entity.members})
        if not 2 <= len(where) <= _COMMON:
            continue
        rarity = math.log((articles + _PRIOR) / len(where))
        for pair in combinations(where, 2):
            weights[pair] = weights.get(pair, 0.0) + rarity
    return weights


def chronicle(documents: Sequence[Document], linked: Linked, stories: Sequence[Story]) -> tuple[ChronicleEntry, ...]:
    """Order events in time, story by story; the undated stand where their first report stands.

    An event needs a participant or a place, and one mention that is not doubtful; the others stay in the archive.
    """
    by_article = {document.article.id: document for document in documents}
    by_event = {event.id: event for event in linked.events}
    entries: list[ChronicleEntry] = []
    for story in stories:
        told = [by_event[one] for one in story.events if _worth_a_line(by_event[one], by_article)]
        told.sort(key=lambda event: (_when(event, by_article), event.id))
        entries += [_entry(event, story.id, position, by_article) for position, event in enumerate(told)]
    return tuple(entries)


def _worth_a_line(event: Event, articles: Mapping[str, Document]) -> bool:
    if not (event.actors or event.recipients or event.place) or event.factuality is Factuality.HYPOTHETICAL:
        return False
    scores = (
        mention.score
        for account in event.accounts
        for mention in articles[account.member.article].events
        if mention.id == account.member.local
    )
    return max(scores, default=0.0) >= MIN_SCORE


def _when(event: Event, articles: Mapping[str, Document]) -> tuple[int, int]:
    """Middle of the days in question, narrower intervals first; of an undated event, its first report."""
    if event.interval:
        first, last = event.interval.earliest.toordinal(), event.interval.latest.toordinal()
        return ((first + last) // 2, last - first)
    reports = [articles[account.member.article].article.dct for account in event.accounts]
    latest = min((dct.latest.toordinal() for dct in reports if dct), default=date.max.toordinal())
    return (latest, date.max.toordinal())


def _entry(event: Event, story: str, position: int, articles: Mapping[str, Document]) -> ChronicleEntry:
    best = min(
        enumerate(event.accounts),
        key=lambda numbered: (
            numbered[1].reprint_of is not None,
            numbered[1].factuality is not event.factuality,
            _in_headline(articles[numbered[1].member.article], numbered[1].evidence.start),
            -(numbered[1].place is not None) - (numbered[1].time is not None) - bool(numbered[1].figures),
            numbered[0],
        ),
    )[1]
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
    )


def _in_headline(document: Document, offset: int) -> bool:
    zone: Zone | None = document.article.zone_at(offset)
    return zone is not None and zone.kind is ZoneKind.HEADLINE
