"""Dates of publication: inferred intervals against the known day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from quellenlage.evaluation import data
from quellenlage.evaluation.results import Metric, Miss, SuiteResult, rate, worst
from quellenlage.evaluation.values import interval, within
from quellenlage.model import DateInterval, Dct


@dataclass(slots=True)
class Tally:
    """Counts over articles whose day of publication is known."""

    days: list[DateInterval] = field(default_factory=list)
    given: int = 0
    right: int = 0
    to_the_day: int = 0
    right_day: int = 0
    widths: list[int] = field(default_factory=list)

    def add(self, gold: str, dct: Dct | None) -> bool:
        """Count one article; false where an interval was given that leaves out the day."""
        expected = interval(gold)
        if expected is None:
            raise ValueError(f"{gold!r} is no date")
        self.days.append(expected)
        if dct is None:
            return True
        right = within(gold, dct.interval)
        self.given += 1
        self.right += right
        self.widths.append(dct.interval.days)
        if dct.interval.days == 1:
            self.to_the_day += 1
            self.right_day += right
        return right

    def constant(self) -> float:
        """Share of articles that the best single interval, as wide as ours are in the median, contains.

        An interval over the whole corpus would always be right: precision says something only beside a width.
        """
        width = timedelta(days=median(self.widths) if self.widths else 1)
        first, best = 0, 0
        days = sorted(self.days)
        for last, day in enumerate(days):
            while day.latest - days[first].earliest >= width and first < last:
                first += 1
            best = max(best, last - first + 1)
        return best / len(days) if days else 0.0

    def metrics(self) -> list[Metric]:
        """Share given, precision, and the same of answers that name a day."""
        return [
            rate("given.share", self.given, len(self.days)),
            rate("interval.precision", self.right, self.given, trivial=self.constant()),
            rate("day-given.share", self.to_the_day, len(self.days)),
            rate("day.precision", self.right_day, self.to_the_day, trivial=self._most_frequent_day()),
            rate("interval-right.share", self.right, len(self.days), trivial=self.constant()),
        ]

    def _most_frequent_day(self) -> float:
        days: list[date] = [day.earliest for day in self.days]
        return max((days.count(day) for day in set(days)), default=0) / len(days) if days else 0.0

    def notes(self) -> tuple[str, ...]:
        """Width of the intervals, without which their precision says little."""
        width = f"median width of an interval: {median(self.widths):g} days" if self.widths else "no interval given"
        return (width, "trivial: always the best single interval of that width, for a day the most frequent day")


def score(articles: Iterable[tuple[str, str, Dct | None]]) -> tuple[Tally, list[Miss]]:
    """Score (name, gold date, our interval) of some articles."""
    tally = Tally()
    misses = [
        Miss(name, 0, 1, gold, dct.value if dct else "nothing")
        for name, gold, dct in articles
        if not tally.add(gold, dct)
    ]
    return tally, misses


def evaluate(split: str) -> SuiteResult:
    """Score the corpus whose titles carry the day, which the pipeline is not told."""
    texts = [text for text in data.news(split) if text.published]
    tally, misses = score((t.number, t.published or "", data.article(t.text).dct) for t in texts)
    return SuiteResult(
        name=f"dct-{split}",
        metrics=tuple(tally.metrics()),
        worst=worst(misses),
        data_sha256=data.digest(data.folder("quotations", f"{split}.jsonl")),
        notes=tally.notes(),
    )
