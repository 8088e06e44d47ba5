"""Dates in short lines around a report that no page rule claims ("(APA, 12.3.2019)", "Anna Beispiel 12.03.2019")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quellenlage.model import DateInterval, Span
from quellenlage.model.calendar import explicit_dates

_LONGEST = 90
"""A line of so many code points may be a header; a longer one is prose."""
_TOP, _BOTTOM = 4, 3
"""So many lines at the beginning and at the end are looked at."""
_WORDS = 6
"""A header has at most so many words beside its date."""

_LABEL = re.compile(
    r"\b(?:publiziert|veröffentlicht|erschienen|erstellt|online|ausgabe|stand|aktualisiert|published|posted|datum)\b",
    re.IGNORECASE,
)
_NO_HEADER = re.compile(
    r"\b(?:am|bis|ab|seit|für den|vor dem|nach dem|zum|gegen|geboren|gestorben|Wahl\w*|Termin\w*|Anschl[aä]g\w*|Uhr im|"
    r"wird|wurde[n]?|war(?:en)?|hat|haben|ist|sind|soll\w*|will|findet|fand|beginnt|begann|startet)\b"
)
_TAIL = re.compile(r"[\s,|•·)–—-]*(?:um\s)?(?:\d{1,2}[.:]\d{2}(?::\d{2})?(?:\s?(?:Uhr|h))?)?[\s,|•·).–—-]*")
_READING = re.compile(r"(?:Lesezeit|Lesedauer)\b.*|S(?:eite|\.)\s?\d+\w?\.?$|\d+ Min(?:uten|\.)?.*", re.IGNORECASE)
_CLOSING = re.compile(
    r"\s*(?:\([^\W\d]|Quelle|Sendung|Stand|Ausgabe|Erschienen|Veröffentlicht|Publiziert|[A-Za-zÄÖÜ/.-]{2,12}[,/] ?\d)"
)
"""How a line below the report begins that tells its date; links to other articles end in their dates, too."""
_OTHER = re.compile(r"\w.*\(\s*$")
_WORD = re.compile(r"\w+")
_PLACE_FIRST = re.compile(
    r"[A-ZÄÖÜ][\w.'’-]+(?:[ /-][A-ZÄÖÜ(][\w.'’)-]+){0,2}(?:\s?\((?P<credit>[^()]{2,30})\))?,"
    r"\s(?P<rest>.{8,30}?)\s?[–—-]\s"
)


def short_dates(text: str) -> Iterator[tuple[Span, DateInterval]]:
    """Dates with their year that are nearly all of a short line at the top or the bottom."""
    lines = [match for match in re.finditer(r"[^\n]+", text) if match.group().strip()]
    if len(lines) < 2:
        return
    for at, line in enumerate(lines):
        below = at >= max(_TOP, len(lines) - _BOTTOM)
        if not (at < _TOP or below) or (below and not _CLOSING.match(line.group())):
            continue
        found = _in_line(line.group())
        if found:
            span, days = found
            yield Span(line.start() + span.start, line.start() + span.end), days


def _in_line(line: str) -> tuple[Span, DateInterval] | None:
    if len(line.strip()) > _LONGEST:
        return None
    dates = [found for found in explicit_dates(line) if found.interval.days == 1]
    if len(dates) != 1:
        return None
    before, after = line[: dates[0].span.start], line[dates[0].span.end :]
    if not _LABEL.search(before) and _NO_HEADER.search(line):
        return None
    rest = _TAIL.sub("", after, count=1)
    if rest and not _READING.fullmatch(rest.strip()):
        return None
    if _OTHER.match(before.strip()):
        return None
    if len(_WORD.findall(before)) > _WORDS:
        return None
    return dates[0].span, dates[0].interval


def place_and_date(text: str, start: int, end: int) -> tuple[Span, DateInterval] | None:
    """The date of "Hafenstadt, 12. März 2019 – " at the beginning of a line, whatever the place."""
    head = text[start : min(end, start + 120)]
    match = _PLACE_FIRST.match(head)
    if not match:
        return None
    dates = list(explicit_dates(match["rest"]))
    if len(dates) != 1 or dates[0].interval.days != 1 or dates[0].span != Span(0, len(match["rest"])):
        return None
    at = start + match.start("rest")
    return Span(at, at + len(match["rest"])), dates[0].interval
