"""Clues from recurring meetings whose calendar is known ("am 28. September bei der UN-Vollversammlung")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, cast

from quellenlage.article.inference.clues import Clue, Passage, around, merge
from quellenlage.article.inference.days import PLANNED_REACH, tells_plan
from quellenlage.model.calendar import MONTH_PATTERN, month_number
from quellenlage.resources import load

RESOURCE = "de/recurring_dates.toml"

_DATE = re.compile(rf"(?<![\w.])(?P<day>\d{{1,2}})\.\s(?P<month>{MONTH_PATTERN})(?!\s?\d{{4}})")
_NEAR = 80
"""Code points between a date and the meeting it is tied to."""
_AFTER = 30
"""Longest time, in days, after which an article still names a meeting's day without its year; assumed, not measured."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A meeting by the words that name it, and when it was held; `verified` if a source was compared."""

    name: str
    words: re.Pattern[str]
    held: tuple[tuple[date, date], ...]
    verified: bool


@cache
def _meetings() -> tuple[_Meeting, ...]:
    data = load(RESOURCE)
    checked = cast("bool", data["meta"]["verified"])
    slack = timedelta(days=cast("int", data["meta"]["slack_days"]))
    return tuple(
        _Meeting(
            row["name"],
            re.compile(r"\b(?:" + "|".join(map(re.escape, row["words"])) + r")\b"),
            tuple((first - slack, last + slack) for first, last in row["days"]),
            checked or "source" in row,
        )
        for row in cast("list[dict[str, Any]]", data["meeting"])
    )


def meeting_clues(passages: Iterable[Passage]) -> list[Clue]:
    """Keep the years in which the meeting was held on the day named; a plan puts the article before that day."""
    clues: list[Clue] = []
    for passage in passages:
        for listed in _meetings():
            meeting = listed.words.search(passage.text)
            if not meeting:
                continue
            for match in _DATE.finditer(passage.text):
                if min(abs(match.start() - meeting.end()), abs(meeting.start() - match.end())) > _NEAR:
                    continue
                days = [d for first, last in listed.held if (d := _day_in(match, first, last))]
                planned = tells_plan(passage.text)
                before, after = (PLANNED_REACH, 0) if planned else (0, _AFTER)
                if days:
                    span = passage.span(min(match.start(), meeting.start()), max(match.end(), meeting.end()))
                    reason = f"meeting{'-planned' if planned else ''}:{listed.name} {' '.join(match.group().split())}"
                    allowed = merge(around(d, before, after) for d in days)
                    rows = frozenset({f"meeting {listed.name}"})
                    clues.append(Clue(3, allowed, (span,), reason, listed.verified, rows))
    return clues


def _day_in(match: re.Match[str], first: date, last: date) -> date | None:
    month = month_number(match["month"])
    for year in {first.year, last.year}:
        try:
            day = date(year, month or 13, int(match["day"]))
        except ValueError:
            continue
        if first <= day <= last:
            return day
    return None
