"""What one speaker said on a matter in the course of time, and where a later word differs from an earlier one.

Nothing is read into the words. A change is marked only where two passages are about the same thing, which is the same
event of the archive or the same content with another sign, where both are dated and one is the earlier, and where one
affirms what the other denies or leaves open; reserve alone is no change. The mark names both passages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from quellenlage.model import (
    DateInterval,
    Event,
    Evidentiality,
    Factuality,
    Linked,
    Member,
    Polarity,
    Retelling,
    Statement,
)


class Level(StrEnum):
    """How a passage stands to what it is about."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    OPEN = "open"
    HEDGED = "hedged"


_OF_STANCE: Mapping[Polarity, Level] = {
    Polarity.AFFIRMED: Level.AFFIRMED,
    Polarity.DENIED: Level.DENIED,
    Polarity.UNKNOWN: Level.OPEN,
}
_OF_EVENT: Mapping[Factuality, Level] = {
    Factuality.HAPPENED: Level.AFFIRMED,
    Factuality.ONGOING: Level.AFFIRMED,
    Factuality.PLANNED: Level.AFFIRMED,
    Factuality.DENIED: Level.DENIED,
}
"""What somebody merely supposes or thinks through says nothing about where that person stands."""


@dataclass(frozen=True, slots=True)
class Change:
    """An earlier passage of the same speaker on the same thing, and how it stood to it.

    `event` is the event both are about; None where they are of the same content.
    """

    was: Level
    now: Level
    before: Retelling
    event: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """One occasion on which the speaker spoke, with the passage that stands for it and what changed since before."""

    statement: str
    retelling: Retelling
    members: tuple[Member, ...]
    level: Level
    days: DateInterval | None = None
    events: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


def positions(
    linked: Linked, speakers: frozenset[str], *, about: Callable[[str], bool] | None = None, event: str | None = None
) -> tuple[Position, ...]:
    """Everything the speakers said, in time, undated passages last; `about` takes keys of claims.

    With `event` only what was said of that event of the archive.
    """
    spoken = [s for s in linked.statements if speakers.intersection(s.speakers)]
    told = _told_events(linked.events)
    chosen = [
        position
        for statement in spoken
        for position in _occasions(statement, told)
        if (event is None or event in position.events)
        and (about is None or any(about(r.claim) for r in _retellings(statement, position.members)))
    ]
    chosen.sort(key=lambda p: (p.days is None, p.days or DateInterval.parse("9999"), p.retelling.claim))
    changes: dict[int, list[Change]] = {}
    for now, change in (*_by_event(chosen, told, event), *_by_content(chosen, spoken)):
        known = changes.setdefault(now, [])
        if all((c.before.claim, c.was, c.now) != (change.before.claim, change.was, change.now) for c in known):
            known.append(change)
    return tuple(replace(p, changes=tuple(changes[n])) if n in changes else p for n, p in enumerate(chosen))


_Told = Mapping[str, tuple[tuple[str, Factuality], ...]]
"""For the key of a claim the events it tells, each with how real they are by it."""


def _told_events(events: Iterable[Event]) -> _Told:
    found: dict[str, list[tuple[str, Factuality]]] = {}
    for event in events:
        for account in event.accounts:
            if account.claim:
                found.setdefault(account.claim, []).append((event.id, account.factuality))
    return {claim: tuple(dict.fromkeys(told)) for claim, told in found.items()}


def _retellings(statement: Statement, members: Iterable[Member]) -> list[Retelling]:
    wanted = set(members)
    return [r for r in statement.retellings if r.member in wanted]


def _occasions(statement: Statement, told: _Told) -> Iterator[Position]:
    for occasion in statement.occasions:
        retellings = _retellings(statement, occasion.members)
        # The longest passage of the first day stands for the occasion: it cuts least.
        days = [r.interval.earliest for r in retellings if r.interval]
        begin = occasion.interval.earliest if occasion.interval else None
        start = begin if begin in days else min(days, default=None)
        on_first = [r for r in retellings if r.interval and r.interval.earliest == start] or retellings
        first = max(on_first, key=lambda r: (sum(len(e.exact) for e in r.evidence), r.claim))
        events = dict.fromkeys(event for r in retellings for event, _ in told.get(r.claim, ()))
        yield Position(
            statement.id, first, occasion.members, _level(first, retellings), occasion.interval, tuple(events)
        )


def _level(first: Retelling, retellings: Iterable[Retelling]) -> Level:
    level = _OF_STANCE[first.stance]
    reserved = all(r.evidentiality is Evidentiality.HEDGED for r in retellings)
    return Level.HEDGED if level is Level.AFFIRMED and reserved else level


def _by_content(chosen: list[Position], spoken: Iterable[Statement]) -> Iterator[tuple[int, Change]]:
    """Changes between statements that the link found contrary, and between occasions of one statement."""
    contrary: dict[frozenset[str], tuple[str, ...]] = {
        frozenset((s.id, r.statement)): r.reasons for s in spoken for r in s.related if r.kind == "contrary"
    }
    partners: dict[str, set[str]] = {}
    for pair in contrary:
        for one in pair:
            partners.setdefault(one, set()).update(pair)
    for number, now in enumerate(chosen):
        same = partners.get(now.statement, set()) | {now.statement}
        before = [p for p in chosen[:number] if p.statement in same and _earlier(p, now)]
        if not before:
            continue
        last = before[-1]
        # Reserve is no sign: "vermutlich" and without are neither one statement nor a change.
        if last.level is not now.level and {last.level, now.level} != {Level.AFFIRMED, Level.HEDGED}:
            reasons = contrary.get(frozenset((last.statement, now.statement)), ("same-statement",))
            yield number, Change(last.level, now.level, last.retelling, None, reasons)


def _by_event(chosen: list[Position], told: _Told, event: str | None) -> Iterator[tuple[int, Change]]:
    """Changes in what was said of one event: happened or planned by the one word, denied by the other."""
    by_event: dict[str, list[tuple[int, Level]]] = {}
    for number, position in enumerate(chosen):
        for one, factuality in told.get(position.retelling.claim, ()):
            if factuality in _OF_EVENT and event in {None, one}:
                by_event.setdefault(one, []).append((number, _OF_EVENT[factuality]))
    for one, listed in by_event.items():
        for (a, was), (b, now) in pairwise(listed):
            if was is not now and _earlier(chosen[a], chosen[b]):
                yield b, Change(was, now, chosen[a].retelling, one, ("same-event",))


def _earlier(one: Position, other: Position) -> bool:
    """Whether the one was surely said before the other: days that meet leave the order open."""
    return one.days is not None and other.days is not None and one.days.latest < other.days.earliest
