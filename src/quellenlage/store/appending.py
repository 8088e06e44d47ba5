"""What new articles bring to what spans articles, written beside what stays: rows that nothing touches are not read.

Positions say no more than the order, so new rows go by higher ones, and those of a story's lines may be moved behind
all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from quellenlage.model import ChronicleEntry, Entity, Linked, from_json, to_json
from quellenlage.model.ports import Delta, LinkedStand
from quellenlage.store import schema, state
from quellenlage.store.aliases import present
from quellenlage.store.linking import PAYLOADS, linked_rows
from quellenlage.store.listing import writing as listing
from quellenlage.store.placing import known
from quellenlage.store.portions import in_parts

_KINDS = {
    schema.origins: "origin",
    schema.events: "event",
    schema.conflicts: "conflict",
    schema.stories: "story",
    schema.statements: "statement",
}
"""Tables of things with an identifier that are written anew, and as whose their evidence goes."""

_PARTS = {
    schema.accounts: "event",
    schema.statement_members: "statement",
}
"""Tables of their members, and the column that says whose they are."""

_PLACE = ("article", "start", "end")


def append(connection: Connection, delta: Delta, position: int) -> int:
    """Write a delta from a position on; returns the first position that is free then."""
    added = replace(delta.added, chronicle=())
    touched = _touched(connection, delta)
    listing.release_events(connection, touched)
    rows = linked_rows(connection, added)
    new = sorted(present(added))
    for listed in rows.values():
        _shift(listed, position)
    _delete_aliases(connection, schema.aliases.c.id, new)
    for table in schema.metadata.sorted_tables:
        if found := rows.get(table):
            connection.execute(insert(table), found)
    _extend(connection, delta.changed.entities, frozenset(delta.articles))
    _change(connection, replace(delta.changed, entities=()))
    for conflict in delta.gone:
        _delete_conflict(connection, conflict)
    longest = max((len(listed) for table, listed in rows.items() if table in PAYLOADS), default=0)
    free = position + longest
    for story, lines in delta.lines.items():
        free = _write_lines(connection, story, lines, free)
    named = set(added.aliases) - known(connection, added.aliases)
    if named:
        values = [{"id": one, "target": added.aliases[one], "given_by": "link"} for one in sorted(named)]
        connection.execute(insert(schema.aliases), values)
    listing.appended(connection, added, delta.changed, delta.articles)
    listing.refresh_events(connection, touched)
    return free


def _touched(connection: Connection, delta: Delta) -> set[str]:
    """Events that a delta adds or changes, or of which it moves the line, or a conflict comes or goes."""
    parts = (delta.added, delta.changed)
    found = {event.id for part in parts for event in part.events}
    found.update(conflict.event for part in parts for conflict in part.conflicts)
    found.update(line.event for lines in delta.lines.values() for line in lines)
    table, lines = schema.conflicts, schema.chronicle
    for asked in in_parts(delta.gone):
        found.update(connection.scalars(select(table.c.event).where(table.c.id.in_(asked))))
    for asked in in_parts(delta.lines):
        found.update(connection.scalars(select(lines.c.event).where(lines.c.story.in_(asked))))
    return found


def _shift(rows: Sequence[dict[str, Any]], position: int) -> None:
    """Let rows of a payload begin at a position; that of an account counts within its event."""
    for row in rows:
        if "position" in row and "payload" in row:
            row["position"] += position


def _extend(connection: Connection, entities: Sequence[Entity], articles: frozenset[str]) -> None:
    """Write entities that have further members in new articles: of some, half of the archive are members."""
    table = schema.entities
    for entity in entities:
        values = {"kind": str(entity.kind), "name": entity.name, "payload": to_json(entity).decode()}
        connection.execute(update(table).where(table.c.id == entity.id).values(**values))
        more = replace(
            entity,
            members=tuple(m for m in entity.members if m.article in articles),
            evidence=tuple(e for e in entity.evidence if e.article in articles),
            offices=tuple(o for o in entity.offices if o.evidence.article in articles),
        )
        rows = linked_rows(connection, Linked(entities=(more,)))
        for target in (schema.entity_members, schema.evidence):
            if rows[target]:
                connection.execute(insert(target), rows[target])


def _change(connection: Connection, changed: Linked) -> None:
    rows = linked_rows(connection, changed)
    evidence = _by_owner(rows[schema.evidence])
    for table, kind in _KINDS.items():
        for row in rows[table]:
            values = {name: value for name, value in row.items() if name not in {"id", "position"}}
            connection.execute(update(table).where(table.c.id == row["id"]).values(**values))
            _write_evidence(connection, kind, row["id"], evidence.get((kind, row["id"]), []))
    for table, owner in _PARTS.items():
        wanted: dict[str, list[dict[str, Any]]] = {}
        for row in rows[table]:
            wanted.setdefault(row[owner], []).append(row)
        for identifier, listed in wanted.items():
            _write_parts(connection, table, owner, identifier, listed)


def _write_parts(
    connection: Connection, table: Table, owner: str, identifier: str, rows: Sequence[dict[str, Any]]
) -> None:
    """Bring the members of a thing up to date; those that stay as they are stay untouched."""
    names = [column.name for column in table.c]
    there = {tuple(row) for row in connection.execute(select(table).where(table.c[owner] == identifier))}
    wanted = {tuple(row[name] for name in names): row for row in rows}
    for gone in there - set(wanted):
        where = [table.c[name] == value for name, value in zip(names, gone, strict=True)]
        connection.execute(delete(table).where(*where))
    new = [row for key, row in wanted.items() if key not in there]
    if new:
        connection.execute(insert(table), new)


def _by_owner(rows: Iterable[dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["owner_kind"], row["owner"]), []).append(row)
    return found


def _write_evidence(connection: Connection, kind: str, owner: str, rows: Sequence[dict[str, Any]]) -> None:
    """Bring the evidence of a thing up to date by what is new and what is gone."""
    table = schema.evidence
    chosen = select(table.c.id, *(table.c[name] for name in _PLACE))
    chosen = chosen.where(table.c.owner_kind == kind, table.c.owner == owner)
    spare: dict[tuple[Any, ...], list[int]] = {}
    for found in connection.execute(chosen):
        spare.setdefault(tuple(found)[1:], []).append(found.id)
    new: list[dict[str, Any]] = []
    for row in rows:
        same = spare.get(tuple(row[name] for name in _PLACE))
        if same:
            same.pop()
        else:
            new.append(row)
    if new:
        connection.execute(insert(table), new)
    for gone in (one for listed in spare.values() for one in listed):
        connection.execute(delete(table).where(table.c.id == gone))


def _delete_conflict(connection: Connection, conflict: str) -> None:
    quoted = schema.evidence
    connection.execute(delete(quoted).where(quoted.c.owner_kind == "conflict", quoted.c.owner == conflict))
    connection.execute(delete(schema.conflicts).where(schema.conflicts.c.id == conflict))
    _delete_aliases(connection, schema.aliases.c.target, [conflict])


def _delete_aliases(connection: Connection, column: Any, identifiers: Sequence[str]) -> None:
    for asked in in_parts(identifiers):
        connection.execute(delete(schema.aliases).where(column.in_(asked)))


def _write_lines(connection: Connection, story: str, lines: Sequence[ChronicleEntry], free: int) -> int:
    """Write all lines of a story behind all others, so that they stay together; returns the next free position."""
    table = schema.chronicle
    before = set(connection.scalars(select(table.c.event).where(table.c.story == story)))
    connection.execute(delete(table).where(table.c.story == story))
    rows = linked_rows(connection, Linked(chronicle=tuple(lines)))
    _shift(rows[table], free)
    if rows[table]:
        connection.execute(insert(table), rows[table])
    evidence = _by_owner(rows[schema.evidence])
    for event in sorted(before.union(line.event for line in lines)):
        _write_evidence(connection, "chronicle", event, evidence.get(("chronicle", event), []))
    return free + len(lines)


def unlink(connection: Connection, sequence: int) -> None:
    """Note that the document of a capture changed: what was linked stands as long as it is none of its captures."""
    state.put(connection, state.LINKED_FINGERPRINT, None)
    now = stand(connection)
    if now is not None and sequence <= now.sequence:
        state.put(connection, state.LINKED_STAND, None)


def advance(connection: Connection, after: LinkedStand, articles: Sequence[str]) -> None:
    """Note what is linked now, and which articles provisionally."""
    state.put(connection, state.LINKED_STAND, to_json(after).decode())
    listed = [*provisional(connection), *articles]
    state.put(connection, state.PROVISIONAL, to_json(listed).decode())
    state.put(connection, state.LINKED_FINGERPRINT, f"around {after.basis} {after.sequence}")


def stand(connection: Connection) -> LinkedStand | None:
    """What is linked, None where something of it was changed since."""
    kept = state.get(connection, state.LINKED_STAND)
    return from_json(kept, LinkedStand) if kept else None


def provisional(connection: Connection) -> tuple[str, ...]:
    """Articles that were linked with what is nearest to them alone."""
    kept = state.get(connection, state.PROVISIONAL)
    return from_json(kept, tuple[str, ...]) if kept else ()


def reset(connection: Connection, now: LinkedStand | None) -> None:
    """Note a whole link: nothing is provisional any more."""
    state.put(connection, state.LINKED_STAND, to_json(now).decode() if now else None)
    state.put(connection, state.PROVISIONAL, None)
