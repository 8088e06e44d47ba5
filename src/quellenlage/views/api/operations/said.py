"""Claims and statements: who said what, on whose word."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from quellenlage.errors import NotFound
from quellenlage.model import Channel, Evidentiality, Polarity, QuotationType, fold
from quellenlage.model.layers import Medium
from quellenlage.model.listing import NAMED, ClaimOrder, ClaimQuestion
from quellenlage.views.api.asking import Asked, Asking, Paged, bare, first
from quellenlage.views.api.fields import (
    ArticleRef,
    ClaimKey,
    Day,
    Name,
    StatementId,
    StoryRef,
    Words,
    first_day,
    last_day,
)
from quellenlage.views.api.freshness import by_stand
from quellenlage.views.api.models.said import Claim, Claims, Statement
from quellenlage.views.api.telling import full_statement
from quellenlage.views.records import Record, claim_record
from quellenlage.views.shelves import holdings_of_claims

router = APIRouter(tags=["Claims"], dependencies=[Depends(by_stand)])

_MOST = 50


class ClaimQuery(Paged):
    """Of several values of one filter any will do; of several filters all must hold."""

    speaker: list[Name] = Field(default=[], max_length=_MOST, description="whose words they are")
    voice: list[Name] = Field(default=[], max_length=_MOST, description="who said it or passed it on")
    told: list[Name] = Field(default=[], max_length=_MOST, description="who was spoken to")
    about: Words = Field(default="", description="words that stand in the sentence")
    evidentiality: list[Evidentiality] = Field(default=[], max_length=_MOST)
    polarity: list[Polarity] = Field(default=[], max_length=_MOST)
    channel: list[Channel] = Field(default=[], max_length=_MOST)
    medium: list[Medium] = Field(default=[], max_length=_MOST, description="speech, writing or thought")
    type: list[QuotationType] = Field(default=[], max_length=_MOST)
    since: Day | None = Field(default=None, alias="from", description="said, else printed, not before")
    until: Day | None = Field(default=None, alias="to", description="said, else printed, not after")
    article: list[ArticleRef] = Field(default=[], max_length=_MOST)
    outlet: list[Name] = Field(default=[], max_length=_MOST)
    story: list[StoryRef] = Field(default=[], max_length=_MOST)
    unresolved: bool | None = Field(default=None, description="true: the text attributes it to nobody known")
    order: ClaimOrder = "-time"

    def question(self, asked: Asking) -> ClaimQuestion:
        """What the archive is asked. Raises NotFound for a name that nobody bears."""
        return ClaimQuestion(
            speakers=voices(asked, self.speaker),
            voices=voices(asked, self.voice),
            told=voices(asked, self.told),
            evidentialities=tuple(self.evidentiality),
            polarities=tuple(self.polarity),
            channels=tuple(self.channel),
            media=tuple(self.medium),
            types=tuple(self.type),
            first=first_day(self.since),
            last=last_day(self.until),
            articles=tuple(self.article),
            outlets=tuple(self.outlet),
            stories=asked.now(self.story),
            about=self.about,
            unresolved=self.unresolved,
        )


@router.get("/claims", response_model=Claims)
def claims(asked: Asked, query: Annotated[ClaimQuery, Query()]) -> Record:
    """List claims: who said it, on whose word it reached the article, how firmly, with the sentence.

    Claims that people rejected are left out.
    """
    page = asked.archive.claims(query.question(asked), offset=query.offset, limit=query.limit, order=query.order)
    holdings = holdings_of_claims(asked.archive, [card.key for card in page.items])
    known = {claim.key: claim for claim in holdings.claims}
    items = [claim_record(known[card.key], holdings) for card in page.items if card.key in known]
    return asked.part(query, items, page.total, more=page.more)


@router.get("/claims/{claim}", response_model=Claim, dependencies=[Depends(bare)])
def read_claim(asked: Asked, claim: ClaimKey) -> Record:
    """Read one claim."""
    holdings = holdings_of_claims(asked.archive, [claim])
    return claim_record(first((one for one in holdings.claims if one.key == claim), claim), holdings)


@router.get("/statements/{statement}", response_model=Statement, dependencies=[Depends(bare)])
def read_statement(asked: Asked, statement: StatementId) -> Record:
    """Read what one speaker said, with every occasion and every print of it."""
    now = asked.present(statement)
    known = first(asked.archive.parts_of([now]).statements, statement)
    holdings = holdings_of_claims(asked.archive, [retelling.claim for retelling in known.retellings])
    return full_statement(asked.archive, holdings.statements.get(now, known), holdings)


def voices(asked: Asking, names: list[str]) -> tuple[str, ...]:
    """Who goes by names: entities, or those who are heard without being one. Raises NotFound."""
    found: list[str] = []
    for name in names:
        try:
            found += asked.entities([name])
        except NotFound:
            voice = f"{NAMED}{fold(name)}"
            if name.startswith("ent-") or not asked.archive.claims(ClaimQuestion(voices=(voice,)), limit=1).items:
                raise
            found.append(voice)
    return tuple(dict.fromkeys(found))
