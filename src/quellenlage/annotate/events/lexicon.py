"""The trigger lexicon in the form in which it is looked up: lemma to readings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from quellenlage.errors import Defect
from quellenlage.resources import load

K = TypeVar("K")
RESOURCES = ("de/event_triggers.toml", "de/event_triggers_conflict.toml", "de/event_triggers_society.toml")
_ENTRY = re.compile(r"(?P<word>[^(\s]+)(?P<rules>(?: \([^)]*\))*)")
_RULE = re.compile(r"\((?P<sign>[+=-])(?P<words>[^)]*)\)")
_PREFIX = 3
"""Letters of the longest prefix that makes another word instead of a compound."""
_SHORTEST_MODIFIER = 2
"""Letters of the shortest first part of a compound."""
_SHORTEST_SUFFIX = 3
"""Letters of the shortest entry with a leading hyphen."""
_SHORTEST_HEAD = 5
"""Letters of the shortest noun that counts as the head of a compound ("Angriff" in "Luftangriff")."""

PARTICLES = frozenset(
    "ab an auf aus auseinander bei dar davon durch ein entgegen fest fort frei her heraus herbei herum hervor hin "
    "hinaus hinein hinzu heim los mit nach nahe nieder not statt sicher teil um unter voll vor voran voraus vorbei weg "
    "weiter wieder zu zurück zusammen überein".casefold().split()
)
"""Particles that make another verb of the one at whose clause's end they stand."""


class Pattern(Enum):
    """What the subject of a verb, or the genitive of a noun, is to the event."""

    SUBJECT_ACTS = "subject acts, object undergoes"
    SUBJECT_ONLY = "subject acts, nobody undergoes"
    UNDERGOES = "subject undergoes"
    GENITIVE_ACTS = "genitive acts"
    GENITIVE_UNDERGOES = "genitive undergoes"


_FIELDS = {
    "verbs": Pattern.SUBJECT_ACTS,
    "subject_only": Pattern.SUBJECT_ONLY,
    "undergoes": Pattern.UNDERGOES,
    "nouns_of_actor": Pattern.GENITIVE_ACTS,
    "nouns_of_recipient": Pattern.GENITIVE_UNDERGOES,
    "nouns_if_told": Pattern.GENITIVE_ACTS,
}
_TOPICS = "nouns_if_told"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a trigger word: of each set of `needs` one lemma must stand in the clause, of `not_with` none.

    Of `joined`, too, one must stand there, and it is part of the trigger ("Kritik üben"). A `topic` is an event only
    where something says that it took place ("Prozess", "Krieg").
    """

    event_type: str
    pattern: Pattern
    symmetric: bool
    needs: tuple[frozenset[str], ...] = ()
    not_with: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()
    topic: bool = False

    @property
    def rank(self) -> int:
        """Zero for readings that know most of their context."""
        return 0 if self.joined else 1 if self.needs else 2

    def fits(self, words: frozenset[str]) -> bool:
        """Whether the words of the clause (folded lemmas and forms) allow this reading."""
        if not all(_any_headed(asked, words) for asked in self.needs):
            return False
        if self.joined and not _any_headed(self.joined, words):
            return False
        return not (self.not_with and _any_headed(self.not_with, words))

    def joins(self, word: str) -> bool:
        """Whether a word of the clause (folded lemma) is part of the trigger."""
        return bool(self.joined) and _any_headed(self.joined, frozenset({word}))


def _any_headed(wanted: frozenset[str], words: frozenset[str]) -> bool:
    """Whether a wanted word is among the words, also as the head of a compound ("soldat" in "elitesoldat")."""

    def heads(head: str, word: str) -> bool:
        modifier = word.removesuffix(head)
        # "anforderung" is no "forderung", "vorrücken" no "rücken", but "un-truppe" is "truppe"
        return len(head) >= _SHORTEST_HEAD and modifier != word and (len(modifier) > _PREFIX or "-" in modifier)

    return any(w in words or any(heads(w, x) for x in words) for w in wanted)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verbs by infinitive, separable verbs by stem verb and particle, nouns by lemma; all in lower case.

    `heads` are short nouns that are triggers as the last part of a compound only ("wahl" in "landtagswahl"); `excluded`
    nouns are none, nor is a compound that ends with one ("vorauswahl").
    """

    verbs: dict[str, tuple[Reading, ...]]
    separable: dict[tuple[str, str], tuple[Reading, ...]]
    nouns: dict[str, tuple[Reading, ...]]
    heads: dict[str, tuple[Reading, ...]]
    excluded: frozenset[str]
    longest: int
    """Letters of the longest noun of all three, beyond which no ending of a word has to be looked up."""

    def noun(self, lemma: str) -> tuple[Reading, ...]:
        """Readings of a noun, else of the longest known noun that it ends with."""
        if lemma in self.nouns:
            return self.nouns[lemma]
        for start in range(max(0, len(lemma) - self.longest), len(lemma) - _SHORTEST_SUFFIX + 1):
            tail = lemma[start:]
            if tail in self.excluded:
                return ()
            if start < _SHORTEST_MODIFIER:
                continue
            if tail in self.heads:
                return self.heads[tail]
            if len(tail) >= _SHORTEST_HEAD and tail in self.nouns:
                return self.nouns[tail]
        return ()

    def participle(self, form: str) -> tuple[Reading, ...]:
        """Readings of the verb of a participle without ending ("verhaftet", "ausgerufen"), as its spelling tells."""
        for base in dict.fromkeys((form, form.replace("ge", "", 1))):
            for infinitive in (base, base[:-2] + "en", base[:-1] + "en") if base.endswith("t") else (base,):
                if infinitive in self.verbs:
                    return self.verbs[infinitive]
        return ()


@cache
def lexicon() -> Lexicon:
    """Read the trigger lexicon once."""
    verbs: dict[str, list[Reading]] = {}
    separable: dict[tuple[str, str], list[Reading]] = {}
    nouns: dict[str, list[Reading]] = {}
    heads: dict[str, list[Reading]] = {}
    excluded: set[str] = set()
    for name in RESOURCES:
        raw = load(name)
        excluded |= {word.casefold() for word in raw.get("no_triggers", ())}
        for word, reading in _entries(name, raw["type"]):
            if reading.pattern in {Pattern.GENITIVE_ACTS, Pattern.GENITIVE_UNDERGOES}:
                table = heads if word.startswith("-") else nouns
                table.setdefault(word.removeprefix("-"), []).append(reading)
                continue
            particle, bar, stem = word.partition("|")
            verbs.setdefault(particle + stem, []).append(reading)
            if bar:
                separable.setdefault((stem, particle), []).append(reading)
    longest = max(map(len, (*nouns, *heads, *excluded)))
    return Lexicon(_ranked(verbs), _ranked(separable), _ranked(nouns), _ranked(heads), frozenset(excluded), longest)


def _ranked(table: dict[K, list[Reading]]) -> dict[K, tuple[Reading, ...]]:
    return {key: tuple(sorted(readings, key=lambda reading: reading.rank)) for key, readings in table.items()}


def _entries(name: str, types: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Reading]]:
    for group in types:
        for field, pattern in _FIELDS.items():
            for entry in group.get(field, ()):
                match = _ENTRY.fullmatch(entry)
                if match is None:
                    raise Defect(f"{name}: cannot read the entry {entry!r}")
                rules: dict[str, list[frozenset[str]]] = {"+": [], "-": [], "=": []}
                for rule in _RULE.finditer(match["rules"]):
                    words = frozenset(word.casefold() for word in rule["words"].split("/") if word)
                    rules[rule["sign"]] += [words] if words else []
                yield (
                    match["word"].casefold(),
                    Reading(
                        event_type=group["name"],
                        pattern=pattern,
                        symmetric=bool(group.get("symmetric")),
                        needs=tuple(rules["+"]),
                        not_with=frozenset().union(*rules["-"]),
                        joined=frozenset().union(*rules["="]),
                        topic=field == _TOPICS,
                    ),
                )
