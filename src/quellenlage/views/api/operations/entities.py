"""Entities: people, bodies, places, with their claims, positions and events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from quellenlage.execution.reading import is_about
from quellenlage.model import EntityKind, Event, Linked, Statement
from quellenlage.model.listing import (
    ClaimOrder,
    ClaimQuestion,
    EntityOrder,
    EntityQuestion,
    LineOrder,
    LineQuestion,
    Wanted,
)
from quellenlage.story.positions import Position, positions
from quellenlage.views.api.asking import CUT, Asked, Asking, Paged, bare, unknown
from quellenlage.views.api.fields import EntityId, Words
from quellenlage.views.api.freshness import by_stand
from quellenlage.views.api.models.events import EventList
from quellenlage.views.api.models.said import Claims, Positions
from quellenlage.views.api.models.things import Entities, Entity
from quellenlage.views.api.telling import cite_all, entity_item, event_records
from quellenlage.views.records import Record, claim_record, entity_record, position_record
from quellenlage.views.shelves import holdings_of_claims, holdings_of_entity, holdings_of_events

router = APIRouter(tags=["Entities"], dependencies=[Depends(by_stand)])

_LOOKED = 500
"""Claims of a speaker among which positions are looked for."""


class EntityQuery(Paged):
    """Which entities."""

    q: Words = Field(default="", description="words of a name or spelling; all must fit")
    prefix: bool = Field(default=False, description="the last word may be the beginning of one")
    kind: list[EntityKind] = Field(default=[], max_length=20)
    min_articles: int = Field(default=0, ge=0, le=1_000_000)
    min_events: int = Field(default=0, ge=0, le=1_000_000)
    order: EntityOrder = "articles"


class ClaimPart(Paged):
    """Which claims of somebody."""

    about: Words = Field(default="", description="words that stand in the sentence")
    order: ClaimOrder = "time"


class PositionPart(Paged):
    """Which positions of somebody."""

    about: Words = Field(default="", description="words that stand in the sentence")


class EventPart(Paged):
    """Which events of somebody."""

    order: LineOrder = "time"
    accounts: int = Field(default=20, ge=1, le=500, description="accounts of each event at most")


@router.get("/entities", response_model=Entities)
def entities(asked: Asked, query: Annotated[EntityQuery, Query()]) -> Record:
    """List people, bodies and places, or find them by a name in any spelling."""
    question = EntityQuestion(
        words=query.q,
        prefix=query.prefix,
        kinds=tuple(query.kind),
        min_articles=query.min_articles,
        min_events=query.min_events,
    )
    page = asked.archive.entities(question, offset=query.offset, limit=query.limit, order=query.order)
    return asked.part(query, [entity_item(card) for card in page.items], page.total, more=page.more)


@router.get("/entities/{entity}", response_model=Entity, dependencies=[Depends(bare)])
def read_entity(asked: Asked, entity: EntityId) -> Record:
    """Read an entity: spellings, offices with the words that give them, what it may be the same as."""
    now = _known(asked, entity)
    archive = asked.archive
    whole = archive.parts_of([now]).entities
    if not whole:
        raise unknown(entity)
    card = archive.entities_by_id([now])[now]
    holdings = holdings_of_entity(archive, now, events=(), claims=())
    cite_all(archive, holdings, (office.evidence.article for office in whole[0].offices))
    told = archive.lines(LineQuestion(entities=(now,), all=True), limit=CUT)
    said = archive.claims(ClaimQuestion(voices=(now,)), limit=CUT)
    record = entity_record(whole[0], holdings)
    return {
        **record,
        **entity_item(card),
        "articles": record["articles"][:CUT],
        "events": [line.event for line in told.items],
        "claims": [one.key for one in said.items],
    }


@router.get("/entities/{entity}/claims", response_model=Claims)
def claims_of_entity(asked: Asked, entity: EntityId, query: Annotated[ClaimPart, Query()]) -> Record:
    """List the claims in whose chain an entity stands: its own words and what it passed on."""
    now = _known(asked, entity)
    question = ClaimQuestion(voices=(now,), about=query.about)
    page = asked.archive.claims(question, offset=query.offset, limit=query.limit, order=query.order)
    holdings = holdings_of_claims(asked.archive, [card.key for card in page.items])
    known = {claim.key: claim for claim in holdings.claims}
    items = [claim_record(known[card.key], holdings) for card in page.items if card.key in known]
    return asked.part(query, items, page.total, more=page.more)


@router.get("/entities/{entity}/events", response_model=EventList)
def events_of_entity(asked: Asked, entity: EntityId, query: Annotated[EventPart, Query()]) -> Record:
    """List the events that an entity does, undergoes or is the place of."""
    now = _known(asked, entity)
    question = LineQuestion(entities=(now,), all=True)
    page = asked.archive.lines(question, offset=query.offset, limit=query.limit, order=query.order)
    events = [line.event for line in page.items]
    holdings = holdings_of_events(asked.archive, events)
    return asked.part(query, event_records(asked.archive, holdings, events, query.accounts), page.total, more=page.more)


@router.get("/entities/{entity}/positions", response_model=Positions)
def positions_of_entity(asked: Asked, entity: EntityId, query: Annotated[PositionPart, Query()]) -> Record:
    """List what a speaker said in the course of time, each time with the earlier words that it differs from.

    Of somebody with more than 500 claims the newest 500 are looked at; `total_is_exact` is false then.
    """
    now = _known(asked, entity)
    found, more = _positions(asked, now, query.about)
    part = found[query.offset : query.offset + query.limit]
    retold = [r for one in part for r in (one.retelling, *(change.before for change in one.changes))]
    holdings = holdings_of_claims(asked.archive, list(dict.fromkeys(r.claim for r in retold)))
    cite_all(asked.archive, holdings, (e.article for r in retold for e in r.evidence))
    return asked.part(query, [position_record(one, holdings) for one in part], len(found), more=more)


def _known(asked: Asking, entity: str) -> str:
    """The identifier of an entity that there is. Raises Moved, NotFound."""
    now = asked.present(entity)
    if now not in asked.archive.entities_by_id([now]):
        raise unknown(entity)
    return now


def _positions(asked: Asking, speaker: str, about: str) -> tuple[list[Position], bool]:
    """All that a speaker said, in time, and whether there is more than was looked at."""
    archive = asked.archive
    listed = archive.claims(ClaimQuestion(speakers=(speaker,)), limit=_LOOKED, order="-time")
    keys = [card.key for card in listed.items]
    statements = archive.portion(Wanted(claims=keys)).linked.statements
    events = archive.parts_of(archive.events_in(dict.fromkeys(card.article for card in listed.items))).events
    wanted = _about(asked, statements, about) if about.strip() else None
    said = Linked(statements=statements, events=_told_by(events, statements))
    found = positions(said, frozenset({speaker}), about=wanted.__contains__ if wanted is not None else None)
    return list(found), listed.total > len(keys)


def _told_by(events: Sequence[Event], statements: Sequence[Statement]) -> tuple[Event, ...]:
    """Events that are told on the word of these statements."""
    keys = {retelling.claim for one in statements for retelling in one.retellings}
    return tuple(event for event in events if any(account.claim in keys for account in event.accounts))


def _about(asked: Asking, statements: Sequence[Statement], words: str) -> frozenset[str]:
    """Keys of claims in whose sentences the words stand."""
    keys = [retelling.claim for one in statements for retelling in one.retellings]
    holdings = holdings_of_claims(asked.archive, keys)
    return frozenset(claim.key for claim in holdings.claims if is_about(claim.sentence.exact, words))
