"""Entities across articles: which persons, organisations and places of different articles are one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from quellenlage.link.entities.clusters import Clusters
from quellenlage.link.entities.persons import join_persons
from quellenlage.link.entities.profile import Profile, bare_surname, profiles
from quellenlage.link.entities.spelling import FIRST_NAMES, NICKNAMES, TRANSLITERATION
from quellenlage.link.entities.things import ORG_WORDS, PLACES, join_things, organisation_key, place_canonical
from quellenlage.model import (
    Document,
    Entity,
    EntityKind,
    Judgement,
    Member,
    OfficeHeld,
    Span,
    Verdict,
    evidence,
    fold,
)

__all__ = ["RESOURCES", "link_entities"]

RESOURCES = (TRANSLITERATION, NICKNAMES, FIRST_NAMES, PLACES, ORG_WORDS)
"""Files whose content decides the result."""


def link_entities(
    documents: Sequence[Document], judgements: Sequence[Judgement], suppressed: frozenset[str]
) -> tuple[tuple[Entity, ...], dict[Member, str], dict[str, str]]:
    """Merge what is one thing, precision first; every merge carries its reasons.

    Args:
        documents: in capture order, which alone decides identifiers.
        judgements: same, differ, reject and correct (field name or kind) about entities are followed, the last
            word on a pair counts.
        suppressed: SHA-256 hex digests of folded names; a person with such a name form is left out.

    Returns:
        The entities in the order of their first-captured members; the entity id of every member; and the potential
        identifiers of members that are not first, each with the identifier that stands for it.
    """
    known = profiles(documents)
    clusters = Clusters(known)
    by_id = {p.identifier: p.order for p in reversed(known)}
    _judge_pairs(clusters, judgements, by_id)
    join_things(clusters, known)
    join_persons(clusters, known, _companions(known, len(documents)))
    rejected, corrections = _verdicts(clusters, judgements, by_id)
    entities: list[Entity] = []
    members: dict[Member, str] = {}
    aliases: dict[str, str] = {}
    for root in sorted(clusters.members):
        group = [known[order] for order in sorted(clusters.members[root])]
        if root in rejected or _is_suppressed(group, suppressed):
            continue
        entity = _entity(documents, group, clusters.reasons[root], corrections.get(root, {}))
        entities.append(entity)
        members.update((p.member, entity.id) for p in group)
        aliases.update((p.identifier, entity.id) for p in group if p.identifier != entity.id)
    return tuple(entities), members, aliases


def _judge_pairs(clusters: Clusters, judgements: Sequence[Judgement], by_id: dict[str, int]) -> None:
    """Follow same and differ; the last word on a pair counts, and what differs is fixed before anything is joined."""
    last: dict[tuple[int, int], Verdict] = {}
    for judgement in judgements:
        if judgement.verdict not in {Verdict.SAME, Verdict.DIFFER}:
            continue
        one, other = by_id.get(judgement.subject), by_id.get(judgement.other or "")
        if one is not None and other is not None and one != other:
            pair = (min(one, other), max(one, other))
            last.pop(pair, None)
            last[pair] = judgement.verdict
    for (one, other), verdict in last.items():
        if verdict is Verdict.DIFFER:
            clusters.keep_apart(one, other)
    for (one, other), verdict in last.items():
        if verdict is Verdict.SAME:
            clusters.join(one, other, "judgement:same", forced=True)


def _verdicts(
    clusters: Clusters, judgements: Sequence[Judgement], by_id: dict[str, int]
) -> tuple[set[int], dict[int, dict[str, str]]]:
    """Roots that a human rejected (and did not confirm later), and corrected fields by root."""
    rejected: set[int] = set()
    corrections: dict[int, dict[str, str]] = {}
    for judgement in judgements:
        order = by_id.get(judgement.subject)
        if order is None:
            continue
        root = clusters.find(order)
        if judgement.verdict is Verdict.REJECT:
            rejected.add(root)
        elif judgement.verdict is Verdict.CONFIRM:
            rejected.discard(root)
        elif judgement.verdict is Verdict.CORRECT and judgement.field in {"name", "kind"} and judgement.value:
            corrections.setdefault(root, {})[judgement.field] = judgement.value
    return rejected, corrections


def _companions(known: Sequence[Profile], documents: int) -> dict[int, frozenset[str]]:
    """What each document names, as keys that are equal across articles without further linking."""
    found: dict[int, set[str]] = {number: set() for number in range(documents)}
    for profile in known:
        if not profile.named:
            continue
        if profile.kind is EntityKind.PER and profile.first:
            found[profile.document].add(f"PER:{fold(profile.first[0])} {bare_surname(profile.last)}")
        elif profile.kind is EntityKind.ORG:
            found[profile.document].add(f"ORG:{organisation_key(profile.entity.name)}")
        elif profile.kind is EntityKind.GPE:
            name = profile.entity.name
            found[profile.document].add(f"GPE:{place_canonical(name) or fold(name)}")
    return {number: frozenset(keys) for number, keys in found.items()}


def _is_suppressed(group: Sequence[Profile], suppressed: frozenset[str]) -> bool:
    if not suppressed or group[0].kind is not EntityKind.PER:
        return False
    forms = {fold(form) for profile in group for form in profile.surfaces}
    forms |= {form.removesuffix("s") for form in forms}
    return any(hashlib.sha256(form.encode("utf-8", "surrogatepass")).hexdigest() in suppressed for form in forms)


def _entity(
    documents: Sequence[Document], group: Sequence[Profile], reasons: Sequence[str], correction: dict[str, str]
) -> Entity:
    offices, places = [], []
    for profile in group:
        article = documents[profile.document].article
        dct = article.dct
        for role in profile.entity.roles:
            quoted = evidence(article.id, article.text, Span(role.start, role.end), digest=article.text_sha256)
            offices.append(OfficeHeld(role.text, quoted, dct.earliest if dct else None, dct.latest if dct else None))
        first = profile.mentions[0].span
        places.append(evidence(article.id, article.text, first, digest=article.text_sha256))
    kind = correction.get("kind", "")
    return Entity(
        group[0].identifier,
        EntityKind(kind) if kind in set(EntityKind) else group[0].kind,
        correction.get("name") or _name(group),
        tuple(p.member for p in group),
        tuple(dict.fromkeys(form for p in group for form in p.surfaces)),
        tuple(offices),
        tuple(places),
        tuple(reasons),
    )


def _name(group: Sequence[Profile]) -> str:
    """The fullest name, of equally full ones the most frequent, of these the first captured."""
    names = Counter(profile.entity.name for profile in group)
    fullest = max(len(name.split()) for name in names) if group[0].kind is EntityKind.PER else 0
    order = list(names)
    return max(names, key=lambda name: (min(len(name.split()), fullest), names[name], -order.index(name)))
