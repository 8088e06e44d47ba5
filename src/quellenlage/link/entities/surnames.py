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

    def add(self, number: int, name: str) -> None:
        """Note a full name of a bearer."""
        for part in surnames(name):
            for key in skeletons(part.word):
                self._words.setdefault(key, {})[part.word] = None
            self._bearers.setdefault(part.word, {}).setdefault(number, name)

    def wait(self, key: str, short: str) -> None:
        """Note a short name, under the key it is asked by."""
        for sounds in skeletons(_last(short)):
            self._waiting.setdefault(sounds, {})[key] = _last(short)

    def waiting(self, name: str) -> Iterator[str]:
        """Keys of the short names that may mean the bearer of a full name."""
        for part in surnames(name):
            for sounds in skeletons(part.word):
                for key, last in self._waiting.get(sounds, {}).items():
                    if last == part.word or near(last, part.word) is not None:
                        yield key

    def fitting(self, short: str) -> Iterator[tuple[int, str]]:
        """Bearers with a surname that the short name's can be, each with its full name."""
        last = _last(short)
        for word in dict.fromkeys(w for sounds in skeletons(last) for w in self._words.get(sounds, ())):
            if word == last or near(word, last) is not None:
                yield from self._bearers[word].items()


def _last(short: str) -> str:
    """The last word that is no initial."""
    return next((part.word for part in reversed(person(short).parts) if not part.initial), "")
