"""Time as the sources give it: intervals of days with their precision, never a false day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from quellenlage.errors import Defect

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class DateInterval:
    """Closed interval of days; one day where both ends are equal."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise Defect(f"interval {self.earliest}/{self.latest} runs backwards")

    @classmethod
    def parse(cls, value: str) -> DateInterval:
        """Read `2015`, `2015-09`, `2015-09-18` or two of these joined by `/`.

        Raises:
            ValueError: anything else, a day that does not exist, or an interval that runs backwards.
        """
        first, _, second = value.partition("/")
        start = cls._one(first)
        if not second:
            return start
        end = cls._one(second)
        if end.latest < start.earliest:
            raise ValueError(f"{value!r} runs backwards")
        return cls(start.earliest, end.latest)

    @classmethod
    def _one(cls, value: str) -> DateInterval:
        match = _ISO.fullmatch(value.strip())
        if not match:
            raise ValueError(f"{value!r} is no ISO date, month or year")
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is None or year == 0:
            raise ValueError(f"{value!r} has no year")
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return cls(date(year, month, day), date(year, month, day))

    @property
    def days(self) -> int:
        """Number of days in it, both ends counted."""
        return (self.latest - self.earliest).days + 1

    @property
    def value(self) -> str:
        """Shortest ISO form: a day, a month, a year, or `start/end`."""
        a, b = self.earliest, self.latest
        if a == b:
            return a.isoformat()
        if (a.month, a.day, b.month, b.day) == (1, 1, 12, 31) and a.year == b.year:
            return f"{a.year:04d}"
        if (a.year, a.month) == (b.year, b.month) and a.day == 1 and (b + timedelta(days=1)).day == 1:
            return f"{a.year:04d}-{a.month:02d}"
        return f"{a.isoformat()}/{b.isoformat()}"

    def meets(self, other: DateInterval) -> bool:
        """Whether the two share a day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def intersection(self, other: DateInterval) -> DateInterval | None:
        """The days that both allow, or nothing."""
        start, end = max(self.earliest, other.earliest), min(self.latest, other.latest)
        return DateInterval(start, end) if start <= end else None

    def widened(self, days: int) -> DateInterval:
        """The same with so many days more at both ends, as far as the calendar goes."""
        first = max(self.earliest.toordinal() - days, date.min.toordinal())
        last = min(self.latest.toordinal() + days, date.max.toordinal())
        return DateInterval(date.fromordinal(first), date.fromordinal(last))
