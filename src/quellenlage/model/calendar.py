"""German calendar words and explicit dates: facts that several stages need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quellenlage.model.spans import Span
from quellenlage.model.time import DateInterval

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner jan", "februar feber feb", "märz maerz mär mrz", "april apr", "mai", "juni jun", "juli jul",
            "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
"""Month names, Austrian ones and abbreviations, in lower case, to 1 to 12."""

WEEKDAYS: dict[str, int] = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonnabend": 5,
    "sonntag": 6,
}  # fmt: skip
"""Weekday names in lower case to `date.weekday()`."""

MONTH_PATTERN = "(?:" + "|".join(sorted((m.capitalize() for m in MONTHS), key=len, reverse=True)) + r")\b\.?"
_EXPLICIT = re.compile(
    rf"""(?<![\w.,])(?:
      (?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}})?)(?![\w-])
    | (?P<d1>\d{{1,2}})\.\s?(?P<m1>\d{{1,2}})\.\s?(?P<y1>\d{{4}}|\d{{2}})(?![\d.]*\d)
    | (?:(?P<d2>\d{{1,2}})\.\s*)?(?P<m2>{MONTH_PATTERN})\s+(?P<y2>\d{{4}})(?!\d)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class ExplicitDate:
    """A date that names its year, where it stands, and the days it means."""

    span: Span
    interval: DateInterval


def month_number(word: str) -> int | None:
    """Number of a German month name or abbreviation, in any case, with or without a full stop."""
    return MONTHS.get(word.rstrip(".").casefold())


def make_interval(year: int, month: int | None = None, day: int | None = None) -> DateInterval | None:
    """Interval of a year, month or day; None when there is no such day."""
    value = f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")
    try:
        return DateInterval.parse(value)
    except ValueError:
        return None


def explicit_dates(text: str) -> Iterator[ExplicitDate]:
    """Dates with a year, "18.9.2015", "18. September 2015", "September 2015", "2015-09-18", in order.

    Two-digit years count as 1970 to 2069. Days that do not exist are left out.
    """
    for match in _EXPLICIT.finditer(text):
        group = match.groupdict()
        if group["iso"]:
            try:
                interval: DateInterval | None = DateInterval.parse(group["iso"])
            except ValueError:
                interval = None
        elif group["y1"]:
            year = int(group["y1"])
            if len(group["y1"]) == 2:
                year += 2000 if year < 70 else 1900
            interval = make_interval(year, int(group["m1"]) or 13, int(group["d1"]) or 32) if group["m1"] else None
        else:
            day = int(group["d2"]) if group["d2"] else None
            interval = make_interval(int(group["y2"]), month_number(group["m2"]), day)
        if interval:
            yield ExplicitDate(Span(*match.span()), interval)


def next_weekday(after: date, weekday: int) -> date:
    """First such weekday on or after a day."""
    return date.fromordinal(after.toordinal() + (weekday - after.weekday()) % 7)


def last_weekday(before: date, weekday: int) -> date:
    """Last such weekday on or before a day."""
    return date.fromordinal(before.toordinal() - (before.weekday() - weekday) % 7)
