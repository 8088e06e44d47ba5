"""Two figures for one thing: whether they exclude each other, lie close together, or the later replaces the earlier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from quellenlage.model import Account, ConflictGrade, Event, Figure, RunningFigure, fold
from quellenlage.resources import load

WORDS = "de/conflict_words.toml"
HARM = frozenset({"ASSAULT", "DEATH", "ACCIDENT", "DISASTER", "CRIME"})
"""Types whose figures grow while the dead are still counted."""

_DEAD = frozenset("tote toter todesopfer menschenleben opfer".split())
_PERSONS = frozenset("mensch person leben".split())
_FATE = re.compile(r"(verletz)|(?:töt|tot\b|tote|starb|sterb|gestorben|ums leben|todes)")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d{1,6}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TO = re.compile(r"\bauf\s+(?:(?:mehr\s+als|mindestens|über|rund|fast|knapp|etwa)\s+)?(\d[\d.]*\d|\d|[a-zäöüß]+)\b")
_ALONE = re.compile(r"\ballein\s+(?:in|im|am|an|bei|beim|auf|aus)\b", re.IGNORECASE)
"""Words that make what follows a part of a whole, wherever in the sentence its number stands."""

Risen = Mapping[str, frozenset[float]]
"""For an article the numbers to which something has risen by its words."""

_CLOSE = 0.15
"""Share of the greater figure by which two may differ that are not both meant to be exact."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with the account that gives it and the last day on which that was printed, None where unknown.

    `risen` says that a report of that day or before has told that it rose to this.
    """

    account: Account
    figure: Figure
    reported: date | None
    risen: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """How far two figures are apart; no grade where the later replaces the earlier."""

    grade: ConflictGrade | None
    reason: str


def by_unit(event: Event, printed: Mapping[str, date], risen: Risen | None = None) -> list[list[Told]]:
    """Figures of an event by what they count, in the order of the accounts; parts of another figure left out."""
    listed: dict[str, list[Told]] = {}
    for account in event.accounts:
        for figure in account.figures:
            if not _is_part(account, figure):
                told = Told(account, figure, printed.get(account.member.article))
                listed.setdefault(_unit(figure, event.event_type), []).append(told)
    return [_with_risen(told, risen) if risen else told for told in listed.values()]


def risen_in(text: str) -> frozenset[float]:
    """Numbers to which something has risen by the words of a text ("ist auf fünf gestiegen", "steigt auf 7")."""
    found: set[float] = set()
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„»])|\n", text):
        if words("updated") & set(_WORD.findall(sentence.casefold())):
            for number in _TO.findall(sentence):
                value = value_of(number.casefold())
                found |= {value} if value is not None else set()
    return frozenset(found)


def value_of(word: str) -> float | None:
    """A number in figures or a small one in words; None for a year and for any other word."""
    if _NUMBER.fullmatch(word) and not _YEAR.fullmatch(word):
        return float(re.sub(r"\D", "", word))
    known: float | None = load(WORDS)["counted"]["numbers"].get(word)
    return known


def _with_risen(told: Sequence[Told], risen: Risen) -> list[Told]:
    """Mark what a report of the day or before tells as risen: a later paper gives the new figure without a word."""
    first: dict[float, date] = {}
    for one in told:
        value = one.figure.low
        if value is not None and one.reported and value in risen.get(one.account.member.article, ()):
            first[value] = min(one.reported, first.get(value, one.reported))
    return [
        replace(one, risen=True)
        if one.reported and (since := first.get(one.figure.low or -1.0)) and since <= one.reported
        else one
        for one in told
    ]


def differ(a: Told, b: Told, event_type: str) -> Difference | None:
    """Grade two figures of one thing against each other; None where they agree or say nothing against each other."""
    one, other = a.figure, b.figure
    if not apart(one, other):
        exact = [f.low is not None and f.low == f.high for f in (one, other)]
        if _risen_above(a, b) or _risen_above(b, a):
            return Difference(None, "update")
        if exact[0] != exact[1]:
            return Difference(ConflictGrade.PRECISION, "within")
        return None
    if _replaces(a, b, event_type) or _replaces(b, a, event_type):
        return Difference(None, "update")
    if close(one, other):
        return Difference(ConflictGrade.TENSION, "close")
    if event_type in HARM and _later_and_more(a, b):
        return Difference(ConflictGrade.TENSION, "reported-later")
    return Difference(ConflictGrade.CONTRADICTION, "apart")


def running(event: Event, printed: Mapping[str, date], risen: Risen | None = None) -> Iterator[RunningFigure]:
    """Yield the figures that reports brought up to date, first report first; what was taken back is no step."""
    for told in by_unit(event, printed, risen):
        steps: list[Told] = []
        standing = [one for one in told if one.account.revised is None]
        for one in sorted(standing, key=lambda t: (t.reported or date.max, t.figure.low or 0.0)):
            same = any((one.figure.low, one.figure.high) == (s.figure.low, s.figure.high) for s in steps)
            if not same and (not steps or _replaces(one, steps[-1], event.event_type)):
                steps.append(one)
        if len(steps) > 1:
            days = tuple(step.reported for step in steps)
            yield RunningFigure(steps[0].figure.unit, tuple(s.figure for s in steps), days, ("update",))


def apart(a: Figure, b: Figure) -> bool:
    """Whether two ranges share no number; an open end reaches for ever."""
    below = a.high is not None and b.low is not None and a.high < b.low
    above = b.high is not None and a.low is not None and b.high < a.low
    return below or above


def _unit(figure: Figure, event_type: str) -> str:
    """What is counted, so that "14 Menschen" and "20 Tote" are compared and the injured are kept apart."""
    unit = fold(figure.unit)
    if unit in _DEAD:
        return "dead"
    if unit not in _PERSONS | words("people"):
        return unit
    after = f"{figure.evidence.exact}{figure.evidence.suffix}".casefold()
    fate = _FATE.search(after) or _FATE.search(figure.evidence.prefix.casefold())
    if unit not in _PERSONS:
        return f"{unit} {'injured' if fate[1] else 'dead'}" if fate else unit
    if fate:
        return "injured" if fate[1] else "dead"
    return "dead" if event_type in HARM else "persons"


def _is_part(account: Account, figure: Figure) -> bool:
    """Whether the words make the figure a part of another one ("allein in Kiel"), or what comes on top of it."""
    said = account.evidence
    if said.article == figure.evidence.article and said.start <= figure.evidence.start < said.end:
        if _ALONE.search(said.exact[: figure.evidence.start - said.start]):
            return True
    elif _ALONE.search(figure.evidence.prefix):
        return True
    before = _WORD.findall(figure.evidence.prefix.casefold())[-2:]
    return bool({*before, *_WORD.findall(figure.evidence.exact.casefold())} & words("part"))


def _replaces(later: Told, before: Told, event_type: str) -> bool:
    """Whether a figure is a newer state of another: by one source on a later day, or by its own words."""
    if not apart(later.figure, before.figure):
        return False
    if event_type in HARM and (later.figure.low or 0) < (before.figure.low or 0):
        return False  # a toll that falls is a correction, which nobody should overlook
    days = (before.reported, later.reported)
    on_later_day = days[0] is not None and days[1] is not None and days[0] < days[1]
    if _risen_above(later, before):
        return True
    if on_later_day and _one_source(later, before):
        return True
    said = later.figure.evidence
    grown = bool(set(_WORD.findall(f"{said.prefix} {said.exact} {said.suffix}".casefold())) & words("updated"))
    not_before = days[0] is None or days[1] is None or days[0] <= days[1]
    return not_before and grown and (on_later_day or _same_article(later, before))


def _risen_above(later: Told, before: Told) -> bool:
    """Whether reports of the same day or a later one say that the figure rose to this, above the other."""
    days = (before.reported, later.reported)
    not_before = days[0] is None or days[1] is None or days[0] <= days[1]
    return later.risen and not_before and (later.figure.low or 0) > (before.figure.low or 0)


def _same_article(a: Told, b: Told) -> bool:
    return a.account.member.article == b.account.member.article


def _one_source(a: Told, b: Told) -> bool:
    """Whether one informant gives both, or where neither names one, one origin."""
    first, second = (t.figure.word_of or t.account.chain for t in (a, b))
    if first or second:
        return bool(first and second and first[0] == second[0])
    return a.account.origin == b.account.origin


def _later_and_more(a: Told, b: Told) -> bool:
    if a.reported is None or b.reported is None or a.reported == b.reported:
        return False
    early, late = (a, b) if a.reported < b.reported else (b, a)
    return (late.figure.low or 0) > (early.figure.low or 0)


def close(a: Figure, b: Figure) -> bool:
    """Whether one of two figures is rough and the gap between them small."""
    if not (_is_rough(a) or _is_rough(b)):
        return False
    ends = sorted(((f.low or 0.0, f.high if f.high is not None else f.low or 0.0) for f in (a, b)), key=lambda e: e[0])
    gap, top = ends[1][0] - ends[0][1], max(ends[1])
    return top > 0 and gap / top <= _CLOSE


def _is_rough(figure: Figure) -> bool:
    said = _WORD.findall(f"{figure.evidence.prefix[-20:]} {figure.evidence.exact}".casefold())
    return figure.low != figure.high or bool(set(said) & words("rough"))


@cache
def words(name: str) -> frozenset[str]:
    """Casefolded words of a row of the table for figures."""
    return frozenset(load(WORDS)["figures"][name].casefold().split())
