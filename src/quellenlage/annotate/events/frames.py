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
    mutual: tuple[str, ...]
    gathering: frozenset[str]
    object_control: frozenset[str]
    controlling_nouns: frozenset[str]
    light: frozenset[str]
    receiving: frozenset[str]
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
    demanding: frozenset[str]
    undoing: frozenset[str]
    undoing_nouns: frozenset[str]
    denying: frozenset[str]
    asking: frozenset[str]

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
        by_word={name.casefold(): _words(value) for name, value in raw["words"].items() if name != "examples"},
        passed_on=frozenset(raw["passed_on"]["types"].split()),
        mutual=tuple(sorted(_words(raw["mutual"]["nouns"]))),
        parting=_words(raw["passed_on"]["parting"]),
        gathering=_words(raw["gathering"]["nouns"]),
        object_control=_words(raw["control"]["object"]),
        controlling_nouns=_words(raw["control"]["nouns"]),
        light=_words(raw["light"]["verbs"]),
        receiving=_words(raw["light"]["receiving"]),
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
        demanding=_words(raw["demanding"]["verbs"]),
        undoing=_words(raw["undone"]["verbs"]),
        undoing_nouns=_words(raw["undone"]["nouns"]),
        denying=_words(raw["undone"]["denying"]),
        asking=_words(raw["undone"]["after"]),
    )


def _words(text: str) -> frozenset[str]:
    """Words of a line in folded case as the tables of words have it; "über" keeps its umlaut."""
    return frozenset(text.casefold().split())
