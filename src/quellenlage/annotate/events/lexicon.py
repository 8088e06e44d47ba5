"""The trigger lexicon in the form in which it is looked up: lemma to readings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from quellenlage.resources import load

RESOURCE = "de/event_triggers.toml"
_ENTRY = re.compile(r"(?P<word>[^(]+?)(?P<rules>(?:\s*\([^)]*\))*)\s*")
_RULE = re.compile(r"\((?P<sign>[+-])(?P<words>[^)]*)\)")
_SHORTEST_HEAD = 5
"""Letters of the shortest noun that counts as the head of a compound ("Angriff" in "Luftangriff")."""

PARTICLES = frozenset(
    "ab an auf aus bei ein fest frei her hin heim los mit nach nieder statt teil um unter vor weg wieder zu zurück "
    "zusammen überein".split()
)
"""Separable verb particles that the lexicon uses."""


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
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a trigger word: `needs` are lemmas of which one must stand in the clause, `not_with` none."""

    event_type: str
    pattern: Pattern
    symmetric: bool
    needs: frozenset[str] = frozenset()
    not_with: frozenset[str] = frozenset()

    def fits(self, words: frozenset[str]) -> bool:
        """Whether the words of the clause (folded lemmas and forms) allow this reading."""
        if self.needs and not _any_headed(self.needs, words):
            return False
        return not (self.not_with and _any_headed(self.not_with, words))


def _any_headed(wanted: frozenset[str], words: frozenset[str]) -> bool:
    """Whether a wanted word is among the words, also as the head of a compound ("soldat" in "elitesoldat")."""
    return any(w in words or (len(w) >= _SHORTEST_HEAD and any(x.endswith(w) for x in words)) for w in wanted)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verbs by infinitive, separable verbs by stem verb and particle, nouns by lemma; all in lower case."""

    verbs: dict[str, tuple[Reading, ...]]
    separable: dict[tuple[str, str], tuple[Reading, ...]]
    nouns: dict[str, tuple[Reading, ...]]
    excluded: frozenset[str]

    def noun(self, lemma: str) -> tuple[Reading, ...]:
        """Readings of a noun, else of the longest known noun that it ends with."""
        if lemma in self.excluded:
            return ()
        if lemma in self.nouns:
            return self.nouns[lemma]
        for start in range(2, len(lemma) - _SHORTEST_HEAD + 1):
            if lemma[start:] in self.nouns:
                return self.nouns[lemma[start:]]
        return ()


@cache
def lexicon() -> Lexicon:
    """Read the trigger lexicon once."""
    verbs: dict[str, list[Reading]] = {}
    separable: dict[tuple[str, str], list[Reading]] = {}
    nouns: dict[str, list[Reading]] = {}
    for word, reading in _entries(load(RESOURCE)["type"]):
        if reading.pattern in {Pattern.GENITIVE_ACTS, Pattern.GENITIVE_UNDERGOES}:
            nouns.setdefault(word, []).append(reading)
            continue
        particle, bar, stem = word.partition("|")
        verbs.setdefault(particle + stem, []).append(reading)
        if bar:
            separable.setdefault((stem, particle), []).append(reading)
    return Lexicon(
        {word: tuple(readings) for word, readings in verbs.items()},
        {pair: tuple(readings) for pair, readings in separable.items()},
        {word: tuple(readings) for word, readings in nouns.items()},
        frozenset(word.casefold() for word in load(RESOURCE)["no_triggers"]),
    )


def _entries(types: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Reading]]:
    for group in types:
        for field, pattern in _FIELDS.items():
            for entry in group.get(field, ()):
                match = _ENTRY.fullmatch(entry)
                if match is None:
                    raise ValueError(f"{RESOURCE}: cannot read the entry {entry!r}")
                needs: set[str] = set()
                not_with: set[str] = set()
                for rule in _RULE.finditer(match["rules"]):
                    words = {word.casefold() for word in rule["words"].split("/") if word}
                    (needs if rule["sign"] == "+" else not_with).update(words)
                yield (
                    match["word"].strip().casefold(),
                    Reading(
                        event_type=group["name"],
                        pattern=pattern,
                        symmetric=bool(group.get("symmetric")),
                        needs=frozenset(needs),
                        not_with=frozenset(not_with),
                    ),
                )
