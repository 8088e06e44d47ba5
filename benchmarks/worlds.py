"""What stands for what in a generated course of events: other names, days, numbers and words.

See `generated.py`, which tells the sample's articles of a world.
"""

from __future__ import annotations

import random
import re
import tomllib
from bisect import bisect_left
from datetime import timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from zlib import crc32

from quellenlage.resources import load

_WEEKS = 1500
"""Weeks by which a world may lie before the sample."""
_GROWN = 6.0
"""Up to how many times more a world counts than the sample."""
_SHARED = 0.3
"""Share of names that a world takes from those of all worlds."""
_POOL = 4_000

_TABLE = tomllib.loads(Path(__file__).with_name("generated.toml").read_text(encoding="utf-8"))
PERSONS: dict[str, list[str]] = _TABLE["persons"]
GIVEN: dict[str, list[str]] = _TABLE["given"]
_WORDS: dict[str, list[str]] = {name: listed.split() for name, listed in _TABLE["words"].items()}

STEMS = re.compile(
    "(?<![a-zß-ÿ])(?:{})".format(
        "|".join(
            sorted(
                {n for table in (PERSONS, GIVEN) for stem, more in table.items() for n in (stem, *more)}.union(
                    _WORDS["places"], _WORDS["bodies"]
                ),
                key=lambda stem: (-len(stem), stem),
            )
        )
    ),
    re.IGNORECASE,
)
"""Any of these, as a word or at the beginning of one."""

SHORTEST = 5


def _spelled_otherwise(name: str) -> str:
    """A name as an English paper spells it."""
    for german, english in (("tsch", "ch"), ("sch", "sh"), ("w", "v"), ("j", "y"), ("ei", "ai")):
        name = name.replace(german, english)
    return name


class World:
    """What stands for what in one telling of the course, made by its number and the seed alone."""

    def __init__(self, number: int, seed: int) -> None:
        self.number = number
        self._random = random.Random(f"{seed}:{number}")  # noqa: S311 - the same data every time, nothing secret
        self.moved = timedelta(weeks=self._random.randrange(-_WEEKS, 1))
        self._grown = 1 + _GROWN * self._random.random()
        self._pools = _pools(seed)
        self._names = self._chosen()

    def _chosen(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for stem, variants in (*PERSONS.items(), *GIVEN.items()):
            pool = "given" if stem in GIVEN else "surname"
            name = self._of(pool)
            names[stem] = name
            names.update(dict.fromkeys(variants, _spelled_otherwise(name)))
        names.update((stem, self._of("place")) for stem in _WORDS["places"])
        names.update((stem, self._of("body")) for stem in _WORDS["bodies"])
        return names

    def _of(self, pool: str) -> str:
        """A name of the pool, the first ones often, or one of this world alone."""
        names, ranks = self._pools[pool]
        if pool == "given" or self._random.random() < _SHARED:
            return names[bisect_left(ranks, self._random.random() * ranks[-1])]
        return _coined(self._random, pool)

    def name(self, text: str) -> str:
        """The text with every invented name put as in this world, in the case in which it is written."""
        return STEMS.sub(lambda found: _cased(self._names[found.group().lower()], found.group()), text)

    def word(self, text: str, how: str) -> str:
        """Another word in the place of a content word, always the same one, with the ending that tells its form."""
        key = text.lower()
        if how == "NOUN":
            return _WORDS["compound"][self._drawn(key) % len(_WORDS["compound"])] + key
        one, other = divmod(self._drawn(key[:SHORTEST]), len(_WORDS["syllables"]))
        stem = _WORDS["syllables"][one % len(_WORDS["syllables"])] + _WORDS["syllables"][other]
        ending = key[max(3, len(key) - 3) :] if len(key) > SHORTEST else key[3:]
        return _cased(stem + ending, text)

    def between(self, before: str, after: str, how: str) -> str:
        """A word that stands between two: an adjective or an adverb, the same for the same two."""
        one, other = divmod(self._drawn(f"{before}|{after}".lower()), len(_WORDS["syllables"]))
        stem = _WORDS["syllables"][one % len(_WORDS["syllables"])] + _WORDS["syllables"][other]
        return stem + ("lichen" if how == "ADJ" else "lings")

    def _drawn(self, key: str) -> int:
        """A number for a word: the same whichever articles of the world were made before."""
        return crc32(f"{self.moved.days}:{self.number}:{key}".encode())

    def count(self, value: float) -> float:
        """Another number, the order of numbers kept, so that what met still meets and what did not still does not."""
        return float(round(value * self._grown)) if value >= 2 else value


def _cased(name: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return name.upper()
    return name[0].upper() + name[1:] if like[0].isupper() else name


def _coined(chooser: random.Random, pool: str) -> str:
    syllables = "".join(chooser.choices(_WORDS["syllables"], k=chooser.choice((1, 2, 2, 3))))
    if pool == "body":
        return "".join(chooser.choices("abdefgiklmoprst", k=4))
    return syllables + chooser.choice(_WORDS["closings"] if pool == "surname" else _WORDS["town_closings"])


@lru_cache(maxsize=2)
def _pools(seed: int) -> dict[str, tuple[list[str], list[float]]]:
    """Names that worlds share, and the sums of the weights of their ranks."""
    chooser = random.Random(seed)  # noqa: S311 - as above
    table = load("de/first_names.toml")
    groups = ("german", "slavic", "arabic", "english", "french", "turkish_kurdish_persian")
    given = sorted({name.lower() for group in groups for name in table[group]["names"].split() if name.isalpha()})
    chooser.shuffle(given)
    made = {
        pool: list(dict.fromkeys(_coined(chooser, pool) for _ in range(_POOL))) for pool in ("surname", "place", "body")
    }
    return {
        pool: (names, list(accumulate(1 / (rank + 10) for rank in range(len(names)))))
        for pool, names in {**made, "given": given}.items()
    }
