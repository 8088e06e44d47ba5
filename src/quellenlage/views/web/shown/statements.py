"""Statements in a list: each once, on how many occasions it was said, how often printed, by which origins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.model import Archive, DateInterval, Statement
from quellenlage.model.listing import ClaimCard, ClaimOrder, ClaimQuestion, Wanted
from quellenlage.story.corroboration import statement_borne
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.shelves import holdings_of_claims
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.claims import ShownClaim, shown_claim
from quellenlage.views.web.shown.claims_grouped import beginning_here
from quellenlage.views.web.shown.quotes import ShownName, shown_name
from quellenlage.views.wording.dates import short_interval
from quellenlage.views.wording.lines import borne_words
from quellenlage.views.wording.statements import counted_words

SIZE = 60
"""Claims whose statements are told on one page."""

_ORIGINS = 6


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, with the claim of it that comes first in the list; `more` origins are not named."""

    href: str
    claim: ShownClaim
    counted: str
    when: str
    borne: str
    origins: list[ShownName]
    more: int


def said_in(
    archive: Archive, asked: ClaimQuestion, order: ClaimOrder, cards: Sequence[ClaimCard], words: Words
) -> tuple[list[Said], int]:
    """Statements whose first claim is on this page of claims; and how many of the claims belong to no statement."""
    here = [card.key for card in cards]
    statements = archive.portion(Wanted(claims=here)).linked.statements if here else ()
    groups = {one.id: [retelling.claim for retelling in one.retellings] for one in statements}
    first = beginning_here(archive, asked, order, here, groups)
    told = {key for listed in groups.values() for key in listed}
    holdings = holdings_of_claims(archive, list(first.values()))
    claims = {claim.key: claim for claim in holdings.claims}
    shown = [
        _said(holdings.statements[one], shown_claim(claims[key], holdings, words), holdings, words)
        for one, key in sorted(first.items(), key=lambda pair: here.index(pair[1]))
        if key in claims and one in holdings.statements
    ]
    return shown, sum(key not in told for key in here)


def _said(statement: Statement, claim: ShownClaim, holdings: Holdings, words: Words) -> Said:
    origins = list(dict.fromkeys(retelling.origin for retelling in statement.retellings))
    days = [one.interval for one in statement.occasions if one.interval]
    reach = DateInterval(min(d.earliest for d in days), max(d.latest for d in days)) if days else None
    return Said(
        href=page_of(statement.id),
        claim=claim,
        counted=counted_words(statement, holdings, words),
        when=short_interval(reach, words) if reach else "",
        borne=borne_words(statement_borne(statement, holdings.origins, holdings.affiliations), words),
        origins=[shown_name(one, holdings) for one in origins[:_ORIGINS]],
        more=max(0, len(origins) - _ORIGINS),
    )
