"""Conflicts, stories, sources."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from quellenlage.execution.pointing import conflict_of
from quellenlage.model import ConflictGrade, ConflictKind
from quellenlage.model.listing import ConflictOrder, ConflictQuestion, LineQuestion
from quellenlage.views.api.asking import CUT, Asked, Paged, bare, first, unknown
from quellenlage.views.api.fields import (
    ConflictId,
    Day,
    EventRef,
    Name,
    OriginId,
    StoryId,
    StoryRef,
    Words,
    first_day,
    last_day,
)
from quellenlage.views.api.freshness import by_stand
from quellenlage.views.api.models.things import Conflict, Conflicts, Source, Sources, Stories, Story
from quellenlage.views.api.telling import source_item, story_item
from quellenlage.views.records import Record, conflict_record, origin_record, story_record
from quellenlage.views.shelves import holdings_of_articles, holdings_of_conflicts

conflicts_router = APIRouter(tags=["Conflicts"], dependencies=[Depends(by_stand)])
stories_router = APIRouter(tags=["Stories"], dependencies=[Depends(by_stand)])
sources_router = APIRouter(tags=["Sources"], dependencies=[Depends(by_stand)])

_MOST = 50


class ConflictQuery(Paged):
    """Which conflicts."""

    kind: list[ConflictKind] = Field(default=[], max_length=_MOST)
    grade: list[ConflictGrade] = Field(default=[], max_length=_MOST)
    settled: bool | None = Field(default=None, description="settled by a person, or not")
    since: Day | None = Field(default=None, alias="from", description="the event was not before")
    until: Day | None = Field(default=None, alias="to", description="the event was not after")
    story: list[StoryRef] = Field(default=[], max_length=_MOST)
    entity: list[Name] = Field(default=[], max_length=_MOST, description="who or what takes part in the event")
    event: list[EventRef] = Field(default=[], max_length=_MOST)
    order: ConflictOrder = "grade"


class NamedPart(Paged):
    """Which of them by words."""

    q: Words = Field(default="", description="words that stand in the name or title")


@conflicts_router.get("/conflicts", response_model=Conflicts)
def conflicts(asked: Asked, query: Annotated[ConflictQuery, Query()]) -> Record:
    """List accounts that cannot both hold, side by side; they are never resolved by the program."""
    question = ConflictQuestion(
        kinds=tuple(query.kind),
        grades=tuple(query.grade),
        settled=query.settled,
        first=first_day(query.since),
        last=last_day(query.until),
        stories=asked.now(query.story),
        entities=asked.entities(query.entity),
        events=asked.now(query.event),
    )
    page = asked.archive.conflicts(question, offset=query.offset, limit=query.limit, order=query.order)
    holdings = holdings_of_conflicts(asked.archive, [card.id for card in page.items])
    known = {conflict.id: conflict for conflict in holdings.linked.conflicts}
    items = [conflict_record(known[card.id], holdings) for card in page.items if card.id in known]
    return asked.part(query, items, page.total, more=page.more)


@conflicts_router.get("/conflicts/{conflict}", response_model=Conflict, dependencies=[Depends(bare)])
def read_conflict(asked: Asked, conflict: ConflictId) -> Record:
    """Read a conflict with all its sides."""
    now = asked.present(conflict)
    if conflict_of(asked.archive, now) is None:
        raise unknown(conflict)
    holdings = holdings_of_conflicts(asked.archive, [now])
    return conflict_record(first((one for one in holdings.linked.conflicts if one.id == now), conflict), holdings)


@stories_router.get("/stories", response_model=Stories)
def stories(asked: Asked, query: Annotated[NamedPart, Query()]) -> Record:
    """List stories, those of most articles first."""
    page = asked.archive.story_cards(query.q, offset=query.offset, limit=query.limit)
    return asked.part(query, [story_item(card) for card in page.items], page.total, more=page.more)


@stories_router.get("/stories/{story}", response_model=Story, dependencies=[Depends(bare)])
def read_story(asked: Asked, story: StoryId) -> Record:
    """Read a story: its articles, and why each belongs to it."""
    now = asked.present(story)
    found = first(asked.archive.parts_of([now]).stories, story)
    holdings = holdings_of_articles(asked.archive, found.articles[:CUT])
    record = story_record(found, holdings)
    cut = {name: record[name][:CUT] for name in ("articles", "why", "events")}
    return {**record, **cut, **story_item(asked.archive.stories_by_id([now])[now])}


@sources_router.get("/sources", response_model=Sources)
def sources(asked: Asked, query: Annotated[NamedPart, Query()]) -> Record:
    """List origins: who first obtained accounts, and how many articles rest on them."""
    page = asked.archive.origins(query.q, offset=query.offset, limit=query.limit)
    return asked.part(query, [source_item(card) for card in page.items], page.total, more=page.more)


@sources_router.get("/sources/{origin}", response_model=Source, dependencies=[Depends(bare)])
def read_source(asked: Asked, origin: OriginId) -> Record:
    """Read an origin with the articles that are its own or print it, and those that tell something on its word."""
    now = asked.present(origin)
    archive = asked.archive
    found = first(archive.parts_of([now]).origins, origin)
    holdings = holdings_of_articles(archive, {*found.articles[:CUT], *found.relayed[:CUT]})
    record = origin_record(found, holdings)
    told = archive.lines(LineQuestion(origins=(now,), all=True), limit=1).total
    return {
        **record,
        "articles": record["articles"][:CUT],
        "reprints": record["reprints"][:CUT],
        "relayed": record["relayed"][:CUT],
        "counts": {
            "articles": len(found.articles),
            "events": told,
            "reprints": len(found.reprints),
            "relayed": len(found.relayed),
        },
    }
