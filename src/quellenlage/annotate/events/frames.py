"""The table of frames: which part of a sentence fills which role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quellenlage.resources import load

FRAMES = "de/event_frames.toml"


@dataclass(frozen=True, slots=True)
class Frames:
    """Prepositions and words, all in folded case."""

    by_type: dict[str, frozenset[str]]
    by_word: dict[str, frozenset[str]]
    passed_on: frozenset[str]
    parting: frozenset[str]
    gathering: frozenset[str]
    object_control: frozenset[str]
    controlling_nouns: frozenset[str]
    light: frozenset[str]
    where: frozenset[str]
    goal: frozenset[str]
    left: frozenset[str]
    moving: frozenset[str]
    harming: frozenset[str]
    befalling: frozenset[str]
    parts: frozenset[str]
    reached: frozenset[str]
    forces: tuple[str, ...]
    talking: frozenset[str]
    about: frozenset[str]

    def recipients(self, event_type: str, lemma: str) -> frozenset[str]:
        """Prepositions that name who undergoes what a word tells."""
        return self.by_word.get(lemma, self.by_type.get(event_type, frozenset()))


@cache
def frames() -> Frames:
    """Read the table once."""
    raw = load(FRAMES)
    places = raw["places"]
    return Frames(
        by_type={name: _words(value) for name, value in raw["recipients"].items() if name != "examples"},
        by_word={name: _words(value) for name, value in raw["words"].items() if name != "examples"},
        passed_on=frozenset(raw["passed_on"]["types"].split()),
        parting=_words(raw["passed_on"]["parting"]),
        gathering=_words(raw["gathering"]["nouns"]),
        object_control=_words(raw["control"]["object"]),
        controlling_nouns=_words(raw["control"]["nouns"]),
        light=_words(raw["light"]["verbs"]),
        where=_words(places["where"]),
        goal=_words(places["goal"]),
        left=_words(places["left"]),
        moving=frozenset(places["moving"].split()),
        harming=frozenset(places["harming"].split()),
        befalling=frozenset(places["befalling"].split()),
        parts=_words(places["parts"]),
        reached=_words(raw["reached"]["verbs"]),
        forces=tuple(sorted(_words(raw["reached"]["forces"]))),
        talking=frozenset(places["talking"].split()),
        about=_words(places["about"]),
    )


def _words(text: str) -> frozenset[str]:
    """Words of a line in folded case as the tables of words have it; "über" keeps its umlaut."""
    return frozenset(text.casefold().split())
