"""Articles and how they are cited, origins and who rests on them, stories, and how much there is of everything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, case, desc, func, select

from quellenlage.model import Doubt, OriginKind, fold, from_json
from quellenlage.model.listing import (
    ArticleCard,
    ArticleOrder,
    ArticleQuestion,
    ClaimQuestion,
    LineQuestion,
    OriginCard,
    Page,
    Resting,
    StoryCard,
    Totals,
)
from quellenlage.store import schema
from quellenlage.store.listing import claims as said
from quellenlage.store.listing import lines as told
from quellenlage.store.listing import tables
from quellenlage.store.listing.asking import article_conditions, is_capped
from quellenlage.store.listing.looking import Look
from quellenlage.store.listing.paging import Listed, day, rows_of
from quellenlage.store.portions import in_parts

_CITED, _ORIGINS, _STORIES = tables.citations, tables.origin_cards, tables.story_cards
_NAMES = msgspec.json.Decoder(tuple[str, ...])

_ORDERS: dict[str, tuple[Any, ...]] = {
    "capture": (_CITED.c.sequence,),
    "-capture": (desc(_CITED.c.sequence),),
    "time": (_CITED.c.day, _CITED.c.sequence),
    "-time": (desc(_CITED.c.day), desc(_CITED.c.sequence)),
}


def articles(look: Look, asked: ArticleQuestion, page: tuple[int, int], order: ArticleOrder) -> Page[ArticleCard]:
    """A page (offset, limit) of articles."""
    where = article_conditions(look, asked)
    rows, total = rows_of(look, Listed(_CITED, where, _ORDERS[order], order == "-time"), page, asked)
    return Page(tuple(_card(row) for row in rows), total, page[0], is_capped(look, asked.words))


def citations(connection: Connection, wanted: Collection[str]) -> tuple[ArticleCard, ...]:
    """What is needed to cite some articles, in order of capture; what is not there is left out."""
    rows = [
        row
        for some in in_parts(set(wanted))
        for row in connection.execute(select(_CITED).where(_CITED.c.article.in_(some)))
    ]
    return tuple(_card(row) for row in sorted(rows, key=lambda row: row.sequence))


def _card(row: Row[Any]) -> ArticleCard:
    return ArticleCard(
        article=row.article,
        sequence=row.sequence,
        source=row.source,
        outlet=row.outlet,
        headline=row.headline,
        earliest=day(row.day),
        latest=day(row.last),
        open_end=bool(row.open_end),
        dct_method=row.dct_method,
        agencies=_NAMES.decode(row.agencies),
        url=row.url,
    )


def origins(connection: Connection, page: tuple[int, int], words: str) -> Page[OriginCard]:
    """A page (offset, limit) of origins, those of most articles first."""
    wanted = fold(words)
    offset, limit = page
    chosen = select(_ORIGINS).order_by(desc(_ORIGINS.c.articles), desc(_ORIGINS.c.relayed), _ORIGINS.c.origin)
    if wanted:  # origins are few: outlets and agencies
        rows = [row for row in connection.execute(chosen) if wanted in fold(row.name)]
        total, rows = len(rows), rows[offset : offset + limit]
    else:
        total = connection.scalar(select(func.count()).select_from(_ORIGINS)) or 0
        rows = list(connection.execute(chosen.limit(limit).offset(offset)))
    return Page(_origins(connection, rows), total, offset)


def _origins(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[OriginCard, ...]:
    sources = tables.event_sources
    counts: dict[str, int] = {}
    for some in in_parts({row.origin for row in rows}):
        mine = (sources.c.kind == "origin", sources.c.who.in_(some), sources.c.line >= tables.NO_LINE)
        counts.update(
            connection.execute(select(sources.c.who, func.count()).where(*mine).group_by(sources.c.who)).all()
        )
    return tuple(
        OriginCard(
            row.origin,
            OriginKind(row.kind),
            row.name,
            row.articles,
            row.reprints,
            row.relayed,
            counts.get(row.origin, 0),
        )
        for row in rows
    )


def resting(
    connection: Connection, of_origins: Sequence[str], outlets: Sequence[str], limit: int
) -> tuple[Resting, ...]:
    """Which outlets rest on which origins, those of most articles first."""
    table = tables.resting
    chosen = select(table, _ORIGINS.c.name, _ORIGINS.c.kind).join(_ORIGINS, _ORIGINS.c.origin == table.c.origin)
    if of_origins:
        chosen = chosen.where(table.c.origin.in_(of_origins))
    if outlets:
        chosen = chosen.where(table.c.outlet.in_(outlets))
    chosen = chosen.order_by(desc(table.c.articles + table.c.relayed), table.c.origin, table.c.outlet).limit(limit)
    return tuple(
        Resting(row.origin, row.name, OriginKind(row.kind), row.outlet or None, row.articles, row.reprints, row.relayed)
        for row in connection.execute(chosen)
    )


def stories(look: Look, page: tuple[int, int], words: str) -> Page[StoryCard]:
    """A page (offset, limit) of stories, those of most articles first; all of `words` stand in the title."""
    where = [_STORIES.c.folded.like(f"%{word}%") for word in fold(words).split()]
    order = (desc(_STORIES.c.articles), _STORIES.c.story)
    rows, total = rows_of(look, Listed(_STORIES, where, order), page, words)
    return Page(_story_cards(look.connection, rows), total, page[0])


def stories_of(connection: Connection, identifiers: Collection[str]) -> dict[str, StoryCard]:
    """What lists know of some stories."""
    rows = [
        row
        for some in in_parts(set(identifiers))
        for row in connection.execute(select(_STORIES).where(_STORIES.c.story.in_(some)))
    ]
    return {card.id: card for card in _story_cards(connection, rows)}


def _story_cards(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[StoryCard, ...]:
    held = tables.event_stories
    spans: dict[str, tuple[int, int | None, int | None]] = {}
    when = held.c.day < tables.UNDATED
    first, last = func.min(case((when, held.c.day))), func.max(case((when, held.c.last)))
    for some in in_parts({row.story for row in rows}):
        here = select(held.c.story, func.count(), first, last).where(held.c.story.in_(some), held.c.line >= 0)
        for story, *span in connection.execute(here.group_by(held.c.story)):
            spans[story] = (span[0], span[1], span[2])
    return tuple(
        StoryCard(
            row.story,
            row.title,
            bool(row.made),
            row.articles,
            count,
            day(first) if first is not None else None,
            day(last) if last is not None else None,
        )
        for row in rows
        for count, first, last in [spans.get(row.story, (0, None, None))]
    )


def doubts(connection: Connection, page: tuple[int, int]) -> Page[Doubt]:
    """A page (offset, limit) of doubts about entities."""
    table = schema.doubts
    offset, limit = page
    chosen = select(table.c.payload).order_by(table.c.position).limit(limit).offset(offset)
    found = tuple(from_json(payload, Doubt) for payload in connection.scalars(chosen))
    return Page(found, connection.scalar(select(func.count()).select_from(table)) or 0, offset)


def totals(look: Look) -> Totals:
    """How much there is of everything."""
    return look.once("totals", lambda: _totals(look))


def _totals(look: Look) -> Totals:
    connection, lines, conflicts = look.connection, tables.event_cards, tables.conflict_cards
    known = tables.entity_kinds

    def count(table: Any, *where: Any) -> int:
        return connection.scalar(select(func.count()).select_from(table).where(*where)) or 0

    shown = (lines.c.hidden == 0, lines.c.line.is_not(None))
    dated = (*shown, lines.c.day < tables.UNDATED)
    first = connection.scalar(select(lines.c.day).where(*dated).order_by(lines.c.day).limit(1))
    last = connection.scalar(select(lines.c.day).where(*dated).order_by(desc(lines.c.day)).limit(1))
    here = conflicts.c.hidden == 0
    kinds = connection.execute(select(known.c.kind, func.sum(known.c.count)).group_by(known.c.kind)).all()
    return Totals(
        articles=count(_CITED),
        lines=told.total_of(look, LineQuestion()),
        claims=said.total_of(look, ClaimQuestion()),
        conflicts=count(conflicts, here),
        open_conflicts=count(conflicts, here, conflicts.c.settled == 0),
        entities={kind: number for kind, number in sorted(map(tuple, kinds)) if number},
        origins=count(_ORIGINS),
        stories=count(_STORIES),
        earliest=day(first) if first is not None else None,
        latest=day(last) if last is not None else None,
    )
