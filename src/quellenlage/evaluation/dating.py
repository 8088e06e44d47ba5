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
from quellenlage.model.calendar import explicit_dates

NARROW = 31
"""Days up to which an interval counts as narrow: about a month."""


@dataclass(slots=True)
class Tally:
    """Counts over articles whose day of publication is known."""

    days: list[DateInterval] = field(default_factory=list)
    given: int = 0
    right: int = 0
    to_the_day: int = 0
    right_day: int = 0
    narrow: int = 0
    right_narrow: int = 0
    with_year: int = 0
    right_year: int = 0
    widths: list[int] = field(default_factory=list)
    by_clue: dict[str, list[int]] = field(default_factory=dict)
    latest: list[tuple[bool, bool]] = field(default_factory=list)

    def add(self, gold: str, dct: Dct | None, text: str = "") -> bool:
        """Count one article; false where an interval was given that leaves out the day."""
        expected = interval(gold)
        if expected is None:
            raise ValueError(f"{gold!r} is no date")
        self.days.append(expected)
        guess = latest_date(text)
        self.latest.append((guess is not None, guess is not None and guess.meets(expected)))
        if dct is None:
            return True
        right = within(gold, dct.interval)
        self.given += 1
        self.right += right
        self.widths.append(dct.interval.days)
        if dct.interval.days <= NARROW:
            self.narrow += 1
            self.right_narrow += right
            for clue in _clues(dct):
                counts = self.by_clue.setdefault(clue, [0, 0])
                counts[0] += 1
                counts[1] += right
        if dct.earliest.year == dct.latest.year:
            self.with_year += 1
            self.right_year += dct.earliest.year == expected.earliest.year
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
        """Share given, precision, and the same of answers that name a day, a month's length or a year."""
        total = len(self.days)
        dated = sum(given for given, _ in self.latest)
        guessed = sum(right for _, right in self.latest)
        return [
            rate("narrow-given.share", self.narrow, total, trivial=dated / total if total else 0.0),
            rate("narrow.precision", self.right_narrow, self.narrow, trivial=guessed / dated if dated else 0.0),
            rate("year-given.share", self.with_year, len(self.days)),
            rate("year.precision", self.right_year, self.with_year, trivial=self._most_frequent_year()),
            rate("given.share", self.given, len(self.days)),
            rate("interval.precision", self.right, self.given, trivial=self.constant()),
            rate("day-given.share", self.to_the_day, len(self.days)),
            rate("day.precision", self.right_day, self.to_the_day, trivial=self._most_frequent_day()),
            rate("interval-right.share", self.right, len(self.days), trivial=self.constant()),
        ]

    def _most_frequent_year(self) -> float:
        years = [day.earliest.year for day in self.days]
        return max((years.count(year) for year in set(years)), default=0) / len(years) if years else 0.0

    def _most_frequent_day(self) -> float:
        days: list[date] = [day.earliest for day in self.days]
        return max((days.count(day) for day in set(days)), default=0) / len(days) if days else 0.0

    def notes(self) -> tuple[str, ...]:
        """Width of the intervals, without which their precision says little."""
        width = f"median width of an interval: {median(self.widths):g} days" if self.widths else "no interval given"
        clues = ", ".join(f"{clue} {right}/{given}" for clue, (given, right) in sorted(self.by_clue.items()))
        return (
            width,
            f"at most {NARROW} days, right of given, by the kinds of clues they rest on: {clues or 'none'}",
            "trivial: always the best single interval of that width, for a day or year the most frequent one; for "
            f"narrow intervals the {NARROW} days from the latest date that the text names with its year, if it does",
        )


def latest_date(text: str) -> DateInterval | None:
    """The simplest guess: the days from the latest one that the text names with its year."""
    days = [found.interval.earliest for found in explicit_dates(text) if found.interval.days == 1]
    return DateInterval(max(days), max(days) + timedelta(days=NARROW - 1)) if days else None


def _clues(dct: Dct) -> set[str]:
    """Kinds of the clues that made the interval, its method where it names none."""
    kinds = {reason.partition(":")[0] for reason in dct.reasons} - {"contradicts", "captured", "alone"}
    return kinds or {dct.method}


def score(articles: Iterable[tuple[str, str, Dct | None, str]]) -> tuple[Tally, list[Miss]]:
    """Score (name, gold date, our interval, text) of some articles."""
    tally = Tally()
    misses = [
        Miss(name, 0, 1, gold, dct.value if dct else "nothing")
        for name, gold, dct, text in articles
        if not tally.add(gold, dct, text)
    ]
    return tally, misses


def evaluate(split: str) -> SuiteResult:
    """Score the corpus whose titles carry the day, which the pipeline is not told."""
    texts = [text for text in data.news(split) if text.published]
    tally, misses = score((t.number, t.published or "", data.article(t.text).dct, t.text) for t in texts)
    return SuiteResult(
        name=f"dct-{split}",
        metrics=tuple(tally.metrics()),
        worst=worst(misses),
        data_sha256=data.digest(data.folder("quotations", f"{split}.jsonl")),
        notes=tally.notes(),
    )
