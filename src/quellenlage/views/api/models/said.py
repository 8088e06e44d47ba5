"""Claims, statements, positions: who said what, on whose word."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from quellenlage.model import Channel, Evidentiality, Polarity, RevisionKind
from quellenlage.story.positions import Level
from quellenlage.views.api.models.base import DAY, Answer, Chain, Evidence, Listed, Named
from quellenlage.views.api.models.events import Corroboration


class Scored(Named):
    """A candidate with its probability."""

    score: float


class SaidAt(Answer):
    """When it was said."""

    value: str | None = Field(description=DAY)
    earliest: str | None
    latest: str | None


class StatementReference(Answer):
    """The statement that a claim tells: on how many occasions it was made, how many articles print it."""

    id: str
    occasions: int
    printed: int


class ClaimRevised(Answer):
    """What became of the article of a claim."""

    kind: RevisionKind
    by: str
    state: Literal["gone", "altered", "kept"]
    now: str | None
    reasons: list[str]


class SpeakerCorrection(Answer):
    """Whose words a person says that they are, in place of whom the article was read to name."""

    field: Literal["speaker"]
    value: str
    author: str
    made_at: str
    note: str
    read: list[Named] = Field(description="whom the article was read to name; empty where it was nobody")


class Claim(Answer):
    """Who said it, on whose word it reached the article, how firmly."""

    record: Literal["claim"]
    id: str
    chain: Chain
    evidentiality: Evidentiality
    polarity: Polarity
    score: float = Field(description="how certain the reading is; 1 where a person corrected the speaker")
    reasons: list[str]
    evidence: list[Evidence] = Field(description="the words, in order where they are interrupted")
    sentence: Evidence
    form: str = Field(description="direct: the speaker's own words; otherwise those of the article")
    resolved: bool = Field(description="false: the text attributes it, and nobody knows to whom")
    candidates: list[Scored]
    told: list[Named]
    channel: Channel | None
    said: SaidAt | None
    statement: StatementReference | None
    revised: ClaimRevised | None
    corrected: SpeakerCorrection | None = Field(description="what a person corrected about who speaks")


class Claims(Listed[Claim]):
    """Claims."""


class Retelling(Answer):
    """A statement as one article tells it."""

    claim: str
    evidentiality: Evidentiality
    stance: Polarity
    earliest: str | None
    latest: str | None
    dated_by: str | None
    origin: Named
    evidence: list[Evidence]


class Occasion(Answer):
    """Once said, however often printed."""

    earliest: str | None
    latest: str | None
    dated_by: str | None
    reasons: list[str]
    retellings: list[Retelling]


class Related(Answer):
    """Another statement of the same speaker: perhaps the same, or the contrary."""

    statement: str
    kind: Literal["perhaps", "contrary"]
    score: float
    reasons: list[str]


class Statement(Answer):
    """What one speaker said, with every print of it by occasion."""

    record: Literal["statement"]
    id: str
    speakers: list[Named]
    printed: int
    corroboration: Corroboration
    occasions: list[Occasion]
    reasons: list[str]
    related: list[Related]


class Change(Answer):
    """Where a speaker differs from what they said before."""

    was: Level
    now: Level
    event: str | None
    reasons: list[str]
    before: Retelling


class Position(Answer):
    """What a speaker said on one occasion."""

    record: Literal["position"]
    statement: str
    earliest: str | None
    latest: str | None
    level: Level
    events: list[str]
    printed: int
    retelling: Retelling
    changes: list[Change]


class Positions(Listed[Position]):
    """What somebody said in the course of time."""
