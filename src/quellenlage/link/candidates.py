"""Which clusters a telling is compared with: those that share most with it about its time.

An index by matters (who, where, what) and type, so that the cost of a telling does not grow with the archive. Matters
of few clusters list them all; from those of many only the latest of the months in question are taken. Of all found,
those with most matters in common are compared, whatever their number in the archive.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from quellenlage.link.sameness import NEAR_DAYS, types_like
from quellenlage.link.tellings import Telling
from quellenlage.model.recent import recent

_LATEST = 100
"""Clusters under one matter, type and month that count, the last ones."""

_TRIMMED = 4 * _LATEST
"""Clusters under one key from which on the early ones, that do not count any more, are let go."""

_COMPARED = 32
"""Clusters that a telling is compared with at most: those with most matters in common, of equals the latest."""

_WIDE = 124
"""Days, four months, beyond which a telling is kept with those of any time."""

_MONTH = 31
"""Days by which the news of a telling without days of its own may miss those of another."""

_ANY = -1
"""In the place of a month: of no known time, or of a long one."""

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


class Candidates:
    """Numbers of clusters by the matters of their tellings."""

    def __init__(self) -> None:
        self._by_matter: dict[str, list[int]] = {}
        self._by_month: dict[tuple[str, int], list[int]] = {}
        self._months: list[tuple[int, ...]] = []
        self._first, self._last = array("i"), array("i")
        self._families: dict[str, list[int]] = {}

    def put(self, telling: Telling, number: int, family: str) -> None:
        """Note a telling of a cluster, and the family of texts that it stands in."""
        (first, last), months = _window(telling), _months(telling)
        if number == len(self._months):
            self._first.append(first)
            self._last.append(last)
            self._months.append(_one(months))
        else:
            self._first[number] = min(first, self._first[number])
            self._last[number] = max(last, self._last[number])
            self._months[number] = _one(tuple(dict.fromkeys((*self._months[number], *months))))
        _append(self._families.setdefault(family, []), number)
        for matter in _matters(telling):
            key = f"{telling.event_type} {matter}"
            listed = self._by_matter.setdefault(key, [])
            _append(listed, number)
            if len(listed) > _LATEST + 1:
                self._put(key, number, months)
            elif len(listed) == _LATEST + 1:
                for one in listed:
                    self._put(key, one, self._months[one])

    def _put(self, key: str, number: int, months: Iterable[int]) -> None:
        for month in months:
            _append(self._by_month.setdefault((key, month), []), number)

    def of(self, told: Sequence[Telling], family: str) -> list[int]:
        """Clusters to compare tellings with that are told of as one, in order; those of the same text come always."""
        found: dict[int, int] = {}
        for telling in told:
            for count, number in self._sharing(telling):
                found[number] = max(count, found.get(number, 0))
        best = sorted(found, key=lambda number: (-found[number], -number))[:_COMPARED]
        return sorted({*best, *self._families.get(family, ())[-_COMPARED:]})

    def _sharing(self, telling: Telling) -> list[tuple[int, int]]:
        """Clusters of the days of a telling with most matters in common with it, each behind how many these are."""
        shared: Counter[int] = Counter()
        months = _months(telling)
        for matter in _matters(telling):
            shared.update(set().union(*self._under(telling.event_type, matter, months)))
        first, last = _window(telling)
        best: list[tuple[int, int]] = []
        # Most have one matter in common: they are looked through where those with more do not suffice.
        several = sorted([(count, number) for number, count in shared.items() if count > 1], reverse=True)
        for count, number in several:
            if self._first[number] <= last and first <= self._last[number]:
                best.append((count, number))
                if len(best) == _COMPARED:
                    return best
        for number in sorted([number for number, count in shared.items() if count == 1], reverse=True):
            if self._first[number] <= last and first <= self._last[number]:
                best.append((1, number))
                if len(best) == _COMPARED:
                    break
        return best

    def _under(self, event_type: str, matter: str, months: tuple[int, ...]) -> Iterator[Sequence[int]]:
        for kind in types_like(event_type):
            key = f"{kind} {matter}"
            listed = self._by_matter.get(key)
            if listed is None:
                continue
            if len(listed) <= _LATEST or months == (_ANY,):
                yield listed[-_LATEST:]
                continue
            for month in dict.fromkeys((*months, _ANY)):
                yield self._by_month.get((key, month), ())[-_LATEST:]


@recent(1 << 12)
def _one(months: tuple[int, ...]) -> tuple[int, ...]:
    """The first of equal rows of months: most clusters have the same as their neighbours."""
    return months


def _append(listed: list[int], number: int) -> None:
    if not listed or listed[-1] != number:
        listed.append(number)
        if len(listed) > _TRIMMED:
            del listed[: -2 * _LATEST]


def _matters(telling: Telling) -> Iterator[str]:
    """Who, where and what: two tellings that share none of these are never one event."""
    yield from {*telling.named, *telling.signs.people, *((telling.place,) if telling.place else ())}
    yield from (f"where:{word}" for word in telling.place_words)
    yield from (f"what:{word}" for word in telling.lemmas | telling.families)


def _window(telling: Telling) -> tuple[int, int]:
    """Days, as ordinals, on which a cluster must have some to be compared; all of them where none are known."""
    days, reach = (telling.interval, NEAR_DAYS) if telling.interval else (telling.news, _MONTH)
    if days is None:
        return _FIRST, _LAST
    return days.earliest.toordinal() - reach, days.latest.toordinal() + reach


def _months(telling: Telling) -> tuple[int, ...]:
    """Months that the window of a telling touches."""
    days = telling.interval or telling.news
    if days is None or days.days > _WIDE:
        return (_ANY,)
    first, last = _window(telling)
    return tuple(range(_month(max(first, _FIRST)), _month(min(last, _LAST)) + 1))


@recent(1 << 16)
def _month(ordinal: int) -> int:
    day = date.fromordinal(ordinal)
    return 12 * day.year + day.month
