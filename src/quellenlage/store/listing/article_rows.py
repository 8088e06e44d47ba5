"""Rows that follow from one document alone: how to cite it, its claims, who stands in their chains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from sqlalchemy import Table

from quellenlage.model import Claim, Document, Quotation, Timex, hull, seen, to_json
from quellenlage.store.listing import tables

Row = dict[str, Any]
Rows = dict[Table, list[Row]]

TOLD = -1
"""Link of those who were spoken to."""


def rows_of(document: Document, sequence: int) -> Rows:
    """All rows of an article; `sequence` is the number of its capture."""
    article = document.article.id
    found: Rows = {table: [] for table in reversed(tables.OF_ARTICLE)}
    found[tables.citations].append(citation_row(document, sequence))
    for agency in dict.fromkeys(a.value for a in document.article.agencies):
        found[tables.article_agencies].append({"agency": agency, "article": article})
    quotations = {one.id: one for one in document.quotations}
    timexes = {one.id: one for one in document.timexes}
    for place, claim in enumerate(document.claims):
        number = sequence * tables.CLAIMS + place
        quotation = quotations.get(claim.quotation or "")
        found[tables.claim_cards].append(
            {"number": number, **_claim_row(document, claim, quotation, timexes.get(claim.said or ""))}
        )
        for link, local in _links(claim):
            row = {"claim": number, "link": link, "local": local, "article": article}
            found[tables.claim_links].append(row)
    return found


def citation_row(document: Document, sequence: int) -> Row:
    """What is needed to cite an article."""
    article = document.article
    dct = article.dct
    return {
        "article": article.id,
        "sequence": sequence,
        "day": ordinal(dct.earliest if dct else None),
        "last": ordinal(dct.latest if dct else None),
        "source": article.source,
        "outlet": article.outlet.value if article.outlet else None,
        "headline": article.headline.value if article.headline else None,
        "url": article.url,
        "agencies": to_json([a.value for a in article.agencies]).decode(),
        "dct_method": dct.method if dct else None,
        "open_end": int(dct is not None and any(reason.startswith("captured:") for reason in dct.reasons)),
    }


def _claim_row(document: Document, claim: Claim, quotation: Quotation | None, said: Timex | None) -> Row:
    article = document.article
    whole = hull(claim.spans)
    around = [s.span for s in (document.sentence_at(whole.start), document.sentence_at(whole.end - 1)) if s]
    around = [hull([whole, *around])]
    first, last, dated_by = _days(document, said)
    return {
        "article": article.id,
        "key": claim.key(article.id),
        "evidentiality": str(claim.evidentiality),
        "polarity": str(claim.polarity),
        "channel": str(claim.channel) if claim.channel else None,
        "medium": quotation.medium if quotation else None,
        "quotation_type": str(quotation.type) if quotation else None,
        "day": ordinal(first),
        "last": ordinal(last),
        "year": first.year if first else 0,
        "dated_by": dated_by,
        "open": int(claim.quotation is not None and not any(claim.chain)),
        "start": around[0].start,
        "end": around[0].end,
    }


def _days(document: Document, said: Timex | None) -> tuple[date | None, date | None, Literal["said", "printed"] | None]:
    """The days on which it was said, where the text tells them, else those of publication."""
    if said is not None and said.interval is not None:
        return said.earliest, said.latest, "said"
    dct = document.article.dct
    return (dct.earliest, dct.latest, "printed") if dct else (None, None, None)


def _links(claim: Claim) -> Iterator[tuple[int, str]]:
    for place, link in enumerate(claim.chain):
        for local in dict.fromkeys(link):
            yield place, local
    for local in dict.fromkeys(claim.told):
        yield TOLD, local


def name_forms(document: Document) -> dict[str, dict[str, int]]:
    """How often an article writes which form of the name of which entity of its own."""
    found: dict[str, Counter[str]] = {}
    for mention in document.mentions:
        form = seen(mention.span.of(document.text)) if mention.form == "name" else ""
        if form.strip():  # of a deleted text nothing but blanks is left
            found.setdefault(mention.entity, Counter())[form] += 1
    return {local: dict(forms) for local, forms in found.items()}


def ordinal(day: date | None) -> int:
    """A day as the tables have it."""
    return day.toordinal() if day else tables.UNDATED
