"""What spans articles, of some stories alone: the rows that a view of them needs, and no others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Column, Connection, Table, select

from quellenlage.model import (
    ChronicleEntry,
    Conflict,
    Entity,
    Event,
    Linked,
    Origin,
    Reuse,
    Revision,
    Story,
    fold,
    from_json,
)
from quellenlage.store import schema

T = TypeVar("T")

_ASKED = 500
"""Identifiers in one question to the database."""

_NAMED = re.compile('"((?:ent|org|evm)-[^"\\\\]*)"')
"""How identifiers of entities, origins and events stand in JSON."""

Where = Sequence[tuple[Column[Any], Iterable[str]]]


class _Spelled(msgspec.Struct, frozen=True):
    """What of an entity its names are."""

    id: str
    name: str
    spellings: tuple[str, ...] = ()


_SPELLED = msgspec.json.Decoder(_Spelled)


def stories_named(connection: Connection, name: str) -> list[str]:
    """Stories of this identifier or its beginning; where none, those whose title contains the words."""
    table = schema.stories
    chosen = select(table.c.id).where(table.c.id.startswith(name, autoescape=True)).order_by(table.c.position)
    found = list(connection.scalars(chosen)) if name else []
    wanted = fold(name)
    if found or not wanted:
        return found
    rows = connection.execute(select(table.c.id, table.c.title).order_by(table.c.position))
    return [row.id for row in rows if wanted in fold(row.title)]


def stories(connection: Connection) -> tuple[Story, ...]:
    """All stories, in order, and nothing of what they name."""
    chosen = select(schema.stories.c.payload).order_by(schema.stories.c.position)
    return tuple(from_json(payload, Story) for payload in connection.scalars(chosen))


def captured_since(connection: Connection, day: str) -> frozenset[str]:
    """Articles whose capture is of this ISO day (UTC) or later."""
    articles, captures = schema.articles, schema.captures
    chosen = select(articles.c.id).join(captures, captures.c.id == articles.c.capture)
    return frozenset(connection.scalars(chosen.where(captures.c.captured_at >= day)))


def events_in(connection: Connection, articles: Iterable[str]) -> set[str]:
    """Events that any of these articles tells."""
    table = schema.accounts
    return {
        event
        for asked in in_parts(articles)
        for event in connection.scalars(select(table.c.event).where(table.c.article.in_(asked)))
    }


def entities_named(connection: Connection, name: str) -> list[str]:
    """Entities of this name or spelling; where none, those of which a spelling contains all its words."""
    wanted = fold(name)
    words = set(wanted.split())
    exact: list[str] = []
    near: list[str] = []
    for payload in connection.scalars(select(schema.entities.c.payload)) if wanted else ():
        one = _SPELLED.decode(payload)
        spelled = [fold(spelling) for spelling in (one.name, *one.spellings)]
        if wanted in spelled:
            exact.append(one.id)
        elif any(words <= set(spelling.split()) for spelling in spelled):
            near.append(one.id)
    return exact or near


def published_since(connection: Connection, day: date) -> frozenset[str]:
    """Articles that cannot have been published before this day."""
    table = schema.articles
    return frozenset(connection.scalars(select(table.c.id).where(table.c.dct_earliest >= day)))


def events_of(connection: Connection, conflicts: Iterable[str]) -> set[str]:
    """Events of which these conflicts are."""
    table = schema.conflicts
    return {
        event
        for asked in in_parts(conflicts)
        for event in connection.scalars(select(table.c.event).where(table.c.id.in_(asked)))
    }


def events_with(connection: Connection, entities: Collection[str]) -> set[str]:
    """Events that any of these entities does, undergoes or is the place of: told where they are named."""
    table = schema.entity_members
    articles = {
        article
        for asked in in_parts(entities)
        for article in connection.scalars(select(table.c.article).where(table.c.entity.in_(asked)))
    }
    told = _read(connection, schema.events, [(schema.events.c.id, events_in(connection, articles))], Event)
    return {e.id for e in told if not {*e.actors, *e.recipients, e.place}.isdisjoint(entities)}


def linked_of(connection: Connection, stories: Collection[str], more: Collection[str] = ()) -> Linked:
    """Stories with their events, lines of the chronicle, conflicts, and all that these name.

    `more` are events and entities beside them; the stories in which such events have their lines are there, too.
    Everything stands in the same order as in the whole, and is equal to what stands there.
    """
    chosen = _rows(connection, schema.stories, [(schema.stories.c.id, stories)])
    mine = _of("evm-", more).union(*(story.events for story in _decoded(chosen, Story)))
    table = schema.chronicle
    lines = _rows(connection, table, [(table.c.story, stories), (table.c.event, mine)])
    entries = _decoded(lines, ChronicleEntry)
    mine.update(entry.event for entry in entries)
    if more:
        heads = {entry.story for entry in entries}.difference(stories)
        chosen.update(_rows(connection, schema.stories, [(schema.stories.c.id, heads)]))
    told = _decoded(chosen, Story)
    events = _rows(connection, schema.events, [(schema.events.c.id, mine)])
    conflicts = _rows(connection, schema.conflicts, [(schema.conflicts.c.event, mine)])
    listed = (*lines.values(), *events.values(), *conflicts.values())
    named = {identifier for payload in listed for identifier in identifiers_in(payload)}.union(more)
    aliases = dict(sorted(link_aliases(connection, named).items()))
    named.update(aliases.values())
    # Events that others are parts of, or of one series with, are named but told elsewhere.
    events.update(_rows(connection, schema.events, [(schema.events.c.id, _of("evm-", named) - mine)]))
    found = _decoded(events, Event)
    articles = {account.member.article for event in found for account in event.accounts}
    articles.update(article for story in told for article in story.articles)
    return Linked(
        entities=_read(connection, schema.entities, [(schema.entities.c.id, _of("ent-", named))], Entity),
        origins=_read(connection, schema.origins, [(schema.origins.c.id, _of("org-", named))], Origin),
        events=found,
        revisions=_touching(connection, schema.revisions, articles, Revision),
        conflicts=_decoded(conflicts, Conflict),
        stories=told,
        chronicle=entries,
        aliases=aliases,
    )


def reuses_of(connection: Connection, articles: Collection[str]) -> tuple[Reuse, ...]:
    """What these articles take from others, and others from them, in order."""
    return _touching(connection, schema.reuses, articles, Reuse)


def _touching(connection: Connection, table: Table, articles: Collection[str], type_: type[T]) -> tuple[T, ...]:
    return _read(connection, table, [(table.c.article, articles), (table.c.earlier, articles)], type_)


def _read(connection: Connection, table: Table, where: Where, type_: type[T]) -> tuple[T, ...]:
    """Rows of which one of the columns has a value of its own, in order."""
    return _decoded(_rows(connection, table, where), type_)


def _rows(connection: Connection, table: Table, where: Where) -> dict[int, str]:
    """The payloads of these rows by position."""
    return {
        row.position: row.payload
        for column, wanted in where
        for asked in in_parts(wanted)
        for row in connection.execute(select(table.c.position, table.c.payload).where(column.in_(asked)))
    }


def _decoded(rows: Mapping[int, str], type_: type[T]) -> tuple[T, ...]:
    return tuple(from_json(rows[position], type_) for position in sorted(rows))


def in_parts(wanted: Iterable[str]) -> Iterator[Sequence[str]]:
    """Identifiers in order, as many at a time as one question may hold."""
    listed = sorted(wanted)
    return (listed[at : at + _ASKED] for at in range(0, len(listed), _ASKED))


def link_aliases(connection: Connection, identifiers: Iterable[str]) -> dict[str, str]:
    """What these identifiers stand for by the last link, of those that are aliases."""
    table = schema.aliases
    chosen = select(table.c.id, table.c.target).where(table.c.given_by == "link")
    return {
        row.id: row.target
        for asked in in_parts(identifiers)
        for row in connection.execute(chosen.where(table.c.id.in_(asked)))
    }


def identifiers_in(payload: str) -> Iterator[str]:
    """Identifiers of entities, origins and events in a payload; those who speak together are joined by "+"."""
    for found in _NAMED.findall(payload):
        yield from found.split("+")


def _of(beginning: str, identifiers: Iterable[str]) -> set[str]:
    return {one for one in identifiers if one.startswith(beginning)}
