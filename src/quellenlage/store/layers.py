"""Rows of one article: sentences for the search, claims, event mentions, and the evidence each rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert

from quellenlage.errors import Defect
from quellenlage.model import Claim, Document, Evidence, Span, evidence, fold, hull, to_json
from quellenlage.store import neighbours, schema, vectors
from quellenlage.store.listing import writing as listing
from quellenlage.store.listing.article_rows import name_forms
from quellenlage.store.packing import pack_document, pack_text
from quellenlage.store.profile import Profile

ARTICLE_KINDS = ("claim", "claim_sentence", "event_mention", "dct", "headline")
"""Owners of evidence that one article yields by itself."""

_LAYER_TABLES = (schema.claims, schema.event_mentions, schema.local_entities)


def evidence_row(owner_kind: str, owner: str, quoted: Evidence) -> dict[str, Any]:
    """Row of a piece of evidence."""
    return {
        "owner_kind": owner_kind,
        "owner": owner,
        "article": quoted.article,
        "text_sha256": quoted.text_sha256,
        "start": quoted.start,
        "end": quoted.end,
        "exact": quoted.exact,
        "prefix": quoted.prefix,
        "suffix": quoted.suffix,
    }


def claim_sentence(document: Document, claim: Claim) -> Span | None:
    """The sentences from the first to the last word of a claim; None where no sentence covers it."""
    whole = hull(claim.spans)
    found = [s.span for s in (document.sentence_at(whole.start), document.sentence_at(whole.end - 1)) if s]
    return hull(found) if found else None


def document_evidence(document: Document) -> Iterator[tuple[str, str, Span]]:
    """Every place that a row of this article rests on: owner's kind and identifier, and the span."""
    article = document.article
    for claim in document.claims:
        key = claim.key(article.id)
        for span in claim.spans:
            yield "claim", key, span
        sentence = claim_sentence(document, claim)
        if sentence:
            yield "claim_sentence", key, sentence
    for mention in document.events:
        yield "event_mention", mention.key(article.id), mention.sentence
    for span in article.dct.evidence if article.dct else ():
        yield "dct", article.id, span
    for span in article.headline.spans if article.headline else ():
        yield "headline", article.id, span


def article_row(document: Document, fingerprint: str, *, own_text: bool, text_sha256: str) -> dict[str, Any]:
    """Row of an article; `text_sha256` is the digest of the text as received."""
    return {
        **article_columns(document),
        "text_sha256": text_sha256,
        "text": pack_text(document.text) if own_text else None,
        "fingerprint": fingerprint,
        "document": pack_document(document),
    }


def article_columns(document: Document) -> dict[str, Any]:
    """What of an article is queried and repeats what its document says."""
    article = document.article
    dct = article.dct
    return {
        "id": article.id,
        "capture": article.capture,
        "source": article.source,
        "outlet": article.outlet.value if article.outlet else None,
        "headline": article.headline.value if article.headline else None,
        "language": article.language,
        "dct_earliest": dct.earliest if dct else None,
        "dct_latest": dct.latest if dct else None,
        "dct_method": dct.method if dct else None,
    }


def write_layers(connection: Connection, profile: Profile, documents: Sequence[Document]) -> None:
    """Write the rows of articles whose own rows are there and whose layers are not."""
    _insert(connection, schema.sentences, [row for document in documents for row in _sentence_rows(document)])
    for document in documents:
        profile.index_article(connection, document.article.id)
        neighbours.write(connection, document)
    for table, rows_of in _ROWS.items():
        _insert(connection, table, [row for document in documents for row in rows_of(document)])
    listing.write_articles(connection, documents)


def delete_layers(connection: Connection, profile: Profile, article: str) -> None:
    """Delete what `write_layers` wrote for an article; its vectors stay, to be taken over where sentences do."""
    vectors.retire(connection, article)
    neighbours.forget(connection, article)
    listing.delete_article(connection, article)
    profile.unindex_article(connection, article)
    connection.execute(delete(schema.sentences).where(schema.sentences.c.article == article))
    for table in _LAYER_TABLES:
        connection.execute(delete(table).where(table.c.article == article))
    quoted = schema.evidence
    connection.execute(delete(quoted).where(quoted.c.article == article, quoted.c.owner_kind.in_(ARTICLE_KINDS)))


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _sentence_rows(document: Document) -> list[dict[str, Any]]:
    article = document.article
    rows: list[dict[str, Any]] = []
    zones, at = article.zones, 0
    for sentence in document.sentences:
        while at < len(zones) and zones[at].end <= sentence.start:
            at += 1
        inside = at < len(zones) and zones[at].start <= sentence.start
        rows.append(
            {
                "article": article.id,
                "start": sentence.start,
                "end": sentence.end,
                "zone": str(zones[at].kind) if inside else None,
                "folded": fold(article.text[sentence.start : sentence.end]),
            }
        )
    return rows


def _claim_rows(document: Document) -> list[dict[str, Any]]:
    article = document.article.id
    _check_unique(article, [c.id for c in document.claims])
    return [
        {
            "article": article,
            "local": claim.id,
            "key": claim.key(article),
            "quotation": claim.quotation,
            "evidentiality": str(claim.evidentiality),
            "polarity": str(claim.polarity),
            "score": claim.score,
        }
        for claim in document.claims
    ]


def _event_rows(document: Document) -> list[dict[str, Any]]:
    article = document.article.id
    _check_unique(article, [v.id for v in document.events])
    _check_unique(article, [e.id for e in document.entities])
    return [
        {
            "article": article,
            "local": mention.id,
            "key": mention.key(article),
            "event_type": mention.event_type,
            "factuality": str(mention.factuality),
            "earliest": mention.earliest,
            "latest": mention.latest,
            "trigger_start": mention.trigger.start,
            "trigger_end": mention.trigger.end,
        }
        for mention in document.events
    ]


def _entity_rows(document: Document) -> list[dict[str, Any]]:
    article = document.article.id
    forms = {local: to_json(written).decode() for local, written in name_forms(document).items()}
    return [
        {"article": article, "local": e.id, "kind": str(e.kind), "name": e.name, "forms": forms.get(e.id)}
        for e in document.entities
    ]


def _evidence_rows(document: Document) -> list[dict[str, Any]]:
    article = document.article
    return [
        evidence_row(kind, owner, evidence(article.id, article.text, span, digest=article.text_sha256))
        for kind, owner, span in document_evidence(document)
    ]


def _check_unique(article: str, identifiers: list[str]) -> None:
    if len(set(identifiers)) != len(identifiers):
        raise Defect(f"{article}: the same local identifier twice")


_ROWS: dict[Table, Callable[[Document], list[dict[str, Any]]]] = {
    schema.local_entities: _entity_rows,
    schema.claims: _claim_rows,
    schema.event_mentions: _event_rows,
    schema.evidence: _evidence_rows,
}
"""What of an article stands in which table, besides its sentences."""
