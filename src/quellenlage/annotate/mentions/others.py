"""Names that are neither people nor bodies nor places ("Vertrag von Lissabon", a film) beside those that are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quellenlage.annotate.mentions.binding_bodies import same_names
from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.model import EntityKind, LocalEntity, Mention, seen

Bound = tuple[tuple[Mention, ...], tuple[LocalEntity, ...]]


def with_others(bound: Bound, text: str, candidates: Sequence[Candidate]) -> Bound:
    """Mentions and entities with those of other names, numbered again; the same words are the same thing."""
    groups: dict[str, list[Candidate]] = {}
    same = same_names(text, candidates)
    for candidate in candidates:
        key, _ = same.get(candidate.key, (candidate.key, ""))
        groups.setdefault(f"misc {key}", []).append(candidate)
    if not groups:
        return bound
    mentions, entities = list(bound[0]), list(bound[1])
    for key, members in groups.items():
        best = max(members, key=lambda c: (c.score, -c.start))
        name = max((c.name for c in members), key=len)
        entities.append(LocalEntity(key, EntityKind.MISC, seen(name), (), round(best.score, 2), (best.reason,)))
        mentions += [Mention("", c.start, c.end, EntityKind.MISC, c.form, key) for c in members]
    return _numbered(mentions, entities)


def _numbered(mentions: Sequence[Mention], entities: Sequence[LocalEntity]) -> Bound:
    placed = sorted(mentions, key=lambda m: (m.start, m.end))
    numbers = {entity: f"e{n}" for n, entity in enumerate(dict.fromkeys(m.entity for m in placed), 1)}
    listed = sorted(entities, key=lambda e: int(numbers[e.id][1:]))
    return (
        tuple(replace(m, id=f"m{n}", entity=numbers[m.entity]) for n, m in enumerate(placed, 1)),
        tuple(replace(e, id=numbers[e.id]) for e in listed),
    )
