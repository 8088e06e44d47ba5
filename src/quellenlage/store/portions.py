"""What spans articles, of some stories alone: the rows that a view of them needs, and no others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, select

from quellenlage.model import (
    ChronicleEntry,
    Conflict,
    Entity,
    Event,
    Linked,
    Origin,
    Story,
    fold,
    from_json,
    to_builtins,
)
from quellenlage.store import schema

T = TypeVar("T")

_ASKED = 500
"""Identifiers in one question to the database."""

_NAMED = ("ent-", "org-", "evm-")
"""How identifiers of entities, origins and events begin."""


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


def linked_of(connection: Connection, stories: Collection[str]) -> Linked:
    """Stories with their events, lines of the chronicle, conflicts, and all that these name.

    Everything stands in the same order as in the whole, and is equal to what stands there.
    """
    told = _read(connection, schema.stories, [(schema.stories.c.id, stories)], Story)
    mine = {event for story in told for event in story.events}
    table = schema.chronicle
    lines = _read(connection, table, [(table.c.story, stories), (table.c.event, mine)], ChronicleEntry)
    mine.update(line.event for line in lines)
    events = _read(connection, schema.events, [(schema.events.c.id, mine)], Event)
    conflicts = _read(connection, schema.conflicts, [(schema.conflicts.c.event, mine)], Conflict)
    named = set(_identifiers(to_builtins((told, lines, events, conflicts))))
    aliases = dict(sorted(_aliases(connection, named).items()))
    named.update(aliases.values())
    # Events that others are parts of, or of one series with, are named but told elsewhere.
    return Linked(
        entities=_read(connection, schema.entities, [(schema.entities.c.id, _of("ent-", named))], Entity),
        origins=_read(connection, schema.origins, [(schema.origins.c.id, _of("org-", named))], Origin),
        events=_read(connection, schema.events, [(schema.events.c.id, mine | _of("evm-", named))], Event),
        conflicts=conflicts,
        stories=told,
        chronicle=lines,
        aliases=aliases,
    )


def _read(
    connection: Connection, table: Table, where: Sequence[tuple[Column[Any], Iterable[str]]], type_: type[T]
) -> tuple[T, ...]:
    """Rows of which one of the columns has a value of its own, in order."""
    found = {
        row.position: row.payload
        for column, wanted in where
        for asked in in_parts(wanted)
        for row in connection.execute(select(table.c.position, table.c.payload).where(column.in_(asked)))
    }
    return tuple(from_json(found[position], type_) for position in sorted(found))


def in_parts(wanted: Iterable[str]) -> Iterator[Sequence[str]]:
    """Identifiers in order, as many at a time as one question may hold."""
    listed = sorted(wanted)
    return (listed[at : at + _ASKED] for at in range(0, len(listed), _ASKED))


def _aliases(connection: Connection, identifiers: Iterable[str]) -> dict[str, str]:
    table = schema.aliases
    chosen = select(table.c.id, table.c.target).where(table.c.given_by == "link")
    return {
        row.id: row.target
        for asked in in_parts(identifiers)
        for row in connection.execute(chosen.where(table.c.id.in_(asked)))
    }


def _identifiers(plain: Any) -> Iterator[str]:
    """Identifiers of entities, origins and events in plain data; those who speak together are joined by "+"."""
    if isinstance(plain, str):
        if plain.startswith(_NAMED):
            yield from plain.split("+")
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from _identifiers(value)
    elif isinstance(plain, (list, tuple)):
        for value in plain:
            yield from _identifiers(value)


def _of(beginning: str, identifiers: Iterable[str]) -> set[str]:
    return {one for one in identifiers if one.startswith(beginning)}
