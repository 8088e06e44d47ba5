"""What a passage says about the day its article was published, and how to combine such clues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from quellenlage.model import DateInterval, Span
from quellenlage.offices.days import EVER, merge

__all__ = ["EVER", "PERIODIC", "Clue", "Passage", "around", "intersect", "merge"]

PERIODIC = 3
"""First rank of the clues that hold in several years: a weekday with its date, a meeting, a plan."""


@dataclass(frozen=True, slots=True)
class Clue:
    """Days that a passage allows, as intervals in order; a lower rank is more reliable.

    Clues of the ranks from `PERIODIC` on recur every few years and so only narrow what others bound. A clue from a
    table row that nobody has checked against a source is not `verified` and never the only one; `rows` names the rows
    that a clue may rest on, so that two clues from one row count once.
    """

    rank: int
    allowed: tuple[DateInterval, ...]
    spans: tuple[Span, ...]
    reason: str
    verified: bool = True
    rows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the report with its place in the article's text."""

    text: str
    start: int

    def span(self, start: int, end: int) -> Span:
        """Offsets in the sentence as offsets in the article."""
        return Span(self.start + start, self.start + end)


def around(day: date, before: int, after: int) -> DateInterval:
    """The days from so many before to so many after a day."""
    return DateInterval(day - timedelta(days=before), day + timedelta(days=after))


def intersect(first: Iterable[DateInterval], second: Iterable[DateInterval]) -> tuple[DateInterval, ...]:
    """The days that both unions of intervals allow."""
    listed = list(second)
    return merge(common for a in first for b in listed if (common := a.intersection(b)))
