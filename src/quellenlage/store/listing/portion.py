"""What one page shows, read by keys: the same objects as in the whole, of large ones only what is told in passing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table, func, select, tuple_

from quellenlage.model import (
    ChronicleEntry,
    Conflict,
    Doubt,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Linked,
    Member,
    Origin,
    OriginKind,
    ReferenceMatch,
    Reuse,
    Revision,
    Span,
    Statement,
    Story,
    evidence,
    from_json,
)
from quellenlage.model.listing import Portion, Wanted
from quellenlage.store import schema
from quellenlage.store.listing import sources, tables
from quellenlage.store.packing import unpack_text
from quellenlage.store.portions import identifiers_in, in_parts, link_aliases

T = TypeVar("T")

ACCOUNTS = 24
"""Accounts of an event whose articles are cited, unless it is read as a `whole`."""

WHOLE = 2_000
"""Articles that name an entity, up to which all of it is read where it is asked for itself."""

MEMBERS = 200
"""Members that are read of one that more name."""

_FORMS = msgspec.json.Decoder(dict[str, int])


def portion(connection: Connection, wanted: Wanted) -> Portion:
    """Everything that a page names, and how to cite what it quotes."""
    payloads = _told(connection, wanted)
    events = _decoded(payloads[schema.events], Event)
    conflicts = _decoded(payloads[schema.conflicts], Conflict)
    statements = _decoded(payloads[schema.statements], Statement)
    entries = _decoded(payloads[schema.chronicle], ChronicleEntry)
    of_member = _entities_of(connection, wanted.members)
    named = {one for listed in payloads.values() for payload in listed.values() for one in identifiers_in(payload)}
    named.update(wanted.entities, of_member.values(), _bearers(connection, wanted.names))
    doubts = _doubts(connection, wanted.entities) if wanted.doubts else ()
    named.update(one for doubt in doubts for one in (doubt.one, doubt.other))
    aliases = link_aliases(connection, named)
    named.update(aliases.values())
    entities = _entities(connection, {one for one in named if one.startswith("ent-")}, frozenset(wanted.entities))
    entities += _witnesses(connection, entities)
    stories = {entry.story for entry in entries}.union(*(entry.also for entry in entries))
    quoted = set(wanted.articles) | _quoted(events, conflicts, entries, wanted.whole)
    mine = [e for e in entities if e.id in wanted.entities]
    quoted.update(held.evidence.article for e in mine for held in e.offices)
    quoted.update(words.article for e in mine for words in e.evidence)
    quoted.update(told.member.article for statement in statements for told in statement.retellings[:MEMBERS])
    revisions = _touching(connection, schema.revisions, quoted, Revision)
    reuses = _touching(connection, schema.reuses, quoted, Reuse) if wanted.whole else ()
    quoted.update(article for one in revisions for article in (one.article, one.earlier) if article)
    quoted.update(article for one in reuses for article in (one.article, one.earlier))
    linked = Linked(
        entities=_with_members(entities, of_member),
        origins=_origins(connection, {one for one in named if one.startswith("org-")}, quoted),
        reuses=reuses,
        events=events,
        conflicts=conflicts,
        stories=_stories(connection, stories),
        chronicle=entries,
        statements=statements,
        doubts=doubts,
        references=_references(connection, wanted.entities) if wanted.doubts else (),
        revisions=revisions,
        aliases=dict(sorted(aliases.items())),
    )
    return Portion(
        linked,
        sources.citations(connection, quoted),
        _triggers(connection, [event.id for event in events]),
        _forms(connection, [entity.id for entity in entities]),
        doubts,
    )


def _told(connection: Connection, wanted: Wanted) -> dict[Table, dict[int, str]]:
    """Payloads of events, their conflicts and lines, and of statements."""
    told = {schema.events: _rows(connection, schema.events, schema.events.c.id, wanted.events)}
    if wanted.whole:
        near = {one for payload in told[schema.events].values() for one in identifiers_in(payload)}
        close = {one for one in near if one.startswith("evm-")}.difference(wanted.events)
        told[schema.events].update(_rows(connection, schema.events, schema.events.c.id, close))
    told[schema.conflicts] = _rows(connection, schema.conflicts, schema.conflicts.c.event, wanted.events)
    told[schema.chronicle] = _rows(connection, schema.chronicle, schema.chronicle.c.event, wanted.events)
    members = schema.statement_members
    statements = {
        one
        for asked in in_parts(wanted.claims)
        for one in connection.scalars(select(members.c.statement).where(members.c.claim.in_(asked)))
    }
    told[schema.statements] = _rows(connection, schema.statements, schema.statements.c.id, statements)
    return told


def _rows(connection: Connection, table: Table, column: Any, values: Iterable[str]) -> dict[int, str]:
    chosen = select(table.c.position, table.c.payload)
    return {
        row.position: row.payload
        for asked in in_parts(set(values))
        for row in connection.execute(chosen.where(column.in_(asked)))
    }


def _decoded(rows: Mapping[int, str], type_: type[T]) -> tuple[T, ...]:
    return tuple(from_json(rows[position], type_) for position in sorted(rows))


def _touching(connection: Connection, table: Table, articles: Collection[str], type_: type[T]) -> tuple[T, ...]:
    rows = _rows(connection, table, table.c.article, articles) | _rows(connection, table, table.c.earlier, articles)
    return _decoded(rows, type_)


def _quoted(
    events: Iterable[Event], conflicts: Iterable[Conflict], entries: Iterable[ChronicleEntry], whole: bool
) -> set[str]:
    """Articles whose words are shown, or by which an event without a day is dated."""
    found = {side.evidence.article for conflict in conflicts for side in conflict.sides}
    found.update(entry.evidence.article for entry in entries)
    for event in events:
        listed = event.accounts if whole or event.interval is None else event.accounts[:ACCOUNTS]
        found.update(account.member.article for account in listed)
        found.update(account.evidence.article for account in listed)
    return found


def _entities(connection: Connection, identifiers: Collection[str], more: Collection[str]) -> tuple[Entity, ...]:
    """Entities by their cards, of some `more`: all there is to them, where few articles name them."""
    table, entities = tables.entity_cards, schema.entities
    chosen = select(entities.c.position, table.c.card).join(entities, entities.c.id == table.c.entity)
    rows = {
        row.position: row.card
        for asked in in_parts(identifiers)
        for row in connection.execute(chosen.where(table.c.entity.in_(asked)))
    }
    small = select(entities.c.position, entities.c.payload).join(table, entities.c.id == table.c.entity)
    small = small.where(table.c.articles <= WHOLE)
    for asked in in_parts(more):
        rows.update(connection.execute(small.where(table.c.entity.in_(asked))).all())
    return tuple(_with_some(connection, e) if e.id in more else e for e in _decoded(rows, Entity))


def _with_some(connection: Connection, entity: Entity) -> Entity:
    """An entity of many articles with some of its members beside the first."""
    if len(entity.members) > 1:
        return entity
    table = schema.entity_members
    chosen = select(table.c.article, table.c.local).where(table.c.entity == entity.id)
    found = (Member(row.article, row.local) for row in connection.execute(chosen.limit(MEMBERS)))
    return replace(entity, members=tuple(dict.fromkeys((*entity.members, *found))))


def _witnesses(connection: Connection, entities: Collection[Entity]) -> tuple[Entity, ...]:
    """Entities by which one tells that a name is none: of whose name it is the genitive, who bears its parts.

    `views.wording.told` asks that of all names of an archive.
    """
    table = tables.entity_cards
    bare = {entity.name[:-1] for entity in entities if entity.name.endswith("s")}
    pairs = (entity.name.split() for entity in entities if entity.kind is EntityKind.PER)
    parts = {word for words in pairs if len(words) == 2 for word in words}
    here = {entity.id for entity in entities}
    found: dict[str, str] = {}
    bearers: dict[str, int] = {}
    for entity in entities:
        words = entity.name.split()
        if entity.kind is EntityKind.PER and len(words) > 1:
            bearers[words[-1]] = bearers.get(words[-1], 0) + 1
    for asked in in_parts(bare):
        for row in connection.execute(select(table.c.entity, table.c.card).where(table.c.name.in_(asked))):
            found[row.entity] = row.card
    # Two bearers tell all there is to tell.
    for asked in in_parts(word for word in parts if bearers.get(word, 0) < 2):
        place = func.row_number().over(partition_by=table.c.surname, order_by=table.c.entity).label("place")
        listed = select(table.c.entity, place).where(table.c.surname.in_(asked)).subquery()
        rows = select(table.c.entity, table.c.card).join(listed, listed.c.entity == table.c.entity)
        found.update(connection.execute(rows.where(listed.c.place <= 2)).all())
    return tuple(from_json(found[one], Entity) for one in sorted(found) if one not in here)


def _entities_of(connection: Connection, members: Collection[Member]) -> dict[Member, str]:
    """What members of articles belong to."""
    table = schema.entity_members
    wanted: dict[str, set[str]] = {}
    for member in members:
        wanted.setdefault(member.article, set()).add(member.local)
    pairs = sorted((article, local) for article, locals_ in wanted.items() for local in locals_)
    found: dict[Member, str] = {}
    for at in range(0, len(pairs), 400):
        asked = tuple_(table.c.article, table.c.local).in_(pairs[at : at + 400])
        for row in connection.execute(
            select(table).where(table.c.article.in_({p[0] for p in pairs[at : at + 400]}), asked)
        ):
            found[Member(row.article, row.local)] = row.entity
    return found


def _with_members(entities: Iterable[Entity], of_member: Mapping[Member, str]) -> tuple[Entity, ...]:
    mine: dict[str, list[Member]] = {}
    for member, entity in of_member.items():
        mine.setdefault(entity, []).append(member)
    return tuple(
        replace(e, members=tuple(dict.fromkeys((*e.members, *mine[e.id])))) if e.id in mine else e for e in entities
    )


def _bearers(connection: Connection, names: Collection[str]) -> Iterator[str]:
    """The first entity of each of some folded names."""
    table, entities = tables.entity_cards, schema.entities
    for name in sorted(set(names)):
        chosen = select(table.c.entity).join(entities, entities.c.id == table.c.entity).where(table.c.folded == name)
        yield from connection.scalars(chosen.order_by(entities.c.position).limit(1))


def _origins(connection: Connection, identifiers: Collection[str], articles: Collection[str]) -> tuple[Origin, ...]:
    """Origins with those of these articles that are theirs."""
    table, origins, told = tables.origin_cards, schema.origins, tables.origin_articles
    chosen = select(table, origins.c.position).join(origins, origins.c.id == table.c.origin)
    mine: dict[tuple[str, str], list[str]] = {}
    found = set(identifiers)
    for asked in in_parts(articles):
        for row in connection.execute(select(told).where(told.c.article.in_(asked)).order_by(told.c.article)):
            mine.setdefault((row.origin, row.role), []).append(row.article)
            found.add(row.origin)
    rows = [row for asked in in_parts(found) for row in connection.execute(chosen.where(table.c.origin.in_(asked)))]
    rows.sort(key=lambda row: row.position)
    return tuple(
        Origin(
            row.origin,
            OriginKind(row.kind),
            row.name,
            *(tuple(mine.get((row.origin, role), ())) for role in ("own", "reprint", "relay")),
        )
        for row in rows
    )


def _stories(connection: Connection, identifiers: Collection[str]) -> tuple[Story, ...]:
    table, stories = tables.story_cards, schema.stories
    chosen = select(table.c.story, table.c.title, table.c.made, stories.c.position)
    chosen = chosen.join(stories, stories.c.id == table.c.story)
    rows = [
        row for asked in in_parts(identifiers) for row in connection.execute(chosen.where(table.c.story.in_(asked)))
    ]
    rows.sort(key=lambda row: row.position)
    return tuple(Story(row.story, row.title, (), (), made=bool(row.made)) for row in rows)


def _triggers(connection: Connection, events: Collection[str]) -> dict[tuple[str, str], Span]:
    accounts, mentions = schema.accounts, schema.event_mentions
    here = (mentions.c.article == accounts.c.article) & (mentions.c.local == accounts.c.local)
    chosen = select(mentions.c.article, mentions.c.local, mentions.c.trigger_start, mentions.c.trigger_end)
    chosen = chosen.join(accounts, here).where(mentions.c.trigger_start.is_not(None))
    return {
        (article, local): Span(start, end)
        for asked in in_parts(events)
        for article, local, start, end in connection.execute(chosen.where(accounts.c.event.in_(asked)))
    }


def _forms(connection: Connection, entities: Collection[str]) -> dict[str, dict[str, int]]:
    """For each entity whose name is ever written, how one article writes it."""
    cards, members, local = tables.entity_cards, schema.entity_members, schema.local_entities
    here = (local.c.article == members.c.article) & (local.c.local == members.c.local)
    written = select(local.c.forms).join(members, here)
    written = written.where(members.c.entity == cards.c.entity, local.c.forms.is_not(None)).limit(1)
    chosen = select(cards.c.entity, written.scalar_subquery().label("forms"))
    return {
        row.entity: _FORMS.decode(row.forms)
        for asked in in_parts(entities)
        for row in connection.execute(chosen.where(cards.c.entity.in_(asked)))
        if row.forms
    }


def forms_of(connection: Connection, entity: str) -> dict[str, int]:
    """How often articles write which form of an entity's name, in the first thousands of its members."""
    members, local = schema.entity_members, schema.local_entities
    here = (local.c.article == members.c.article) & (local.c.local == members.c.local)
    chosen = select(local.c.forms).join(members, here).where(members.c.entity == entity, local.c.forms.is_not(None))
    found: dict[str, int] = {}
    for forms in connection.scalars(chosen.limit(10 * MEMBERS)):
        for form, count in _FORMS.decode(forms).items():
            found[form] = found.get(form, 0) + count
    return dict(sorted(found.items(), key=lambda form: (-form[1], form[0])))


def _doubts(connection: Connection, entities: Collection[str]) -> tuple[Doubt, ...]:
    """Doubts about entities, the most valuable first."""
    table, doubts = tables.doubt_cards, schema.doubts
    chosen = select(doubts.c.position, doubts.c.payload).join(table, table.c.position == doubts.c.position)
    rows = {
        row.position: row.payload
        for asked in in_parts(entities)
        for row in connection.execute(chosen.where(table.c.entity.in_(asked)))
    }
    return _decoded(rows, Doubt)


def _references(connection: Connection, entities: Collection[str]) -> tuple[ReferenceMatch, ...]:
    """Entries of lists from outside that entities are, or may be, in order."""
    table = schema.reference_matches
    return _decoded(_rows(connection, table, table.c.entity, entities), ReferenceMatch)


def sentences_at(connection: Connection, places: Collection[tuple[str, int]]) -> dict[tuple[str, int], Evidence]:
    """The sentences around some places."""
    sentences, articles, captures = schema.sentences, schema.articles, schema.captures
    wanted: dict[str, list[int]] = {}
    for article, start in sorted(set(places)):
        wanted.setdefault(article, []).append(start)
    found: dict[tuple[str, int], Evidence] = {}
    chosen = select(articles.c.id, articles.c.text_sha256, articles.c.text.label("own"), captures.c.text)
    chosen = chosen.join(captures, captures.c.id == articles.c.capture)
    for asked in in_parts(wanted):
        rows = connection.execute(
            select(sentences.c.article, sentences.c.start, sentences.c.end).where(sentences.c.article.in_(asked))
        )
        spans = [
            (row.article, start, Span(row.start, row.end))
            for row in rows
            for start in wanted[row.article]
            if row.start <= start < row.end
        ]
        there = {article for article, _, _ in spans}
        texts = {
            row.id: (unpack_text(row.own or row.text), row.text_sha256)
            for row in connection.execute(chosen.where(articles.c.id.in_(sorted(there))))
        }
        for article, start, span in spans:
            text, digest = texts[article]
            found[article, start] = evidence(article, text, span, digest=digest)
    return found
