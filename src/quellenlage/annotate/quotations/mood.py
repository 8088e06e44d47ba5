"""Konjunktiv: the mood by which German marks that somebody else's words are passed on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quellenlage.annotate.quotations.inflection import inflect
from quellenlage.resources import load

RESOURCE = "de/attribution_mood.toml"


@dataclass(frozen=True, slots=True)
class Mood:
    """Tables of Konjunktiv forms; third person only, since "ich habe" is indicative."""

    first: frozenset[str]
    second: frozenset[str]
    stems: frozenset[str]
    prefixes: tuple[str, ...]

    def grade(self, word: str, feats: str | None) -> int:
        """2 for Konjunktiv I (or a form that stands for it), 1 for Konjunktiv II, 0 for anything else."""
        if word in self.first:
            return 2
        if word in self.second:
            return 1
        if not word.endswith("e") or not word.islower():
            return 0
        if word in self.stems:
            return 2
        for prefix in self.prefixes:
            if word.startswith(prefix) and word[len(prefix) :] in self.stems:
                return 2
        return 1 if feats and "Mood=Sub" in feats else 0


@cache
def common_finite() -> frozenset[str]:
    """Third-person indicative forms of common verbs, for texts whose tokens carry no morphology.

    Plurals that look like the infinitive are left out: they do not show that a clause has a verb.
    """
    forms: set[str] = set()
    for verb in load(RESOURCE)["telling"]["verbs"]:
        forms |= inflect(verb).finite - {verb}
    return frozenset(forms - set(load(RESOURCE)["telling"]["not_verbs"]))


@cache
def mood() -> Mood:
    """The tables as packaged."""
    data = load(RESOURCE)
    stems = set()
    for verb in data["telling"]["verbs"]:
        stems.add((verb[:-2] if verb.endswith("en") else verb[:-1]) + "e")
    stems -= set(data["telling"]["not_verbs"])
    return Mood(
        first=frozenset(data["subjunctive"]["first"]),
        second=frozenset(data["subjunctive"]["second"]),
        stems=frozenset(stems),
        prefixes=tuple(data["telling"]["prefixes"]),
    )
