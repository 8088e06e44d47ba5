"""Entities by their names, and whom they are told of with."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, desc, exists, false, func, literal, or_, select

from quellenlage.model import EntityKind, fold
from quellenlage.model.listing import CoMention, CoMentions, EntityCard, EntityOrder, EntityQuestion, Page
from quellenlage.store import schema
from quellenlage.store.listing import tables
from quellenlage.store.listing.looking import Look
from quellenlage.store.listing.paging import Listed, rows_of
from quellenlage.store.listing.spelled import alike
from quellenlage.store.portions import in_parts

_CARDS = tables.entity_cards
_LAST = "\U0010ffff"

SAMPLED = 1_000
"""Events and articles of an entity, of each, that are looked at for whom it is told of with.

They are those of the lowest identifiers: digests, hence in no order that means anything.
"""

_ORDERS: dict[str, tuple[Any, ...]] = {
    "articles": (desc(_CARDS.c.articles), _CARDS.c.entity),
    "events": (desc(_CARDS.c.events), _CARDS.c.entity),
    "name": (_CARDS.c.folded, _CARDS.c.entity),
}


def entities(look: Look, asked: EntityQuestion, page: tuple[int, int], order: EntityOrder) -> Page[EntityCard]:
    """A page (offset, limit) of entities; where words are asked for, who bears just this name comes first.

    Behind those who have the words in their names are those whose names sound like them, the nearest first.
    """
    whole = fold(asked.words)
    near = alike(look, asked)
    rank = [(_CARDS.c.folded == whole, 0)] if whole else []
    where = _conditions(asked)
    if near:
        written = and_(*_worded(asked)) if whole else false()
        rank.append((written, 1))
        rank += [(_CARDS.c.entity == entity, 2 + number) for number, entity in enumerate(near)]
        where.append(or_(written, _CARDS.c.entity.in_(near)))
    else:
        where += _worded(asked)
    first = (case(*rank, else_=literal(len(rank))),) if rank else ()
    rows, total = rows_of(look, Listed(_CARDS, where, (*first, *_ORDERS[order])), page, asked)
    return Page(cards(look.connection, rows), total, page[0])


def of_ids(connection: Connection, identifiers: Collection[str]) -> dict[str, EntityCard]:
    """What lists know of some entities."""
    rows = [
        row
        for some in in_parts(set(identifiers))
        for row in connection.execute(select(_CARDS).where(_CARDS.c.entity.in_(some)))
    ]
    return {card.id: card for card in cards(connection, rows)}


def cards(connection: Connection, rows: list[Row[Any]]) -> tuple[EntityCard, ...]:
    """Rows as lists know them, with the number of claims."""
    spoken, claims = tables.claim_voices, tables.claim_cards
    counts: dict[str, int] = {}
    for some in in_parts({row.entity for row in rows}):
        mine = (spoken.c.who.in_(some), spoken.c.role == "speaker")
        chosen = select(spoken.c.who, func.count()).where(*mine).group_by(spoken.c.who)
        counts.update(connection.execute(chosen).all())
        hidden = select(claims.c.number).where(claims.c.hidden == 1)
        for who, count in connection.execute(chosen.where(spoken.c.claim.in_(hidden))):
            counts[who] -= count
    return tuple(
        EntityCard(row.entity, EntityKind(row.kind), row.name, row.articles, row.events, counts.get(row.entity, 0))
        for row in rows
    )


def _conditions(asked: EntityQuestion) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.kinds:
        found.append(_CARDS.c.kind.in_([str(kind) for kind in asked.kinds]))
    if asked.ids:
        found.append(_CARDS.c.entity.in_(asked.ids))
    if asked.min_articles > 0:
        found.append(_CARDS.c.articles >= asked.min_articles)
    if asked.min_events > 0:
        found.append(_CARDS.c.events >= asked.min_events)
    return found


def _worded(asked: EntityQuestion) -> list[ColumnElement[bool]]:
    """All words in one of the names."""
    found: list[ColumnElement[bool]] = []
    words = list(dict.fromkeys(fold(asked.words).split()))
    table, names = tables.entity_words, tables.entity_names
    for place, word in enumerate(words):
        begins = asked.prefix and place == len(words) - 1
        met = (table.c.word >= word) & (table.c.word < word + _LAST) if begins else table.c.word == word
        found.append(_CARDS.c.entity.in_(select(table.c.entity).where(met)))
    if len(words) > 1:  # all of them in one name
        spaced = literal(" ") + names.c.folded + literal(" ")
        ends = ["" if asked.prefix and place == len(words) - 1 else " " for place in range(len(words))]
        all_of = [spaced.like(f"% {word}{end}%") for word, end in zip(words, ends, strict=True)]
        found.append(exists(select(names.c.entity).where(names.c.entity == _CARDS.c.entity, *all_of)))
    if asked.words.strip() and not words:
        found.append(_CARDS.c.entity.is_(None))
    return found


def co_mentions(connection: Connection, entity: str, limit: int) -> CoMentions:
    """Whom an entity is told of with."""
    events, complete = _shared_events(connection, entity)
    articles, all_articles = _shared_articles(connection, entity)
    counted, told = events
    named, listed = articles
    among = {other for other in {*counted, *named} if other != entity}
    ranked = sorted(among, key=lambda other: (-counted.get(other, 0), -named.get(other, 0), other))[:limit]
    rows = {
        row.entity: row
        for some in in_parts(ranked)
        for row in connection.execute(
            select(_CARDS.c.entity, _CARDS.c.kind, _CARDS.c.name).where(_CARDS.c.entity.in_(some))
        )
    }
    found = (
        CoMention(other, EntityKind(rows[other].kind), rows[other].name, counted.get(other, 0), named.get(other, 0))
        for other in ranked
        if other in rows
    )
    return CoMentions(tuple(found), told, listed, complete and all_articles)


def _shared_events(connection: Connection, entity: str) -> tuple[tuple[dict[str, int], int], bool]:
    parties, cards = tables.event_parties, tables.event_cards
    mine = select(parties.c.event).join(cards, cards.c.event == parties.c.event)
    mine = mine.where(parties.c.entity == entity, cards.c.hidden == 0).distinct().order_by(parties.c.event)
    events = list(connection.scalars(mine.limit(SAMPLED + 1)))
    sampled = mine.limit(SAMPLED).subquery()
    chosen = select(parties.c.entity, func.count(func.distinct(parties.c.event)))
    chosen = chosen.join(sampled, sampled.c.event == parties.c.event).group_by(parties.c.entity)
    counted: dict[str, int] = dict(connection.execute(chosen).all())
    return (counted, min(len(events), SAMPLED)), len(events) <= SAMPLED


def _shared_articles(connection: Connection, entity: str) -> tuple[tuple[dict[str, int], int], bool]:
    members = schema.entity_members
    mine = select(members.c.article).where(members.c.entity == entity).distinct().order_by(members.c.article)
    articles = list(connection.scalars(mine.limit(SAMPLED + 1)))
    sampled = mine.limit(SAMPLED).subquery()
    chosen = select(members.c.entity, func.count(func.distinct(members.c.article)))
    chosen = chosen.join(sampled, sampled.c.article == members.c.article).group_by(members.c.entity)
    named: dict[str, int] = dict(connection.execute(chosen).all())
    return (named, min(len(articles), SAMPLED)), len(articles) <= SAMPLED
