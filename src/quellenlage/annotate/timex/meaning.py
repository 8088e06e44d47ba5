"""What an expression means, and what it is read against: today, the direction of the clause, what was told before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from quellenlage.annotate.timex.lexicon import WORDS
from quellenlage.annotate.timex.periods import Period, narrowed
from quellenlage.errors import Defect
from quellenlage.model.layers import TimexType
from quellenlage.resources import load

PAST, UNKNOWN, FUTURE = -1, 0, 1
PASSING, TOLD, FRAME = 0, 1, 2
"""What a year is to the text around it: background ("seit 1949"), told in a clause, or what a sentence opens with."""
_NEAR = timedelta(days=62)
"""Around the publication date a day without a year is of the present rather than of a year told a sentence ago."""


@cache
def tense_words(which: str) -> frozenset[str]:
    """A list of words that show what a clause tells of, or what it counts from."""
    return frozenset(load(WORDS)["tense"][which].split())


@dataclass(frozen=True, slots=True)
class Focus:
    """The point in time that the text spoke of last: the expression, its days, and how many sentences ago.

    `several` says that it is one of several days ("am 3. und 4. Mai"); `is_night` that it is a night, which belongs to
    two of them. `hold` says how far its year holds for what follows (PASSING, TOLD, FRAME).
    """

    timex: str
    earliest: date
    latest: date
    distance: int
    explicit: bool
    several: bool = False
    is_night: bool = False
    hold: int = TOLD

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.earliest == self.latest


Link = Literal["", "list", "range", "frame"]
"""How an expression is joined to the one before it: "3. und 4. Mai", "von Mai bis Juli", "letztes Jahr im Mai"."""


@dataclass(slots=True)
class Context:
    """What a relative expression is resolved against.

    `today` is one end of the publication interval; `anchored` is False where no publication date is known, and then
    nothing that depends on `today` may be kept. `repeated` says that the sentence has named a SET ("jeden Montag"), so
    that times of day are on no day in particular. `before` and `after` are the words on either side of the match, empty
    at the edges of the sentence; the last of `before` and the first of `after` are next to it. `find_moved` says
    whether the sentence tells that something was announced or put off, so that dates in it may lie ahead though it is
    past. `ahead` is the day with its anchor that follows directly ("um 20 Uhr am Samstag").
    """

    today: date
    anchored: bool
    focus: Focus | None
    repeated: bool
    link: Link
    before: tuple[str, ...]
    after: tuple[str, ...]
    find_direction: Callable[[], int]
    find_moved: Callable[[], bool] = lambda: False
    ahead: tuple[date, str | None] | None = None
    _direction: int | None = None

    @property
    def direction(self) -> int:
        """Direction of the clause: past, future or unknown; looked for only where it is asked for."""
        if self._direction is None:
            self._direction = self.find_direction()
        return self._direction

    @property
    def range_start(self) -> Focus | None:
        """The beginning of the range that the expression ends ("von Mai" of "von Mai bis Juli")."""
        return self.focus if self.focus and self.link == "range" and self.focus.distance == 0 else None

    @property
    def frame(self) -> Focus | None:
        """The wider period just before the expression in which it lies ("letztes Jahr" of "letztes Jahr im Mai")."""
        focus = self.focus
        return focus if focus and self.link == "frame" and focus.distance == 0 and not focus.is_day else None

    def nearest(self, candidates: Sequence[Period], against: int = 30) -> Period:
        """The period nearest to today, where what goes against the clause's direction counts so many times as far.

        For single days the weight is low: on 16 December "am 18. Dezember" is two days ahead rather than a year ago
        even in a clause about the past ("was moved to"). "Im Oktober kam er" in September is last October. What ends a
        range is the next such period after its beginning; what a wider period frames lies in it.
        """
        if not candidates:
            raise Defect("no period to choose from")
        frame = self.frame
        inside = [p for p in candidates if frame and frame.earliest <= p.earliest and p.latest <= frame.latest]
        if inside:
            return min(inside, key=lambda period: period.earliest)
        start = self.range_start
        later = [period for period in candidates if start and period.latest >= start.earliest]
        if later:
            return min(later, key=lambda period: period.earliest)
        listed = self._listed(candidates)
        if listed:
            return listed
        candidates = self._of_story(candidates) or candidates
        asked = self._asked
        if asked:  # "am vergangenen 10. September"
            candidates = [p for p in candidates if (p.latest < self.today) == (asked < 0)] or candidates

        def distance(period: Period) -> int:
            if period.latest < self.today:
                # A clause about plans may well recall ("can begin in May, as agreed in January").
                return (self.today - period.latest).days * (min(against, 6) if self.direction == FUTURE else 1)
            if period.earliest > self.today:
                return (period.earliest - self.today).days * (against if self.direction == PAST else 1)
            return 0

        return min(candidates, key=distance)

    def _listed(self, candidates: Sequence[Period]) -> Period | None:
        """The one nearest to what it is listed with: "im April und Juni" are of one year, whatever today is."""
        focus = self.focus
        if self.link != "list" or not focus or focus.distance or focus.latest - focus.earliest > 2 * _NEAR:
            return None
        found = min(candidates, key=lambda period: abs(period.earliest - focus.earliest))
        return found if abs(found.earliest - focus.earliest) < 6 * _NEAR else None

    @property
    def _asked(self) -> int:
        """Whether the word before counts from today: "vergangenen", "kommenden"."""
        word = self.before[-1].lower()
        return PAST if word in tense_words("counting_back") else FUTURE if word in tense_words("counting_on") else 0

    @property
    def named_year(self) -> int | None:
        """The year that was named in this sentence or the one before it, whatever it was to the text."""
        focus = self.focus
        if focus is None or not focus.explicit or focus.distance > 1 or focus.earliest.year != focus.latest.year:
            return None
        return focus.earliest.year

    @property
    def story_year(self) -> int | None:
        """Year of which the text is telling, where a year was named just before that is not the present one."""
        focus, year = self.focus, self.named_year
        if focus is None or year is None or (self.anchored and self._counts_from_today(focus)):
            return None
        if not self.anchored or year < self.today.year:
            return year
        # Of a year to come the text tells only where it says so: "Im Jahr 2007 ist es so weit: Dann ... im Juni".
        return year if year > self.today.year and focus.hold == FRAME and self.direction != PAST else None

    def _counts_from_today(self, focus: Focus) -> bool:
        """Whether the words say so ("vergangenen", "seit dem Urteil im Mai"), or the year told is mere background."""
        since = not tense_words("since").isdisjoint(self.before[-5:])
        return focus.hold == PASSING or bool(self._asked) or since

    @property
    def told_year(self) -> int | None:
        """The same, where the clause does not speak of what is to come."""
        year = self.story_year
        return year if year is None or year > self.today.year or self.direction != FUTURE else None

    def _of_story(self, periods: Sequence[Period]) -> Sequence[Period]:
        """Of these periods those in the year of which the text tells.

        None where one is so near to the publication date that a year named in passing a sentence ago does not hold.
        """
        year, focus = self.told_year, self.focus
        if year is None or focus is None:
            return ()
        loose = self.anchored and focus.distance > 0 and focus.hold != FRAME
        if loose and any(p.earliest - _NEAR <= self.today <= p.latest + _NEAR for p in periods):
            return ()
        return [period for period in periods if period.earliest.year == year]


def hold_of(before: Sequence[str], words: Sequence[str], after: Sequence[str]) -> int:
    """How far the year of an expression holds: the words of its sentence before it, its own, and those behind it."""
    near = [word.lower() for word in before[-3:]]
    if (
        not tense_words("background").isdisjoint(near)
        or (before and before[-1] in ("(", "/", "-", "–"))
        or after[:1] == (")",)
    ):
        return PASSING
    if before and before[-1][:1].isupper() and len(before) > 1 and words[0][:1].isdigit():
        return PASSING  # "das Massaker von Srebrenica 1995"
    if not tense_words("born").isdisjoint(word.lower() for word in after[:3]):
        return PASSING
    return FRAME if tense_words("opening").issuperset(word.lower() for word in before) else TOLD


@dataclass(frozen=True, slots=True)
class Meaning:
    """Type, value and days of an expression; `generic` is the value that holds without any anchor.

    `anchor` is "dct", the identifier of the expression it counts from, or None for what stands by itself. `explicit`
    says that the words name the year. `distance` is the length of time that the words name ("vor zwei Wochen": P2W).
    """

    type: TimexType
    value: str
    generic: str
    earliest: date | None = None
    latest: date | None = None
    mod: str | None = None
    anchor: str | None = None
    explicit: bool = False
    distance: str | None = None


Values = Mapping[str, str]
Normaliser = Callable[[Values, Context], Meaning | None]
DCT = "dct"


def dated(period: Period, generic: str, anchor: str | None, mod: str | None = None) -> Meaning:
    """A DATE that covers a period, or the third of it that a phase word picks."""
    earliest, latest = narrowed(period, mod)
    return Meaning("DATE", period.value, generic, earliest, latest, mod, anchor, anchor is None)


def fixed(type_: TimexType, value: str, mod: str | None = None) -> Meaning:
    """A meaning without days: durations, sets, references."""
    return Meaning(type_, value, value, mod=mod)
