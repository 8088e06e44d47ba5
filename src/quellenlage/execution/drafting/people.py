"""Whom the names of a draft mean among the entities of an archive, in whatever spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from quellenlage.execution.finding import spelled_like
from quellenlage.model import Document, Entity, EntityKind, LocalEntity, fold
from quellenlage.names import keys, near, surname_keys, to_latin
from quellenlage.names.comparison import SAME

_ADJECTIVE = re.compile(r"(\w{4,})isch(?:e[nmrs]?)?$")
_PLACE_ENDINGS = ("", "ien", "en", "land", "a", "ia", "e", "o")
"""What names of places have in place of "-isch"."""

_PLACES = frozenset({EntityKind.GPE, EntityKind.LOC})
_PEOPLE = frozenset({EntityKind.PER, EntityKind.GRP})
_ALIKE = {kind: frozenset({kind, EntityKind.MISC}) for kind in EntityKind}
_ALIKE.update(dict.fromkeys(_PLACES, _PLACES | {EntityKind.ORG, EntityKind.MISC}))
_ALIKE[EntityKind.ORG] = frozenset({EntityKind.ORG, EntityKind.GPE, EntityKind.LOC, EntityKind.MISC})
_ALIKE[EntityKind.MISC] = frozenset(EntityKind)


class Directory:
    """Entities of an archive by keys of their names, so that few are compared letter by letter."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = {entity.id: entity for entity in entities}
        self._exact: dict[str, list[str]] = {}
        self._placed: dict[str, list[str]] = {}
        self._keyed: dict[str, list[str]] = {}
        for entity in self.entities.values():
            for form in dict.fromkeys((entity.name, *entity.spellings)):
                self._exact.setdefault(fold(form), []).append(entity.id)
                if entity.kind in _PLACES:
                    self._placed.setdefault(fold(form), []).append(entity.id)
                for key in _keys(entity.kind, form):
                    self._keyed.setdefault(key, []).append(entity.id)

    def meant(self, local: LocalEntity) -> frozenset[str]:
        """Identifiers of those that a draft's entity may mean: several where namesakes are, none where nobody is.

        A place that was read as somebody else is found by its name as it stands, or in the genitive ("Kenias").
        """
        if local.kind is EntityKind.GRP:
            return frozenset()  # people without a name are told by the noun, which is compared as a word
        kinds = _ALIKE[local.kind]
        exact = [one for one in self._exact.get(fold(local.name), ()) if self.entities[one].kind in kinds]
        own = [one for one in exact if fold(self.entities[one].name) == fold(local.name)]
        keyed = dict.fromkeys(one for key in _keys(local.kind, local.name) for one in self._keyed.get(key, ()))
        among = [self.entities[one] for one in keyed if self.entities[one].kind in kinds]
        found = spelled_like(among, local.name)
        sure = [like for like in found if not like.surname and like.score >= SAME]
        bare = _surnamed(local.name, among) if local.kind is EntityKind.PER else []
        if exact:
            return frozenset((*(own or exact), *bare, *(like.entity.id for like in sure)))
        likely = frozenset((*bare, *(like.entity.id for like in sure or found)))
        return likely or self.called(local.name) or self.called(local.name.removesuffix("s"))

    def called(self, name: str) -> frozenset[str]:
        """Identifiers of places and bodies of exactly this name, of places from whose name an adjective is made."""
        exact = frozenset(one for one in self._exact.get(fold(name), ()) if self.entities[one].kind not in _PEOPLE)
        adjective = _ADJECTIVE.match(fold(name))
        if exact or adjective is None:
            return exact
        root = adjective[1]
        return frozenset(one for ending in _PLACE_ENDINGS for one in self._placed.get(root + ending, ()))

    def is_named(self, identifier: str) -> bool:
        """Whether an entity is more than people without a name."""
        entity = self.entities.get(identifier)
        return entity is not None and entity.kind is not EntityKind.GRP

    def is_person(self, identifiers: Iterable[str]) -> bool:
        """Whether all of these are single people."""
        return all((one := self.entities.get(each)) and one.kind is EntityKind.PER for each in identifiers)

    def name(self, identifier: str) -> str:
        """Name of an entity, the identifier itself where it is none."""
        entity = self.entities.get(identifier)
        return entity.name if entity else identifier


def _surnamed(name: str, among: Iterable[Entity]) -> list[str]:
    """Those whom articles call by the surname of a full name alone, and who are nobody else's record."""
    words = fold(to_latin(name)).split()
    if len(words) < 2:
        return []
    return [e.id for e in among if len(alone := fold(to_latin(e.name)).split()) == 1 and near(alone[0], words[-1])]


@lru_cache(maxsize=1 << 14)
def _keys(kind: EntityKind, form: str) -> frozenset[str]:
    found = frozenset(keys(kind, form))
    return found | frozenset(surname_keys(form)) if kind is EntityKind.PER else found


def named_in(document: Document) -> dict[str, LocalEntity]:
    """Entities that an article names, by local identifier; those told by a noun alone are left out."""
    named = {m.entity for m in document.mentions if m.form == "name"}
    return {entity.id: entity for entity in document.entities if entity.id in named}
