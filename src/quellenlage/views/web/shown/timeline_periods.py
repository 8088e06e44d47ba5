"""Lines counted over time: in bars of the strip, and in stretches wide enough to be pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from quellenlage.model import Archive
from quellenlage.model.listing import Density, LineQuestion, Unit
from quellenlage.views.web.shown.timeline_kept import density

MOST = 420
"""Bars of the strip at most."""

_DAYS: dict[Unit, float] = {"day": 1, "month": 30.44, "year": 365.25}
_STEPS: tuple[tuple[Unit, int], ...] = (
    *(("day", n) for n in (1, 7)),
    *(("month", n) for n in (1, 3, 6)),
    *(("year", n) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """So many days, months or years; weeks begin on Mondays, the others where the calendar counts them."""

    unit: Unit
    size: int

    def period(self, day: date) -> tuple[date, date]:
        """First and last day of the period in which a day lies."""
        if self.unit == "day":
            first = day - timedelta(days=day.toordinal() % self.size if self.size != 7 else day.weekday())
            return first, first + timedelta(days=self.size - 1)
        months = 12 * self.size if self.unit == "year" else self.size
        start = (day.year * 12 + day.month - 1) // months * months
        first = _month(max(start, 12))
        return first, _month(start + months) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """How many lines begin in the days from `first` to `last`."""

    first: date
    last: date
    count: int


def step_of(reach: tuple[date, date], most: int) -> Step:
    """The shortest step by which there are at most so many periods."""
    days = (reach[1] - reach[0]).days + 1
    for unit, size in _STEPS:
        if days / (_DAYS[unit] * size) <= most:
            return Step(unit, size)
    return Step(*_STEPS[-1])


def grouped(archive: Archive, question: LineQuestion, step: Step) -> list[Bar]:
    """Lines by period, in order, only where there are any."""
    return list(_bars(density(archive, question, step.unit), step))


def bars(archive: Archive, question: LineQuestion) -> list[Bar]:
    """The bars of the strip: days where they are few, else months, else years."""
    found = density(archive, question, "month")
    if not found.buckets:
        return []
    reach = found.buckets[0].start, found.buckets[-1].start + timedelta(days=31)
    step = step_of(reach, MOST)
    if step.unit == "day":
        found = density(archive, question, "day")
    return list(_bars(found, step))


def _bars(counted: Density, step: Step) -> Iterator[Bar]:
    found: dict[tuple[date, date], int] = {}
    for bucket in counted.buckets:
        period = step.period(bucket.start)
        found[period] = found.get(period, 0) + sum(bucket.counts.values()) + bucket.wider
    for (first, last), count in found.items():
        yield Bar(first, last, count)


def _month(number: int) -> date:
    """First day of a month, counted from the year 0; the last possible day where the calendar ends."""
    year, month = divmod(number, 12)
    return date(year, month + 1, 1) if year <= date.max.year else date.max
