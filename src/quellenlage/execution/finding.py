"""Find an entity under another spelling than any that the archive has: Peskov, Песков for Dmitri Peskow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quellenlage.model import Entity, EntityKind, fold
from quellenlage.names import compare, keys, near, surname_keys, to_latin
from quellenlage.names.comparison import PERHAPS, SAME
from quellenlage.names.keys import surnames
from quellenlage.names.parts import person

_NEAREST = 3
_NEAR = 55.0
"""Likeness of letters, of 100, from which a name is offered as what was perhaps meant."""


@dataclass(frozen=True, slots=True)
class Like:
    """An entity whose spelling is like a name, or that bears it as its surname (`surname`), with score and reasons."""

    entity: Entity
    spelling: str
    score: float
    reasons: tuple[str, ...]
    surname: bool = False


def spelled_like(entities: Iterable[Entity], name: str) -> list[Like]:
    """Entities that a name means in another spelling, the likeliest first, then those that most articles name.

    Of a person's surname alone these are all that bear it, as well as those that an article calls so.
    """
    if not fold(name) and not to_latin(name).strip():
        return []
    asked = _Asked(name)
    found = [like for entity in entities if (like := asked.best(entity)) is not None]
    return sorted(found, key=lambda like: (-like.score, -_articles(like.entity)))


def nearest(entities: Sequence[Entity], name: str) -> list[Entity]:
    """Entities whose letters are most like a name's, for the question whether one of them was meant; often none."""
    from rapidfuzz import fuzz, process

    wanted = fold(to_latin(name))
    if not wanted:
        return []
    forms = [(fold(to_latin(form)), entity) for entity in entities for form in (entity.name, *entity.spellings)]
    letters = [form for form, _ in forms]
    ranked: dict[str, tuple[float, Entity]] = {}
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        for _, score, at in process.extract(wanted, letters, scorer=scorer, limit=12, score_cutoff=_NEAR):
            entity = forms[at][1]
            if entity.kind is not EntityKind.GRP and score > ranked.get(entity.id, (0.0, entity))[0]:
                ranked[entity.id] = (score, entity)
    best = sorted(ranked.values(), key=lambda pair: (-pair[0], -_articles(pair[1]), pair[1].id))
    return [entity for _, entity in best[:_NEAREST]]


class _Asked:
    """A name with its keys by kind, so that few spellings have to be compared letter by letter."""

    def __init__(self, name: str) -> None:
        self._name = name.strip()
        self._keys: dict[EntityKind, frozenset[str]] = {}
        parts = person(self._name).parts
        self._word = parts[0].word if len(parts) == 1 and not parts[0].initial else ""
        self._surname_keys = frozenset(surname_keys(self._name)) if self._word else frozenset[str]()

    def best(self, entity: Entity) -> Like | None:
        """The likeliest spelling of an entity, if any can be meant."""
        found = [like for form in dict.fromkeys((entity.name, *entity.spellings)) for like in self._fits(entity, form)]
        return max(found, key=lambda like: like.score, default=None)

    def _fits(self, entity: Entity, form: str) -> Iterator[Like]:
        kind = entity.kind
        if kind not in self._keys:
            self._keys[kind] = frozenset(keys(kind, self._name))
        if not self._keys[kind].isdisjoint(keys(kind, form)):
            compared = compare(kind, self._name, form)
            if compared.score >= SAME:
                yield Like(entity, form, compared.score, compared.reasons)
        if kind is EntityKind.PER and self._word and not self._surname_keys.isdisjoint(surname_keys(form)):
            bears = any(part.word == self._word or near(part.word, self._word) for part in surnames(form))
            compared = compare(kind, self._name, form)
            if bears and compared.score >= PERHAPS and "one-word-only" in compared.reasons:
                yield Like(entity, form, compared.score, compared.reasons, surname=True)


def _articles(entity: Entity) -> int:
    return len({member.article for member in entity.members})
