"""The quotation reader: one pass over an article finds quoted words, a short second one the roles of each quotation.

Words are numbered through over all sentences of the article. The weights are restricted (see their card): a caller
asks `files.available("quotations", models)` first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quellenlage.encoder import sessions
from quellenlage.encoder.pieces import Span, Window, article_windows
from quellenlage.encoder.sessions import Floats
from quellenlage.encoder.viterbi import Chains, Scores, best, marginals, softmax

NAME = "quotations"
LEVELS = ("outer", "nested")
WIDTH = 384
_ALIKE = 64
"""Windows, those read last, that need not be read again where they come again in an article."""


class Vectors:
    """A vector for each word of an article, in runs; runs of windows that say the same are held once."""

    def __init__(self) -> None:
        self._ends: list[int] = []
        self._runs: list[Floats] = []

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def add(self, run: Floats) -> None:
        """The next words, `run` (words, width)."""
        self._ends.append(len(self) + len(run))
        self._runs.append(run)

    def of(self, low: int, high: int) -> Floats:
        """Those of the words `low` to `high`, half-open: (words, width)."""
        found = [np.zeros((0, WIDTH), dtype=np.float32)]
        at = bisect_right(self._ends, low)
        while low < high:
            start = self._ends[at] - len(self._runs[at])
            found.append(self._runs[at][low - start : high - start])
            low, at = self._ends[at], at + 1
        return np.concatenate(found)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the first pass says of an article: word vectors, and scores of every tag on both levels.

    `sentences` are ranges of word numbers (empty ones too); `emissions` (levels, words, tags).
    """

    sentences: tuple[tuple[int, int], ...]
    vectors: Vectors
    emissions: Scores


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation as tagged: its words by number, in order.

    `type` is what the tags say, `score` the mean probability that its words are quoted on this level.
    """

    words: tuple[int, ...]
    type: str
    nested: bool
    score: float


@dataclass(frozen=True, slots=True)
class Roles:
    """What the second pass says of one quotation.

    `roles` (words, roles) holds the probability of each role for the words from number `start` on.
    """

    start: int
    roles: Scores
    types: dict[str, float]
    media: dict[str, float]


class Reader:
    """Reads articles; cheap to make, safe to share between threads."""

    @cached_property
    def _settings(self) -> dict[str, Any]:
        return sessions.settings(NAME)

    @cached_property
    def _chains(self) -> Chains:
        return Chains.of([self._settings["levels"][level] for level in LEVELS])

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of a word: O, and B, I, C ("goes on after an interruption") of each type."""
        return tuple(self._settings["tags"])

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles in the order of `Roles.roles`."""
        return tuple(self._settings["roles"])

    def read(self, text: str, sentences: Sequence[Sequence[Span]]) -> Reading:
        """Read an article whose words are given per sentence as offsets into `text`.

        Raises:
            MissingResource: a model file is missing or damaged.
        """
        settings = self._settings
        windows = article_windows(text, sentences, settings["window"], settings["overlap"])
        ends = np.cumsum([0, *map(len, sentences)]).tolist()
        vectors = Vectors()
        emissions = np.zeros((len(LEVELS), ends[-1], len(settings["tags"])))
        known: OrderedDict[Any, list[Floats]] = OrderedDict()
        for window, (low, high) in zip(windows, _shares(windows), strict=True):
            pieces = window.pieces
            alike = (tuple(pieces.ids), tuple(pieces.firsts))
            # a page may say the same thousands of times, and what is read depends on the window alone
            outputs = known.pop(alike, None)
            if outputs is None:
                embedded, firsts = sessions.embed(pieces.ids), np.array(pieces.firsts)
                outputs = sessions.run("quotations/read", embedded=embedded, firsts=firsts)
            _keep(known, alike, outputs)
            own, *levels = outputs
            inside = slice(low - window.start, high - window.start)
            vectors.add(own[0, inside])
            for level, scores in enumerate(levels):
                emissions[level, low:high] = scores[0, inside]
        return Reading(tuple(pairwise(ends)), vectors, emissions)

    def find(self, reading: Reading, bias: Scores | None = None) -> list[Found]:
        """The quotations of an article, in order of their first words.

        `bias` (levels, words, tags; 0 for nothing) is added to the scores before decoding: what rules know, such as
        quotation marks.
        """
        emissions = reading.emissions if bias is None else reading.emissions + bias
        paths = best(emissions, self._chains)
        if not paths.any():
            return []  # the whole article is tagged O
        quoted = 1.0 - self._probable(emissions)[:, :, 0]
        found = []
        for level, path in enumerate(paths):
            for words, kind in spans([self.tags[tag] for tag in path]):
                found.append(Found(words, kind, bool(level), float(quoted[level, list(words)].mean())))
        return sorted(found, key=lambda one: (one.words[0], one.nested))

    def probabilities(self, reading: Reading, bias: Scores | None = None) -> Scores:
        """The posterior probability of every tag (levels, words, tags), at the temperature that was measured."""
        return self._probable(reading.emissions if bias is None else reading.emissions + bias)

    def _probable(self, emissions: Scores) -> Scores:
        heat = np.array([self._settings["temperatures"][level] for level in LEVELS])
        return marginals(emissions / heat[:, None, None], self._chains.cooled(heat))

    def attribute(self, reading: Reading, quotations: Sequence[Sequence[int]]) -> list[Roles]:
        """Roles, type and medium of each quotation, given the words of all of them (in order, none empty).

        The others count: their words are marked as quoted elsewhere.
        """
        quoted = np.zeros(len(reading.vectors), dtype=np.int64)
        for quotation in quotations:
            quoted[list(quotation)] = 2
        ranges = [one for one in reading.sentences if one[0] < one[1]]
        known: OrderedDict[Any, list[Floats]] = OrderedDict()
        return [self._attribute(reading.vectors, quotation, quoted, ranges, known) for quotation in quotations]

    def _attribute(
        self,
        vectors: Vectors,
        quotation: Sequence[int],
        quoted: NDArray[np.int64],
        sentences: Sequence[tuple[int, int]],
        known: OrderedDict[Any, list[Floats]],
    ) -> Roles:
        settings = self._settings
        low, high = around(quotation, sentences, settings["around"])
        marks = quoted[low:high].copy()
        marks[[word - low for word in quotation if low <= word < high]] = 1
        own = vectors.of(low, high)
        alike = sha256(own.tobytes() + marks.tobytes()).digest()
        outputs = known.pop(alike, None)
        if outputs is None:
            outputs = sessions.run("quotations/attribute", vectors=own[None], marks=marks[None])
        _keep(known, alike, outputs)
        roles, types, media = outputs
        heat = settings["temperatures"]
        return Roles(
            low,
            1.0 / (1.0 + np.exp(-roles[0].astype(np.float64) / heat["roles"])),
            dict(zip(settings["types"], softmax(types[0], heat["types"]).tolist(), strict=True)),
            dict(zip(settings["media"], softmax(media[0], heat["media"]).tolist(), strict=True)),
        )


def _keep(known: OrderedDict[Any, list[Floats]], alike: object, outputs: list[Floats]) -> None:
    """Keep what was read last, for what comes again."""
    known[alike] = outputs
    if len(known) > _ALIKE:
        known.popitem(last=False)


def spans(tags: Sequence[str]) -> list[tuple[tuple[int, ...], str]]:
    """Words and type of each quotation on one level; C goes on with the last quotation of its type before it."""
    found: list[tuple[list[int], str]] = []
    last: dict[str, list[int]] = {}
    for i, tag in enumerate(tags):
        if tag == "O":
            continue
        step, kind = tag.split("-", 1)
        if step == "B" or kind not in last:
            last[kind] = []
            found.append((last[kind], kind))
        last[kind].append(i)
    return [(tuple(words), kind) for words, kind in found]


def around(quotation: Sequence[int], ranges: Sequence[tuple[int, int]], reach: dict[str, int]) -> tuple[int, int]:
    """The range of words in which the roles of a quotation are looked for, as in training.

    `ranges` are the sentences that have words, `reach` says how many of them before and after, and how many words at
    most.
    """
    first, last = min(quotation), max(quotation)
    a, b = (bisect_right(ranges, word, key=itemgetter(1)) for word in (first, last))
    low = ranges[max(0, a - reach["before"])][0]
    high = ranges[min(len(ranges) - 1, b + reach["after"])][1]
    if high - low > reach["words"]:
        low = max(low, first - reach["words"] // 2)
        high = min(high, low + reach["words"])
    return low, high


def _shares(windows: Sequence[Window]) -> list[tuple[int, int]]:
    """The words that each window answers for: where two overlap, up to the sentence bound nearest the middle."""
    bounds = [windows[0].start] if windows else []
    for before, after in pairwise(windows):
        middle = (after.start + before.end) / 2
        options = [part.start for part in after.parts if bounds[-1] <= part.start < before.end] + [before.end]
        bounds.append(min(options, key=lambda at: abs(at - middle)))
    if windows:
        bounds.append(windows[-1].end)
    return list(pairwise(bounds))
