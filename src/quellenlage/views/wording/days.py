"""When something was, as a phrase inside a sentence: "am 18. September 2015", "zwischen dem 2. und dem 5. Mai 2024"."""

from __future__ import annotations

from datetime import date, timedelta

from quellenlage.model import DateInterval
from quellenlage.views.locale import Words


def when_phrase(interval: DateInterval | None, words: Words) -> str:
    """The days in question with their preposition, as precise as they are known; empty where nothing is known."""
    if interval is None:
        return ""
    first, last = interval.earliest, interval.latest
    german = words.lang == "de"
    if first == last:
        return f"{'am' if german else 'on'} {_day(first, words)}"
    months = first.day == 1 and last < date.max and (last + timedelta(days=1)).day == 1
    if months and (first.month, last.month) == (1, 12):
        if first.year == last.year:
            return f"{'im Jahr' if german else 'in'} {first.year}"
        return _between(str(first.year), str(last.year), words)
    if months:
        if (first.year, first.month) == (last.year, last.month):
            return f"{'im' if german else 'in'} {_month(first, words)} {first.year}"
        start = _month(first, words) if first.year == last.year else f"{_month(first, words)} {first.year}"
        return _between(start, f"{_month(last, words)} {last.year}", words)
    start = _start(first, last, words)
    if (last - first).days == 1:
        return f"{'am' if german else 'on'} {start} {'oder' if german else 'or'} {_day(last, words)}"
    if words.lang == "de":
        return f"zwischen dem {start} und dem {_day(last, words)}"
    return _between(start, _day(last, words), words)


def _start(first: date, last: date, words: Words) -> str:
    number = f"{first.day}." if words.lang == "de" else str(first.day)
    if (first.year, first.month) == (last.year, last.month):
        return number
    return f"{number} {_month(first, words)}" if first.year == last.year else _day(first, words)


def _day(day: date, words: Words) -> str:
    return words("date.day", day=day.day, month=_month(day, words), year=day.year)


def _month(day: date, words: Words) -> str:
    return words(f"date.month.{day.month}")


def _between(first: str, last: str, words: Words) -> str:
    return f"zwischen {first} und {last}" if words.lang == "de" else f"between {first} and {last}"
