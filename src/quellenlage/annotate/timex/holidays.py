"""On which day a feast falls in a given year."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from quellenlage.annotate.timex.lexicon import HOLIDAYS
from quellenlage.annotate.timex.periods import (
    Period,
    easter,
    last_weekday,
    next_weekday,
    of_day,
    of_week,
    of_weekend,
    the_day,
)
from quellenlage.model.time import DateInterval
from quellenlage.resources import load

SUNDAY = 6


@cache
def holiday(name: str, year: int) -> date:
    """Day of a listed feast; the year lies between 1583 and 9998."""
    table = load(HOLIDAYS)
    if name in table["fixed"]:
        month, day = map(int, table["fixed"][name].split("-"))
        return the_day(year, month, day)
    if name in table["easter"]:
        return easter(year) + timedelta(days=table["easter"][name])
    rule = table["weekday"][name].split()
    if rule[0] == "advent":
        first_advent = last_weekday(the_day(year, 12, 3), SUNDAY)
        return first_advent + timedelta(days=int(rule[1]))
    month, weekday, nth = map(int, rule)
    return next_weekday(the_day(year, month, 1), weekday) + timedelta(days=7 * (nth - 1))


@cache
def days_of_holiday(name: str, year: int) -> Period:
    """The day of a feast, or the days of a festive season ("Advent", "Karwoche", "Weihnachtsfeiertage")."""
    spans = load(HOLIDAYS)["spans"]
    if name not in spans:
        return of_day(holiday(name, year))
    first, last = (_edge(edge, year) for edge in spans[name].split())
    if name.endswith("wochenende"):
        return Period(of_weekend(last - timedelta(days=1)).value, first, last)
    if name.endswith("woche"):
        return Period(of_week(first).value, first, last)
    if last < first:
        last = _edge(spans[name].split()[1], year + 1)
    return Period(DateInterval(first, last).value, first, last)


def _edge(edge: str, year: int) -> date:
    group, _, number = edge.partition(":")
    if group == "easter":
        return easter(year) + timedelta(days=int(number))
    if group == "advent":
        return last_weekday(the_day(year, 12, 3), SUNDAY) + timedelta(days=int(number))
    month, day = map(int, edge.split("-"))
    return the_day(year, month, day)
