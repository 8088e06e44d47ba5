"""The set of days that are still possible, and which clue removed how many of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from quellenlage.article.inference.clues import Clue, intersect
from quellenlage.model import DateInterval

TENSE = "not-before:"
"""Clues of this kind rest on the tense of a sentence: they narrow what others bound, and bound nothing alone."""


@dataclass(frozen=True, slots=True)
class Step:
    """A clue that narrowed the days, and by how many."""

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
        bounding = [clue for clue in self.agreed if not clue.reason.startswith(TENSE)]
        return any(clue.verified for clue in bounding) or len(bounding) > 1

    def reasons(self) -> tuple[str, ...]:
        """The clues that narrowed the days, each with the number of days it removed."""
        return tuple(f"{step.clue.reason} (-{step.removed})" for step in self.steps)

    def contradictions(self) -> tuple[str, ...]:
        """The clues that were left out because they contradict more reliable ones."""
        return tuple(clue.reason for clue in self.against)


def days_in(intervals: Iterable[DateInterval]) -> int:
    """Number of days in a union of intervals that do not overlap."""
    return sum(interval.days for interval in intervals)
