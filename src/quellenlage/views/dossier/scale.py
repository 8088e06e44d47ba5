"""A time scale with breaks: every drawn day is equally long, long stretches without anything are cut out and marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quellenlage.model import DateInterval

BREAK = 58.0
"""Length of a break mark, in pixels."""
_SHORT_GAP = 90
"""Gaps of fewer days are never cut out."""
_LONG_GAP = 730
"""Gaps of more days are always cut out."""
_VAGUE = 100
"""Intervals of more days say too little about when something was to keep a stretch of time from being cut out."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that are drawn to scale, or a cut (`cut`), with their place in pixels."""

    first: int
    last: int
    start: float
    end: float
    cut: bool = False

    @property
    def days(self) -> int:
        """Days from end to end."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Scale:
    """Days (proleptic ordinals) to pixels, piece by piece."""

    stretches: tuple[Stretch, ...]
    per_day: float

    def at(self, day: float) -> float:
        """Place of a day; days beyond the ends lie at the ends."""
        for stretch in self.stretches:
            if day <= stretch.last:
                share = (max(day, stretch.first) - stretch.first) / max(1, stretch.days)
                return stretch.start + share * (stretch.end - stretch.start)
        return self.stretches[-1].end

    def middle(self, interval: DateInterval) -> float:
        """Where the mark of an interval stands: in the middle of the longest part of it that is drawn to scale."""
        first, last = interval.earliest.toordinal(), interval.latest.toordinal() + 1
        drawn = [(max(first, s.first), min(last, s.last)) for s in self.stretches if not s.cut]
        low, high = max(drawn, key=lambda part: part[1] - part[0])
        return (self.at(low) + self.at(high)) / 2 if low < high else (self.at(first) + self.at(last)) / 2

    @property
    def cuts(self) -> tuple[Stretch, ...]:
        """The stretches that are left out."""
        return tuple(s for s in self.stretches if s.cut)


def make_scale(intervals: Sequence[DateInterval], start: float, length: float) -> Scale:
    """Lay a scale over intervals, `length` pixels long.

    A stretch without any event is cut out where it is longer than a season and than a seventh of the whole, or
    than two years.
    """
    spans = sorted(_anchors(intervals))
    whole = max(last for _, last in spans) - spans[0][0]
    longest = min(max(_SHORT_GAP, whole // 7), _LONG_GAP)
    runs: list[list[int]] = []
    for first, last in spans:
        if runs and first - runs[-1][1] <= longest:
            runs[-1][1] = max(runs[-1][1], last)
        else:
            runs.append([first, last])
    margin = max(3, sum(last - first for first, last in runs) // (18 * len(runs)))
    runs = [[max(1, first - margin), min(date.max.toordinal(), last + margin)] for first, last in runs]
    days = sum(last - first for first, last in runs)
    per_day = max(1.0, length - BREAK * (len(runs) - 1)) / days
    return Scale(tuple(_stretches(runs, start, per_day)), per_day)


def _anchors(intervals: Sequence[DateInterval]) -> Iterator[tuple[int, int]]:
    """Days that must be drawn: sharp intervals whole, of a vague one that meets none of them its middle."""
    sharp = [i for i in intervals if i.days <= _VAGUE]
    for interval in sharp:
        yield interval.earliest.toordinal(), interval.latest.toordinal() + 1
    for interval in intervals:
        if interval.days > _VAGUE and not any(interval.meets(other) for other in sharp):
            middle = (interval.earliest.toordinal() + interval.latest.toordinal()) // 2
            yield middle, middle + 1


def _stretches(runs: Sequence[Sequence[int]], start: float, per_day: float) -> Iterator[Stretch]:
    at = start
    for index, (first, last) in enumerate(runs):
        if index:
            yield Stretch(runs[index - 1][1], first, at, at + BREAK, cut=True)
            at += BREAK
        end = at + (last - first) * per_day
        yield Stretch(first, last, at, end)
        at = end


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis: the first day of a year (`major`), of a month, or of a week."""

    day: date
    at: float
    major: bool
    unit: str


def ticks(scale: Scale) -> Iterator[Tick]:
    """Ticks as dense as the scale allows without overlapping labels."""
    month = scale.per_day * 30.4
    step = next((s for s, needed in ((1, 46.0), (3, 15.0), (6, 8.0)) if month >= needed), 12)
    for stretch in scale.stretches:
        if stretch.cut:
            continue
        first, last = date.fromordinal(stretch.first), date.fromordinal(min(stretch.last, date.max.toordinal()))
        for year in range(first.year, last.year + 1):
            for number in range(1, 13, step):
                day = date(year, number, 1)
                if first <= day <= last:
                    yield Tick(day, scale.at(day.toordinal()), number == 1, "month")
        if scale.per_day >= 7:
            yield from _weeks(first, last, scale)


def _weeks(first: date, last: date, scale: Scale) -> Iterator[Tick]:
    day = first + timedelta(days=-first.weekday() % 7)
    while day <= last:
        if day.day > 4 and day.day < 27:
            yield Tick(day, scale.at(day.toordinal()), False, "week")
        if last.toordinal() - day.toordinal() < 7:
            return
        day += timedelta(days=7)


def density(
    intervals: Sequence[tuple[DateInterval, int]], scale: Scale, step: float = 6.0
) -> list[tuple[float, float]]:
    """How much is told of each time: (place, accounts per step), each account spread over the days it can mean.

    Nothing is drawn inside a cut.
    """
    bars: list[tuple[float, float]] = []
    for stretch in scale.stretches:
        if stretch.cut:
            continue
        count = max(1, round((stretch.end - stretch.start) / step))
        width = (stretch.last - stretch.first) / count
        for number in range(count):
            low = stretch.first + number * width
            value = sum(_share(interval, low, low + width) * weight for interval, weight in intervals)
            bars.append((stretch.start + number * (stretch.end - stretch.start) / count, value))
    return bars


def _share(interval: DateInterval, low: float, high: float) -> float:
    first, last = interval.earliest.toordinal(), interval.latest.toordinal() + 1
    return max(0.0, min(last, high) - max(first, low)) / (last - first)
