"""Deleting for good: an article, the texts before a day, a person's record.

Each is one transaction that also takes out of everything across articles what rested on it. `SqlArchive`
erases the freed parts of the files afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from quellenlage.model import Document, EntityKind, Forgotten, Linked, Member, Span, fold, hull, text_digest
from quellenlage.model.ledger import ARTICLE, PERSON, TEXTS, Deed, LogEntry
from quellenlage.model.ports import Frozen, TextsDue
from quellenlage.store import blanking, ledger, neighbours, references, schema, state, vectors
from quellenlage.store.aliases import remember
from quellenlage.store.layers import article_row, delete_layers
from quellenlage.store.linking import read_linked, write_linked
from quellenlage.store.listing import writing as listing
from quellenlage.store.packing import unpack_document, unpack_text
from quellenlage.store.profile import Profile
from quellenlage.store.redaction import redact, without_contexts
from quellenlage.store.withdrawal import Remaining, without_article, without_notes, without_passages, without_people

_PEOPLE = frozenset({EntityKind.PER, EntityKind.GRP})
_LOGGED = 1000
"""Captures that one line of the log names."""


def history_of(connection: Connection) -> dict[str, str]:
    """Identifiers of earlier links and what they stand for now."""
    table = schema.aliases
    rows = connection.execute(select(table.c.id, table.c.target).where(table.c.given_by == "history"))
    return {row.id: row.target for row in rows}


def relink(connection: Connection, before: Linked, after: Linked) -> None:
    """Write what spans articles, with the identifiers that were in use before kept as aliases."""
    write_linked(connection, after, remember(before, after, history_of(connection)))


def withdraw_article(connection: Connection, article: str) -> Forgotten:
    """Take out of everything across articles what rests on one article, and have it linked anew."""
    before = read_linked(connection)
    after = without_article(before, article, _remaining(connection, article))
    state.unlink(connection)
    if after != before:
        relink(connection, before, after)
    return Forgotten(entities=len(before.entities) - len(after.entities), events=len(before.events) - len(after.events))


def delete_document(connection: Connection, profile: Profile, article: str) -> Forgotten:
    """Delete an article with its layers and all that rests on it, but not its capture."""
    withdrawn = withdraw_article(connection, article)
    claims = schema.claims
    count = len(connection.execute(select(claims.c.local).where(claims.c.article == article)).all())
    delete_layers(connection, profile, article)
    vectors.delete_of(connection, article)
    connection.execute(delete(schema.evidence).where(schema.evidence.c.article == article))
    connection.execute(delete(schema.articles).where(schema.articles.c.id == article))
    return Forgotten(articles=1, entities=withdrawn.entities, claims=count, events=withdrawn.events)


def delete_capture(connection: Connection, profile: Profile, capture: str, deed: Deed | None = None) -> Forgotten:
    """Delete a capture with the article made of it, whether it could be analysed or not."""
    articles, captures = schema.articles, schema.captures
    article = connection.scalar(select(articles.c.id).where(articles.c.capture == capture))
    had_text = connection.scalar(select(captures.c.text_removed).where(captures.c.id == capture)) == 0
    done = delete_document(connection, profile, article) if article else Forgotten(articles=1)
    connection.execute(delete(schema.rejections).where(schema.rejections.c.capture == capture))
    connection.execute(delete(captures).where(captures.c.id == capture))
    state.unlink(connection)
    profile.rebuild_index(connection)
    state.put(connection, state.ERASURE_DUE, "1")
    if deed:
        detail = {"capture": capture, "claims": done.claims, "entities": done.entities, "events": done.events}
        ledger.append(connection, _entry(ARTICLE, article or capture, deed, detail))
    return Forgotten(done.articles, int(had_text), done.entities, done.claims, done.events)


def delete_texts(connection: Connection, profile: Profile, due: TextsDue, deed: Deed | None = None) -> Forgotten:
    """Delete the bytes and texts that are due; of each article its citations stay."""
    captures, articles = schema.captures, schema.articles
    identifiers = _due(connection, due)
    if not identifiers:
        return Forgotten()
    redacted: set[str] = set()
    characters = cited = 0
    for capture in identifiers:
        article = connection.scalar(select(articles.c.id).where(articles.c.capture == capture))
        if article:
            before, after = _redact_article(connection, profile, article)
            characters, cited = characters + before, cited + after
            redacted.add(article)
        connection.execute(
            update(captures).where(captures.c.id == capture).values(content=None, text=None, text_removed=1)
        )
        _shorten_rejection(connection, capture)
    linked = read_linked(connection)
    thinned = without_contexts(without_passages(linked, frozenset(redacted)), redacted)
    if thinned != linked:
        relink(connection, linked, thinned)
    state.unlink(connection)
    profile.rebuild_index(connection)
    state.put(connection, state.ERASURE_DUE, "1")
    for at in range(0, len(identifiers) if deed else 0, _LOGGED):
        some = {"captures": identifiers[at : at + _LOGGED], "outlet": due.outlet, "before": due.before}
        ledger.append(connection, _entry(TEXTS, "", deed, some))
    return Forgotten(texts=len(identifiers), characters=characters, cited=cited)


def _due(connection: Connection, due: TextsDue) -> list[str]:
    """Captures whose texts are due, in order; of outlets only those of articles that were analysed."""
    captures, articles = schema.captures, schema.articles
    chosen = select(captures.c.id, articles.c.outlet).join(articles, articles.c.capture == captures.c.id, isouter=True)
    chosen = chosen.where(captures.c.text_removed == 0).order_by(captures.c.sequence)
    if due.before is not None:
        chosen = chosen.where(captures.c.captured_at < due.before)
    only, but = fold(due.outlet) if due.outlet is not None else None, {fold(one) for one in due.but}
    rows = ((row.id, fold(row.outlet or "")) for row in connection.execute(chosen))
    among = None if due.captures is None else frozenset(due.captures)
    return [
        capture
        for capture, outlet in rows
        if (only is None or outlet == only) and outlet not in but and (among is None or capture in among)
    ]


def frozen(connection: Connection) -> list[Frozen]:
    """Articles whose text was deleted, in order of capture, with the fingerprint that they were made under."""
    captures, articles = schema.captures, schema.articles
    chosen = select(articles.c.id, articles.c.capture, articles.c.source, articles.c.fingerprint)
    chosen = chosen.join(captures, captures.c.id == articles.c.capture).where(captures.c.text_removed == 1)
    rows = connection.execute(chosen.order_by(captures.c.sequence))
    return [Frozen(row.id, row.capture, row.source, row.fingerprint) for row in rows]


def name_forms(connection: Connection) -> dict[str, frozenset[str]]:
    """Forms in which articles write the names of people, by entity."""
    members, local = schema.entity_members, schema.local_entities
    here = (local.c.article == members.c.article) & (local.c.local == members.c.local)
    chosen = select(members.c.entity, local.c.name, local.c.forms).join(local, here)
    found: dict[str, set[str]] = {}
    for row in connection.execute(chosen.where(local.c.kind == EntityKind.PER)):
        found.setdefault(row.entity, set()).update((row.name, *(json.loads(row.forms) if row.forms else ())))
    return {entity: frozenset(forms) for entity, forms in found.items()}


def _entry(what: str, subject: str, deed: Deed | None, detail: dict[str, Any]) -> LogEntry:
    deed = deed or Deed("")
    return LogEntry("deletion", what, subject, deed.at, deed.author, deed.reason, detail)


def suppress(
    connection: Connection,
    profile: Profile,
    digests: Collection[str],
    judgements: Iterable[str] = (),
    deed: Deed | None = None,
    surnames: Collection[str] = (),
) -> Forgotten:
    """Keep digests of names that may not become a person's record again; drop the records there are.

    With digests of `surnames` (`blanking.last_name_digest`), by which the log is blanked alone.
    Of the given judgements, and of those that tell such a name, value and note are blanked.
    """
    table = schema.suppressed
    known = set(connection.scalars(select(table.c.digest)))
    new = sorted(set(digests) - known)
    added = sorted({*new, *surnames} - known)
    if added:
        connection.execute(insert(table), [{"digest": digest} for digest in added])
    hidden = frozenset(known | set(added))
    if new:
        references.forget_names(connection, frozenset(new))
    blanked = blanking.blank(connection, profile, hidden, frozenset(judgements))
    before = read_linked(connection)
    gone = {e.id for e in before.entities if e.kind in _PEOPLE and text_digest(fold(e.name)) in hidden}
    if deed:
        detail = {"names": len(new), "judgements": blanked, "entities": sorted(gone)}
        ledger.append(connection, _entry(PERSON, "", deed, detail))
    ledger.blank(connection)
    if not added and not gone and not blanked:
        return Forgotten()
    state.unlink(connection)
    after = without_people(before, gone)
    after = without_notes(after) if blanked else after
    if after != before:
        relink(connection, before, after)
    listing.respeak(connection)
    state.put(connection, state.ERASURE_DUE, "1")
    return Forgotten(entities=len(gone))


def _remaining(connection: Connection, article: str) -> Remaining:
    members, local, articles = schema.entity_members, schema.local_entities, schema.articles
    touched = select(members.c.entity).where(members.c.article == article)
    rows = connection.execute(
        select(local.c.article, local.c.local, local.c.name)
        .join(members, (members.c.article == local.c.article) & (members.c.local == local.c.local))
        .where(members.c.entity.in_(touched), local.c.article != article)
    )
    headlines = connection.execute(select(articles.c.id, articles.c.headline).where(articles.c.id != article))
    return Remaining(
        names={Member(row.article, row.local): row.name for row in rows},
        headlines={row.id: row.headline for row in headlines},
    )


def _redact_article(connection: Connection, profile: Profile, article: str) -> tuple[int, int]:
    """Keep the citations of an article alone; returns how many characters it had, and has."""
    articles, captures, quoted = schema.articles, schema.captures, schema.evidence
    row = connection.execute(
        select(articles.c.document, articles.c.fingerprint, articles.c.text.label("own"), captures.c.text)
        .join(captures, captures.c.id == articles.c.capture)
        .where(articles.c.id == article)
    ).one()
    document = unpack_document(row.document, unpack_text(row.own or row.text))
    cited = connection.execute(
        select(quoted.c.start, quoted.c.end, quoted.c.owner_kind)
        .where(quoted.c.article == article, quoted.c.owner_kind.not_in(("reuse", "change")))
        .distinct()
    )
    kept = redact(document, [_as_shown(document, Span(e.start, e.end), e.owner_kind) for e in cited])
    values = article_row(kept, row.fingerprint, own_text=True, text_sha256=document.article.text_sha256)
    # Layers between the stages hold words of the text, and nothing will be made of them any more.
    connection.execute(update(articles).where(articles.c.id == article).values(**values, earlier=None))
    connection.execute(update(quoted).where(quoted.c.article == article).values(prefix="", suffix=""))
    vectors.delete_of(connection, article)
    neighbours.forget(connection, article)
    neighbours.write(connection, kept)
    listing.rewrite_article(connection, kept)
    profile.unindex_article(connection, article)
    connection.execute(delete(schema.sentences).where(schema.sentences.c.article == article))
    return _characters(document.text), _characters(kept.text)


def _as_shown(document: Document, cited: Span, owner_kind: str) -> Span:
    """A citation as it is shown: the side of a contradiction, often a number alone, in its sentence.

    With the one before it, which may be all that says of what is told next that it is told otherwise.
    """
    if owner_kind != "conflict":
        return cited
    until = [one.span for one in document.sentences if one.start <= cited.start]
    return hull([cited, *until[-2:]])


def _characters(text: str) -> int:
    return sum(map(len, text.split()))


def _shorten_rejection(connection: Connection, capture: str) -> None:
    """Keep the kind of failure and drop its words, which may quote the text."""
    table = schema.rejections
    reason = connection.scalar(select(table.c.reason).where(table.c.capture == capture))
    if reason:
        short = reason.partition(":")[0]
        connection.execute(update(table).where(table.c.capture == capture).values(reason=short))
