"""Persons by the words of their names that can be surnames; words are compared once, not bearer by bearer."""

from __future__ import annotations

from collections.abc import Iterator

from quellenlage.names import near
from quellenlage.names.keys import skeletons, surnames
from quellenlage.names.parts import person


class Surnames:
    """Surnames of bearers by number, and short names that wait for a bearer, by their sounds."""

    def __init__(self) -> None:
        self._words: dict[str, dict[str, None]] = {}
        self._bearers: dict[str, dict[int, str]] = {}
        self._waiting: dict[str, dict[str, str]] = {}
        self._asked: dict[str, dict[str, None]] = {}

    def add(self, number: int, name: str) -> None:
        """Note a full name of a bearer."""
        for part in surnames(name):
            for key in skeletons(part.word):
                self._words.setdefault(key, {})[part.word] = None
            self._bearers.setdefault(part.word, {}).setdefault(number, name)

    def wait(self, key: str, short: str) -> None:
        """Note a short name, under the key it is asked by."""
        last = _last(short)
        for sounds in skeletons(last):
            self._waiting.setdefault(sounds, {})[key] = last
            for word in self._words.get(sounds, ()):
                if word in self._asked and _alike(word, last):
                    self._asked[word][key] = None

    def waiting(self, name: str) -> Iterator[str]:
        """Keys of the short names that may mean the bearer of a full name."""
        for part in surnames(name):
            asked = self._asked.get(part.word)
            if asked is None:
                asked = self._asked[part.word] = {
                    key: None
                    for sounds in skeletons(part.word)
                    for key, last in self._waiting.get(sounds, {}).items()
                    if _alike(part.word, last)
                }
            yield from asked

    def fitting(self, short: str) -> Iterator[tuple[int, str]]:
        """Bearers with a surname that the short name's can be, each with its full name."""
        last = _last(short)
        for word in dict.fromkeys(w for sounds in skeletons(last) for w in self._words.get(sounds, ())):
            if _alike(word, last):
                yield from self._bearers[word].items()


def _last(short: str) -> str:
    """The last word that is no initial."""
    return next((part.word for part in reversed(person(short).parts) if not part.initial), "")


def _alike(one: str, other: str) -> bool:
    return one == other or near(one, other) is not None
