"""Rows of lists from outside: input like the captures, replaced as a whole by a newer version of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from quellenlage.errors import NotFound
from quellenlage.model import EntityKind, Reference, ReferenceList, fold, from_json, text_digest, to_json
from quellenlage.store import schema, state

_ROWS = 500
"""Rows written, or values asked for, at a time."""

_KEY_LENGTH = 255


def put(connection: Connection, listed: ReferenceList, entries: Iterable[tuple[Reference, Sequence[str]]]) -> int:
    """Replace a list; an identifier that comes twice counts once."""
    _delete(connection, listed.name)
    lists = schema.reference_lists
    values = {c.name: getattr(listed, c.name) for c in lists.c if c.name != "entities"}
    connection.execute(insert(lists), {**values, "entities": 0})
    known: set[str] = set()
    waiting = iter(entries)
    while batch := list(islice(waiting, _ROWS)):
        rows: list[dict[str, Any]] = []
        keys: list[dict[str, str]] = []
        for entry, found in batch:
            if entry.id in known:
                continue
            known.add(entry.id)
            payload = to_json(entry).decode()
            rows.append(
                {"id": entry.id, "list": listed.name, "kind": str(entry.kind), "name": entry.name, "payload": payload}
            )
            keys += [{"key": key, "reference": entry.id} for key in sorted({k[:_KEY_LENGTH] for k in found})]
        if rows:
            connection.execute(insert(schema.reference_entities), rows)
        if keys:
            connection.execute(insert(schema.reference_keys), keys)
    connection.execute(update(lists).where(lists.c.name == listed.name).values(entities=len(known)))
    state.put(connection, state.LINKED_FINGERPRINT, None)
    return len(known)


def remove(connection: Connection, name: str) -> int:
    """Remove a list and its entries. Raises NotFound."""
    lists = schema.reference_lists
    count: int | None = connection.scalar(select(lists.c.entities).where(lists.c.name == name))
    if count is None:
        known = ", ".join(connection.scalars(select(lists.c.name).order_by(lists.c.name)))
        raise NotFound(
            "no list is called {name}",
            remedy="one of {choices}" if known else "there is none; add one with references add",
            name=name,
            choices=known,
        )
    _delete(connection, name)
    state.put(connection, state.LINKED_FINGERPRINT, None)
    return count


def _delete(connection: Connection, name: str) -> None:
    entries, keys, lists = schema.reference_entities, schema.reference_keys, schema.reference_lists
    own = select(entries.c.id).where(entries.c.list == name)
    connection.execute(delete(keys).where(keys.c.reference.in_(own)))
    connection.execute(delete(entries).where(entries.c.list == name))
    connection.execute(delete(lists).where(lists.c.name == name))


def forget_names(connection: Connection, hidden: frozenset[str]) -> None:
    """Remove persons of whose names one has such a digest; the lists may be added again and go on without them.

    A namesake stays: a surname that an entry has beside fuller names is not enough.
    """
    table, keys, listed = schema.reference_entities, schema.reference_keys, schema.reference_lists
    gone: dict[str, str] = {}
    chosen = select(table.c.id, table.c.list, table.c.payload).where(table.c.kind.in_(("PER", "ORG")))
    for row in connection.execute(chosen):
        if is_forgotten(from_json(row.payload, Reference), hidden):
            gone[row.id] = row.list
    for some in _in_parts(sorted(gone)):
        connection.execute(delete(keys).where(keys.c.reference.in_(some)))
        connection.execute(delete(table).where(table.c.id.in_(some)))
    for name, count in Counter(gone.values()).items():
        fewer = listed.c.entities - count
        connection.execute(update(listed).where(listed.c.name == name).values(entities=fewer))


def is_forgotten(entry: Reference, hidden: Collection[str]) -> bool:
    """Whether an entry is a person, or may be one, and one of the names that tell it has such a digest."""
    if not (entry.kind is EntityKind.PER or entry.either):
        return False
    return any(text_digest(" ".join(name)) in hidden for name in _telling(entry))


def _telling(entry: Reference) -> Iterator[tuple[str, ...]]:
    """Names of an entry in folded words, "Weber, Karla" in either order; not what is less than another of its names.

    One word beside names of several, and the end of a longer name, are what namesakes have in common.
    """
    written = {tuple(fold(one).split()) for name in (*entry.names, *entry.weak) for one in (name, _turned(name))}
    written.discard(())
    longest = max((len(name) for name in written), default=0)
    for name in sorted(written):
        ends = any(len(other) > len(name) and other[-len(name) :] == name for other in written)
        if not ends and (len(name) > 1 or longest == 1):
            yield name


def _turned(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first} {last}" if comma else name


def lists(connection: Connection) -> list[ReferenceList]:
    """All lists, in order of name."""
    table = schema.reference_lists
    return [ReferenceList(**row._mapping) for row in connection.execute(select(table).order_by(table.c.name))]


def entries_after(connection: Connection, name: str, last: str) -> list[Reference]:
    """The next entries of a list in order of identifier."""
    table = schema.reference_entities
    chosen = select(table.c.payload).where(table.c.list == name, table.c.id > last).order_by(table.c.id).limit(_ROWS)
    return [from_json(payload, Reference) for payload in connection.scalars(chosen)]


def by_keys(connection: Connection, keys: Iterable[str]) -> list[Reference]:
    """Every entry with one of these keys, each once, in order of list and identifier."""
    if not connection.scalar(select(func.count()).select_from(schema.reference_lists)):
        return []
    table = schema.reference_keys
    found: set[str] = set()
    for some in _in_parts(sorted({key[:_KEY_LENGTH] for key in keys})):
        found |= set(connection.scalars(select(table.c.reference).where(table.c.key.in_(some)).distinct()))
    return by_ids(connection, found)


def by_ids(connection: Connection, identifiers: Iterable[str]) -> list[Reference]:
    """The entries of these identifiers that there are, in order of list and identifier."""
    table = schema.reference_entities
    found: list[Reference] = []
    for some in _in_parts(sorted(set(identifiers))):
        found += [
            from_json(p, Reference) for p in connection.scalars(select(table.c.payload).where(table.c.id.in_(some)))
        ]
    return sorted(found, key=lambda entry: (entry.list, entry.id))


def _in_parts(values: list[str]) -> Iterator[list[str]]:
    for at in range(0, len(values), _ROWS):
        yield values[at : at + _ROWS]
