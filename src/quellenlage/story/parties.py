"""Whether two names can stand for one doer: a state and its army, a company and the person who leads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product

from quellenlage.model import Entity, EntityKind, fold
from quellenlage.resources import load
from quellenlage.story.affiliations import Affiliations
from quellenlage.story.figures import WORDS

_NAMED = frozenset({EntityKind.PER, EntityKind.ORG, EntityKind.GPE})
_STEM = 5
"""Letters at the beginning that make two words one name ("perkonische Armee", "Perkonien")."""


class Parties:
    """The entities of an archive as doers and speakers."""

    def __init__(self, entities: Mapping[str, Entity], affiliations: Affiliations) -> None:
        self._entities, self._affiliations = entities, affiliations
        self._words: dict[str, frozenset[str]] = {}

    def named(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Those who are called by a name of their own, rather than "die Polizei", "ein Bauer"."""
        return tuple(one for one in ids if self._has_name(one))

    def name(self, one: str) -> str:
        """Name of an entity, the identifier itself where it is unknown."""
        entity = self._entities.get(one)
        return entity.name if entity else one

    def same(self, one: str, other: str) -> bool:
        """Whether two may act for each other: one camp, a body and its head, or a word of the name in common."""
        if one == other:
            return True
        camps = self._affiliations.of(one), self._affiliations.of(other)
        if camps[0] and camps[1]:
            return camps[0].key == camps[1].key
        return any(_alike(a, b) for a, b in product(self._words_of(one), self._words_of(other)))

    def apart(self, ones: Sequence[str], others: Sequence[str]) -> bool:
        """Whether both are named and none of the one side can stand for one of the other."""
        known = [one for one in (*ones, *others) if one in self._entities]
        if not ones or not others or len(known) < len(ones) + len(others):
            return False
        return not any(self.same(one, other) for one, other in product(ones, others))

    def _has_name(self, one: str) -> bool:
        entity = self._entities.get(one)
        if entity is None or entity.kind not in _NAMED:
            return False
        words = fold(entity.name).split()
        return not all(word in _common() or word.endswith(_endings()) for word in words)

    def _words_of(self, one: str) -> frozenset[str]:
        """Words of the names and offices of an entity, and the initials of names of several words."""
        if one not in self._words:
            entity = self._entities[one]
            told = (entity.name, *entity.spellings, *(held.text for held in entity.offices))
            split = [fold(name.replace("-", " ")).split() for name in told]
            words = {word for listed in split for word in listed if word not in _common()}
            words |= {"".join(word[0] for word in listed) for listed in split if len(listed) > 1}
            self._words[one] = frozenset(words)
        return self._words[one]


def _alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= _STEM and a[:_STEM] == b[:_STEM])


@cache
def _common() -> frozenset[str]:
    return frozenset(map(fold, load(WORDS)["agents"]["common"].split()))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(fold(word) for word in load(WORDS)["agents"]["endings"].split())
