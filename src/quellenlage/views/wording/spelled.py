"""Names as the articles spell them, by what comparison leaves of them: "mueller" is Müller, "ru" no name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from quellenlage.model import Entity, EntityKind, Linked, fold
from quellenlage.names import name_key
from quellenlage.names.parts import person

_WORD = re.compile(r"""[^\s\-\u2010-\u2015/.,;:()„“”"»«]+""")
_RUN = 4
"""Words of a name at most that are one word in comparison, as "Abd al-Rahman" is."""


class Spelled:
    """How a few entities' names are written, and who is named in the same articles."""

    def __init__(self, names: Iterable[str] = (), company: Callable[[], Iterable[Entity]] = tuple) -> None:
        """Keep names, the best spelling first; `company` is gone through only where it is asked for."""
        self._names = tuple(dict.fromkeys(names))
        self._company = company

    def of(self, folded: str) -> str:
        """A name in its spelling; one that is not known with capitals, a text that has some as it stands."""
        found = self._known.get(folded)
        if found is None and folded == folded.lower():
            found = " ".join(word[:1].upper() + word[1:] for word in folded.split())
        return found if found is not None else folded

    def met(self, key: str) -> str | None:
        """The one name that goes by the key of a companion; None where there is none, or two do."""
        bearers = self._met.get(key, [])
        return bearers[0] if len(bearers) == 1 else None

    def beside(self, *names: str) -> Spelled:
        """The same with further names, as those of an entry of a list."""
        return Spelled((*self._names, *names), self._company)

    @cached_property
    def _known(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for forms in (_whole, _parts):
            for name in self._names:
                for key, written in forms(name):
                    found.setdefault(key, written)
        return found

    @cached_property
    def _met(self) -> dict[str, list[str]]:
        from quellenlage.link.entities.profile import companion_key  # the stage behind it is large

        found: dict[str, list[str]] = {}
        for entity in self._company():
            key_of = companion_key if entity.kind is EntityKind.PER else name_key
            for key in {key_of(name) for name in (entity.name, *entity.spellings)}:
                found.setdefault(key, []).append(entity.name)
        return found


UNKNOWN = Spelled()
"""Where no names are at hand."""


def spelled_in(linked: Linked, *entities: Entity) -> Spelled:
    """Spellings of entities, with the words for their offices; company are all that their articles name."""
    told = [name for e in entities for name in (e.name, *e.spellings, *(office.text for office in e.offices))]
    articles = {member.article for entity in entities for member in entity.members}
    own = {entity.id for entity in entities}

    def company() -> Iterator[Entity]:
        for e in linked.entities:
            if e.id not in own and any(member.article in articles for member in e.members):
                yield e

    return Spelled(told, company)


def _whole(name: str) -> Iterator[tuple[str, str]]:
    yield from ((key, name) for key in _keys(name))


def _parts(name: str) -> Iterator[tuple[str, str]]:
    """Words and runs of them, the shorter first; several that are one part of a person's name by that part, too."""
    words = list(_WORD.finditer(name))
    for length in range(1, min(_RUN, len(words)) + 1):
        for first, last in zip(words, words[length - 1 :], strict=False):
            run = name[first.start() : last.end()]
            yield from ((key, run) for key in _keys(run))
            parts = person(run).parts
            if len(parts) == 1:
                yield parts[0].folded, run


def _keys(text: str) -> tuple[str, ...]:
    folded = fold(text)
    return folded, folded.replace(" ", ""), name_key(text)
