"""Dates as containers write them (ISO 8601, mail and feed headers, German) to ISO 8601, or nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from quellenlage.model.calendar import MONTH_PATTERN, month_number

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]\s*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_CLOCK = r"(?:,?\s*(?:um\s+)?(\d{1,2})[:.](\d{2})(?::(\d{2}))?(?:\s*Uhr)?)?"
_GERMAN = re.compile(rf"(?:\w{{2,10}}\.?,\s*)?(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}}){_CLOCK}")
_GERMAN_NAMED = re.compile(
    rf"(?:\w{{2,10}}\.?,\s*)?(\d{{1,2}})\.?\s*({MONTH_PATTERN})\s+(\d{{4}}){_CLOCK}", re.IGNORECASE
)
_MAIL_YEAR = re.compile(r"\d{1,2}[ -][A-Za-z]{3}[ -](?:19|20)\d{2}\b")
_FIRST_SECOND, _LAST_SECOND = 631_152_000, 4_102_444_800  # 1990 to 2100


def iso_date(value: object) -> str | None:
    """Normalise to `YYYY-MM-DD`, `YYYY-MM` or `YYYY-MM-DDTHH:MM:SS` with its zone, as precise as given.

    Numbers count as seconds (or milliseconds) since 1970 where that gives a year from 1990 to 2100. A mere year, a
    day that does not exist, or anything else gives None: better no date than a wrong one.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _epoch(value)
    text = " ".join(str(value)[:100].split())
    if match := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        return _compose((year, month, day), (hour, minute, second), zone)
    if (match := _MONTH.fullmatch(text)) and 1 <= int(match[2]) <= 12 and match[1] != "0000":
        return text
    if match := _GERMAN.fullmatch(text):
        day, month, year, hour, minute, second = match.groups()
        return _compose((year, month, day), (hour, minute, second), None)
    if match := _GERMAN_NAMED.fullmatch(text):
        day, name, year, hour, minute, second = match.groups()
        return _compose((year, str(month_number(name) or 0), day), (hour, minute, second), None)
    return _mail(text)


def _compose(day: tuple[str, str, str], clock: tuple[str | None, ...], zone: str | None) -> str | None:
    """ISO form of the parts, None where there is no such day or time."""
    try:
        on = date(*(int(part) for part in day))
        if clock[0] is None:
            return on.isoformat()
        hour, minute, second = (int(part or 0) for part in clock)
        at = datetime(on.year, on.month, on.day, hour, minute, second)  # the zone stays text, as given
    except ValueError:
        return None
    return at.isoformat() + _zone(zone)


def _zone(zone: str | None) -> str:
    """Offset in the form +HH:MM, Z for universal time, nothing where none was given."""
    if not zone:
        return ""
    if zone.upper() in {"Z", "UTC", "GMT"}:
        return "Z"
    digits = zone[1:].replace(":", "")
    return f"{zone[0]}{digits[:2]}:{digits[2:] or '00'}" if int(digits[:2]) < 24 and int(digits[2:] or 0) < 60 else ""


def _epoch(value: float) -> str | None:
    """Seconds or milliseconds since 1970, in universal time."""
    for seconds in (value, value / 1000):
        if _FIRST_SECOND <= seconds < _LAST_SECOND:
            return datetime.fromtimestamp(int(seconds), tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return None


def _mail(text: str) -> str | None:
    """RFC 5322 date, "Fri, 18 Sep 2015 14:30:00 +0200"; the year must have four digits."""
    if not _MAIL_YEAR.search(text):
        return None
    try:
        found = parsedate_to_datetime(text)
        return found.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
