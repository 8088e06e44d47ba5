"""Search as people type it: words, „phrases“, beginnings with an asterisk; never a syntax error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from quellenlage.model import DateInterval, Hit, Span, evidence, fold
from quellenlage.store import schema
from quellenlage.store.packing import unpack_text
from quellenlage.store.profile import Profile, Term

MAX_TERMS = 64
"""Terms that are looked for; whoever pastes a paragraph finds its place with its first words."""

_QUOTES = '"„“”«»'
_PIECE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|([^\s{_QUOTES}]+)")


def parse_query(query: str) -> tuple[Term, ...]:
    """Terms of a request, folded as the text is; a word with a hyphen is a phrase of its parts."""
    terms: dict[Term, None] = {}
    for match in _PIECE.finditer(query):
        phrase, word = match.groups()
        words = tuple(fold(phrase if phrase is not None else word).split())
        if words:
            beginning = word is not None and word.endswith("*")
            terms[Term(words, prefix=beginning, literal=beginning or phrase is not None)] = None
    return tuple(terms)[:MAX_TERMS]


def search(connection: Connection, profile: Profile, query: str, limit: int) -> list[Hit]:
    """Sentences in which all terms occur, quoted from their texts, best first."""
    terms = parse_query(query)
    if not terms or limit <= 0:
        return []
    found = profile.search(connection, terms, limit)
    quoted = quote(connection, [row for row, _ in found])
    return [replace(quoted[row], score=score, text_score=score) for row, score in found]


def literal_rows(connection: Connection, profile: Profile, query: str, limit: int) -> list[int] | None:
    """Rows in which all occurs that is asked for to the letter; None where nothing is."""
    terms = [term for term in parse_query(query) if term.literal]
    return [row for row, _ in profile.search(connection, terms, limit)] if terms else None


def quote(connection: Connection, wanted: Sequence[int]) -> dict[int, Hit]:
    """Rows of `sentences`, quoted from their texts with what is needed to cite them."""
    sentences, articles, captures = schema.sentences, schema.articles, schema.captures
    chosen = (
        select(
            sentences.c.id,
            sentences.c.start,
            sentences.c.end,
            sentences.c.zone,
            articles.c.id.label("article"),
            articles.c.headline,
            articles.c.outlet,
            articles.c.source,
            articles.c.dct_earliest,
            articles.c.dct_latest,
            articles.c.text_sha256,
        )
        .join(articles, articles.c.id == sentences.c.article)
        .where(sentences.c.id.in_(wanted))
    )
    rows = {row.id: row for row in connection.execute(chosen)}
    owners = {row.article for row in rows.values()}
    stored = (
        select(articles.c.id, articles.c.text.label("own"), captures.c.text)
        .join(captures, captures.c.id == articles.c.capture)
        .where(articles.c.id.in_(sorted(owners)))
    )
    texts = {row.id: unpack_text(row.own or row.text) for row in connection.execute(stored)}
    hits: dict[int, Hit] = {}
    for identifier, row in rows.items():
        quoted = evidence(row.article, texts[row.article], Span(row.start, row.end), digest=row.text_sha256)
        dct = DateInterval(row.dct_earliest, row.dct_latest).value if row.dct_earliest else None
        hits[identifier] = Hit(quoted, 0.0, row.headline, row.outlet, dct, row.source, zone=row.zone)
    return hits
