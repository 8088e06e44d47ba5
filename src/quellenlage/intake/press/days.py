"""Days as the headers of press databases write them, in German and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from quellenlage.model.calendar import MONTHS

_ENGLISH = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH_NAMES = {**_ENGLISH, **MONTHS, "mrz": 3, "mai": 5}
_MONTH = "(?:" + "|".join(sorted(_MONTH_NAMES, key=len, reverse=True)) + ")"
_WEEKDAY = (
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday|mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)\b\.?"
)
_DAY = (
    rf"(?:(?P<iso>(?P<y0>\d{{4}})-(?P<m0>\d{{2}})-(?P<d0>\d{{2}}))(?!\d)"
    rf"|(?P<d1>\d{{1,2}})\.\s?(?P<m1>\d{{1,2}})\.\s?(?P<y1>\d{{4}}|\d{{2}})(?!\d)"
    rf"|(?P<d2>\d{{1,2}})\.?\s?(?P<m2>{_MONTH})\.?,?\s?(?P<y2>\d{{4}})(?!\d)"
    rf"|(?P<m3>{_MONTH})\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y3>\d{{4}})(?!\d))"
)
_CLOCK = r"(?:(?:um\s)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?(?:uhr|h|[ap]\.?m\.?))?(?:\s[a-z]{2,5}(?:[+-]\d{1,2})?)?)"
_LEAD = rf"(?:{_WEEKDAY},?\s{{0,3}})?(?:(?:den|vom|am)\s)?"
_TAIL = rf"(?:,?\s{{0,3}}{_WEEKDAY})?(?:[,T]?\s{{0,3}}{_CLOCK})?"
_EDITION = r"(?:[\s,;|/–-]{1,6}(?:[\w.-]{0,20}(?:ausgabe|edition|auflage)[\w ]{0,20}|(?:nr|ausg|heft)\.?\s?\d[\d/]*))?"
_FIND = re.compile(_LEAD + _DAY + _TAIL, re.IGNORECASE)
_WHOLE = re.compile(_LEAD + _DAY + _TAIL + _EDITION + r"[.,;]?", re.IGNORECASE)
_WIRE = re.compile(r"(?P<d>\d{2})\d{4} (?P<m>[A-Za-zä]{3}) (?P<y>\d{2})")
_EARLIEST, _LATEST = 1945, 2100


@dataclass(frozen=True, slots=True)
class Day:
    """A day in ISO form and where its words stand, as offsets into the text searched."""

    start: int
    end: int
    iso: str


def find_day(text: str, start: int = 0, end: int | None = None) -> Day | None:
    """First day with its year in a stretch of the text, weekday and time of day included."""
    for match in _FIND.finditer(text, start, len(text) if end is None else end):
        if match.start() > start and (text[match.start() - 1].isalnum()):
            continue
        if iso := _iso(match):
            return Day(match.start(), match.end(), iso)
    return None


def whole_day(line: str) -> str | None:
    """ISO day of a line that is a day and nothing else but its weekday, time and edition."""
    match = _WHOLE.fullmatch(line) if len(line) <= 80 else None
    return _iso(match) if match else None


def wire_day(words: str) -> str | None:
    """ISO day of an agency's stamp of day, hour and minute: "121430 Mär 19"."""
    match = _WIRE.fullmatch(words)
    month = _MONTH_NAMES.get(match["m"].casefold()) if match else None
    return _valid(_century(int(match["y"])), month, int(match["d"])) if match and month else None


def _iso(match: re.Match[str]) -> str | None:
    group = match.groupdict()
    for n in "0123":
        year, month, day = group[f"y{n}"], group[f"m{n}"], group[f"d{n}"]
        if year:
            number = int(month) if month.isdigit() else _MONTH_NAMES[month.casefold()]
            return _valid(_century(int(year)) if len(year) == 2 else int(year), number, int(day))
    return None


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if _EARLIEST <= year <= _LATEST else None
    except ValueError:
        return None
