"""The chronicle from further away: each year, month or day with its weightiest events, and how many more there are."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quellenlage.model import ChronicleEntry, DateInterval
from quellenlage.views.cli import output
from quellenlage.views.cli.lines import INDENT, heading
from quellenlage.views.cli.settings import Settings
from quellenlage.views.holdings import Holdings
from quellenlage.views.records import Record, entry_record
from quellenlage.views.wording.dates import date_words
from quellenlage.views.wording.told import entry_line

Zoom = Literal["year", "month", "day"]
TOP = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time (None: undated) with its entries, the weightiest first."""

    interval: DateInterval | None
    entries: tuple[ChronicleEntry, ...]


def periods(entries: Sequence[ChronicleEntry], zoom: Zoom) -> Iterator[Period]:
    """Periods in time, the undated last. An event of which only a wider stretch is known has one of that width."""
    found: dict[DateInterval | None, list[ChronicleEntry]] = {}
    for entry in entries:
        found.setdefault(_period(entry, zoom), []).append(entry)
    for interval in sorted(found, key=lambda i: (i.earliest, i.latest) if i else (date.max, date.max)):
        weighed = sorted(found[interval], key=lambda e: (-e.importance, e.earliest or date.max, e.event))
        yield Period(interval, tuple(weighed))


def _period(entry: ChronicleEntry, zoom: Zoom) -> DateInterval | None:
    if entry.earliest is None or entry.latest is None:
        return None
    first, last = entry.earliest, entry.latest
    if zoom == "year":
        return DateInterval(date(first.year, 1, 1), date(last.year, 12, 31))
    if zoom == "month":
        return DateInterval(first.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1]))
    return DateInterval(first, last)


def print_periods(
    entries: Sequence[ChronicleEntry], holdings: Holdings, settings: Settings, zoom: Zoom, top: int
) -> None:
    """Print each period with its `top` weightiest events and the number of the others."""
    words = settings.words
    for period in periods(entries, zoom):
        shown, more = period.entries[:top], len(period.entries) - top
        if settings.json:
            output.json_line(_record(period, shown, max(0, more), zoom, holdings))
            continue
        output.line(output.bold(date_words(period.interval, words)))
        for entry in shown:
            event = holdings.events[entry.event]
            line = entry_line(entry, holdings, words, dated=False)
            output.line(INDENT + heading(event, holdings, words, line=line))
        if more > 0:
            output.line(INDENT + output.dim(words.count("zoom.more", more)))
        output.line()


def _record(period: Period, shown: Sequence[ChronicleEntry], more: int, zoom: Zoom, holdings: Holdings) -> Record:
    return {
        "record": "period",
        "zoom": zoom,
        "earliest": period.interval.earliest.isoformat() if period.interval else None,
        "latest": period.interval.latest.isoformat() if period.interval else None,
        "entries": [entry_record(entry, holdings) for entry in shown],
        "more": more,
    }
