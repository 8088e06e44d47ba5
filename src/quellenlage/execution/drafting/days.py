"""Days, months, years and times of day of a sentence, and whether those of two sentences can be the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from quellenlage.model import DateInterval, Span, Timex, fold

_MONTHS = frozenset(
    "januar jaenner februar feber maerz april mai juni juli august september oktober november dezember".split()
)
_WEEKDAYS = tuple("montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag".split())
_NEAR = ("gestern", "heute", "vorgestern", "morgen abend", "uebermorgen")
_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)")
_CLOCK = re.compile(r"T(\d\d):(\d\d)$")

_ROUGHLY = 30
"""Minutes that two times of day may lie apart and be one ("gegen 2.30 Uhr", "kurz vor drei")."""

_HALF, _WHOLE = 12 * 60, 24 * 60


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year that a sentence gives; `interval` is None where the year is not known ("XXXX-08-19").

    `guessed` says that it was counted from the day of publication ("am Dienstag", "im Mai"); `words` are folded.
    """

    span: Span
    value: str
    interval: DateInterval | None
    words: str = ""
    guessed: bool = False

    @property
    def shape(self) -> str:
        """What of it the words themselves give: "year" (all of it), "month" (no year), "weekday" (a day by name)."""
        if not self.guessed:
            return "year"
        return "month" if _MONTHS & {*self.words.split()} else "weekday"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day that a sentence gives, in minutes from midnight."""

    span: Span
    minutes: int

    def meets(self, other: Clock) -> bool:
        """Whether both can be one; "um drei" can be in the afternoon."""
        apart = abs(self.minutes - other.minutes) % _HALF
        return min(apart, _HALF - apart) <= _ROUGHLY


def read_day(text: str, timex: Timex) -> Day | None:
    """The day, month or year that an expression gives; None where it gives none that can be compared."""
    words = fold(timex.span.of(text))
    told = any(w in _MONTHS or w.isdigit() or w.startswith((*_WEEKDAYS, *_NEAR)) for w in words.split())
    if timex.type not in {"DATE", "TIME"} or not told or _CLOCK.search(timex.value):
        return None
    guessed = timex.anchor is not None and not _YEAR.search(words)
    if timex.interval is not None:
        return Day(timex.span, timex.value, timex.interval, words, guessed)
    return Day(timex.span, timex.value, None, words, guessed) if timex.value.startswith("XXXX-") else None


def read_clock(timex: Timex) -> Clock | None:
    """The time of day that an expression gives to the minute."""
    found = _CLOCK.search(timex.value) if timex.type == "TIME" else None
    return Clock(timex.span, (int(found[1]) * 60 + int(found[2])) % _WHOLE) if found else None


def same_day(mine: Day, theirs: Day) -> bool | None:
    """Whether a draft's day can be that of an article; None where the words do not tell.

    A day that a draft gives by its name alone ("am Dienstag") says when only among days about that of the draft; one
    without a year can be of any.
    """
    if mine.shape == "weekday":
        return _by_name(mine, theirs)
    if mine.shape == "month" or mine.interval is None or theirs.interval is None:
        return _in_the_year(mine, theirs)
    return mine.interval.meets(theirs.interval)


def _by_name(mine: Day, theirs: Day) -> bool | None:
    if mine.interval and theirs.interval and mine.interval.meets(theirs.interval):
        return True
    named = [next((d for d in _WEEKDAYS if one.words.rpartition(" ")[2].startswith(d)), "") for one in (mine, theirs)]
    if named[0] and named[0] == named[1]:
        return True
    if mine.interval and theirs.interval and days_between(mine.interval, theirs.interval) <= _ABOUT:
        return False
    return None


def _in_the_year(mine: Day, theirs: Day) -> bool | None:
    """Whether two days are one of the year, whatever the year."""
    one, other = _days_of_year(mine), _days_of_year(theirs)
    return None if one is None or other is None else not one.isdisjoint(other)


def _days_of_year(day: Day) -> frozenset[tuple[int, int]] | None:
    if day.interval is None:
        asked = day.value.removeprefix("XXXX-").split("-")
        if not all(part.isdigit() for part in asked):
            return None
        month = int(asked[0])
        return frozenset((month, int(asked[1])) if len(asked) > 1 else (month, n) for n in range(1, 32))
    if day.interval.days > _LONGEST:
        return None
    ordinals = range(day.interval.earliest.toordinal(), day.interval.latest.toordinal() + 1)
    return frozenset((one.month, one.day) for one in map(date.fromordinal, ordinals))


def days_between(one: DateInterval, other: DateInterval) -> int:
    """Days from the one to the other, 0 where they meet."""
    return max((other.earliest - one.latest).days, (one.earliest - other.latest).days, 0)


_LONGEST = 93
"""Days of an interval up to which it is compared without its year."""

_ABOUT = 10
"""Days around that of the draft within which a day by name alone is one certain day."""
