"""Combine the clues of a report into the days on which it can have been published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quellenlage.article.inference.clues import EVER, PERIODIC, Clue, Passage
from quellenlage.article.inference.days import WEEKDAY_REACH, not_before, planned_clues, weekday_clues
from quellenlage.article.inference.falls import find_falls
from quellenlage.article.inference.meetings import meeting_clues
from quellenlage.article.inference.news import anniversary_clues, news_clues
from quellenlage.article.inference.offices import office_clues
from quellenlage.article.inference.solver import Solver
from quellenlage.article.inference.visits import visit_clues
from quellenlage.article.inference.years import year_clues
from quellenlage.model import READ_ZONES, DateInterval, Dct, Zone

_SENTENCE = re.compile(r"(?<=[^\d\s][.!?])[\"“«»]?\s+(?=[\"„»«A-ZÄÖÜ])|(?<=[.!?][\"“«»])\s+|\n+")
_READ = 60_000
"""So much of a report is searched for clues, in code points: ten long articles' worth."""
_HANDOVER_DAYS = 8
_HANDOVER_REACH = 60
"""Terms that share no more days than their slack are read as a handover, told up to so many days early or late."""
_LONGEST = 2_000
"""A sentence longer than this is none; it is cut into pieces of this length, in code points."""


@dataclass(frozen=True, slots=True)
class Inferred:
    """What could be inferred: the interval if it is closed on both sides, and the clues that contradict the others."""

    dct: Dct | None
    contradictions: tuple[str, ...] = ()


def _passages(text: str, zones: Sequence[Zone]) -> list[Passage]:
    passages: list[Passage] = []
    read = 0
    for zone in zones:
        if zone.kind not in READ_ZONES or read > _READ:
            continue
        read += zone.end - zone.start
        words = text[zone.start : min(zone.end, zone.start + _READ)]
        bounds = [0, *(edge for m in _SENTENCE.finditer(words) for edge in m.span()), len(words)]
        for start, end in zip(bounds[::2], bounds[1::2], strict=True):
            passages += [
                Passage(words[at : min(end, at + _LONGEST)], zone.start + at) for at in range(start, end, _LONGEST)
            ]
    return passages


def infer_dct(text: str, zones: Sequence[Zone], captured: date | None, given: Sequence[Clue] = ()) -> Inferred:
    """Days of publication that all clues allow, the most reliable clues first; None where nothing bounds them.

    `captured` closes an interval whose end no clue tells: no article is younger than its capture. `given` are clues
    from elsewhere: a month in the header, other articles of the archive.
    """
    passages = _passages(text, zones)
    falls = find_falls(passages)
    found = [*given, *falls.clues, *office_clues(passages, falls.names), *not_before(passages)]
    found += [*weekday_clues(passages), *news_clues(passages), *anniversary_clues(passages)]
    found += [*year_clues(passages, WEEKDAY_REACH), *meeting_clues(passages), *planned_clues(passages)]
    found += visit_clues(passages)
    found.sort(key=lambda clue: (clue.rank, not clue.verified))
    whole = DateInterval(EVER.earliest, captured) if captured and captured > EVER.earliest else EVER
    solver = Solver((whole,))
    for clue in found:
        if clue.rank < PERIODIC:
            solver.take(clue)
    bounded = solver.allowed[0].earliest > EVER.earliest and solver.allowed[-1].latest < EVER.latest
    if not bounded or not solver.firm():
        return Inferred(None, solver.contradictions())
    _loosen(solver, whole)
    recurring = [clue for clue in found if clue.rank >= PERIODIC]
    for clue in solver.supported(recurring):
        solver.take(clue)
    first, last = solver.allowed[0].earliest, solver.allowed[-1].latest
    reasons = [*solver.reasons(), *(f"contradicts:{reason}" for reason in solver.contradictions())]
    if last == captured:
        reasons.append(f"captured:{captured.isoformat()}")
    evidence = tuple(span for step in solver.steps for span in step.clue.spans)
    return Inferred(Dct(first, last, "inferred", evidence, tuple(reasons)), solver.contradictions())


def _loosen(solver: Solver, whole: DateInterval) -> None:
    """Two terms that meet only in their slack are a handover, about which papers name offices early and late."""
    hull = DateInterval(solver.allowed[0].earliest, solver.allowed[-1].latest)
    if hull.days > _HANDOVER_DAYS or any(not step.clue.reason.startswith("office:") for step in solver.steps):
        return
    solver.widen(hull.widened(_HANDOVER_REACH).intersection(whole) or hull, f"handover:{hull.value}")
