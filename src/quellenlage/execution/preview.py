"""What judgements would change, found by linking in memory with them; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from quellenlage.execution.build import linked_fingerprint
from quellenlage.execution.imagining import documents_under
from quellenlage.execution.ports import PipelineLike, default_pipeline
from quellenlage.execution.reading import apply_judgements
from quellenlage.link.entities.parting import origin_of
from quellenlage.model import (
    Archive,
    Conflict,
    Document,
    Entity,
    Event,
    Evidence,
    Judgement,
    Member,
    Origin,
    Statement,
    evidence,
    in_force,
)

Item = TypeVar("Item", Event, Statement, Conflict, Origin)


@dataclass(frozen=True, slots=True)
class Change:
    """Entities that merge, part or go: which there are and which there would be."""

    before: tuple[Entity, ...]
    after: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What would be otherwise; events and the like as they would be, or as they are where they would be gone.

    `claims` quotes those that a changed entity makes or passes on, and those that come, go or change their speaker.
    """

    changes: tuple[Change, ...]
    claims: tuple[Evidence, ...]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    conflicts: tuple[Conflict, ...]
    origins: tuple[Origin, ...]


def preview(archive: Archive, made: Sequence[Judgement], *, pipeline: PipelineLike | None = None) -> Effect:
    """Compare the archive as the next build would leave it with what it would be after these judgements as well.

    Costs one link in memory, two where the archive was not built since the last change; and the analysis of the
    articles that the judgements correct themselves, as by taking names apart.
    """
    pipeline = pipeline or default_pipeline()
    log = archive.judgements()
    now, then = in_force(log), in_force([*log, *made])
    documents, later = (documents_under(archive, judgements, pipeline) for judgements in (now, then))
    suppressed = archive.suppressed()
    if archive.linked_fingerprint() == linked_fingerprint(archive, now, pipeline):
        before = archive.linked()
    else:
        before = pipeline.connect(documents, now, suppressed)
    after = pipeline.connect(later, then, suppressed)
    changes = tuple(_changes(before.entities, after.entities, _taken_out(documents, later)))
    touched = {m for change in changes for e in (*change.before, *change.after) for m in e.members}
    return Effect(
        changes,
        tuple(quote for pair in zip(documents, later, strict=True) for quote in _claims(pair, touched, now, then)),
        tuple(_differing(before.events, after.events)),
        tuple(_differing(before.statements, after.statements)),
        tuple(_differing(before.conflicts, after.conflicts)),
        tuple(_differing(before.origins, after.origins)),
    )


def _taken_out(before: Sequence[Document], after: Sequence[Document]) -> dict[Member, Member]:
    """Members that are there on one side only since people took them out of another, and that other."""
    found: dict[Member, Member] = {}
    for one, other in zip(before, after, strict=True):
        if one is other:
            continue
        known = {e.id for e in one.entities} & {e.id for e in other.entities}
        for entity in (*one.entities, *other.entities):
            if entity.id not in known and (origin := origin_of(entity)) != entity.id:
                found[Member(one.article.id, entity.id)] = Member(one.article.id, origin)
    return found


def _changes(before: Sequence[Entity], after: Sequence[Entity], taken_out: Mapping[Member, Member]) -> Iterator[Change]:
    """Entities that share members with one that is otherwise, in the order of the archive."""
    divided = set(taken_out.values())
    same = {(frozenset(e.members), e.name, e.kind) for e in before} & {
        (frozenset(e.members), e.name, e.kind) for e in after if divided.isdisjoint(e.members)
    }
    old, new = ([e for e in listed if (frozenset(e.members), e.name, e.kind) not in same] for listed in (before, after))
    parts: list[tuple[set[Member], list[Entity], list[Entity]]] = []
    for number, entity in [*((0, e) for e in old), *((1, e) for e in new)]:
        members = {taken_out.get(m, m) for m in entity.members}
        joined: tuple[set[Member], list[Entity], list[Entity]] = (members, [], [])
        (joined[1] if number == 0 else joined[2]).append(entity)
        apart = []
        for part in parts:
            if part[0].isdisjoint(members):
                apart.append(part)
            else:
                joined = (part[0] | joined[0], [*part[1], *joined[1]], [*part[2], *joined[2]])
        parts = [*apart, joined]
    for _, gone, come in parts:
        yield Change(tuple(gone), tuple(come))


def _claims(
    documents: tuple[Document, Document],
    touched: set[Member],
    now: Sequence[Judgement],
    then: Sequence[Judgement],
) -> Iterator[Evidence]:
    document = documents[0]
    article = document.article
    before, after = (apply_judgements(one, said) for one, said in zip(documents, (now, then), strict=True))
    # Local identifiers may have shifted where the article was analysed again.
    again = documents[0] is not documents[1]
    known, kept = ({c.key(article.id) if again else c.id: c for c in one.claims} for one in (before, after))
    for key, claim in {**known, **kept}.items():
        speaks = any(Member(article.id, local) in touched for link in claim.chain for local in link)
        if speaks or known.get(key) != kept.get(key):
            yield evidence(article.id, document.text, claim.spans[0], digest=article.text_sha256)


def _differing(before: Iterable[Item], after: Iterable[Item]) -> Iterator[Item]:
    old, new = {item.id: item for item in before}, {item.id: item for item in after}
    for identifier, item in {**old, **new}.items():
        if old.get(identifier) != new.get(identifier):
            yield item
