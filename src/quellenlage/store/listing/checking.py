"""Whether the tables of lists hold what follows from what they index, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from quellenlage.errors import Defect
from quellenlage.model import Document, Linked, Problem, to_json
from quellenlage.store import schema
from quellenlage.store.listing import judging, tables, tallies, voices, writing
from quellenlage.store.listing.article_rows import name_forms, rows_of
from quellenlage.store.listing.linked_rows import doubt_rows, entity_rows, origin_rows, story_rows
from quellenlage.store.portions import in_parts

_LATER = {tables.entity_cards: {"events"}}
"""Columns that are counted when all rows are there."""


def of_article(connection: Connection, document: Document) -> Iterator[Problem]:
    """Compare the rows of an article."""
    if not writing.is_ready(connection):
        return
    article, captures = document.article, schema.captures
    sequence = connection.scalar(select(captures.c.sequence).where(captures.c.id == article.capture)) or 0
    out = judging.rejected(connection)
    wanted = rows_of(document, sequence)
    for row in wanted[tables.claim_cards]:
        row["hidden"] = int(row["key"] in out)
    for table, rows in wanted.items():
        yield from _differ(connection, table, rows, article.id, table.c.article == article.id)
    mentions, local = schema.event_mentions, schema.local_entities
    triggers = [
        {"local": one.id, "trigger_start": one.trigger.start, "trigger_end": one.trigger.end} for one in document.events
    ]
    yield from _differ(connection, mentions, triggers, article.id, mentions.c.article == article.id)
    written = name_forms(document)
    forms = [
        {"local": one.id, "forms": to_json(written[one.id]).decode() if one.id in written else None}
        for one in document.entities
    ]
    yield from _differ(connection, local, forms, article.id, local.c.article == article.id)


def of_linked(connection: Connection, linked: Linked) -> Iterator[Problem]:
    """Compare the rows of what spans articles, and what counts or joins others."""
    if not writing.is_ready(connection):
        return
    wanted: dict[Table, Counter[tuple[Any, ...]]] = {table: Counter() for table in tables.OF_LINK}
    events = [event.id for event in linked.events]
    for asked in in_parts(events):
        for table, row in writing.events_again(connection, asked):
            _count(wanted, table, row)
    listed = (
        *(row for one in linked.entities for row in entity_rows(one)),
        *(row for one in linked.origins for row in origin_rows(one)),
        *(row for one in linked.stories for row in story_rows(one)),
    )
    for table, row in listed:
        _count(wanted, table, row)
    positions = connection.scalars(select(schema.doubts.c.position).order_by(schema.doubts.c.position))
    for table, row in doubt_rows(zip(positions, linked.doubts, strict=True), linked.aliases):
        _count(wanted, table, row)
    wanted[tables.resting].update(tuple(row) for row in connection.execute(writing.resting_rows()))
    for table, expected in wanted.items():
        found = Counter(_values(connection, table, _names(table)))
        yield from _problem(table, table.name, expected, found)
    cards = tables.entity_cards
    counted = select(cards.c.entity).where(cards.c.events != writing.events_of_entity())
    for entity in connection.scalars(counted):
        yield Problem("list-rows", entity, "entity_cards.events: another number of events")
    for table in tallies.differing(connection):
        yield Problem("list-rows", table.name, "the counts are not those of the rows")
    yield from _voices(connection)


def of_judgements(connection: Connection) -> Iterator[Problem]:
    """Compare what lists know of people's decisions with the decisions."""
    if not writing.is_ready(connection):
        return
    try:
        wanted = judging.words(connection)
    except (ValueError, TypeError, Defect):
        return  # a damaged decision is reported as that
    table = tables.judged
    found = {row.key: (bool(row.rejected), row.speaker) for row in connection.execute(select(table))}
    if found != wanted:
        yield Problem("list-rows", "judged", "the decisions in force say otherwise")


def _voices(connection: Connection) -> Iterator[Problem]:
    spoken = tables.claim_voices
    found = Counter(tuple(row) for row in connection.execute(select(spoken.c.who, spoken.c.role, spoken.c.claim)))
    apart = voices.particular(connection)
    wanted = Counter(tuple(row) for row in connection.execute(voices.resolved()) if row[2] not in apart)
    listed = sorted(apart)
    for at in range(0, len(listed), 500):
        wanted.update(voices.of_claims(connection, listed[at : at + 500]))
    yield from _problem(spoken, spoken.name, wanted, found)


def _count(wanted: dict[Table, Counter[tuple[Any, ...]]], table: Table, row: dict[str, Any]) -> None:
    wanted[table][tuple(row[name] for name in _names(table))] += 1


def _names(table: Table) -> list[str]:
    return [column.name for column in table.c if column.name not in _LATER.get(table, ())]


def _differ(
    connection: Connection, table: Table, rows: Iterable[dict[str, Any]], subject: str, where: Any
) -> Iterator[Problem]:
    listed = list(rows)
    names = list(listed[0]) if listed else [column.name for column in table.primary_key]
    wanted = Counter(tuple(row[name] for name in names) for row in listed)
    yield from _problem(table, subject, wanted, Counter(_values(connection, table, names, where)))


def _values(connection: Connection, table: Table, names: Iterable[str], *where: Any) -> Iterator[tuple[Any, ...]]:
    for row in connection.execute(select(*(table.c[name] for name in names)).where(*where)):
        yield tuple(row)


def _problem(
    table: Table, subject: str, wanted: Counter[tuple[Any, ...]], found: Counter[tuple[Any, ...]]
) -> Iterator[Problem]:
    if wanted != found:
        lacking, extra = (wanted - found).total(), (found - wanted).total()
        yield Problem("list-rows", subject, f"{table.name}: {lacking} rows lacking, {extra} without a source")
