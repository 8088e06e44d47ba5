"""Words of a quotation against words of an article: where they stand there most nearly, and what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from quellenlage.model import Span, fold

MOST = 300
"""Words of a quotation that are compared."""

_WORD = re.compile(r"[^\W_]+(?:['’:*][^\W_]+)*")
_ALIKE = 75.0
"""Likeness of letters from which an exchanged word counts half: another form, or a slip of the pen."""

_HALF = 0.5

Step = Literal["both", "changed", "draft", "archive"]


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word with its place in the text; `key` is what is compared."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """A quotation at its best place: steps as (kind, words of the draft, words of the archive), indices half-open.

    `cost` counts exchanged, added and left out words; `first`/`last` are the archive's words that it covers.
    """

    cost: float
    first: int
    last: int
    steps: tuple[tuple[Step, tuple[int, int], tuple[int, int]], ...]

    @property
    def kept(self) -> int:
        """Words that both have."""
        return sum(b - a for step, (a, b), _ in self.steps if step == "both")


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Spelled]:
    """Words between two places; marks, punctuation and case are no part of what is compared, endings are."""
    found = _WORD.finditer(text, start, len(text) if end is None else end)
    return [Spelled(m.start(), m.end(), key) for m in found if (key := fold(m[0]))]


def align(draft: Sequence[str], archive: Sequence[str]) -> Aligned:
    """Put all words of a draft into a row of words where it costs least (semi-global edit distance).

    Of several places that with most words kept, then the first: a word left out inside ("nicht") rather than one too
    many at the end.

    Raises:
        ValueError: the draft has no words.
    """
    if not draft:
        raise ValueError("no words to align")
    rows = [[0.0] * (len(archive) + 1)]
    for i, mine in enumerate(draft, 1):
        above, row = rows[-1], [float(i)]
        for j, theirs in enumerate(archive, 1):
            row.append(min(above[j - 1] + _exchange(mine, theirs), above[j] + 1, row[j - 1] + 1))
        rows.append(row)
    least = min(rows[-1])
    traced = (_traced(rows, draft, archive, j) for j, cost in enumerate(rows[-1]) if cost == least)
    return max(traced, key=lambda one: one.kept)


def _exchange(mine: str, theirs: str) -> float:
    if mine == theirs:
        return 0.0
    return _HALF if len(mine) > 3 and fuzz.ratio(mine, theirs) >= _ALIKE else 1.0


def _traced(rows: Sequence[Sequence[float]], draft: Sequence[str], archive: Sequence[str], last: int) -> Aligned:
    i, j = len(draft), last
    single: list[tuple[Step, int, int]] = []
    while i:
        here = rows[i][j]
        if j and here == rows[i - 1][j - 1] + _exchange(draft[i - 1], archive[j - 1]):
            i, j = i - 1, j - 1
            single.append(("both" if draft[i] == archive[j] else "changed", i, j))
        elif here == rows[i - 1][j] + 1:
            i -= 1
            single.append(("draft", i, j))
        else:
            j -= 1
            single.append(("archive", i, j))
    steps: list[tuple[Step, tuple[int, int], tuple[int, int]]] = []
    for step, i, j in reversed(single):
        ends = (i + (step != "archive"), j + (step != "draft"))
        if steps and steps[-1][0] == step:
            _, mine, theirs = steps[-1]
            steps[-1] = (step, (mine[0], ends[0]), (theirs[0], ends[1]))
        else:
            steps.append((step, (i, ends[0]), (j, ends[1])))
    return Aligned(rows[-1][last], single[-1][2] if single else last, last, tuple(steps))


def covered(words: Sequence[Spelled], first: int, last: int) -> Span | None:
    """The place of some words in their text."""
    return Span(words[first].start, words[last - 1].end) if first < last else None
