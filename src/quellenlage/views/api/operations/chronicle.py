"""The chronicle, events, places."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from quellenlage.model import ConflictGrade, Factuality
from quellenlage.model.listing import LineOrder, LineQuestion
from quellenlage.views.api.asking import Asked, Asking, Paged, bare, first
from quellenlage.views.api.fields import (
    ArticleRef,
    Day,
    EventId,
    EventType,
    Name,
    OriginRef,
    StoryRef,
    Words,
    first_day,
    last_day,
)
from quellenlage.views.api.freshness import by_stand
from quellenlage.views.api.models.events import Chronicle, Event, EventTree
from quellenlage.views.api.models.things import Places
from quellenlage.views.api.telling import cite_all, full_event, line_records
from quellenlage.views.records import Record
from quellenlage.views.resting import event_tree, event_tree_record
from quellenlage.views.shelves import holdings_of_events

router = APIRouter(tags=["Chronicle"], dependencies=[Depends(by_stand)])

_MOST = 50  # values of one filter


class LineFilters(Paged):
    """Of several values of one filter any will do; of several filters all must hold."""

    story: list[StoryRef] = Field(default=[], max_length=_MOST)
    entity: list[Name] = Field(default=[], max_length=_MOST, description="who or what takes part in any way")
    actor: list[Name] = Field(default=[], max_length=_MOST, description="who does it")
    recipient: list[Name] = Field(default=[], max_length=_MOST, description="who undergoes it")
    place: list[Name] = Field(default=[], max_length=_MOST, description="where it happens")
    type: list[EventType] = Field(default=[], max_length=_MOST)
    factuality: list[Factuality] = Field(default=[], max_length=_MOST)
    since: Day | None = Field(default=None, alias="from", description="not before this day, month or year")
    until: Day | None = Field(default=None, alias="to", description="not after this day, month or year")
    dated: bool | None = Field(default=None, description="with or without a day")
    origin: list[OriginRef] = Field(default=[], max_length=_MOST, description="who first obtained an account")
    outlet: list[Name] = Field(default=[], max_length=_MOST, description="names of outlets as citations have them")
    article: list[ArticleRef] = Field(default=[], max_length=_MOST)
    min_origins: int = Field(default=0, ge=0, le=1000, description="independent origins at least")
    max_origins: int | None = Field(default=None, ge=0, le=1000, description="independent origins at most")
    min_informants: int = Field(default=0, ge=0, le=1000, description="informants at least")
    max_informants: int | None = Field(default=None, ge=0, le=1000, description="informants at most")
    only_reprints: bool = Field(default=False, description="told by several articles that all print one report")
    min_importance: float = Field(default=0.0, ge=0, le=1e6, allow_inf_nan=False)
    grade: list[ConflictGrade] = Field(default=[], max_length=_MOST, description="of the worst open conflict")
    conflicting: bool | None = Field(default=None, description="with or without an open conflict")
    revised: bool | None = Field(default=None, description="corrected or withdrawn later, or not")
    q: Words = Field(default="", description='words of the sentences, "a phrase" or begin*')

    def question(self, asked: Asking) -> LineQuestion:
        """What the archive is asked. Raises NotFound for a name that nobody bears."""
        return LineQuestion(
            stories=asked.now(self.story),
            entities=asked.entities(self.entity),
            actors=asked.entities(self.actor),
            recipients=asked.entities(self.recipient),
            places=asked.entities(self.place),
            types=tuple(self.type),
            factualities=tuple(self.factuality),
            first=first_day(self.since),
            last=last_day(self.until),
            dated=self.dated,
            origins=asked.now(self.origin),
            outlets=tuple(self.outlet),
            articles=tuple(self.article),
            min_origins=self.min_origins,
            max_origins=self.max_origins,
            min_informants=self.min_informants,
            max_informants=self.max_informants,
            only_reprints=self.only_reprints,
            min_importance=self.min_importance,
            grades=tuple(self.grade),
            conflicting=self.conflicting,
            revised=self.revised,
            words=self.q,
        )


class ChronicleQuery(LineFilters):
    """What part of the chronicle, in which order."""

    order: LineOrder = Field(default="time", description="undated ones stand at the end of either order of time")
    accounts: int = Field(default=20, ge=1, le=500, description="accounts of each event at most")


@router.get("/chronicle", response_model=Chronicle)
def chronicle(asked: Asked, query: Annotated[ChronicleQuery, Query()]) -> Record:
    """List the lines of the chronicle: what happened when, each with the sentence it rests on.

    What did not simply happen is marked by `factuality`: planned, alleged, denied or hypothetical.
    """
    page = asked.archive.lines(query.question(asked), offset=query.offset, limit=query.limit, order=query.order)
    events = [line.event for line in page.items]
    holdings = holdings_of_events(asked.archive, events)
    return asked.part(query, line_records(asked.archive, holdings, events, query.accounts), page.total, more=page.more)


@router.get("/events/{event}", response_model=Event, dependencies=[Depends(bare)])
def read_event(asked: Asked, event: EventId) -> Record:
    """Read an event with every account of it, by its identifier or that of one of its tellings."""
    now = asked.present(event)
    holdings = holdings_of_events(asked.archive, [now])
    found = first((one for one in holdings.linked.events if one.id == now), event)
    return full_event(asked.archive, found, holdings)


@router.get("/events/{event}/tree", response_model=EventTree, dependencies=[Depends(bare)])
def read_event_tree(asked: Asked, event: EventId) -> Record:
    """Read who rests on whom for an event: words, origins, prints, copied passages, numbers."""
    now = asked.present(event)
    holdings = holdings_of_events(asked.archive, [now], whole=True)
    found = first((one for one in holdings.linked.events if one.id == now), event)
    tree = event_tree(found, holdings)
    cite_all(asked.archive, holdings, (account.evidence.article for account in found.accounts))
    return event_tree_record(tree, holdings)


@router.get("/places", response_model=Places)
def places(asked: Asked, query: Annotated[LineFilters, Query()]) -> Record:
    """List the places of the lines that are asked for, with coordinates where they are known.

    Places without a pin have their state alone; `offset` is not used here.
    """
    found = asked.archive.places(query.question(asked), query.limit)
    items = [
        {
            "record": "place",
            "entity": card.entity,
            "name": card.name,
            "kind": card.kind.value,
            "lat": card.lat,
            "lon": card.lon,
            "radius_km": card.radius_km,
            "precision": card.precision,
            "state": list(card.state),
            "events": card.events,
        }
        for card in found
    ]
    return {"total": len(items), "items": items}
