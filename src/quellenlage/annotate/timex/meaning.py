"""What an expression means, and what it is read against: today, the direction of the clause, what was told before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quellenlage.annotate.timex.periods import Period, narrowed
from quellenlage.errors import Defect
from quellenlage.model.layers import TimexType

PAST, UNKNOWN, FUTURE = -1, 0, 1


@dataclass(frozen=True, slots=True)
class Focus:
    """The point in time that the text spoke of last: the expression, its days, and how many sentences ago.

    `several` says that it is one of several days ("am 3. und 4. Mai").
    """

    timex: str
    earliest: date
    latest: date
    distance: int
    explicit: bool
    several: bool = False

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

        def distance(period: Period) -> int:
            if period.latest < self.today:
                # A clause about plans may well recall ("can begin in May, as agreed in January").
                return (self.today - period.latest).days * (min(against, 6) if self.direction == FUTURE else 1)
            if period.earliest > self.today:
                return (period.earliest - self.today).days * (against if self.direction == PAST else 1)
            return 0

        return min(candidates, key=distance)

    @property
    def story_year(self) -> int | None:
        """Year of which the text is telling, where a year was named just before that is not the present one."""
        focus = self.focus
        if focus is None or not focus.explicit or focus.distance > 1 or focus.earliest.year != focus.latest.year:
            return None
        return focus.earliest.year if not self.anchored or focus.earliest.year < self.today.year else None


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
