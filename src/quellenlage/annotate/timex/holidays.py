"""On which day a feast falls in a given year."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from quellenlage.annotate.timex.lexicon import HOLIDAYS
from quellenlage.annotate.timex.periods import easter
from quellenlage.model.calendar import last_weekday, next_weekday
from quellenlage.resources import load

SUNDAY = 6


@cache
def holiday(name: str, year: int) -> date:
    """Day of a listed feast; the year lies between 1583 and 9998."""
    table = load(HOLIDAYS)
    if name in table["fixed"]:
        month, day = map(int, table["fixed"][name].split("-"))
        return date(year, month, day)
    if name in table["easter"]:
        return easter(year) + timedelta(days=table["easter"][name])
    rule = table["weekday"][name].split()
    if rule[0] == "advent":
        first_advent = last_weekday(date(year, 12, 3), SUNDAY)
        return first_advent + timedelta(days=int(rule[1]))
    month, weekday, nth = map(int, rule)
    return next_weekday(date(year, month, 1), weekday) + timedelta(days=7 * (nth - 1))
