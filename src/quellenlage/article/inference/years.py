"""Clues from a weekday with its date and no year, where the report tells of days nearby with theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quellenlage.article.inference.clues import EVER, Clue, Passage, around
from quellenlage.article.inference.days import FUTURE, OLDEST, PLANNED_REACH, day_of
from quellenlage.article.inference.news import COURT, LOOK_BACK, NOT_NEWS, OPENING, latest_year, tells_earlier
from quellenlage.model import DateInterval
from quellenlage.model.calendar import MONTH_PATTERN, WEEKDAYS, explicit_dates

_WEEKDAY = "|".join(name.capitalize() for name in WEEKDAYS)
_BARE = re.compile(
    rf"\b(?P<weekday>{_WEEKDAY})(?:abend|morgen|mittag|nachmittag|vormittag|nacht)?(?:,?\s(?:dem|den|der))?,?\s\(?"
    rf"(?P<day>\d{{1,2}})\.\s?(?P<month>{MONTH_PATTERN})(?!\s?(?:19|20)\d\d)"
)
_THIS_YEAR = re.compile(
    r"\b(?:(?:[Dd]iese[mns]|[Ll]aufenden|[Hh]eurigen|[Jj]etzigen) Jahr(?:e?s)?|[Hh]euer),? "
    r"\(?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_ORIGIN = re.compile(r"\b(?:(?:[Ss]eit|[Gg]eboren|Jahrgang)(?: \w+){0,2}|[Vv]om|[Vv]on(?: \w+)?|[Aa]us(?: dem)?)\s$")
"""What stands right before the date that something bears or began with ("der Vertrag vom Mai 2015")."""
_AGAIN = re.compile(r"\b(?:erstmals|schon einmal|bereits (?:im|am|einmal)|ähnlich\w*|ebenfalls|solch\w*)\b")
"""Words of a sentence that tells of something like the news, at another time."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Days whose year is told, and whether they lie ahead."""

    days: DateInterval
    ahead: bool


def year_clues(passages: Sequence[Passage], reach: int) -> list[Clue]:
    """A weekday with its date that agree in the year of a day told nearby: two independent clues meet.

    A year by itself ("1992 geboren", "Peugeot 2008", "2015 gab es dort einen Unfall") tells nothing of the day of
    publication, but for "in diesem Jahr 2015". A day or month with its year does where it is told as news shortly
    before the day in question or as a plan shortly after it. A later year anywhere, even in a name, speaks against it.
    """
    if any(COURT.search(passage.text) for passage in passages[: OPENING + 1]):
        return []
    told = [one for passage in passages for one in _told_in(passage)]
    latest = latest_year(passages) or OLDEST
    clues: list[Clue] = []
    years: set[int] = set()
    for passage in passages:
        for match in _BARE.finditer(passage.text):
            weekday = WEEKDAYS[match["weekday"].lower()]
            for year in sorted({one.days.earliest.year for one in told if one.days.earliest.year >= latest}):
                day = day_of(match, year)
                if day and day.weekday() == weekday and any(_near(one, day, reach) for one in told):
                    words = f"{' '.join(match.group().split())} / {year}"
                    span = passage.span(*match.span())
                    clues.append(Clue(2, (around(day, reach, reach),), (span,), f"weekday-year:{words}"))
                    years.add(year)
    return clues if len(years) == 1 else []


def _told_in(passage: Passage) -> Iterator[_Told]:
    """The days and months with their years that a sentence tells as news or as ahead, and the present year."""
    text, ahead = passage.text, bool(FUTURE.search(passage.text))
    for match in _THIS_YEAR.finditer(text):
        year = int(match["year"])
        if OLDEST <= year < EVER.latest.year:
            yield _Told(DateInterval(date(year, 1, 1), date(year, 12, 31)), ahead=False)
    if LOOK_BACK.search(text) or _AGAIN.search(text) or (not ahead and tells_earlier(text)):
        return
    for found in explicit_dates(text):
        before = text[: found.span.start][-80:]
        if not OLDEST <= found.interval.earliest.year < EVER.latest.year or _ORIGIN.search(before):
            continue
        if ahead or not NOT_NEWS.search(before):
            yield _Told(found.interval, ahead)


def _near(told: _Told, day: date, reach: int) -> bool:
    if told.days.earliest.year != day.year:
        return False
    if told.ahead:
        return told.days.latest >= day - timedelta(days=reach) and (told.days.earliest - day).days <= PLANNED_REACH
    return told.days.earliest <= day + timedelta(days=reach)
