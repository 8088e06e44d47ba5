"""Word families of happenings and of groups of people: "Abzug" and "abziehen", "Truppen" and "Soldaten"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from quellenlage.model import fold
from quellenlage.resources import load

RESOURCE = "de/event_families.toml"
VAGUE = frozenset({"dead", "workers"})
"""Groups that many happenings have: that both tell of "Menschen" says little."""

_PART = 5
"""Letters that the last part of a compound has at least, so that "Wut" is not found in "Mut"."""


def families_of(lemma: str) -> frozenset[str]:
    """Families of a folded lemma, or of the known word that it ends with; none where the table has no such word."""
    return _found(lemma, "families")


def people_of(lemma: str) -> frozenset[str]:
    """Groups of people that a folded noun may stand for, likewise."""
    return _found(lemma, "people")


def modes_of(lemma: str) -> frozenset[str]:
    """Ways of a happening that exclude each other ("call", "presence"), likewise."""
    return _found(lemma, "modes")


def is_another(word: str) -> bool:
    """Whether a folded word before the trigger says that there was one before ("erneuter Angriff")."""
    return word in _words("another")


def ordinal(word: str) -> int | None:
    """Number of a folded ordinal ("zweite": 2), None for any other word."""
    place = _ordinals().get(word)
    return place // 4 + 1 if place is not None else None


def _found(lemma: str, section: str) -> frozenset[str]:
    table = _table(section)
    if lemma in table:
        return table[lemma]
    for start in range(3, len(lemma) - _PART + 1):
        if lemma[start:] in table:
            return table[lemma[start:]]
    return frozenset()


@cache
def _table(section: str) -> Mapping[str, frozenset[str]]:
    listed: dict[str, set[str]] = {}
    for name, words in load(RESOURCE)[section].items():
        for word in words.split():
            listed.setdefault(fold(word), set()).add(name)
    return {word: frozenset(names) for word, names in listed.items()}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(fold, load(RESOURCE)["series"][name].split()))


@cache
def _ordinals() -> Mapping[str, int]:
    return {fold(word): place for place, word in enumerate(load(RESOURCE)["series"]["ordinals"].split())}
