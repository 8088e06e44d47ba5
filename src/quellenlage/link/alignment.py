"""Which passages two texts share: runs of the same words, with small changes in between, in whatever order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quellenlage.link.shingles import SHINGLE, Words

GAP = 6
"""Words that may differ between two runs of the same words within one passage, on either side."""

PASSAGE = 6
"""Words in common that a copied passage has at least."""

_PLACES = 4
"""Places of a shingle in the earlier text that are tried: a refrain has more."""


@dataclass(slots=True)
class Passage:
    """Words `start` to `end` (half-open) of the later text and `earlier_start` to `earlier_end` of the earlier one.

    `same` are the places in the later text of the words that they have in common.
    """

    start: int
    end: int
    earlier_start: int
    earlier_end: int
    same: list[int]

    @property
    def changed(self) -> bool:
        """Whether words differ within it on either side."""
        return not len(self.same) == self.end - self.start == self.earlier_end - self.earlier_start


def places_of(words: Words) -> Mapping[int, Sequence[int]]:
    """Where each shingle begins."""
    found: dict[int, list[int]] = {}
    for place, shingle in enumerate(words.shingles):
        listed = found.setdefault(shingle, [])
        if len(listed) < _PLACES:
            listed.append(place)
    return found


def passages(later: Words, earlier: Mapping[int, Sequence[int]]) -> list[Passage]:
    """Passages that the later text shares with the earlier one (its `places_of`), in order, none twice.

    In time linear in the words of the later text. Runs join to a passage where at most `GAP` words differ in
    between; of passages over the same words of the later text the longest stays.
    """
    joined: list[Passage] = []
    for run in _runs(later, earlier):
        before = next((p for p in reversed(joined[-3:]) if _follows(p, run)), None)
        if before is None:
            joined.append(run)
            continue
        before.same += [place for place in run.same if place >= before.end]
        before.end, before.earlier_end = max(before.end, run.end), max(before.earlier_end, run.earlier_end)
    taken: set[int] = set()
    kept = []
    for passage in sorted(joined, key=lambda p: (-len(p.same), p.start, p.earlier_start)):
        fresh = [place for place in passage.same if place not in taken]
        if len(fresh) >= PASSAGE and 2 * len(fresh) > len(passage.same):
            taken.update(fresh)
            passage.same = fresh
            kept.append(passage)
    return sorted(kept, key=lambda p: (p.start, p.earlier_start))


def _follows(before: Passage, run: Passage) -> bool:
    return (
        before.start < run.start <= before.end + GAP
        and before.earlier_start < run.earlier_start <= before.earlier_end + GAP
        and abs((run.start - before.end) - (run.earlier_start - before.earlier_end)) <= GAP
    )


def _runs(later: Words, earlier: Mapping[int, Sequence[int]]) -> list[Passage]:
    """Longest runs of the same words, in the order of the later text."""
    open_runs: dict[int, Passage] = {}
    found: list[Passage] = []
    for place, shingle in enumerate(later.shingles):
        going_on: dict[int, Passage] = {}
        for other in earlier.get(shingle, ()):
            run = open_runs.get(other)
            if run is None:
                run = Passage(place, place + SHINGLE, other, other + SHINGLE, list(range(place, place + SHINGLE)))
                found.append(run)
            else:
                run.same.append(run.end)
                run.end, run.earlier_end = run.end + 1, run.earlier_end + 1
            going_on[other + 1] = run
        open_runs = going_on
    return found
