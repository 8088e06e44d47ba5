"""Where what some articles tell stands across articles, and the things themselves: a keyed look at each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table, func, select

from quellenlage.model import (
    ChronicleEntry,
    Conflict,
    Entity,
    Event,
    Linked,
    Member,
    Origin,
    Statement,
    Story,
    from_json,
)
from quellenlage.model.ports import Placed
from quellenlage.store import schema
from quellenlage.store.portions import in_parts

T = TypeVar("T")

_PRESENT = (
    schema.entities,
    schema.origins,
    schema.events,
    schema.conflicts,
    schema.stories,
    schema.statements,
    schema.aliases,
)


class _Told(msgspec.Struct, frozen=True):
    """What of a line of the chronicle names stories."""

    story: str
    also: tuple[str, ...] = ()


class _Held(msgspec.Struct, frozen=True):
    """What of a story says whether it has an article."""

    id: str
    articles: tuple[str, ...]
    made: bool = False


def placed(connection: Connection, articles: Collection[str]) -> Placed:
    """Where what these articles tell stands."""
    entities, accounts, told = schema.entity_members, schema.accounts, schema.statement_members
    event_of: dict[Member, str] = {}
    origin_of: dict[Member, str] = {}
    for row in _rows(connection, accounts, articles):
        event_of[Member(row.article, row.local)] = row.event
        origin_of[Member(row.article, row.local)] = row.origin
    return Placed(
        {Member(row.article, row.local): row.entity for row in _rows(connection, entities, articles)},
        event_of,
        {Member(row.article, row.local): row.statement for row in _rows(connection, told, articles)},
        origin_of,
        _stories_of(connection, articles, event_of),
    )


def _rows(connection: Connection, table: Table, articles: Collection[str]) -> Iterator[Any]:
    for asked in in_parts(articles):
        yield from connection.execute(select(table).where(table.c.article.in_(asked)))


def _stories_of(
    connection: Connection, articles: Collection[str], event_of: Mapping[Member, str]
) -> dict[str, tuple[str, ...]]:
    """Stories of articles: those that tell an event of theirs in the chronicle, and those that they may have opened."""
    table, lines = schema.stories, schema.chronicle
    found: set[str] = set()
    for payload in _payloads(connection, lines, lines.c.event, set(event_of.values())):
        line = msgspec.json.decode(payload, type=_Told)
        found.update((line.story, *line.also))
    result: dict[str, list[str]] = {}
    for payload in _payloads(connection, table, table.c.id, found):
        story = msgspec.json.decode(payload, type=_Held)
        for article in () if story.made else story.articles:
            if article in articles:
                result.setdefault(article, []).append(story.id)
    return {article: tuple(listed) for article, listed in result.items()}


def _payloads(connection: Connection, table: Table, column: Any, wanted: Iterable[str]) -> Iterator[str]:
    for asked in in_parts(wanted):
        yield from connection.scalars(select(table.c.payload).where(column.in_(asked)).order_by(table.c.position))


def parts_of(connection: Connection, identifiers: Collection[str]) -> Linked:
    """Entities, events, statements, stories, origins of these identifiers; conflicts of the events, lines of the
    stories among them."""

    def read(table: Table, type_: type[T], column: Any = None) -> tuple[T, ...]:
        chosen = _payloads(connection, table, table.c.id if column is None else column, identifiers)
        return tuple(from_json(payload, type_) for payload in chosen)

    return Linked(
        entities=read(schema.entities, Entity),
        origins=read(schema.origins, Origin),
        events=read(schema.events, Event),
        conflicts=read(schema.conflicts, Conflict, schema.conflicts.c.event),
        stories=read(schema.stories, Story),
        chronicle=read(schema.chronicle, ChronicleEntry, schema.chronicle.c.story),
        statements=read(schema.statements, Statement),
    )


def lines_of(connection: Connection, events: Collection[str]) -> tuple[ChronicleEntry, ...]:
    """Lines of the chronicle that tell these events."""
    table = schema.chronicle
    return tuple(from_json(payload, ChronicleEntry) for payload in _payloads(connection, table, table.c.event, events))


def first_reports(connection: Connection, events: Collection[str]) -> dict[str, date]:
    """The last days on which the first articles that tell these events can have been published, where known."""
    accounts, articles = schema.accounts, schema.articles
    chosen = select(accounts.c.event, func.min(articles.c.dct_latest)).join(
        articles, articles.c.id == accounts.c.article
    )
    return {
        event: day
        for asked in in_parts(events)
        for event, day in connection.execute(chosen.where(accounts.c.event.in_(asked)).group_by(accounts.c.event))
        if day is not None
    }


def known(connection: Connection, identifiers: Collection[str]) -> set[str]:
    """Of these identifiers, those that something goes by, or that stand for something."""
    return {
        found
        for table in _PRESENT
        for asked in in_parts(identifiers)
        for found in connection.scalars(select(table.c.id).where(table.c.id.in_(asked)))
    }
