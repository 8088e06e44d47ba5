"""What an expression means, and what it is read against: today, the direction of the clause, what was told before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quellenlage.annotate.timex.periods import Period, narrowed
from quellenlage.model.layers import TimexType

PAST, UNKNOWN, FUTURE = -1, 0, 1


@dataclass(frozen=True, slots=True)
class Focus:
    """The point in time that the text spoke of last: the expression, its days, and how many sentences ago."""

    timex: str
    earliest: date
    latest: date
    distance: int
    explicit: bool

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class Context:
    """What a relative expression is resolved against.

    `today` is one end of the publication interval; `anchored` is False where no publication date is known, and then
    nothing that depends on `today` may be kept. `repeated` says that the sentence has named a SET ("jeden Montag"), so
    that times of day are on no day in particular. `direction` is that of the clause: past, future or unknown. `before`
    and `after` are the three words on either side of the match, empty at the edges of the sentence.
    """

    today: date
    anchored: bool
    direction: int
    focus: Focus | None
    repeated: bool
    before: tuple[str, str, str]
    after: tuple[str, str, str]

    def nearest(self, candidates: Sequence[Period], against: int = 30) -> Period:
        """The period nearest to today, where what goes against the clause's direction counts so many times as far.

        For single days the weight is low: on 16 December "am 18. Dezember" is two days ahead rather than a year ago
        even in a clause about the past ("was moved to"). "Im Oktober kam er" in September is last October.
        """

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
        return focus.earliest.year if focus.earliest.year < self.today.year else None


@dataclass(frozen=True, slots=True)
class Meaning:
    """Type, value and days of an expression; `generic` is the value that holds without any anchor.

    `anchor` is "dct", the identifier of the expression it counts from, or None for what stands by itself. `explicit`
    says that the words name the year.
    """

    type: TimexType
    value: str
    generic: str
    earliest: date | None = None
    latest: date | None = None
    mod: str | None = None
    anchor: str | None = None
    explicit: bool = False


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
