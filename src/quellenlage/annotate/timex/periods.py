"""Calendar periods with their TIMEX3 value and the days they cover; arithmetic that keeps the unit's precision."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from quellenlage.model import calendar as calendar_of_weekdays

MONTHS_OF = {"Mo": 1, "Q": 3, "HY": 6, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}
"""Length of the longer units in months."""
DAYS_OF = {"D": 1, "W": 7, "WE": 7, "NI": 1}
CODES = {
    "S": "TS", "M": "TM", "QH": "TM", "TQ": "TM", "H": "TH", "D": "D", "W": "W", "Mo": "M", "Q": "Q", "HY": "HY",
    "Y": "Y", "DE": "DE", "CE": "CE", "ML": "ML", "WE": "WE", "NI": "NI",
}  # fmt: skip
"""Unit to the designator of a TIMEX3 duration; those of the clock stand behind a T."""
GENERIC = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "Mo": "XXXX-XX", "Q": "XXXX-QX", "HY": "XXXX-HX",
           "Y": "XXXX", "DE": "XXX", "CE": "XX", "ML": "X", "NI": "XXXX-XX-XXTNI"}  # fmt: skip
"""What is known of a period of this unit when nothing anchors it."""
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


class NoSuchDay(ValueError):
    """The calendar does not have it: 31 February, the year 0 or 10000."""


def the_day(year: int, month: int, day: int) -> date:
    """A day of the calendar; `NoSuchDay` where it has none."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise NoSuchDay(str(error)) from error


@dataclass(frozen=True, slots=True)
class Period:
    """A TIMEX3 value with the first and last day that it covers."""

    value: str
    earliest: date
    latest: date


def last_weekday(before: date, weekday: int) -> date:
    """Last such weekday on or before a day."""
    try:
        return calendar_of_weekdays.last_weekday(before, weekday)
    except ValueError as error:
        raise NoSuchDay(str(error)) from error


def next_weekday(after: date, weekday: int) -> date:
    """First such weekday on or after a day."""
    try:
        return calendar_of_weekdays.next_weekday(after, weekday)
    except ValueError as error:
        raise NoSuchDay(str(error)) from error


def of_day(day: date) -> Period:
    """One day."""
    return Period(day.isoformat(), day, day)


def of_week(day: date) -> Period:
    """The ISO week of a day."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Period(f"{year:04d}-W{week:02d}", monday, monday + timedelta(days=6))


def of_week_number(year: int, number: int) -> Period:
    """The n-th ISO week of a year."""
    try:
        return of_week(date.fromisocalendar(year, number, 1))
    except ValueError as error:
        raise NoSuchDay(str(error)) from error


def of_weekend(day: date) -> Period:
    """Saturday and Sunday of the ISO week of a day."""
    week = of_week(day)
    return Period(f"{week.value}-WE", week.latest - timedelta(days=1), week.latest)


def of_month(year: int, month: int) -> Period:
    """A month; months beyond 12 or below 1 count into the neighbouring years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return Period(f"{year:04d}-{month:02d}", the_day(year, month, 1), the_day(year, month, last))


def of_months(value: str, year: int, first: int, last: int) -> Period:
    """A run of months under a value of its own (quarters, seasons)."""
    return Period(value, of_month(year, first).earliest, of_month(year, last).latest)


def of_year(year: int) -> Period:
    """A calendar year."""
    return Period(f"{year:04d}", the_day(year, 1, 1), the_day(year, 12, 31))


def of_quarter(year: int, quarter: int) -> Period:
    """A quarter; those beyond 4 or below 1 count into the neighbouring years."""
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    return of_months(f"{year:04d}-Q{quarter}", year, 3 * quarter - 2, 3 * quarter)


def of_half(year: int, half: int) -> Period:
    """A half-year; those beyond 2 or below 1 count into the neighbouring years."""
    year, half = year + (half - 1) // 2, (half - 1) % 2 + 1
    return of_months(f"{year:04d}-H{half}", year, 6 * half - 5, 6 * half)


def of_season(year: int, season: str) -> Period:
    """A season of the year in which it begins (meteorological months)."""
    first, last = SEASON_MONTHS[season]
    return of_months(f"{year:04d}-{season}", year, first, last)


def of_decade(decade: int) -> Period:
    """Ten years: 199 are 1990 to 1999."""
    return Period(f"{decade:03d}", the_day(decade * 10, 1, 1), the_day(decade * 10 + 9, 12, 31))


def of_century(ordinal: int) -> Period:
    """The n-th century; TIMEX3 writes its first two figures (the 19th is 18)."""
    return Period(f"{ordinal - 1:02d}", the_day((ordinal - 1) * 100 + 1, 1, 1), the_day(ordinal * 100, 12, 31))


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return the_day(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def around(day: date, unit: str) -> Period:
    """The period of a unit that contains a day."""
    match unit:
        case "W":
            return of_week(day)
        case "WE":
            return of_weekend(day)
        case "Mo":
            return of_month(day.year, day.month)
        case "Q":
            return of_quarter(day.year, (day.month + 2) // 3)
        case "HY":
            return of_half(day.year, (day.month + 5) // 6)
        case "Y":
            return of_year(day.year)
        case "DE":
            return of_decade(day.year // 10)
        case "CE" | "ML":
            return of_century((day.year + 99) // 100)
    return of_day(day)


def shifted(day: date, amount: float, unit: str) -> Period:
    """The period of a unit so many units away; fractions of months and longer units keep to the month."""
    if unit in MONTHS_OF:
        months = round(amount * MONTHS_OF[unit])
        moved = add_months(day, months)
        return around(moved, unit if amount == int(amount) else "Mo")
    return around(day + timedelta(days=round(amount * DAYS_OF[unit])), unit)


def narrowed(period: Period, phase: str | None) -> tuple[date, date]:
    """First, middle or last third of a period, rounded outwards; the whole of it without a phase."""
    days = (period.latest - period.earliest).days + 1
    third = timedelta(days=(days + 2) // 3 - 1)
    if phase == "START":
        return period.earliest, period.earliest + third
    if phase == "END":
        return period.latest - third, period.latest
    if phase == "MID":
        start = period.earliest + timedelta(days=days // 3)
        return start, min(start + third, period.latest)
    return period.earliest, period.latest


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, ch. 8: the anonymous algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return the_day(year, month, day + 1)
