"""Combine the clues of a report into the days on which it can have been published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quellenlage.article.inference.clues import EVER, PERIODIC, Clue, Passage, intersect
from quellenlage.article.inference.days import not_before, planned_clues, weekday_clues
from quellenlage.article.inference.falls import find_falls
from quellenlage.article.inference.meetings import meeting_clues
from quellenlage.article.inference.offices import office_clues
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
    """What could be inferred: the interval if it is closed on both sides, and whether clues disagreed."""

    dct: Dct | None
    disagree: bool = False


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


def infer_dct(text: str, zones: Sequence[Zone], captured: date | None) -> Inferred:
    """Days of publication that all clues allow, the most reliable clues first; None where nothing bounds them.

    `captured` closes an interval whose end no clue tells: no article is younger than its capture.
    """
    passages = _passages(text, zones)
    falls = find_falls(passages)
    found = [*falls.clues, *office_clues(passages, falls.names), *not_before(passages), *weekday_clues(passages)]
    found += [*meeting_clues(passages), *planned_clues(passages)]
    found.sort(key=lambda clue: clue.rank)
    # "not-before" rests on the tense of a sentence: good enough to narrow what an office or a fall bounds, not alone.
    firm = any(clue.rank < PERIODIC and not clue.reason.startswith("not-before:") for clue in found)
    whole = DateInterval(EVER.earliest, captured) if captured and captured > EVER.earliest else EVER
    base = _combine((whole,), [clue for clue in found if clue.rank < PERIODIC])
    if not firm or base.allowed[0].earliest == EVER.earliest or base.allowed[-1].latest == EVER.latest:
        return Inferred(None, base.disagree)
    base = _loosened(base, whole)
    final = _combine(base.allowed, [clue for clue in found if clue.rank >= PERIODIC])
    first, last = final.allowed[0].earliest, final.allowed[-1].latest
    narrowed = (first, last) != (base.allowed[0].earliest, base.allowed[-1].latest)
    used = [*base.used, *(final.used if narrowed else ())]
    reasons = [clue.reason for clue in used]
    if last == captured:
        reasons.append(f"captured:{captured.isoformat()}")
    evidence = tuple(span for clue in used for span in clue.spans)
    return Inferred(Dct(first, last, "inferred", evidence, tuple(reasons)), base.disagree or final.disagree)


@dataclass(frozen=True, slots=True)
class _Combined:
    allowed: tuple[DateInterval, ...]
    used: tuple[Clue, ...]
    disagree: bool


def _combine(allowed: tuple[DateInterval, ...], clues: Sequence[Clue]) -> _Combined:
    """Intersect the clues in their order; one that contradicts those before it is left out."""
    used: list[Clue] = []
    disagree = False
    for clue in clues:
        common = intersect(allowed, clue.allowed)
        if common and common != allowed:
            used.append(clue)
        disagree = disagree or not common
        allowed = common or allowed
    return _Combined(allowed, tuple(used), disagree)


def _loosened(base: _Combined, whole: DateInterval) -> _Combined:
    """Two terms that meet only in their slack are a handover, about which papers name offices early and late."""
    hull = DateInterval(base.allowed[0].earliest, base.allowed[-1].latest)
    if hull.days > _HANDOVER_DAYS or any(not clue.reason.startswith("office:") for clue in base.used):
        return base
    wide = hull.widened(_HANDOVER_REACH).intersection(whole) or hull
    return _Combined((wide,), base.used, base.disagree)
