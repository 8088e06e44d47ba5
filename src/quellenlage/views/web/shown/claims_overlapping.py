"""Claims of one article that share words: a quotation is often read as several, one within the other."""

from __future__ import annotations

from quellenlage.execution import apply_judgements
from quellenlage.model import Archive
from quellenlage.model.listing import ClaimQuestion
from quellenlage.views.locale import Words
from quellenlage.views.shelves import holdings_of_claims
from quellenlage.views.web.shown.claims import ShownClaim, shown_claim

_MOST = 12


def overlapping(archive: Archive, key: str, words: Words) -> list[ShownClaim]:
    """Other claims with words of this one for which the article was read to name the same speaker, in its order."""
    cards = archive.claims(ClaimQuestion(keys=(key,)), limit=1).items
    document = next(iter(archive.documents_of([cards[0].article])), None) if cards else None
    if document is None:
        return []
    article = document.article.id
    read = {claim.id: claim.chain[:1] for claim in document.claims}
    kept = apply_judgements(document, archive.decisions()).claims
    mine = next((claim for claim in kept if claim.key(article) == key), None)
    if mine is None:
        return []
    keys = [
        claim.key(article)
        for claim in kept
        if claim.id != mine.id
        and read[claim.id] == read[mine.id]
        and any(one.overlaps(other) for one in claim.spans for other in mine.spans)
    ][:_MOST]
    holdings = holdings_of_claims(archive, keys) if keys else None
    known = {claim.key: claim for claim in holdings.claims} if holdings else {}
    return [shown_claim(known[one], holdings, words) for one in keys if holdings and one in known]
