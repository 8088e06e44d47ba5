"""Clues from visits whose days are on record ("Am Montag erwartet Putin in Moskau ... Netanjahu")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, cast

from quellenlage.article.inference.clues import Clue, Passage, merge
from quellenlage.model import DateInterval
from quellenlage.model.calendar import WEEKDAYS
from quellenlage.resources import load

RESOURCE = "de/visits.toml"

_RANK = 4
_TOLD = 7
"""Days after a visit in which an article tells it as news; assumed, not measured."""
_AHEAD = 31
"""Days before a visit in which an article announces it without a date; assumed, not measured."""
_WEEK = 6
"""A weekday without a date names a day so near, behind or ahead."""
_OPENING = 3

_VISIT = re.compile(
    r"\b(?:[Bb]esuch\w*|empf[aä]ng\w*|empfing\w*|erwartet\w*|reist\w*|gereist|\w*getroffen|trafen?|trifft|treffen|"
    r"Treffen\w*|\w*eingetroffen|landete\w*|gelandet|Gespräche?n?|zu Gast)\b"
)
_PLANNED = re.compile(
    r"\b(?:erwartet|erwarten|will|wollen|wird|werden|soll|sollen|plant|planen|geplant\w*|kommende\w*)\b"
)
_WEEKDAY = re.compile(
    r"\b[Aa]m ("
    + "|".join(name.capitalize() for name in WEEKDAYS)
    + r")(?:abend|morgen|mittag|nachmittag|vormittag)?\b(?!,? (?:dem|den|\())"
)
_NOT_NOW = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\b(?:damals|einst|seinerzeit|vor \w+ (?:Jahren?|Monaten|Wochen)|zuletzt|früher\w*|"
    r"im (?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember))\b"
)


@dataclass(frozen=True, slots=True)
class _Visit:
    """Who goes where, and on which days."""

    label: str
    who: re.Pattern[str]
    where: re.Pattern[str]
    says: re.Pattern[str]
    days: tuple[DateInterval, ...]


@cache
def _visits() -> tuple[_Visit, ...]:
    return tuple(_visit(row) for row in cast("list[dict[str, Any]]", load(RESOURCE)["visit"]))


def _visit(row: dict[str, Any]) -> _Visit:
    who = "|".join(map(re.escape, row["who"]))
    where = "|".join(map(re.escape, row["where"]))
    return _Visit(
        f"{row['who'][0]} {row['where'][0]}",
        re.compile(rf"\b(?:{who})s?\b"),
        re.compile(rf"\b(?:in|nach|aus|Hauptstadt) (?:{where})\b|\b(?:{where}) besucht\b"),
        re.compile(rf"\b(?:sagte|erklärte|betonte|so) (?:[\w-]+ ){{0,3}}(?:{who}) (?:am \w+ )?in (?:{where})\b"),
        tuple(DateInterval(first, last) for first, last in row["days"]),
    )


def visit_clues(passages: Sequence[Passage]) -> list[Clue]:
    """Keep the days around the visits on record that a sentence tells as news or announces.

    Only a sentence of the opening counts, one with a weekday, or one that says where the traveller spoke.
    """
    clues: list[Clue] = []
    for at, passage in enumerate(passages):
        if _NOT_NOW.search(passage.text):
            continue
        for visit in _visits():
            if not (visit.who.search(passage.text) and visit.where.search(passage.text)):
                continue
            says = visit.says.search(passage.text)
            named = _WEEKDAY.search(passage.text)
            if not says and not (_VISIT.search(passage.text) and (named or at < _OPENING)):
                continue
            planned = bool(_PLANNED.search(passage.text)) and not says
            weekday = WEEKDAYS[named[1].lower()] if named else None
            allowed = merge(_around(visit.days, weekday, planned=planned))
            if allowed:
                word = "visit-planned" if planned else "visit"
                span = passage.span(0, len(passage.text))
                rows = frozenset({f"visit {visit.label}"})
                clues.append(Clue(_RANK, allowed, (span,), f"{word}:{visit.label}", verified=False, rows=rows))
    return clues


def _around(visits: Sequence[DateInterval], weekday: int | None, *, planned: bool) -> Iterator[DateInterval]:
    for visit in visits:
        if weekday is None:
            yield (
                _days(visit.earliest, _AHEAD, 0)
                if planned
                else DateInterval(visit.earliest, visit.latest + timedelta(_TOLD))
            )
            continue
        for offset in range(visit.days):
            day = visit.earliest + timedelta(days=offset)
            if day.weekday() == weekday:
                yield _days(day, _WEEK + 1, 0) if planned else _days(day, 0, _WEEK)


def _days(day: date, before: int, after: int) -> DateInterval:
    return DateInterval(day - timedelta(days=before), day + timedelta(days=after))
