"""Entities by their names, and whom they are told of with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    desc,
    exists,
    false,
    func,
    literal,
    literal_column,
    select,
    union_all,
)

from quellenlage.model import EntityKind, fold
from quellenlage.model.listing import CoMention, CoMentions, EntityCard, EntityOrder, EntityQuestion, Page
from quellenlage.store import schema
from quellenlage.store.listing import tables
from quellenlage.store.listing.looking import Look
from quellenlage.store.listing.paging import Listed, rows_of
from quellenlage.store.listing.spelled import alike
from quellenlage.store.portions import in_parts

_CARDS = tables.entity_cards
_SHOWN = (_CARDS.c.entity, _CARDS.c.kind, _CARDS.c.name, _CARDS.c.articles, _CARDS.c.events)
_REJECTED: ColumnElement[int] = literal_column("1")
"""What `hidden` is of what people rejected; as a parameter it would be unknown to the index of these few rows."""

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
        # As one list: of two conditions, one of which must hold, all entities would be gone through.
        mine = select(_CARDS.c.entity).where(written).correlate(None)
        where.append(_CARDS.c.entity.in_(union_all(mine, look.profile.listed(near, _CARDS.c.entity))))
    else:
        where += _worded(asked)
    first = (case(*rank, else_=literal(len(rank))),) if rank else ()
    listed = Listed(_CARDS, where, (*first, *_ORDERS[order]), columns=_SHOWN)
    rows, total = rows_of(look, listed, page, asked)
    return Page(cards(look.connection, rows), total, page[0])


def of_ids(connection: Connection, identifiers: Collection[str]) -> dict[str, EntityCard]:
    """What lists know of some entities."""
    rows = [
        row
        for some in in_parts(set(identifiers))
        for row in connection.execute(select(*_SHOWN).where(_CARDS.c.entity.in_(some)))
    ]
    return {card.id: card for card in cards(connection, rows)}


def cards(connection: Connection, rows: Sequence[Any]) -> tuple[EntityCard, ...]:
    """Rows as lists know them, with the number of claims."""
    spoken, claims = tables.claim_voices, tables.claim_cards
    counts: dict[str, int] = {}
    for some in in_parts({row.entity for row in rows}):
        mine = (spoken.c.who.in_(some), spoken.c.role == "speaker")
        chosen = select(spoken.c.who, func.count()).where(*mine).group_by(spoken.c.who)
        counts.update(connection.execute(chosen).all())
        hidden = select(claims.c.number).where(claims.c.hidden == _REJECTED)
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


def co_mentions(look: Look, entity: str, limit: int) -> CoMentions:
    """Whom an entity is told of with."""
    connection = look.connection
    events, complete = _shared_events(look, entity)
    articles, all_articles = _shared_articles(look, entity)
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


_Shared = tuple[tuple[dict[str, int], int], bool]
"""Who shares how many of them, how many were looked at, and whether these are all."""


def _shared_events(look: Look, entity: str) -> _Shared:
    parties = tables.event_parties
    mine = select(parties.c.event).where(parties.c.entity == entity, parties.c.line >= tables.NO_LINE)
    counted = select(parties.c.entity, func.count()).group_by(parties.c.entity)
    return _shared(look, mine.order_by(parties.c.event), counted, parties.c.event)


def _shared_articles(look: Look, entity: str) -> _Shared:
    members = schema.entity_members
    mine = select(members.c.article).where(members.c.entity == entity).distinct().order_by(members.c.article)
    counted = select(members.c.entity, func.count(func.distinct(members.c.article))).group_by(members.c.entity)
    return _shared(look, mine, counted, members.c.article)


def _shared(look: Look, mine: Select[Any], counted: Select[Any], among: Any) -> _Shared:
    found = list(look.connection.scalars(mine.limit(SAMPLED + 1)))
    sampled = found[:SAMPLED]
    rows = look.connection.execute(counted.where(among.in_(look.profile.listed(sampled, among))))
    return (dict(rows.all()), len(sampled)), len(found) <= SAMPLED
