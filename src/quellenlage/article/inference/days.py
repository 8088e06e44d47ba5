"""Clues from dates in the report: weekdays that agree with a date, planned dates, the latest date told as past."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from quellenlage.article.inference.clues import EVER, Clue, Passage, around, merge
from quellenlage.model import DateInterval, Span
from quellenlage.model.calendar import MONTH_PATTERN, WEEKDAYS, explicit_dates, month_number

WEEKDAY_REACH = 9
"""Days between an article and a date that it names with its weekday.

In 700 Wikinews articles (the training part), of 35 such dates without a year 34 lay 0 to 8 days before publication and
one was a look back of seven months; of 33 that agree and name their year 32 lay within 9 days, one in 1945.
"""
PLANNED_REACH = 140
"""Days between an article and a planned date without a year.

Of 28 such plans in 700 Wikinews articles (the training part, on which the filter of plans was also set) 27 (96 %) lay
at most 140 days ahead, half at most 14, the farthest 192.
"""

OLDEST = 1990
"""Digital clippings begin about here; an older date with its weekday is a look back."""
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d)")
_WEEKDAY = "|".join(name.capitalize() for name in WEEKDAYS)
_DATE = (
    rf"(?P<day>\d{{1,2}})\.\s?(?:(?P<month>{MONTH_PATTERN})|(?P<number>\d{{1,2}})\.)"
    r"(?:\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
)
_WITH_WEEKDAY = re.compile(
    rf"\b(?P<weekday>{_WEEKDAY})(?:abend|morgen|mittag|nachmittag|vormittag|nacht)?(?:,?\s(?:dem|den|der))?,?\s\(?{_DATE}"
)
_BARE = re.compile(rf"(?<![\w.]){_DATE}")
_PLANS = re.compile(
    r"\b(?:will|wollen|soll|sollen|wird|werden|plant|planen|geplant|vorgesehen|anberaumt|erwartet|beginnt|findet|"
    r"bevorsteh\w+)\b"
)
_NO_PLAN = re.compile(
    r"\b(?:jähr\w*|jedes Jahr|immer|bereits am|seit de[mr]|Geburtstag|Jahrestag|Gedenktag|[12]\d{3})\b|"
    r"\bsoll(?:en)?\b.{0,300}\b(?:haben|sein)\b"
)
PAST_VERB = re.compile(
    r"\b(?:wurden?|war|waren|hatten?|worden|starben?|gab|gaben|kam|kamen|fand|fanden|ging|gingen|begann|begannen|ließ|traf|trafen|"
    r"erklärten?|teilten?|sagten?|meldeten?|berichteten?|veröffentlichten?|entschied|entschieden|stieg|stiegen|fiel|fielen|brach|lag|stand|unterzeichneten?)\b"
)
FUTURE = re.compile(
    r"\b(?:will|wollen|soll|sollen|sollte|sollten|wird|werden|bis|ab|plant|planen|geplant\w*|vorgesehen|"
    r"voraussichtlich|spätestens|gilt|gelten|tritt|läuft|dauert|frühestens|künftig|könnten?|würden?|befristet)\b"
)


def day_of(match: re.Match[str], year: int) -> date | None:
    """The day that a match names in a year; None where there is no such day."""
    month = month_number(match["month"]) if match["month"] else int(match["number"])
    try:
        return date(year, month or 13, int(match["day"]))
    except ValueError:
        return None


def on_wrong_weekday(text: str, end: int) -> bool:
    """Whether the date that ends at an offset of a sentence is named with a weekday that it is not."""
    for match in _WITH_WEEKDAY.finditer(text):
        if match["year"] and match.start() < end <= match.end():
            day = day_of(match, int(match["year"]))
            return day is None or day.weekday() != WEEKDAYS[match["weekday"].lower()]
    return False


def weekday_clues(passages: Iterable[Passage]) -> list[Clue]:
    """Dates named with their weekday lie near the article, in one of the years in which the two agree.

    A date that names its year and is no such weekday allows no day: it contradicts whatever else is told.
    """
    clues: list[Clue] = []
    dated: list[tuple[date, Span, str, int]] = []
    latest_year = 0
    for passage in passages:
        latest_year = max((latest_year, *(int(y) for y in _YEAR.findall(passage.text))))
        for match in _WITH_WEEKDAY.finditer(passage.text):
            weekday = WEEKDAYS[match["weekday"].lower()]
            words = " ".join(match.group().split())
            span = passage.span(*match.span())
            if match["year"]:
                day = day_of(match, int(match["year"]))
                if int(match["year"]) >= OLDEST and (day is None or day.weekday() != weekday):
                    clues.append(Clue(1, (), (span,), f"weekday-date:{words}"))
                if day and day.year >= OLDEST and day.weekday() == weekday:
                    ahead = 0 if PAST_VERB.search(passage.text) and not FUTURE.search(passage.text) else WEEKDAY_REACH
                    dated.append((day, span, words, ahead))
                continue
            years = range(EVER.earliest.year + 1, EVER.latest.year)
            days = [d for y in years if (d := day_of(match, y)) and d.weekday() == weekday]
            if days:
                allowed = merge(around(d, WEEKDAY_REACH, WEEKDAY_REACH) for d in days)
                clues.append(Clue(3, allowed, (span,), f"weekday-date:{words}"))
    day, span, words, ahead = max(dated, default=(date.min, Span(0, 1), "", 0))
    if dated and latest_year <= day.year + 1:
        clues.append(Clue(1, (around(day, ahead, WEEKDAY_REACH),), (span,), f"weekday-date:{words}"))
    return clues


def tells_plan(sentence: str) -> bool:
    """Whether a sentence announces something, and is neither hearsay ("soll gesagt haben") nor a yearly custom."""
    return bool(_PLANS.search(sentence)) and not _NO_PLAN.search(sentence)


def planned_clues(passages: Iterable[Passage]) -> list[Clue]:
    """A plan for a date without a year lies ahead, and not far."""
    clues: list[Clue] = []
    for passage in passages:
        if not tells_plan(passage.text) or PAST_VERB.search(passage.text):
            continue
        for match in _BARE.finditer(passage.text):
            if match["year"] or not match["month"]:
                continue
            days = [d for y in range(EVER.earliest.year + 1, EVER.latest.year) if (d := day_of(match, y))]
            allowed = merge(around(d, PLANNED_REACH, 0) for d in days)
            if allowed:
                words = " ".join(match.group().split())
                clues.append(Clue(4, allowed, (passage.span(*match.span()),), f"planned:{words}"))
    return clues


def not_before(passages: Iterable[Passage]) -> list[Clue]:
    """No article is older than the latest day that it tells as past."""
    latest: tuple[date, Span, str] | None = None
    for passage in passages:
        if FUTURE.search(passage.text) or not PAST_VERB.search(passage.text):
            continue
        for found in explicit_dates(passage.text):
            told = (
                found.interval.earliest,
                passage.span(found.span.start, found.span.end),
                found.span.of(passage.text),
            )
            if on_wrong_weekday(passage.text, found.span.end):
                continue
            if EVER.earliest <= told[0] <= EVER.latest and (latest is None or told[0] > latest[0]):
                latest = told
    if latest is None:
        return []
    return [Clue(2, (DateInterval(latest[0], EVER.latest),), (latest[1],), f"not-before:{' '.join(latest[2].split())}")]
