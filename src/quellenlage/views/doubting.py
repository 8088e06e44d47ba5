"""What may be one, or two: the open doubts of an archive, with the words on either side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from quellenlage.model import Doubt, Entity, EntityKind, Evidence, Judgement, Linked, Member, Verdict


@dataclass(frozen=True, slots=True)
class Part:
    """One article's member of an entity: its name there and where it is first named."""

    member: Member
    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DoubtSide:
    """One side of a doubt: the identifier to decide by, the entity it belongs to, and what the side itself says.

    Where one entity may be two, a side is a member: its name, its office and its evidence are those of one article.
    """

    id: str
    entity: Entity
    name: str
    articles: int
    office: str | None
    evidence: Evidence | None


def open_doubts(linked: Linked, judgements: Iterable[Judgement]) -> tuple[Doubt, ...]:
    """Doubts on which nobody has said anything yet, be it since the last build; the most valuable first.

    `judgements` are those in force.
    """

    def now(identifier: str) -> str:
        return linked.aliases.get(identifier, identifier)

    said = [(j.subject, j.other) for j in judgements if j.other and j.verdict in {Verdict.SAME, Verdict.DIFFER}]
    members = {frozenset(pair) for pair in said}
    wholes = {frozenset(map(now, pair)) for pair in said}
    return tuple(
        d
        for d in linked.doubts
        if frozenset((d.one, d.other)) not in members and (d.merged or frozenset((d.one, d.other)) not in wholes)
    )


def wanted_members(doubts: Iterable[Doubt]) -> frozenset[str]:
    """Identifiers of members that doubts about one entity name."""
    return frozenset(identifier for d in doubts if d.merged for identifier in (d.one, d.other))


def side_of(
    identifier: str, doubt: Doubt, entities: Mapping[str, Entity], parts: Mapping[str, Part], aliases: Mapping[str, str]
) -> DoubtSide | None:
    """A side as views show it; None where the archive has nothing under the identifier any more."""
    entity = entities.get(aliases.get(identifier, identifier))
    if entity is None:
        return None
    part = parts.get(identifier) if doubt.merged else None
    if part is not None:
        offices = (o.text for o in entity.offices if o.evidence.article == part.member.article)
        return DoubtSide(identifier, entity, part.name, 1, next(offices, None), part.evidence)
    office = entity.offices[0].text if entity.offices else None
    evidence = entity.evidence[0] if entity.evidence else None
    return DoubtSide(identifier, entity, entity.name, len({m.article for m in entity.members}), office, evidence)


def chosen(
    doubts: Iterable[tuple[Doubt, DoubtSide, DoubtSide]], kind: EntityKind | None, merged: bool
) -> Iterator[tuple[Doubt, DoubtSide, DoubtSide]]:
    """Doubts about entities of a kind (None: of all), and whether two may be one or (`merged`) one may be two."""
    for doubt, one, other in doubts:
        if doubt.merged is merged and (kind is None or kind in {one.entity.kind, other.entity.kind}):
            yield doubt, one, other
