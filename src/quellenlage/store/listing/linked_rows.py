"""Rows that follow from what spans articles: events with their lines and parties, entities, origins, stories."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Table

from quellenlage.model import (
    ChronicleEntry,
    Conflict,
    ConflictGrade,
    Doubt,
    Entity,
    EntityKind,
    Event,
    Origin,
    Story,
    fold,
    to_json,
)
from quellenlage.store.listing import tables
from quellenlage.store.listing.article_rows import ordinal
from quellenlage.store.listing.spelled import keys_of

Row = dict[str, Any]
Placed = tuple[Table, Row]

GRADES = {ConflictGrade.PRECISION: 1, ConflictGrade.TENSION: 2, ConflictGrade.CONTRADICTION: 3}

KEPT = 200
"""Spellings and offices of an entity that its card keeps."""

_LIVING = frozenset({EntityKind.PER})


@dataclass(frozen=True, slots=True)
class Told:
    """What of events is told elsewhere: lines with their positions, conflicts, outlets of articles, rejections."""

    lines: Mapping[str, tuple[int, ChronicleEntry]] = field(default_factory=dict)
    conflicts: Mapping[str, list[Conflict]] = field(default_factory=dict)
    outlets: Mapping[str, str | None] = field(default_factory=dict)
    rejected: Collection[str] = frozenset()
    keys: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Keys of tellings of events, as far as any is rejected: by article and local identifier."""


def event_rows(event: Event, told: Told) -> Iterator[Placed]:
    """Rows of an event with its conflicts."""
    position, entry = told.lines.get(event.id, (None, None))
    conflicts = told.conflicts.get(event.id, [])
    hidden = int(_hidden(event, told))
    borne = event.corroboration
    day, last = ordinal(event.earliest), ordinal(event.latest)
    story = entry.story if entry else ""
    articles = dict.fromkeys(account.member.article for account in event.accounts)
    timed = {
        "day": day,
        "last": last,
        "month": month(event.earliest),
        "width": width(event.earliest, event.latest),
        "event_type": event.event_type,
        "factuality": str(event.factuality),
    }
    yield (
        tables.event_cards,
        {
            "event": event.id,
            "line": position,
            "story": story,
            **timed,
            "place": event.place,
            "importance": entry.importance if entry else 0.0,
            "articles": len(articles),
            "origins": len(borne.origins),
            "informants": len(borne.informants),
            "reprints": borne.reprints,
            "grade": max((GRADES[c.grade] for c in conflicts if not c.settled), default=0),
            "settled": int(bool(conflicts) and all(c.settled for c in conflicts)),
            "revised": str(event.revised) if event.revised else None,
            "hidden": hidden,
        },
    )
    told_of = {
        "event": event.id,
        "line": tables.HIDDEN if hidden else tables.NO_LINE if position is None else position,
        **timed,
    }
    place = {event.place} if event.place else set()
    for entity in sorted({*event.actors, *event.recipients, *place}):
        roles = {"actor": event.actors, "recipient": event.recipients, "place": place}
        taken = {role: int(entity in those) for role, those in roles.items()}
        yield tables.event_parties, {"entity": entity, **taken, **told_of}
    for one in dict.fromkeys((entry.story, *entry.also) if entry else ()):
        yield tables.event_stories, {"story": one, **told_of}
    sources = {("origin", account.origin) for account in event.accounts}
    sources |= {("outlet", outlet) for article in articles if (outlet := told.outlets.get(article))}
    for kind, who in sorted(sources):
        yield tables.event_sources, {"kind": kind, "who": who, **told_of}
    for conflict in conflicts:
        yield (
            tables.conflict_cards,
            {
                "id": conflict.id,
                "event": event.id,
                "kind": str(conflict.kind),
                "grade": GRADES[conflict.grade],
                "settled": int(bool(conflict.settled)),
                "day": day,
                "last": last,
                "story": story,
                "hidden": hidden,
            },
        )


def month(day: date | None) -> int:
    """The month of a day, counted from the year 0 on."""
    return 12 * day.year + day.month - 1 if day else tables.UNDATED


def width(earliest: date | None, latest: date | None) -> int:
    """How precise days are: 0 a day, 1 within a month, 2 within a year, 3 wider, 4 not known."""
    if earliest is None or latest is None:
        return 4
    if earliest == latest:
        return 0
    if earliest.year != latest.year:
        return 3
    return 1 if earliest.month == latest.month else 2


def _hidden(event: Event, told: Told) -> bool:
    """Whether people rejected every telling, or the claim on which it rests."""
    if not told.rejected:
        return False
    return all(
        account.claim in told.rejected or told.keys.get((a.article, a.local)) in told.rejected
        for account in event.accounts
        for a in (account.member,)
    )


def entity_rows(entity: Entity) -> Iterator[Placed]:
    """Rows of an entity and its names."""
    words = entity.name.split()
    articles = len({m.article for m in entity.members})
    place = entity.place
    yield (
        tables.entity_cards,
        {
            "entity": entity.id,
            "kind": str(entity.kind),
            "name": entity.name,
            "folded": fold(entity.name),
            "surname": words[-1] if entity.kind in _LIVING and len(words) > 1 else None,
            "articles": articles,
            "events": 0,
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            "radius_km": place.radius_km if place else None,
            "precision": place.precision if place else None,
            "states": " ".join(place.state) if place else None,
            "card": to_json(card(entity)).decode(),
        },
    )
    names = {folded for spelling in (entity.name, *entity.spellings) if (folded := fold(spelling))}
    for folded in sorted(names):
        yield tables.entity_names, {"folded": folded, "entity": entity.id}
    for word in sorted({word for folded in names for word in folded.split()}):
        yield tables.entity_words, {"word": word, "entity": entity.id}
    for key in sorted(keys_of(entity.kind, (entity.name, *entity.spellings))):
        known = {"kind": str(entity.kind), "articles": articles}
        yield tables.entity_keys, {"key": key, "entity": entity.id, **known}


def card(entity: Entity) -> Entity:
    """The entity with what is read of it in passing: its name, its first member, its spellings and offices."""
    return replace(
        entity,
        members=entity.members[:1],
        spellings=entity.spellings[:KEPT],
        offices=entity.offices[:KEPT],
        evidence=entity.evidence[:1],
        reasons=(),
    )


def origin_rows(origin: Origin) -> Iterator[Placed]:
    """Rows of an origin and its articles."""
    own, reprints, relayed = (dict.fromkeys(listed) for listed in (origin.articles, origin.reprints, origin.relayed))
    yield (
        tables.origin_cards,
        {
            "origin": origin.id,
            "kind": str(origin.kind),
            "name": origin.name,
            "articles": len(own),
            "reprints": len(reprints),
            "relayed": len(relayed),
        },
    )
    for role, listed in (("own", own), ("reprint", reprints), ("relay", relayed)):
        for article in listed:
            yield tables.origin_articles, {"origin": origin.id, "role": role, "article": article}


def story_rows(story: Story) -> Iterator[Placed]:
    """Rows of a story and its articles."""
    articles = dict.fromkeys(story.articles)
    yield (
        tables.story_cards,
        {
            "story": story.id,
            "title": story.title,
            "folded": fold(story.title),
            "made": int(story.made),
            "articles": len(articles),
        },
    )
    for article in articles:
        yield tables.story_articles, {"story": story.id, "article": article}


def doubt_rows(doubts: Iterable[tuple[int, Doubt]], aliases: Mapping[str, str]) -> Iterator[Placed]:
    """Rows of doubts, given with their positions."""
    for position, doubt in doubts:
        for entity in dict.fromkeys(aliases.get(one, one) for one in (doubt.one, doubt.other)):
            yield tables.doubt_cards, {"entity": entity, "position": position}
