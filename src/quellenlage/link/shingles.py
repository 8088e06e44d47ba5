"""Runs of words of a report as numbers, and the articles that rare ones point to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quellenlage.model import READ_ZONES, Document, fold
from quellenlage.model.recent import recent

SHINGLE = 4
"""Words per shingle. Edited copy changes a word in about ten; of four-word shingles two thirds then survive, of
eight-word ones under half, while two unrelated articles on one event share under 3 % of four-word shingles."""

RARE = 20
"""Articles that are kept for a shingle, the first ones: what stands in more is a phrase of the trade, or a text that
many print, and of those the first prints are enough."""

_SAMPLED = 2
"""One shingle in so many is looked up, the same ones in every article: those whose number divides by it."""

_ENOUGH = 2.0
"""Shingles that two articles share, those that more articles have counted less, from which they are compared."""

_MANY = 0.25
"""Share of an article's shingles that another has from which they are compared, however many have them too."""

_WAITING = 1 << 16
"""Shingles, each counted with every article that has it, that wait until they are sorted into a layer."""

_MAX_WORDS = 4000
_WORD = re.compile(r"\w+(?:[-.]\w+)*")
_OPENING, _CLOSING, _EITHER = "„»«“", "“”«»", '"'
_BASE = np.uint64(0x9E3779B97F4A7C15)
_LONGEST_QUOTATION = 1500
"""Code points after which an opened quotation counts as not meant: its end was lost."""


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words of a report with their places in the text.

    `numbers` are hashes of the words, `shingles` of the runs that begin at each; `quoted` says which words stand within
    quotation marks.
    """

    spans: tuple[tuple[int, int], ...]
    numbers: tuple[int, ...]
    shingles: tuple[int, ...]
    quoted: tuple[bool, ...]

    @property
    def sampled(self) -> Iterator[int]:
        """Shingles by which articles are looked up, each once."""
        return (shingle for shingle in dict.fromkeys(self.shingles) if shingle % _SAMPLED == 0)


def words_of(document: Document) -> Words:
    """Read the words of headline, lead and body, the first 4,000."""
    spans: list[tuple[int, int]] = []
    for zone in document.article.zones:
        if zone.kind not in READ_ZONES:
            continue
        for match in _WORD.finditer(document.text, zone.start, zone.end):
            spans.append(match.span())
            if len(spans) >= _MAX_WORDS:
                break
    numbers = tuple(_number(document.text[start:end]) for start, end in spans)
    return Words(tuple(spans), numbers, shingles_of(numbers), tuple(_quoted(document.text, spans)))


@recent(1 << 16)
def _number(word: str) -> int:
    """Hash of a folded word, the same on every machine."""
    return int.from_bytes(blake2b(fold(word).encode(), digest_size=8).digest(), "little")


def shingles_of(numbers: Sequence[int] | NDArray[np.uint64]) -> tuple[int, ...]:
    """Numbers of the runs of words that begin at each word, where so many follow."""
    count = len(numbers) - SHINGLE + 1
    if count < 1:
        return ()
    hashed: NDArray[np.uint64] = np.asarray(numbers, dtype=np.uint64)
    total = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE):
        total = total * _BASE + hashed[place : place + count]
    # The low bits decide what is looked up: let every word have a say in them.
    return tuple((total ^ (total >> np.uint64(29))).tolist())


def _quoted(text: str, spans: list[tuple[int, int]]) -> Iterator[bool]:
    """Say of each word whether it stands within quotation marks."""
    inside: list[tuple[int, int]] = []
    opened: int | None = None
    for match in re.finditer(r"[„“”»«\"]", text):
        at, mark = match.start(), match.group()
        if opened is not None and at - opened > _LONGEST_QUOTATION:
            opened = None
        if opened is None:
            opened = at if mark in _OPENING or mark in _EITHER else None
        elif mark in _CLOSING or mark in _EITHER:
            inside.append((opened, at))
            opened = None
    place = 0
    for start, _ in spans:
        while place < len(inside) and inside[place][1] <= start:
            place += 1
        yield place < len(inside) and inside[place][0] < start


class Shelf:
    """Articles in order of precedence, found again by the shingles they have.

    An article is compared with those alone that its shingles point to, at most `RARE` for each, so that the cost of
    adding one does not grow with the number of articles. All but the latest shingles lie in sorted arrays, each about
    half as long as the one before it: twelve bytes a shingle, where a dictionary takes two hundred.
    """

    def __init__(self) -> None:
        self._layers: list[_Layer] = []
        self._latest: dict[int, list[int]] = {}
        self._waiting = 0

    def candidates(self, words: Words, most: int) -> list[int]:
        """Numbers of articles that may share text, the likeliest first, `most` of them.

        A shingle counts the less, the more articles have it, unless it is one of many in common.
        """
        sampled = list(words.sampled)
        weights: dict[int, float] = {}
        shared: dict[int, int] = {}
        for holders in self._holders(sampled):
            for holder in holders:
                weights[holder] = weights.get(holder, 0.0) + 1 / len(holders)
                shared[holder] = shared.get(holder, 0) + 1
        many = max(3.0, _MANY * len(sampled))
        found = [holder for holder, weight in weights.items() if weight >= _ENOUGH or shared[holder] >= many]
        return sorted(found, key=lambda holder: (-round(weights[holder], 6), holder))[:most]

    def put(self, number: int, words: Words) -> None:
        """Add an article, later than all before it."""
        for shingle in words.sampled:
            self._latest.setdefault(shingle, []).append(number)
            self._waiting += 1
        if self._waiting >= _WAITING:
            self._settle()

    def _holders(self, sampled: Sequence[int]) -> list[list[int]]:
        """For each shingle the first articles that have it."""
        found: list[list[int]] = [[] for _ in sampled]
        wanted = np.array(sampled, dtype=np.uint64)
        for layer in self._layers:
            for place, holders in layer.holders(wanted):
                found[place] += holders
        for place, shingle in enumerate(sampled):
            found[place] += self._latest.get(shingle, ())
        return [holders[:RARE] for holders in found]

    def _settle(self) -> None:
        """Put what waits into a layer, and layers of like length together."""
        listed = [(shingle, number) for shingle, numbers in self._latest.items() for number in numbers]
        shingles, numbers = zip(*listed, strict=True)
        self._layers.append(_Layer.of(np.array(shingles, dtype=np.uint64), np.array(numbers, dtype=np.int32)))
        self._latest, self._waiting = {}, 0
        while len(self._layers) > 1 and len(self._layers[-2].shingles) <= 2 * len(self._layers[-1].shingles):
            newer, older = self._layers.pop(), self._layers.pop()
            both = np.concatenate((older.shingles, newer.shingles))
            self._layers.append(_Layer.of(both, np.concatenate((older.articles, newer.articles))))


class _Layer(NamedTuple):
    """Shingles in order, each with the article that has it; of those of many articles the first only."""

    shingles: NDArray[np.uint64]
    articles: NDArray[np.int32]

    @classmethod
    def of(cls, shingles: NDArray[Any], articles: NDArray[Any]) -> _Layer:
        """Sort; `articles` of one shingle come in order."""
        order = np.argsort(shingles, kind="stable")
        shingles, articles = shingles[order], articles[order]
        # The place within those of the same shingle: kept are the first.
        rank = np.arange(len(shingles)) - np.searchsorted(shingles, shingles, side="left")
        return cls(shingles[rank < RARE], articles[rank < RARE])

    def holders(self, wanted: NDArray[np.uint64]) -> Iterator[tuple[int, list[int]]]:
        """Places of wanted shingles that are here, and the articles that have them."""
        first = np.searchsorted(self.shingles, wanted, side="left")
        last = np.searchsorted(self.shingles, wanted, side="right")
        for place in np.nonzero(last > first)[0].tolist():
            yield place, self.articles[first[place] : last[place]].tolist()
