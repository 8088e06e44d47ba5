"""Pages of claims and of conflicts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, desc

from quellenlage.model import Channel, ConflictGrade, ConflictKind, Evidentiality, Polarity, QuotationType
from quellenlage.model.listing import (
    ClaimCard,
    ClaimOrder,
    ClaimQuestion,
    ConflictCard,
    ConflictOrder,
    ConflictQuestion,
    Page,
)
from quellenlage.store.listing import tables
from quellenlage.store.listing.asking import LONG, claim_conditions, conflict_conditions, is_capped
from quellenlage.store.listing.counting import of_claims
from quellenlage.store.listing.looking import Look
from quellenlage.store.listing.paging import GRADE_OF, Listed, count, day, rows_of

_CLAIMS, _CONFLICTS = tables.claim_cards, tables.conflict_cards

_CLAIM_ORDERS: dict[str, tuple[Any, ...]] = {
    "capture": (_CLAIMS.c.number,),
    "-capture": (desc(_CLAIMS.c.number),),
    "time": (_CLAIMS.c.day, _CLAIMS.c.number),
    "-time": (desc(_CLAIMS.c.day), desc(_CLAIMS.c.number)),
}
_CONFLICT_ORDERS: dict[str, tuple[Any, ...]] = {
    "grade": (desc(_CONFLICTS.c.grade), desc(_CONFLICTS.c.day), desc(_CONFLICTS.c.id)),
    "time": (_CONFLICTS.c.day, _CONFLICTS.c.id),
    "-time": (desc(_CONFLICTS.c.day), desc(_CONFLICTS.c.id)),
}


def claims(look: Look, asked: ClaimQuestion, page: tuple[int, int], order: ClaimOrder) -> Page[ClaimCard]:
    """A page (offset, limit) of claims."""
    where = claim_conditions(look, asked)
    listed = Listed(_CLAIMS, where, _CLAIM_ORDERS[order], order == "-time")
    rows, total = rows_of(look, listed, page, asked, lambda: total_of(look, asked))
    words = asked.about.split()
    # Each word is looked for by itself; the condition holds for what has all of them.
    capped = any(is_capped(look, f"{word}*" if len(word) >= LONG else word) for word in words)
    return Page(tuple(_claim(row) for row in rows), total, page[0], capped)


def total_of(look: Look, asked: ClaimQuestion) -> int:
    """How many claims there are."""
    kept = of_claims(asked)
    return kept.total(look) if kept else count(look, _CLAIMS, claim_conditions(look, asked))


def conflicts(look: Look, asked: ConflictQuestion, page: tuple[int, int], order: ConflictOrder) -> Page[ConflictCard]:
    """A page (offset, limit) of conflicts."""
    where = conflict_conditions(asked)
    rows, total = rows_of(look, Listed(_CONFLICTS, where, _CONFLICT_ORDERS[order], order == "-time"), page, asked)
    return Page(tuple(_conflict(row) for row in rows), total, page[0])


def _claim(row: Row[Any]) -> ClaimCard:
    return ClaimCard(
        key=row.key,
        article=row.article,
        evidentiality=Evidentiality(row.evidentiality),
        polarity=Polarity(row.polarity),
        channel=Channel(row.channel) if row.channel else None,
        medium=row.medium,
        type=QuotationType(row.quotation_type) if row.quotation_type else None,
        earliest=day(row.day),
        latest=day(row.last),
        dated_by=row.dated_by,
    )


def _conflict(row: Row[Any]) -> ConflictCard:
    return ConflictCard(
        id=row.id,
        event=row.event,
        kind=ConflictKind(row.kind),
        grade=GRADE_OF[row.grade] or ConflictGrade.PRECISION,
        settled=bool(row.settled),
        earliest=day(row.day),
        latest=day(row.last),
        story=row.story,
    )
