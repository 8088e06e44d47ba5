"""Accounts of one event that cannot all hold: numbers, days, places, and whether it happened at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from quellenlage.model import (
    Account,
    Conflict,
    ConflictGrade,
    ConflictKind,
    DateInterval,
    Entity,
    EntityKind,
    Event,
    Factuality,
    Judgement,
    Side,
    Verdict,
    content_id,
)
from quellenlage.places.words import telling_words
from quellenlage.story.figures import Risen, Told, by_unit, differ
from quellenlage.story.matter import towns_apart
from quellenlage.story.places import is_facility, is_state
from quellenlage.story.rejections import denies_manner

HELD_TRUE = frozenset({Factuality.HAPPENED, Factuality.ONGOING, Factuality.ALLEGED})
"""How an account tells an event that it holds to be so, or reports as so."""

_PLANS = frozenset({Factuality.PLANNED, Factuality.HYPOTHETICAL})
_GRADES = tuple(ConflictGrade)

_ONE_PLACE = frozenset({"CONSULT", "AGREE", "ACCIDENT"})
"""Types that have one place: an attack has one where it comes from and one where it hits."""

_DENIED = frozenset({"", "denial"})
"""What conflicts about whether something happened are about, where somebody denies it."""

_MANY = 10
"""Number from which an equal one binds two accounts that differ about the town."""

Graded = tuple[ConflictGrade, tuple[str, ...]]
"""How serious it is, and why."""


def find_conflicts(
    event: Event,
    entities: Mapping[str, Entity],
    printed: Mapping[str, date] | None = None,
    risen: Risen | None = None,
) -> Iterator[Conflict]:
    """Yield what the accounts of one event disagree about, each disagreement once, all sides beside each other.

    `printed` gives the last day on which an article can have been printed, where that is known, and `risen` the numbers
    that by its words have risen.
    """
    yield from find_numbers(event, entities, printed or {}, risen)
    yield from _times(event)
    yield from _places(event, entities)
    yield from _happened(event)
    yield from _course(event)


def by_weight(conflicts: Sequence[Conflict]) -> list[Conflict]:
    """Most serious first, what is settled last; among equals those with more sides. One denial is told once."""
    ordered = sorted(conflicts, key=lambda c: (bool(c.settled), _GRADES.index(c.grade), -len(c.sides)))
    denials: dict[str, list[Conflict]] = {}
    for conflict in ordered:
        if conflict.kind is ConflictKind.HAPPENED and conflict.about in _DENIED:
            denials.setdefault(conflict.event, []).append(conflict)
    pairs = ((a, b) for told in denials.values() for a, b in combinations(told, 2) if _one_denial(a, b))
    # A person's word on one of two outlasts the other.
    twice = {id(b if b.settled <= a.settled else a) for a, b in pairs}
    return [c for c in ordered if id(c) not in twice]


def _one_denial(a: Conflict, b: Conflict) -> bool:
    """Whether two conflicts of an event set the same denial against it, one by what it says, one by what it answers."""
    denied = [[side.evidence for side in conflict.sides if side.value == str(Factuality.DENIED)] for conflict in (a, b)]
    return a.about != b.about and any(
        one.article == other.article and one.span.overlaps(other.span) for one in denied[0] for other in denied[1]
    )


def settled(conflicts: Sequence[Conflict], judgements: Sequence[Judgement]) -> list[Conflict]:
    """Mark what a person holds to be settled, with the reason that the person gave."""
    notes = {j.subject: j.note for j in judgements if j.verdict is Verdict.SETTLE}
    return [replace(c, settled=notes[c.id]) if c.id in notes else c for c in conflicts]


def make_conflict(event: str, kind: ConflictKind, about: str, sides: Sequence[Side], graded: Graded) -> Conflict:
    """Build a conflict; its identifier outlasts further sides, so that a person's word on it does."""
    return Conflict(content_id("cfl", event, kind, about), event, kind, about, tuple(sides), *graded)


def with_sides(conflict: Conflict, other: Conflict) -> Conflict:
    """A conflict with the sides and reasons of another, as serious as the more serious of both."""
    told = {(side.evidence.article, side.evidence.start) for side in conflict.sides}
    more = (side for side in other.sides if (side.evidence.article, side.evidence.start) not in told)
    return replace(
        conflict,
        sides=(*conflict.sides, *more),
        grade=min(conflict.grade, other.grade, key=_GRADES.index),
        reasons=tuple(dict.fromkeys((*conflict.reasons, *other.reasons))),
    )


def told_once(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Conflicts in order, those of one identifier as one.

    One event may disagree about one thing with several others that are perhaps the same happening, and within itself.
    """
    once: dict[str, Conflict] = {}
    for conflict in conflicts:
        before = once.get(conflict.id)
        once[conflict.id] = with_sides(before, conflict) if before else conflict
    return list(once.values())


def find_numbers(
    event: Event, entities: Mapping[str, Entity], printed: Mapping[str, date], risen: Risen | None = None
) -> Iterator[Conflict]:
    """Yield where the numbers of one thing cannot all hold; those of two towns are of two happenings rather."""
    for told in by_unit(event, printed, risen):
        found: list[tuple[Told, Told, ConflictGrade, str]] = []
        for a, b in combinations(told, 2):
            if _elsewhere(a.account, b.account, entities):
                continue
            difference = differ(a, b, event.event_type)
            if difference and difference.grade:
                found.append((a, b, difference.grade, difference.reason))
        serious = [one for one in found if one[2] is not ConflictGrade.PRECISION] or found
        if not serious:
            continue
        against = [t for t in told if any(t is a or t is b for a, b, *_ in serious)]
        once = {(t.account.member.article, t.figure.low, t.figure.high): t for t in reversed(against)}
        sides = [
            Side(t.figure.evidence.exact, t.figure.evidence, t.figure.word_of or t.account.chain, t.account.origin)
            for t in sorted(once.values(), key=told.index)
            if t.account.reprint_of is None or not _repeated(t, told)
        ]
        grade = min((one[2] for one in serious), key=_GRADES.index)
        reasons = tuple(dict.fromkeys(f"figures:{one[3]}" for one in serious))
        yield from _conflict(event, ConflictKind.NUMBER, told[0].figure.unit, sides, (grade, reasons))


def _elsewhere(a: Account, b: Account, entities: Mapping[str, Entity]) -> bool:
    places = entities.get(a.place or ""), entities.get(b.place or "")
    return bool(places[0] and places[1] and towns_apart(places[0].place, places[1].place))


def _repeated(one: Told, told: Sequence[Told]) -> bool:
    """Whether the text that this account reprints gives the same number: then it is no side of its own."""
    figure, source = one.figure, one.account.reprint_of
    return any(
        t.account.member.article == source and (t.figure.low, t.figure.high) == (figure.low, figure.high) for t in told
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
        facts = [interval for account, interval in told if account.factuality not in _PLANS]
        if any(not a.meets(b) for a, b in combinations(facts, 2)):
            graded = _days_apart(facts)
        else:  # what was announced for one day and held on another is no contradiction, and yet nobody should miss it
            graded = (ConflictGrade.TENSION, (*_days_apart([i for _, i in told])[1], "planned"))
        yield from _conflict(event, ConflictKind.TIME, "", sides, graded)


def _days_apart(told: Sequence[DateInterval]) -> Graded:
    """Neighbouring days are a tension: a night has two, and papers count from their own."""
    gap = max(max((b.earliest - a.latest).days, (a.earliest - b.latest).days) for a, b in combinations(told, 2))
    return (ConflictGrade.TENSION if gap <= 1 else ConflictGrade.CONTRADICTION, (f"days:{gap}",))


def _interval(value: str | None) -> DateInterval | None:
    try:
        return DateInterval.parse(value) if value else None
    except ValueError:
        return None


def _places(event: Event, entities: Mapping[str, Entity]) -> Iterator[Conflict]:
    told = [
        (account, place)
        for account in event.accounts
        if account.reprint_of is None and (place := entities.get(account.place or "")) and not is_state(place.name)
    ]
    if event.event_type in _ONE_PLACE:
        against = [pair for pair in combinations(told, 2) if _places_apart(pair[0][1], pair[1][1])]
    else:
        against = [
            (a, b)
            for a, b in combinations(told, 2)
            if towns_apart(a[1].place, b[1].place) and _bound(a[0], b[0], entities)
        ]
    if against:
        sides = [
            Side(place.name, account.evidence, account.chain, account.origin)
            for account, place in told
            if event.event_type in _ONE_PLACE or any(account is a or account is b for (a, _), (b, _) in against)
        ]
        yield from _conflict(event, ConflictKind.PLACE, "", sides, (ConflictGrade.CONTRADICTION, ("places:apart",)))


def _bound(a: Account, b: Account, entities: Mapping[str, Entity]) -> bool:
    """Whether two accounts of one day tell of one happening by a number that is not small, or by two people."""
    day = _interval(a.time)
    if day is None or day.days > 1 or day != _interval(b.time) or a.member.article == b.member.article:
        return False
    numbers = {
        f.low or 0.0 for f in a.figures for g in b.figures if f.unit == g.unit and f.low == f.high == g.low == g.high
    }
    both = {*a.actors, *a.recipients} & {*b.actors, *b.recipients}
    people = [e for e in both if e in entities and entities[e].kind is EntityKind.PER]
    return any(value >= _MANY for value in numbers) or len(people) > 1


def _places_apart(a: Entity, b: Entity) -> bool:
    """Whether two names share no telling word: "Hafen von X" does not contradict X, nor "der Hafen" anything.

    A facility may lie in the town: only where both are known to lie apart do they exclude each other.
    """
    if is_facility(a.name) != is_facility(b.name):
        return towns_apart(a.place, b.place)
    one, other = telling_words(a.name), telling_words(b.name)
    return bool(one and other) and not one & other


def _happened(event: Event) -> Iterator[Conflict]:
    told = [a for a in event.accounts if a.factuality in HELD_TRUE or _denied(a)]
    denied = [a for a in told if a.factuality is Factuality.DENIED]
    if denied and len(denied) < len(told):
        sides = [Side(str(a.factuality), a.evidence, a.chain, a.origin) for a in told if a.reprint_of is None]
        alleged = all(a.factuality in {Factuality.ALLEGED, Factuality.DENIED} for a in told)
        graded: Graded = (ConflictGrade.CONTRADICTION, ("denied",))
        if alleged:
            graded = (ConflictGrade.TENSION, ("denied", "alleged-only"))
        yield from _conflict(event, ConflictKind.HAPPENED, "", sides, graded)


def _course(event: Event) -> Iterator[Conflict]:
    """Yield where somebody denies how a happening went that others tell of: the happening itself stands."""
    denied = [a for a in event.accounts if a.factuality is Factuality.DENIED and not _denied(a)]
    others = [a for a in event.accounts if a.factuality in HELD_TRUE]
    if denied and others:
        told = [a for a in (*others, *denied) if a.reprint_of is None]
        sides = [Side(str(a.factuality), a.evidence, a.chain, a.origin) for a in told]
        yield from _conflict(event, ConflictKind.HAPPENED, "course", sides, (ConflictGrade.TENSION, ("manner:course",)))


def _denied(account: Account) -> bool:
    """Whether an account denies the happening itself, rather than how it went."""
    return account.factuality is Factuality.DENIED and not denies_manner(account.evidence.exact)


def _conflict(
    event: Event, kind: ConflictKind, about: str, sides: Sequence[Side], graded: Graded
) -> Iterator[Conflict]:
    distinct = list({(s.value, s.evidence.article, s.evidence.start): s for s in sides}.values())
    if len({side.value for side in distinct}) < 2:
        return
    distinct.sort(key=lambda s: s.value)
    yield make_conflict(event.id, kind, about, distinct, graded)
