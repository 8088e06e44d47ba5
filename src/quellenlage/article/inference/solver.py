"""The set of days that are still possible, and which clue removed how many of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from quellenlage.article.inference.clues import PERIODIC, Clue, intersect
from quellenlage.model import DateInterval

TENSE = "not-before:"
"""Clues of this kind rest on the tense of a sentence: they narrow what others bound, and bound nothing alone."""


@dataclass(frozen=True, slots=True)
class Step:
    """A clue that narrowed the days, and by how many; a negative number tells how many a widening added."""

    clue: Clue
    removed: int


@dataclass(slots=True)
class Solver:
    """Takes clues in their order, the most reliable first; one that leaves no day is kept as a contradiction."""

    allowed: tuple[DateInterval, ...]
    steps: list[Step] = field(default_factory=list)
    agreed: list[Clue] = field(default_factory=list)
    against: list[Clue] = field(default_factory=list)

    def take(self, clue: Clue) -> None:
        """Keep the days that the clue allows, or note that it contradicts those before it."""
        common = intersect(self.allowed, clue.allowed)
        if not common:
            self.against.append(clue)
            return
        self.agreed.append(clue)
        removed = days_in(self.allowed) - days_in(common)
        if removed:
            self.steps.append(Step(clue, removed))
            self.allowed = common

    def firm(self) -> bool:
        """Whether the days rest on more than a tense, and not on one unverified row of a table alone.

        A clue that agrees supports the others even where it removes no further day.
        """
        return self.checked() or any(apart(*pair) for pair in combinations(self._bounding(), 2))

    def checked(self) -> bool:
        """Whether one of the clues that bound the days needs no other: it rests on the text or on a checked row."""
        return any(clue.verified for clue in self._bounding())

    def supported(self, clues: Sequence[Clue]) -> list[Clue]:
        """Those of the clues that may narrow the days, which a row that nobody has checked does not by itself.

        It narrows what a checked clue bounds. Where none does, it takes a second clue, from the text or from another
        row, that leaves days in common with it and removes some as well.
        """
        if self.checked():
            return list(clues)
        return [c for c in clues if c.verified or any(apart(c, o) and self._cut_alike(c, o) for o in clues if o != c)]

    def _cut_alike(self, first: Clue, second: Clue) -> bool:
        common = intersect(self.allowed, second.allowed)
        return common != self.allowed and bool(intersect(common, first.allowed))

    def widen(self, days: DateInterval, reason: str) -> None:
        """Allow days that the clues so far leave out, with a step that says so."""
        if (days,) != self.allowed:
            self.steps.append(Step(Clue(PERIODIC - 1, (days,), (), reason), days_in(self.allowed) - days.days))
            self.allowed = (days,)

    def _bounding(self) -> list[Clue]:
        return [clue for clue in self.agreed if not clue.reason.startswith(TENSE)]

    def reasons(self) -> tuple[str, ...]:
        """The clues that narrowed the days, each with the number of days it removed or, as a widening, added."""
        return tuple(f"{step.clue.reason} ({-step.removed:+d})" for step in self.steps)

    def contradictions(self) -> tuple[str, ...]:
        """The clues that were left out because they contradict more reliable ones."""
        return tuple(clue.reason for clue in self.against)


def apart(first: Clue, second: Clue) -> bool:
    """Whether two clues rest on different rows of the tables; one without a row is told by the text itself."""
    return first.rows.isdisjoint(second.rows)


def days_in(intervals: Iterable[DateInterval]) -> int:
    """Number of days in a union of intervals that do not overlap."""
    return sum(interval.days for interval in intervals)
