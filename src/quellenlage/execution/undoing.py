"""Two names that a judgement made one: whom they would mean without it, so that it can be undone by name."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.errors import NotFound
from quellenlage.execution.lookup import IDENTIFIER, find, find_entity, find_like
from quellenlage.execution.ports import PipelineLike, default_pipeline
from quellenlage.model import Archive, Judgement, Linked, Verdict, in_force

Pair = tuple[str, str]

_ALONE = 3
"""How many judgements, newest first, are left out one by one before all of them are left out together."""


def joined_pairs(archive: Archive, names: Pair, pipeline: PipelineLike | None = None) -> list[Pair]:
    """Identifiers of what `same` judgements joined and these two references would tell apart without them.

    After such a merge both names belong to one entity, or to several that cannot be told apart. The articles are
    therefore linked in memory without the judgements in question, and the names looked up in the result. That costs
    as much as the next build's link; it is done only where a judgement may be concerned. Identifiers mean themselves.

    Returns:
        The pairs of the judgements, the side of the first reference first; empty where no judgement is concerned.
    """
    judgements = in_force(archive.judgements())
    pairs = _same_in_force(judgements)
    if not pairs or all(_is_identifier(name) for name in names):
        return []
    meant = {identifier for name in names for identifier in _meant(archive, name, pairs)}
    pairs = [pair for pair in pairs if not meant.isdisjoint(map(archive.resolve, pair))]
    if not pairs:
        return []
    pipeline = pipeline or default_pipeline()
    documents, suppressed = list(archive.documents()), archive.suppressed()
    for left_out in ([[pair] for pair in pairs[: -_ALONE - 1 : -1]] if len(pairs) > 1 else []) + [pairs]:
        keys = {frozenset(pair) for pair in left_out}
        kept = [j for j in judgements if j.verdict is not Verdict.SAME or frozenset((j.subject, j.other)) not in keys]
        found = _told_apart(archive, pipeline.connect(documents, kept, suppressed), names, left_out)
        if found:
            return found
    return []


def _told_apart(archive: Archive, linked: Linked, names: Pair, left_out: Sequence[Pair]) -> list[Pair]:
    """Pairs of which this link, made without them, puts one side under each name."""
    try:
        one, other = (_identifier(archive, linked, name) for name in names)
    except NotFound:
        return []
    if not one or not other or one == other:
        return []
    found: list[Pair] = []
    for a, b in left_out:
        sides = (_standing(linked, a), _standing(linked, b))
        if sides == (one, other):
            found.append((a, b))
        elif sides == (other, one):
            found.append((b, a))
    if not found and archive.resolve(one) == archive.resolve(other):
        found.append((one, other))  # joined by way of a third
    return found


def _same_in_force(judgements: Sequence[Judgement]) -> list[Pair]:
    """Pairs that are one by the last word on them."""
    return [(j.subject, j.other) for j in judgements if j.other and j.verdict is Verdict.SAME]


def _meant(archive: Archive, name: str, pairs: Sequence[Pair]) -> set[str]:
    """Entity that goes by a reference now; where that cannot be told, all that judgements joined."""
    try:
        return {archive.resolve(find(archive, name).id)}
    except NotFound:
        return {archive.resolve(identifier) for pair in pairs for identifier in pair}


def _is_identifier(name: str) -> bool:
    return IDENTIFIER.fullmatch(name.strip()) is not None


def _identifier(archive: Archive, linked: Linked, name: str) -> str | None:
    if _is_identifier(name):
        return _standing(linked, find(archive, name).id)
    entity = find_entity(linked, name) or find_like(linked, name)
    return entity.id if entity else None


def _standing(linked: Linked, identifier: str) -> str:
    """Identifier that stands for this one in a link."""
    return linked.aliases.get(identifier, identifier)
