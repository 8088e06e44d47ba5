"""Rows of everything that spans articles, written as a whole and read back as it was."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete, select

from quellenlage.model import (
    ChronicleEntry,
    Conflict,
    Doubt,
    Entity,
    Event,
    Linked,
    Origin,
    ReferenceMatch,
    Reuse,
    Revision,
    Statement,
    Story,
    from_json,
    to_builtins,
    to_json,
)
from quellenlage.store import schema
from quellenlage.store.aliases import present
from quellenlage.store.layers import ARTICLE_KINDS
from quellenlage.store.listing import writing as listing
from quellenlage.store.profiles import profile_of
from quellenlage.store.redaction import context_left

T = TypeVar("T")

_DELETION_ORDER = (
    schema.chronicle,
    schema.conflicts,
    schema.statement_members,
    schema.statements,
    schema.accounts,
    schema.events,
    schema.doubts,
    schema.reference_matches,
    schema.entity_members,
    schema.entities,
    schema.origins,
    schema.reuses,
    schema.revisions,
    schema.stories,
)
"""What refers comes before what it refers to."""

_WRITING_ORDER = (*reversed(_DELETION_ORDER), schema.evidence)

_WAITING = 10_000
"""Rows that wait until they are written together."""

PAYLOADS: Mapping[Table, type[Any]] = {
    schema.entities: Entity,
    schema.doubts: Doubt,
    schema.reference_matches: ReferenceMatch,
    schema.origins: Origin,
    schema.reuses: Reuse,
    schema.revisions: Revision,
    schema.events: Event,
    schema.conflicts: Conflict,
    schema.statements: Statement,
    schema.stories: Story,
    schema.chronicle: ChronicleEntry,
}
"""Tables whose `payload` is a model object, and of which class."""


def read_linked(connection: Connection) -> Linked:
    """Everything that spans articles, in the order in which it was written."""
    table = schema.aliases
    chosen = select(table.c.id, table.c.target).where(table.c.given_by == "link").order_by(table.c.id)
    return Linked(
        entities=_read(connection, schema.entities, Entity),
        origins=_read(connection, schema.origins, Origin),
        reuses=_read(connection, schema.reuses, Reuse),
        revisions=_read(connection, schema.revisions, Revision),
        events=_read(connection, schema.events, Event),
        conflicts=_read(connection, schema.conflicts, Conflict),
        stories=_read(connection, schema.stories, Story),
        chronicle=_read(connection, schema.chronicle, ChronicleEntry),
        statements=_read(connection, schema.statements, Statement),
        doubts=_read(connection, schema.doubts, Doubt),
        references=_read(connection, schema.reference_matches, ReferenceMatch),
        aliases={row.id: row.target for row in connection.execute(chosen)},
    )


def read_gone(connection: Connection, now: Linked) -> Linked:
    """Of what was last written, what has no row of the same identifier in `now`, and the aliases.

    That is all that identifiers are inherited from; most of the time it is nothing.
    """
    here = present(now)
    table = schema.aliases
    chosen = select(table.c.id, table.c.target).where(table.c.given_by == "link").order_by(table.c.id)
    return Linked(
        entities=_read_gone(connection, schema.entities, Entity, here),
        origins=_read_gone(connection, schema.origins, Origin, here),
        events=_read_gone(connection, schema.events, Event, here),
        conflicts=_read_gone(connection, schema.conflicts, Conflict, here),
        stories=_read_gone(connection, schema.stories, Story, here),
        statements=_read_gone(connection, schema.statements, Statement, here),
        aliases={row.id: row.target for row in connection.execute(chosen)},
    )


def _read_gone(connection: Connection, table: Table, type_: type[T], here: Collection[str]) -> tuple[T, ...]:
    ids = [i for i in connection.scalars(select(table.c.id).order_by(table.c.position)) if i not in here]
    payload = select(table.c.payload)
    return tuple(from_json(connection.scalars(payload.where(table.c.id == i)).one(), type_) for i in ids)


def _read(connection: Connection, table: Table, type_: type[T]) -> tuple[T, ...]:
    rows = connection.execute(select(table.c.payload).order_by(table.c.position))
    return tuple(from_json(row.payload, type_) for row in rows)


def write_linked(connection: Connection, linked: Linked, history: Mapping[str, str]) -> None:
    """Replace everything that spans articles; `history` maps identifiers of earlier links to present ones."""
    listing.clear_linked(connection)
    for table in _DELETION_ORDER:
        connection.execute(delete(table))
    connection.execute(delete(schema.aliases))
    quoted = schema.evidence
    connection.execute(delete(quoted).where(quoted.c.owner_kind.not_in(ARTICLE_KINDS)))
    # Identifiers are in no order: written row by row, an index of millions would be read and written over and over.
    indexes = [
        index for table in (*_DELETION_ORDER, quoted) for index in sorted(table.indexes, key=lambda i: str(i.name))
    ]
    for index in indexes:
        index.drop(connection, checkfirst=True)
    maker = _Rows(_digests_as_received(connection), connection)
    maker.all(linked)
    maker.flush()
    for index in indexes:
        index.create(connection)
    for given_by, named in (("link", linked.aliases), ("history", history)):
        rows = ({"id": i, "target": named[i], "given_by": given_by} for i in sorted(named))
        while batch := list(islice(rows, _WAITING)):
            profile_of(connection.dialect.name).insert(connection, schema.aliases, batch)
    if listing.is_ready(connection):
        listing.write_linked(connection, linked)
    else:
        listing.fill(connection)


def linked_rows(connection: Connection, linked: Linked) -> dict[Table, list[dict[str, Any]]]:
    """Rows of all tables but aliases, table by table in an order in which references allow writing them."""
    maker = _Rows(_digests_as_received(connection))
    maker.all(linked)
    return maker.rows


def _digests_as_received(connection: Connection) -> dict[str, str]:
    """Digest of the text as received, by article, where all but the citations was deleted since.

    What is linked anew from such an article carries the digest of what is left of it; the evidence goes on
    naming the text that it was taken from, and has no more context than what is cited beside it.
    """
    table = schema.articles
    removed = select(table.c.id, table.c.text_sha256).join(schema.captures, schema.captures.c.id == table.c.capture)
    rows = connection.execute(removed.where(schema.captures.c.text_removed == 1))
    return {row.id: row.text_sha256 for row in rows}


class _Rows:
    """Collects rows; the evidence inside every object becomes rows of its own.

    With a connection they are written as they come, so that those of a large archive are never all in memory.
    """

    def __init__(self, digests: Mapping[str, str], connection: Connection | None = None) -> None:
        self._digests = digests
        self._connection = connection
        self._waiting = 0
        self.rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in _WRITING_ORDER}

    def all(self, linked: Linked) -> None:
        """Make the rows of everything but aliases; what refers comes after what it refers to."""
        self.entities(linked)
        self.origins(linked)
        self.events(linked)
        self.stories(linked)
        self.statements(linked)

    def flush(self) -> None:
        """Write what waits."""
        for table, rows in self.rows.items():
            if rows and self._connection is not None:
                profile_of(self._connection.dialect.name).insert(self._connection, table, rows)
                rows.clear()
        self._waiting = 0

    def _payload(self, kind: str, owner: str, item: object) -> str:
        plain = to_builtins(item)
        found: list[dict[str, Any]] = []
        _collect(plain, found)
        listed = self.rows[schema.evidence]
        for quoted in found:
            if digest := self._digests.get(quoted["article"]):
                quoted["text_sha256"] = digest
                quoted["prefix"], quoted["suffix"] = context_left(quoted["prefix"], quoted["suffix"])
            listed.append({"owner_kind": kind, "owner": owner, **quoted})
        self._waiting += len(found)
        return to_json(plain).decode()

    def _add(self, table: Table, row: dict[str, Any]) -> None:
        self.rows[table].append(row)
        self._waiting += 1
        if self._connection is not None and self._waiting >= _WAITING:
            self.flush()

    def entities(self, linked: Linked) -> None:
        for position, entity in enumerate(linked.entities):
            row = {"id": entity.id, "position": position, "kind": str(entity.kind), "name": entity.name}
            self._add(schema.entities, {**row, "payload": self._payload("entity", entity.id, entity)})
            for member in dict.fromkeys(entity.members):
                row = {"entity": entity.id, "article": member.article, "local": member.local}
                self._add(schema.entity_members, row)

        for position, doubt in enumerate(linked.doubts):
            row = {"position": position, "one": doubt.one, "other": doubt.other, "value": doubt.value}
            self._add(schema.doubts, {**row, "payload": self._payload("doubt", doubt.one, doubt)})

        for position, match in enumerate(linked.references):
            row = {"position": position, "entity": match.entity, "reference": match.reference}
            row["accepted"] = int(match.accepted)
            payload = self._payload("reference", match.entity, match)
            self._add(schema.reference_matches, {**row, "payload": payload})

    def origins(self, linked: Linked) -> None:
        for position, origin in enumerate(linked.origins):
            row = {"id": origin.id, "position": position, "kind": str(origin.kind), "name": origin.name}
            self._add(schema.origins, {**row, "payload": self._payload("origin", origin.id, origin)})
        for position, reuse in enumerate(linked.reuses):
            row = {
                "position": position,
                "article": reuse.article,
                "earlier": reuse.earlier,
                "kind": reuse.kind,
            }
            self._add(schema.reuses, {**row, "payload": self._payload("reuse", reuse.article, reuse)})
        for position, one in enumerate(linked.revisions):
            row = {"position": position, "article": one.article, "earlier": one.earlier, "kind": str(one.kind)}
            # Changed sentences are evidence of another kind: deleting the text takes them, not the words of the note.
            payload = self._payload("revision", one.article, replace(one, changes=()))
            payload = self._payload("change", one.article, one) if one.changes else payload
            self._add(schema.revisions, {**row, "payload": payload})

    def events(self, linked: Linked) -> None:
        for position, event in enumerate(linked.events):
            row = {
                "id": event.id,
                "position": position,
                "event_type": event.event_type,
                "factuality": str(event.factuality),
                "earliest": event.earliest,
                "latest": event.latest,
            }
            self._add(schema.events, {**row, "payload": self._payload("event", event.id, event)})
            for number, account in enumerate(event.accounts):
                row = {
                    "event": event.id,
                    "position": number,
                    "article": account.member.article,
                    "local": account.member.local,
                    "origin": account.origin,
                }
                self._add(schema.accounts, row)
        for position, conflict in enumerate(linked.conflicts):
            row = {
                "id": conflict.id,
                "position": position,
                "event": conflict.event,
                "kind": str(conflict.kind),
            }
            self._add(schema.conflicts, {**row, "payload": self._payload("conflict", conflict.id, conflict)})

    def stories(self, linked: Linked) -> None:
        for position, story in enumerate(linked.stories):
            row = {"id": story.id, "position": position, "title": story.title}
            self._add(schema.stories, {**row, "payload": self._payload("story", story.id, story)})
        for position, entry in enumerate(linked.chronicle):
            row = {
                "position": position,
                "event": entry.event,
                "story": entry.story,
                "earliest": entry.earliest,
                "latest": entry.latest,
            }
            self._add(schema.chronicle, {**row, "payload": self._payload("chronicle", entry.event, entry)})

    def statements(self, linked: Linked) -> None:
        for position, statement in enumerate(linked.statements):
            row = {
                "id": statement.id,
                "position": position,
                "occasions": len(statement.occasions),
                "printed": statement.printed,
            }
            self._add(schema.statements, {**row, "payload": self._payload("statement", statement.id, statement)})
            places = {m: n for n, occasion in enumerate(statement.occasions) for m in occasion.members}
            for told in statement.retellings:
                row = {
                    "statement": statement.id,
                    "article": told.member.article,
                    "local": told.member.local,
                    "claim": told.claim,
                    "occasion": places[told.member],
                    "origin": told.origin,
                }
                self._add(schema.statement_members, row)


def _collect(plain: Any, found: list[dict[str, Any]]) -> None:
    """Every piece of evidence inside a model object turned into plain data, in order."""
    if type(plain) is dict:
        if "text_sha256" in plain and "exact" in plain:
            found.append(plain)
            return
        plain = plain.values()
    for value in plain:
        if value and type(value) in _NESTED:
            _collect(value, found)


_NESTED = frozenset({dict, list, tuple})
"""Of what plain data is made, besides words and numbers."""
