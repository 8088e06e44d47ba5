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

_PREFIXES = frozenset(
    "ein vor auf aus mit nach ver ent zer miss hin her weg los durch ueber unter wider zurueck".split()
)
"""Beginnings that make another word ("einräumen" is not "räumen", a "Nachbeben" not the "Beben")."""


def families_of(lemma: str) -> frozenset[str]:
    """Families of a folded lemma, or of the known word that it ends with; none where the table has no such word."""
    return _found(lemma, "families")


def families_among(lemmas: frozenset[str]) -> frozenset[str]:
    """Families of all the words of one telling, and of phrases whose words are among them ("Leben+kommen")."""
    found = {family for lemma in lemmas for family in families_of(lemma)}
    if len(lemmas) > 1:
        found.update(family for words, families in _phrases() if words <= lemmas for family in families)
    return frozenset(found)


def people_of(lemma: str) -> frozenset[str]:
    """Groups of people that a folded noun may stand for, likewise."""
    return _found(lemma, "people")


def modes_of(lemma: str) -> frozenset[str]:
    """Ways of a happening that exclude each other ("call", "presence"), likewise."""
    return _found(lemma, "modes")


def is_another(word: str) -> bool:
    """Whether a folded word before the trigger says that there was one before ("erneuter Angriff")."""
    return word in _words("another")


def is_again(word: str) -> bool:
    """Whether a folded adverb anywhere in the clause says so ("wieder")."""
    return word in _words("again")


def is_vague(word: str) -> bool:
    """Whether a folded noun says nothing about which happening is told ("Mann", "Stadt")."""
    return word in _words("vague")


def is_general(word: str) -> bool:
    """Whether a folded noun stands for any harm that was told before ("das Unglück", "die Tat")."""
    return word in _words("general") or word.endswith(("unglueck", "katastrophe", "tragoedie"))


def ordinal(word: str) -> int | None:
    """Number of a folded ordinal ("zweite": 2), None for any other word."""
    place = _ordinals().get(word)
    return place // 4 + 1 if place is not None else None


def _found(lemma: str, section: str) -> frozenset[str]:
    table = _table(section)
    for form in (lemma, *_infinitives(lemma)):
        if form in table:
            return table[form]
    for start in range(max(3, len(lemma) - _longest(section)), len(lemma) - _PART + 1):
        if lemma[start:] in table:
            return frozenset() if lemma[:start] in _PREFIXES else table[lemma[start:]]
    return frozenset()


def _infinitives(word: str) -> tuple[str, ...]:
    """What a participle before a noun may be a form of ("vereinbart", "verwüstet")."""
    if not word.endswith("t"):
        return ()
    return (f"{word[:-1]}en", f"{word[:-2]}en") if word.endswith("et") else (f"{word[:-1]}en",)


@cache
def _table(section: str) -> Mapping[str, frozenset[str]]:
    listed: dict[str, set[str]] = {}
    for name, words in load(RESOURCE)[section].items():
        for word in words.split():
            listed.setdefault("+".join(map(fold, word.split("+"))), set()).add(name)
    return {word: frozenset(names) for word, names in listed.items()}


@cache
def _longest(section: str) -> int:
    return max(map(len, _table(section)))


@cache
def _phrases() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((frozenset(key.split("+")), names) for key, names in _table("families").items() if "+" in key)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(fold, load(RESOURCE)["series"][name].split()))


@cache
def _ordinals() -> Mapping[str, int]:
    return {fold(word): place for place, word in enumerate(load(RESOURCE)["series"]["ordinals"].split())}
