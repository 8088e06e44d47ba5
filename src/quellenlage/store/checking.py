"""Check an archive against itself: every quotation, every reference, every digest, the search index.

Each check yields problems with a stable code; all of them run, whatever the others find.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, exists, func, select

from quellenlage.errors import Defect
from quellenlage.model import (
    FORGOTTEN,
    Document,
    Linked,
    Problem,
    Reference,
    content_id,
    fold,
    from_json,
    make_judgement,
)
from quellenlage.store import ledger, records, schema, state, vectors
from quellenlage.store.aliases import present
from quellenlage.store.layers import ARTICLE_KINDS, article_columns, document_evidence
from quellenlage.store.linking import PAYLOADS, linked_rows, read_linked
from quellenlage.store.listing import checking as lists
from quellenlage.store.packing import unpack_document, unpack_text
from quellenlage.store.profile import Profile
from quellenlage.store.redaction import digest_as_received

_DAMAGED = (zlib.error, msgspec.MsgspecError, Defect, UnicodeDecodeError, ValueError, TypeError)


def check(connection: Connection, profile: Profile) -> list[Problem]:
    """Run every check; an empty list means that all holds."""
    checks: tuple[Callable[[Connection], Iterator[Problem]], ...] = (
        _references,
        _captures,
        _articles,
        _vectors,
        _linked,
        _aliases,
        _judgements,
        ledger.check,
        _lists,
        lists.of_judgements,
    )
    problems = [problem for one in checks for problem in one(connection)]
    if not profile.index_holds(connection):
        problems.append(Problem("search-index", "sentence_search", "search index and sentences do not agree"))
    if state.get(connection, state.ERASURE_DUE) is not None:
        problems.append(
            Problem("erasure-due", "archive", "deleted text is not yet erased from the file; close other programs")
        )
    return problems


def _references(connection: Connection) -> Iterator[Problem]:
    for table in schema.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda k: k.parent.name):
            parent = key.column.table
            missing = (
                select(key.parent)
                .where(key.parent.is_not(None), ~exists(select(parent).where(key.column == key.parent)))
                .distinct()
            )
            for value in connection.scalars(missing):
                yield Problem("reference", str(value), f"{table.name}.{key.parent.name}: no such row in {parent.name}")


def _captures(connection: Connection) -> Iterator[Problem]:
    table = schema.captures
    for identifier in list(connection.scalars(select(table.c.id).order_by(table.c.sequence))):
        row = connection.execute(select(table).where(table.c.id == identifier)).one()
        if content_id("cap", row.url or "", row.content_sha256, row.text_sha256) != row.id:
            yield Problem("capture-id", row.id, f"{row.source}: identifier and digests do not agree")
        if row.text_removed:
            if row.content is not None:
                yield Problem("capture-bytes", row.id, f"{row.source}: bytes left of a deleted text")
            continue
        try:
            capture = records.make_capture_from(row)
        except _DAMAGED as error:
            yield Problem("capture-damaged", row.id, f"{row.source}: {error}")
            continue
        if hashlib.sha256(capture.content).hexdigest() != row.content_sha256:
            yield Problem("capture-bytes", row.id, f"{row.source}: the bytes have another digest")
        if capture.given.url != row.url:
            yield Problem("capture-url", row.id, f"{row.source}: two different addresses")


def _articles(connection: Connection) -> Iterator[Problem]:
    articles, captures = schema.articles, schema.captures
    chosen = select(
        *(c for c in articles.c if c.name != "text"),
        articles.c.text.label("own"),
        captures.c.text,
        captures.c.text_removed,
    ).join(captures, captures.c.id == articles.c.capture)
    for identifier in list(connection.scalars(select(articles.c.id).order_by(articles.c.id))):
        row = connection.execute(chosen.where(articles.c.id == identifier)).first()
        if row is None:
            continue  # its capture is missing, which `_references` reports
        try:
            text = unpack_text(row.own or row.text)
            document = unpack_document(row.document, text)
        except _DAMAGED as error:
            yield Problem("document-damaged", row.id, f"{row.source}: {error}")
            continue
        if digest_as_received(document) != row.text_sha256:
            yield Problem("text-digest", row.id, f"{row.source}: the text has another digest")
        yield from _columns(row, document)
        yield from _layers(connection, row, document)
        yield from lists.of_article(connection, document)
        yield from _evidence(connection, row, document)


def _columns(row: schema.AnyRow, document: Document) -> Iterator[Problem]:
    for name, expected in article_columns(document).items():
        if getattr(row, name) != expected:
            yield Problem("article-column", row.id, f"{name} is {getattr(row, name)!r}, not {expected!r}")


def _layers(connection: Connection, row: schema.AnyRow, document: Document) -> Iterator[Problem]:
    article = row.id
    expected: dict[Table, Counter[tuple[Any, ...]]] = {
        schema.claims: Counter((c.id, c.key(article)) for c in document.claims),
        schema.event_mentions: Counter((v.id, v.key(article)) for v in document.events),
        schema.local_entities: Counter((e.id, e.name) for e in document.entities),
    }
    columns: dict[Table, tuple[str, ...]] = {
        schema.claims: ("local", "key"),
        schema.event_mentions: ("local", "key"),
        schema.local_entities: ("local", "name"),
    }
    if row.text_removed:
        expected[schema.sentences] = Counter()
    else:
        text = document.text
        expected[schema.sentences] = Counter((s.start, s.end, fold(text[s.start : s.end])) for s in document.sentences)
    columns[schema.sentences] = ("start", "end", "folded")
    for table, wanted in expected.items():
        chosen = select(*(table.c[name] for name in columns[table])).where(table.c.article == article)
        found = Counter(tuple(r) for r in connection.execute(chosen))
        if found != wanted:
            lacking, extra = (wanted - found).total(), (found - wanted).total()
            yield Problem("layer", article, f"{table.name}: {lacking} rows lacking, {extra} without a source")


def _evidence(connection: Connection, row: schema.AnyRow, document: Document) -> Iterator[Problem]:
    table, text = schema.evidence, document.text
    wanted = Counter((kind, owner, span.start, span.end) for kind, owner, span in document_evidence(document))
    found: Counter[tuple[Any, ...]] = Counter()
    for quoted in connection.execute(select(table).where(table.c.article == row.id).order_by(table.c.id)):
        place = f"{quoted.owner_kind} {quoted.owner} [{quoted.start}, {quoted.end})"
        if quoted.text_sha256 != row.text_sha256:
            yield Problem("evidence-digest", row.id, f"{place}: taken from another text")
        if quoted.start >= quoted.end or text[quoted.start : quoted.end] != quoted.exact:
            yield Problem("evidence-words", row.id, f"{place}: the text does not say {quoted.exact[:60]!r} there")
        elif not text[: quoted.start].endswith(quoted.prefix) or not text.startswith(quoted.suffix, quoted.end):
            yield Problem("evidence-context", row.id, f"{place}: other words around it")
        if quoted.owner_kind in ARTICLE_KINDS:
            found[(quoted.owner_kind, quoted.owner, quoted.start, quoted.end)] += 1
    for kind, owner, start, end in sorted((wanted - found).elements()):
        yield Problem("evidence-missing", row.id, f"{kind} {owner} [{start}, {end})")
    for kind, owner, start, end in sorted((found - wanted).elements()):
        yield Problem("evidence-without-owner", row.id, f"{kind} {owner} [{start}, {end})")


def _vectors(connection: Connection) -> Iterator[Problem]:
    """Vectors of every article that has them stand beside the digests of its sentences, in order, and are whole."""
    table = schema.vectors
    for article in list(connection.scalars(select(table.c.article).order_by(table.c.article))):
        row = connection.execute(select(table).where(table.c.article == article)).one()
        if not vectors.is_whole(row.keys, row.scales, row.components):
            yield Problem("vectors", article, "vectors are cut off or damaged")
        elif row.current:
            try:
                passages = vectors.passages(connection, article)
            except _DAMAGED:
                continue  # reported by `_captures`
            if b"".join(vectors.key_of(p) for p in passages or ()) != row.keys:
                yield Problem("vectors", article, "vectors and sentences do not agree")


def _linked(connection: Connection) -> Iterator[Problem]:
    damaged = False
    for table, type_ in PAYLOADS.items():
        for row in connection.execute(select(table).order_by(table.c.position)):
            try:
                from_json(row.payload, type_)
            except _DAMAGED as error:
                damaged = True
                yield Problem("payload-damaged", f"{table.name} {row.position}", str(error))
    if damaged:
        return
    linked = read_linked(connection)
    for table, rows in linked_rows(connection, linked).items():
        own = {"payload", "id"} if table is schema.evidence else {"payload"}
        # What is read in order of position has no other position than that order: there may be gaps.
        own |= {"position"} if table in PAYLOADS else set()
        names = [c.name for c in table.c if c.name not in own]
        chosen = select(*(table.c[name] for name in names))
        if table is schema.evidence:
            chosen = chosen.where(table.c.owner_kind.not_in(ARTICLE_KINDS))
        found = Counter(tuple(r) for r in connection.execute(chosen))
        wanted = Counter(tuple(r[name] for name in names) for r in rows)
        if found != wanted:
            lacking, extra = (wanted - found).total(), (found - wanted).total()
            yield Problem("linked-rows", table.name, f"{lacking} rows lacking, {extra} without a source")
    yield from _mentioned(linked)
    yield from lists.of_linked(connection, linked)
    if state.get(connection, state.LINKED_FINGERPRINT) is not None:
        yield from _members(connection)


def _mentioned(linked: Linked) -> Iterator[Problem]:
    """Identifiers inside payloads, which the database does not watch over."""
    entities = {e.id for e in linked.entities}
    origins = {o.id for o in linked.origins}
    events = {e.id for e in linked.events}
    for event in linked.events:
        people = [*event.actors, *event.recipients, *([event.place] if event.place else [])]
        people += [e for account in event.accounts for link in account.chain for e in link]
        yield from _unknown("entity", event.id, people, entities)
        yield from _unknown("origin", event.id, [a.origin for a in event.accounts], origins)
    for doubt in linked.doubts:
        named = (doubt.one, doubt.other)
        yield from _unknown("entity", f"doubt {doubt.one}", (linked.aliases.get(i, i) for i in named), entities)
    for match in linked.references:
        yield from _unknown("entity", f"match {match.reference}", (match.entity,), entities)
    statements = {s.id for s in linked.statements}
    for statement in linked.statements:
        yield from _unknown("entity", statement.id, statement.speakers, entities)
        yield from _unknown("origin", statement.id, [r.origin for r in statement.retellings], origins)
        yield from _unknown("statement", statement.id, [r.statement for r in statement.related], statements)
    for story in linked.stories:
        yield from _unknown("event", story.id, story.events, events)


def _unknown(kind: str, owner: str, mentioned: Iterable[str], known: set[str]) -> Iterator[Problem]:
    for identifier in sorted(set(mentioned) - known):
        yield Problem("reference", owner, f"no such {kind}: {identifier}")


def _members(connection: Connection) -> Iterator[Problem]:
    """Members of entities and of statements, and accounts of events, are items that their articles have."""
    pairs = (
        (schema.entity_members, "entity", schema.local_entities),
        (schema.accounts, "event", schema.event_mentions),
        (schema.statement_members, "statement", schema.claims),
    )
    for table, owner, items in pairs:
        there = exists(select(items).where(items.c.article == table.c.article, items.c.local == table.c.local))
        for row in connection.execute(select(table).where(~there)):
            yield Problem("reference", getattr(row, owner), f"{row.article} has no {row.local}")


def _aliases(connection: Connection) -> Iterator[Problem]:
    table = schema.aliases
    try:
        here = present(read_linked(connection))
    except _DAMAGED:
        return  # reported by `_linked`
    for row in connection.execute(select(table).order_by(table.c.id)):
        if row.id in here:
            yield Problem("alias", row.id, "an alias that is itself in use")
        elif row.target not in here:
            yield Problem("alias", row.id, f"stands for {row.target}, which is not there")


def _lists(connection: Connection) -> Iterator[Problem]:
    """Every entry of a list is whole and goes by its columns, and a list has as many as it says."""
    entries, lists = schema.reference_entities, schema.reference_lists
    counted: Counter[str] = Counter()
    for row in connection.execute(select(entries).order_by(entries.c.id)):
        counted[row.list] += 1
        try:
            entry = from_json(row.payload, Reference)
        except _DAMAGED as error:
            yield Problem("payload-damaged", row.id, str(error))
            continue
        if (entry.id, entry.list, str(entry.kind), entry.name) != (row.id, row.list, row.kind, row.name):
            yield Problem("payload-damaged", row.id, "an entry of a list says otherwise than its columns")
    for row in connection.execute(select(lists).order_by(lists.c.name)):
        if counted[row.name] != row.entities:
            yield Problem("reference", row.name, f"{row.entities} entries said, {counted[row.name]} there")


def _judgements(connection: Connection) -> Iterator[Problem]:
    expected = connection.scalar(select(func.max(schema.judgements.c.sequence))) or 0
    count = 0
    for row, before in records.sealed_judgements(connection):
        count += 1
        try:
            judgement = records.make_judgement_from(row)
            again = make_judgement(
                judgement.verdict,
                judgement.subject,
                made_at=judgement.made_at,
                author=judgement.author,
                other=judgement.other,
                field=judgement.field,
                value=judgement.value,
                note=judgement.note,
            )
        except _DAMAGED as error:
            yield Problem("judgement", row.id, str(error))
            continue
        # Of a blanked one nobody can tell any more what its identifier followed from.
        if again.id != row.id and row.value != FORGOTTEN:
            yield Problem(
                "judgement", row.id, "changed after it was made: another identifier follows from what it says"
            )
        if records.seal(before, judgement) != row.seal:
            yield Problem("judgement", row.id, "it, or one before it, was changed or removed")
    if count != expected:
        yield Problem("judgement", "judgements", f"{expected - count} of {expected} were removed")
