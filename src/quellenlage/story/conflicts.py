"""Accounts of one event that cannot all hold: numbers, days, places, and whether it happened at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from quellenlage.model import (
    Account,
    Conflict,
    ConflictKind,
    DateInterval,
    Entity,
    Event,
    Factuality,
    Figure,
    Side,
    content_id,
    fold,
)
from quellenlage.story.places import is_state

_HELD_TRUE = frozenset({Factuality.HAPPENED, Factuality.ONGOING, Factuality.ALLEGED})


_ONE_PLACE = frozenset({"CONSULT", "AGREE", "ACCIDENT"})
"""Types that have one place: an attack has one where it comes from and one where it hits."""

_PEOPLE = frozenset("mensch person tote toter todesopfer opfer menschenleben leben".split())
"""Folded words for people in general: a toll is given now with one, now with another."""


class _Range(Protocol):
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


def find_conflicts(event: Event, entities: Mapping[str, Entity]) -> Iterator[Conflict]:
    """Yield what the accounts of one event disagree about, each disagreement once, all sides beside each other."""
    yield from _numbers(event)
    yield from _times(event)
    yield from _places(event, entities)
    yield from _happened(event)


def _numbers(event: Event) -> Iterator[Conflict]:
    by_unit: dict[str, list[tuple[Account, Figure]]] = {}
    for account in event.accounts:
        for figure in account.figures:
            by_unit.setdefault(_unit(figure), []).append((account, figure))
    for told in by_unit.values():
        apart = [(account, f) for account, f in told if any(_apart(f, other) for _, other in told)]
        once = {(account.member.article, f.low, f.high): (account, f) for account, f in reversed(apart)}
        sides = [
            Side(figure.evidence.exact, figure.evidence, figure.word_of or account.chain, account.origin)
            for account, figure in sorted(once.values(), key=told.index)
            if account.reprint_of is None or not _repeated(figure, account, told)
        ]
        yield from _conflict(event, ConflictKind.NUMBER, told[0][1].unit, sides)


def _unit(figure: Figure) -> str:
    """What is counted, so that "14 Menschen" and "20 Tote" are compared and the injured are kept apart."""
    unit = fold(figure.unit)
    if unit not in _PEOPLE:
        return unit
    around = f"{figure.evidence.prefix}{figure.evidence.exact}{figure.evidence.suffix}".casefold()
    return "injured" if "verletz" in around else "people"


def _apart(a: _Range, b: _Range) -> bool:
    """Whether two ranges share no number; an open end reaches for ever."""
    below = a.high is not None and b.low is not None and a.high < b.low
    above = b.high is not None and a.low is not None and b.high < a.low
    return below or above


def _repeated(figure: Figure, account: Account, told: Sequence[tuple[Account, Figure]]) -> bool:
    """Whether the text that this account reprints gives the same number: then it is no side of its own."""
    return any(
        other.member.article == account.reprint_of and (f.low, f.high) == (figure.low, figure.high) for other, f in told
    )


def _times(event: Event) -> Iterator[Conflict]:
    told: list[tuple[Account, DateInterval]] = []
    for account in event.accounts:
        interval = _interval(account.time)
        if interval:
            told.append((account, interval))
    if any(not a.meets(b) for (_, a), (_, b) in combinations(told, 2)):
        own = {interval for account, interval in told if account.reprint_of is None}
        # A reprint that keeps the day of its source adds no side; one that changed it does.
        sides = [
            Side(interval.value, account.evidence, account.chain, account.origin)
            for account, interval in told
            if account.reprint_of is None or interval not in own
        ]
        yield from _conflict(event, ConflictKind.TIME, "", sides)


def _interval(value: str | None) -> DateInterval | None:
    try:
        return DateInterval.parse(value) if value else None
    except ValueError:
        return None


def _places(event: Event, entities: Mapping[str, Entity]) -> Iterator[Conflict]:
    if event.event_type not in _ONE_PLACE:
        return
    told = [
        (account, place)
        for account in event.accounts
        if account.reprint_of is None and (place := entities.get(account.place or "")) and not is_state(place.name)
    ]
    if any(_places_apart(a, b) for (_, a), (_, b) in combinations(told, 2)):
        sides = [Side(place.name, account.evidence, account.chain, account.origin) for account, place in told]
        yield from _conflict(event, ConflictKind.PLACE, "", sides)


def _places_apart(a: Entity, b: Entity) -> bool:
    """Whether two names share no word: "Hafen von X" does not contradict X."""
    return not set(fold(a.name).split()) & set(fold(b.name).split())


def _happened(event: Event) -> Iterator[Conflict]:
    told = [a for a in event.accounts if a.factuality in _HELD_TRUE | {Factuality.DENIED}]
    denied = [a for a in told if a.factuality is Factuality.DENIED]
    if denied and len(denied) < len(told):
        sides = [Side(str(a.factuality), a.evidence, a.chain, a.origin) for a in told if a.reprint_of is None]
        yield from _conflict(event, ConflictKind.HAPPENED, "", sides)


def _conflict(event: Event, kind: ConflictKind, about: str, sides: Sequence[Side]) -> Iterator[Conflict]:
    distinct = list({(s.value, s.evidence.article, s.evidence.start): s for s in sides}.values())
    if len({side.value for side in distinct}) < 2:
        return
    distinct.sort(key=lambda s: s.value)
    places = (f"{s.evidence.article}:{s.evidence.start}:{s.evidence.end}" for s in distinct)
    yield Conflict(content_id("cfl", event.id, kind, about, *places), event.id, kind, about, tuple(distinct))
