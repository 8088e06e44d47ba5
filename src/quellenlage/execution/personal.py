"""Everything that an archive holds on one person, as identifiers and places: for information and for deletion.

Views put it into words. What is only a name in a text, without being anybody's mention, is found by full text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quellenlage.execution.forget import judged_about, names_of
from quellenlage.execution.lookup import find_person
from quellenlage.execution.reading import ClaimRow, claims
from quellenlage.model import Archive, Document, Entity, Evidence, Linked, evidence, fold
from quellenlage.store import digest_as_received

_HITS = 1000


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One place that refers to the person: the words, the sentence around, and how it refers ("name", "pronoun", …)."""

    words: Evidence
    sentence: Evidence
    form: str


@dataclass(frozen=True, slots=True)
class Personal:
    """What concerns a person. Identifiers, but for the names and the places in texts.

    `claims` are keys of claims whose chain, addressees or candidates name the person; `texts` are sentences that have
    the full name and no mention of the person; `bylines` are articles that name the person as an author.
    """

    entity: Entity
    names: tuple[str, ...]
    mentions: tuple[Mentioned, ...]
    claims: tuple[str, ...]
    statements: tuple[str, ...]
    events: tuple[str, ...]
    conflicts: tuple[str, ...]
    judgements: tuple[str, ...]
    references: tuple[str, ...]
    bylines: tuple[str, ...]
    texts: tuple[Evidence, ...]


def personal(archive: Archive, reference: str) -> Personal:
    """Gather what the archive holds on a person.

    Raises:
        NotFound: nobody, or more than one person, goes by this name.
    """

    entity = find_person(archive, reference)
    linked = archive.linked()
    names = names_of(archive, entity)
    folded = {fold(name) for name in names}
    mentions = tuple(m for d in archive.documents() for m in _mentions(d, entity))
    told = [
        row.key
        for row in claims(archive)
        if any(identifier == entity.id or (not identifier and fold(name) in folded) for identifier, name in _named(row))
    ]
    return Personal(
        entity=entity,
        names=tuple(sorted(names)),
        mentions=mentions,
        claims=tuple(told),
        statements=tuple(s.id for s in linked.statements if entity.id in s.speakers),
        events=tuple(_events(linked, entity.id)),
        conflicts=tuple(_conflicts(linked, entity.id)),
        judgements=tuple(_judgements(archive, entity, folded)),
        references=tuple(m.reference for m in linked.references if m.entity == entity.id),
        bylines=tuple(d.article.id for d in archive.shelf() if any(fold(a.value) in folded for a in d.article.authors)),
        texts=tuple(_texts(archive, names, {(m.sentence.article, m.sentence.start) for m in mentions})),
    )


def _mentions(document: Document, entity: Entity) -> Iterator[Mentioned]:
    article, text, digest = document.article.id, document.text, digest_as_received(document)
    local = {m.local for m in entity.members if m.article == article}
    for mention in document.mentions if local else ():
        if mention.entity in local:
            around = next((s.span for s in document.sentences if s.span.contains(mention.span)), mention.span)
            words, sentence = (evidence(article, text, span, digest=digest) for span in (mention.span, around))
            yield Mentioned(words, sentence, mention.form)


def _named(row: ClaimRow) -> Iterator[tuple[str | None, str]]:
    for link in row.chain:
        yield from link
    yield from row.told
    yield from ((identifier, name) for identifier, name, _ in row.candidates)


def _events(linked: Linked, person: str) -> Iterator[str]:
    for event in linked.events:
        sides = {*event.actors, *event.recipients}
        for account in event.accounts:
            sides.update(account.actors, account.recipients, *account.chain)
            for figure in account.figures:
                sides.update(*figure.word_of)
        if person in sides:
            yield event.id


def _conflicts(linked: Linked, person: str) -> Iterator[str]:
    for conflict in linked.conflicts:
        told = {e for side in conflict.sides for link in side.chain for e in link}
        if person in told or any(side.value == person for side in conflict.sides):
            yield conflict.id


def _judgements(archive: Archive, entity: Entity, folded: Iterable[str]) -> Iterator[str]:
    about = set(judged_about(archive, entity))
    full = [f" {name} " for name in folded if " " in name]
    for judgement in archive.judgements():
        said = f" {fold(judgement.value or '')} {fold(judgement.note)} "
        if judgement.id in about or any(name in said for name in full):
            yield judgement.id


def _texts(archive: Archive, names: Iterable[str], known: set[tuple[str, int]]) -> Iterator[Evidence]:
    seen: set[tuple[str, int]] = set(known)
    for name in sorted(names):
        if " " not in fold(name):
            continue  # a surname alone may be anybody's
        for hit in archive.search(f'"{name}"', limit=_HITS):
            place = (hit.evidence.article, hit.evidence.start)
            if place not in seen:
                seen.add(place)
                yield hit.evidence
