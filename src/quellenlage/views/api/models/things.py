"""Entities, conflicts, stories, sources, places."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from quellenlage.model import ConflictGrade, ConflictKind, EntityKind, OriginKind
from quellenlage.views.api.models.base import Answer, Chain, Citation, Evidence, Listed, Named

CUT = "the first thousand; `counts` says how many there are"


class EntityCounts(Answer):
    """In how many articles, events and claims (its own words) it occurs."""

    articles: int
    events: int
    claims: int


class EntityItem(Named):
    """An entity in a list."""

    record: Literal["entity"]
    kind: EntityKind
    counts: EntityCounts


class Entities(Listed[EntityItem]):
    """Entities, those that most articles name first unless asked otherwise."""


class Office(Answer):
    """An office as an article gives it."""

    text: str
    earliest: str | None
    latest: str | None
    evidence: Evidence


class EntityPlace(Answer):
    """Where an entity is; coordinates are decimal degrees, null where only the state is known."""

    key: str
    name: str
    state: list[str]
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str | None
    score: float
    articles: int


class Perhaps(Named):
    """What may be the same, undecided."""

    score: float
    reasons: list[str]


class Entity(EntityItem):
    """One person, body or place: spellings, offices, what it takes part in."""

    spellings: list[str]
    offices: list[Office]
    articles: list[str] = Field(description=CUT)
    events: list[str] = Field(description=CUT)
    claims: list[str] = Field(description=CUT)
    reasons: list[str]
    forms: dict[str, int] = Field(description="how often the articles write which form of the name")
    place: EntityPlace | None
    perhaps: list[Perhaps]


class Side(Answer):
    """One side of a conflict."""

    value: str
    chain: Chain
    origin: Named | None
    evidence: Evidence


class Conflict(Answer):
    """Accounts of one event that cannot both hold, never resolved by the program."""

    record: Literal["conflict"]
    id: str
    event: str
    kind: ConflictKind
    about: str
    grade: ConflictGrade
    reasons: list[str]
    settled: str | None = Field(description="why a person settled it")
    sides: list[Side]


class Conflicts(Listed[Conflict]):
    """Conflicts, the most serious first unless asked otherwise."""


class Belonging(Answer):
    """Why an article belongs to a story."""

    article: str
    score: float
    reasons: list[str]


class StoryCounts(Answer):
    """How many articles and lines of the chronicle a story has."""

    articles: int
    lines: int


class StoryItem(Answer):
    """A story in a list, with the days between which its lines lie."""

    record: Literal["story"]
    id: str
    title: str
    made: bool = Field(description="a person made it")
    earliest: str | None
    latest: str | None
    counts: StoryCounts


class Stories(Listed[StoryItem]):
    """Stories, those of most articles first."""


class Story(StoryItem):
    """A story with its articles and why each belongs to it."""

    articles: list[Citation] = Field(description=CUT)
    why: list[Belonging] = Field(description=CUT)
    related: list[str]
    events: list[str] = Field(description=CUT)


class SourceCounts(Answer):
    """Articles of an origin: its own and prints, of them reprints; who tells on its word; its events."""

    articles: int
    events: int
    reprints: int
    relayed: int


class SourceItem(Named):
    """An origin in a list: who first obtained accounts."""

    record: Literal["origin"]
    kind: OriginKind
    counts: SourceCounts


class Sources(Listed[SourceItem]):
    """Origins, those of most articles first."""


class Source(SourceItem):
    """An origin with the articles that rest on it."""

    articles: list[Citation] = Field(description=CUT)
    reprints: list[str] = Field(description="those of the articles that reprint it")
    relayed: list[Citation] = Field(description="articles that tell something on its word")


class Place(Answer):
    """A place of events; coordinates are decimal degrees, null where only the state is known."""

    record: Literal["place"]
    entity: str
    name: str
    kind: EntityKind
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str | None
    state: list[str]
    events: int


class Places(Answer):
    """Places of the lines that were asked for, those of most first, so many at most as were asked for."""

    total: int = Field(ge=0)
    items: list[Place]
