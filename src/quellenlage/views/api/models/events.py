"""Events: lines of the chronicle, accounts, how far they are borne out, who rests on whom."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from quellenlage.model import Factuality, RevisionKind
from quellenlage.views.api.models.base import DAY, Answer, Chain, Evidence, Listed, Named


class Figure(Answer):
    """A number as a range; null where an end is open."""

    unit: str
    low: float | None
    high: float | None
    word_of: Chain
    evidence: Evidence


class Account(Answer):
    """One article's telling of an event."""

    evidence: Evidence
    factuality: Factuality
    chain: Chain
    claim: str | None = Field(description="key of the claim behind it (clm-…)")
    origin: Named
    reprint_of: str | None = Field(description="article that it was taken from")
    time: str | None = Field(description=DAY)
    place: Named | None
    figures: list[Figure]
    revised: RevisionKind | None


class Camp(Answer):
    """Voices that belong together: they do not bear each other out."""

    key: str
    name: str
    voices: list[Named]
    reasons: list[str]


class Corroboration(Answer):
    """Who bears it out: informants by their words, origins that obtained it; reprints count for neither."""

    informants: list[Named]
    origins: list[Named]
    reprints: int
    camps: list[Camp]


class Correction(Answer):
    """What a person holds to be right about an event, in place of what its articles say."""

    field: Literal["time", "place", "type"]
    value: str
    author: str
    made_at: str
    note: str
    told: list[str] = Field(description="what the accounts say instead, or the type that was read")


class Told(Answer):
    """What events and lines of the chronicle have in common."""

    event_type: str
    time: str | None = Field(description=DAY)
    earliest: str | None = Field(description="first day on which it may have been")
    latest: str | None = Field(description="last day on which it may have been")
    factuality: Factuality
    actors: list[Named]
    recipients: list[Named]
    place: Named | None
    corroboration: Corroboration
    conflicts: list[str] = Field(description="identifiers of conflicts about it (cfl-…)")
    accounts_total: int = Field(description="how many accounts there are, where `accounts` is cut")
    accounts: list[Account]
    reasons: list[str] = Field(description="why these accounts are taken for one event")
    revised: RevisionKind | None
    corrected: list[Correction] = Field(description="what people corrected; accounts tell what articles say")


class Event(Told):
    """An event with every account of it."""

    record: Literal["event"]
    id: str


class Line(Told):
    """A line of the chronicle: its event, and the sentence that tells it best."""

    record: Literal["chronicle"]
    event: str
    story: str
    position: int
    line_de: str | None = Field(description="made by grammar from the fields; null where they do not suffice")
    line_en: str | None
    importance: float
    later: int
    also: list[str] = Field(description="stories that people made and that have it, too")
    evidence: Evidence


class Chronicle(Listed[Line]):
    """Lines of the chronicle."""


class EventList(Listed[Event]):
    """Events."""


class Copied(Answer):
    """A passage and the place that it was taken from."""

    words: Evidence
    source: Evidence | None


class Print(Answer):
    """An account as one article prints it, and who prints it again."""

    account: Account
    copied: list[Copied]
    reprints: list[Print]


class OriginReference(Named):
    """An origin with its kind."""

    kind: str | None


class CampReference(Answer):
    """A camp by key and name."""

    key: str
    name: str


class Branch(Answer):
    """Accounts on one word by one origin."""

    chain: Chain
    origin: OriginReference
    camp: CampReference | None
    prints: list[Print]


class FigureBorne(Answer):
    """How far a number is borne out."""

    unit: str
    low: float | None
    high: float | None
    corroboration: Corroboration
    evidence: list[Evidence]


class EventTree(Answer):
    """Who rests on whom for an event."""

    record: Literal["event-sources"]
    event: str
    corroboration: Corroboration
    figures: list[FigureBorne]
    branches: list[Branch]
