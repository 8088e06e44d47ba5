"""The list beside the drawing: a page of lines under the months and years in which they lie."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from quellenlage.model import Archive, DateInterval
from quellenlage.model.listing import Line, LineQuestion
from quellenlage.views.locale import Words
from quellenlage.views.shelves import holdings_of_events
from quellenlage.views.web.shown.lines import ShownLine, shown_line
from quellenlage.views.web.shown.paging import SIZE
from quellenlage.views.wording.dates import date_words


@dataclass(frozen=True, slots=True)
class Period:
    """Lines of one month, one year, or a wider stretch; `heading` names it, empty for what has no day."""

    heading: str
    lines: list[ShownLine]

    @property
    def undated(self) -> bool:
        """Whether its lines have no day."""
        return not self.heading


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; `capped` where there are more than were counted."""

    periods: list[Period]
    total: int
    capped: bool


def listed(archive: Archive, question: LineQuestion, offset: int, words: Words) -> Listed:
    """One page of the lines that are asked for, in the order of time, undated ones at the end."""
    found = archive.lines(question, offset=offset, limit=SIZE)
    return Listed(_periods(found.items, shown_lines(archive, found.items, words), words), found.total, found.more)


def shown_lines(archive: Archive, lines: Sequence[Line], words: Words) -> dict[str, ShownLine]:
    """Lines as templates show them, by event."""
    holdings = holdings_of_events(archive, [line.event for line in lines])
    entries = {entry.event: entry for entry in holdings.linked.chronicle}
    return {line.event: shown_line(entries[line.event], holdings, words) for line in lines if line.event in entries}


def _periods(lines: Iterable[Line], shown: dict[str, ShownLine], words: Words) -> list[Period]:
    periods: list[Period] = []
    for line in lines:
        if line.event not in shown:
            continue
        heading = date_words(wide, words) if (wide := _around(line)) else ""
        if not periods or periods[-1].heading != heading:
            periods.append(Period(heading, []))
        periods[-1].lines.append(shown[line.event])
    return periods


def _around(line: Line) -> DateInterval | None:
    """The whole months, or years, that hold all days it can have been."""
    first, last = line.earliest, line.latest
    if first is None or last is None:
        return None
    if (first.year, first.month) == (last.year, last.month):
        return DateInterval(first.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1]))
    if first.year == last.year and (last - first).days > 62:
        return DateInterval(date(first.year, 1, 1), date(first.year, 12, 31))
    return DateInterval(first.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1]))
