"""Dates in words, as precise as they are known and no more."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from quellenlage.model import DateInterval
from quellenlage.views.locale import Words


def date_words(interval: DateInterval | None, words: Words) -> str:
    """An interval in words: "14. Januar 2020", "September 2015", "zwischen 29.08. und 28.09.2015", "undatiert"."""
    if interval is None:
        return words("date.undated")
    first, last = interval.earliest, interval.latest
    if first == last:
        return day_words(first, words)
    if _whole_years(first, last):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if _whole_months(first, last):
        month, until = words(f"date.month.{first.month}"), words(f"date.month.{last.month}")
        if (first.year, first.month) == (last.year, last.month):
            return f"{month} {first.year}"
        start = month if first.year == last.year else f"{month} {first.year}"
        return words("date.between", first=start, last=f"{until} {last.year}")
    return words(
        "date.between", first=short_day(first, words, year=first.year != last.year), last=short_day(last, words)
    )


def day_words(day: date, words: Words) -> str:
    """One day with the month's name."""
    return words("date.day", day=day.day, month=words(f"date.month.{day.month}"), year=day.year)


def moment_words(time: datetime, words: Words) -> str:
    """A day with its time of day: "23. November 2026, 08:50"."""
    return f"{day_words(time.date(), words)}, {time:%H:%M}"


def short_day(day: date, words: Words, *, year: bool = True) -> str:
    """One day in figures."""
    month = words(f"date.month_short.{day.month}")
    key = "date.short" if year else "date.short_no_year"
    return words(key, d=f"{day.day:02d}", m=f"{day.month:02d}", day=day.day, month=month, y=day.year)


def short_interval(interval: DateInterval | None, words: Words) -> str:
    """An interval for narrow places: "14.01.2020", "09/2015" as a month's short name, "29.08.–28.09.2015"."""
    if interval is None:
        return words("date.undated_short")
    first, last = interval.earliest, interval.latest
    if first == last:
        return short_day(first, words)
    if _whole_years(first, last):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if _whole_months(first, last) and (first.year, first.month) == (last.year, last.month):
        return f"{words(f'date.month_short.{first.month}')} {first.year}"
    return f"{short_day(first, words, year=first.year != last.year)} – {short_day(last, words)}"


def span_words(days: int, words: Words) -> str:
    """A stretch of time in the largest two units that matter: "2 Jahre, 3 Monate", "5 Monate", "40 Tage"."""
    if days < 61:
        return words.count("date.days", days)
    months = round(days / 30.44)
    years, months = divmod(months, 12)
    parts = [words.count("date.years", years)] if years else []
    parts += [words.count("date.months", months)] if months else []
    return ", ".join(parts)


def _whole_years(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _whole_months(first: date, last: date) -> bool:
    return first.day == 1 and last < date.max and (last + timedelta(days=1)).day == 1
