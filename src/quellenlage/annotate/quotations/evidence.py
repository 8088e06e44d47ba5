"""Rules and encoder together: what the rules found becomes evidence beside the encoder's scores.

Both read the same words. The rules' tags are added to the scores of the encoder before the best reading of the whole
article is chosen, so that each can overrule the other: a rule where the encoder wavers, the encoder where no rule
knows the phrasing. The weights were tuned on articles that the encoder was not trained on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quellenlage.annotate.quotations.drafts import Draft
from quellenlage.annotate.quotations.sharing import Groups
from quellenlage.model.spans import Span
from quellenlage.resources import load

Floats = NDArray[np.float64]
RESOURCE = "de/quotation_evidence.toml"
ROLES = ("speaker", "cue", "frame", "addressee")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much the rules count: added to the tag of a word they hold for quoted, and to a role's score."""

    quoted: dict[str, float]
    outside: float
    role: dict[str, float]
    not_role: dict[str, float]
    opposite: float
    threshold: dict[str, float]
    kind: float
    tags: float
    agreed: float
    alone: float
    unseen: float


@cache
def weights() -> Weights:
    """The tuned weights."""
    table: dict[str, Any] = load(RESOURCE)
    return Weights(
        quoted=table["quoted"],
        outside=table["outside"]["weight"],
        role=table["role"],
        not_role=table["not_role"],
        opposite=table["opposite"]["weight"],
        threshold=table["threshold"],
        kind=table["type"]["rule"],
        tags=table["type"]["tags"],
        agreed=table["score"]["agreed"],
        alone=table["score"]["alone"],
        unseen=table["score"]["unseen"],
    )


class Places:
    """Word numbers of spans.

    `sentences`, `paragraphs` and `apart` are the words that open a sentence, a paragraph, and a passage before which
    text stands that is not read: no span reaches over it, so that a caption or an offer is never part of a quotation.
    """

    def __init__(
        self,
        text: str,
        words: Sequence[tuple[int, int]],
        sentences: frozenset[int] = frozenset(),
        paragraphs: frozenset[int] = frozenset(),
        apart: frozenset[int] = frozenset(),
    ) -> None:
        self.text = text
        self.words, self.sentences, self.paragraphs, self.apart = words, sentences, paragraphs, apart
        self._openings = sorted(sentences)
        self.starts = np.array([a for a, _ in words], dtype=np.int64)
        self.ends = np.array([b for _, b in words], dtype=np.int64)

    def of(self, spans: Sequence[Span]) -> list[int]:
        """Words that overlap one of the spans."""
        found: list[int] = []
        for span in spans:
            low = int(np.searchsorted(self.ends, span.start, side="right"))
            high = int(np.searchsorted(self.starts, span.end, side="left"))
            found += range(low, high)
        return sorted(set(found))

    def spans(self, numbers: Sequence[int]) -> list[Span]:
        """Spans of runs of words."""
        return [Span(self.words[a][0], self.words[b - 1][1]) for a, b in runs(numbers, self.apart)]

    def word(self, number: int) -> str:
        """A word in lower case, empty beyond the last."""
        return self.text[slice(*self.words[number])].lower() if number < len(self.words) else ""

    def sentence(self, number: int) -> int:
        """The first word of the sentence of a word."""
        before = bisect_right(self._openings, number)
        return self._openings[before - 1] if before else 0


def cut(numbers: Sequence[int], at: Collection[int]) -> list[tuple[int, ...]]:
    """The same numbers, in groups that begin with, or after, each of `at`."""
    found: list[list[int]] = []
    for n in numbers:
        if not found or any(k in at for k in range(found[-1][-1] + 1, n + 1)):
            found.append([])
        found[-1].append(n)
    return [tuple(group) for group in found]


def runs(numbers: Sequence[int], breaks: frozenset[int] = frozenset()) -> list[tuple[int, int]]:
    """Half-open runs of successive numbers; at each of `breaks` a new one begins."""
    found: list[tuple[int, int]] = []
    for n in sorted(set(numbers)):
        if found and found[-1][1] == n and n not in breaks:
            found[-1] = (found[-1][0], n + 1)
        else:
            found.append((n, n + 1))
    return found


def bias(drafts: Sequence[Draft], places: Places, tags: Sequence[str], use: Weights) -> Floats:
    """What the rules add to the tag scores (levels, words, tags)."""
    return np.stack([_level(drafts, places, tags, nested, use) for nested in (False, True)])


def _level(drafts: Sequence[Draft], places: Places, tags: Sequence[str], nested: bool, use: Weights) -> Floats:
    number = {tag: i for i, tag in enumerate(tags)}
    added = np.zeros((len(places.words), len(tags)), dtype=np.float64)
    taken = np.zeros(len(places.words), dtype=bool)
    for draft in sorted(drafts, key=lambda d: -d.score):
        words = places.of(draft.quote)
        if (draft.parent is not None) != nested or not words or taken[words].any():
            continue
        taken[words] = True
        weight = use.quoted[str(draft.type)] * draft.score
        for k, (a, b) in enumerate(runs(words)):
            added[a, number[f"{'C' if k else 'B'}-{draft.type}"]] += weight
            added[a + 1 : b, number[f"I-{draft.type}"]] += weight
    added[~taken, number["O"]] += use.outside
    return added


def match(found: Sequence[int], drafts: Sequence[Draft], words: Groups) -> Draft | None:
    """The rules' quotation that shares most words (of each in `words`) with those found, at least half of both."""
    own = frozenset(found)
    best, best_share = None, 0.5
    for number in words.touching(own):
        theirs = words.listed[number]
        share = 2 * len(own & theirs) / (len(own) + len(theirs))
        if share > best_share or (share == best_share and best is None):
            best, best_share = drafts[number], share
    return best


def best_run(scores: Floats, threshold: float) -> list[int]:
    """The one run of words with the greatest sum above the threshold (words below it may lie within)."""
    best, best_total, start, total = (0, 0), 0.0, 0, 0.0
    for i, value in enumerate(scores - threshold):
        if total <= 0:
            start, total = i, 0.0
        total += float(value)
        if total > best_total:
            best, best_total = (start, i + 1), total
    return list(range(*best))


def all_runs(scores: Floats, threshold: float, gap: int) -> list[int]:
    """All words above the threshold, and gaps of at most `gap` words between them."""
    numbers = [int(i) for i in np.flatnonzero(scores > threshold)]
    filled = list(numbers)
    for a, b in pairwise(numbers):
        if 1 < b - a <= gap + 1:
            filled += range(a + 1, b)
    return sorted(filled)
