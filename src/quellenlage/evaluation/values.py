"""Comparing points in time as gold files and our layers write them."""

from __future__ import annotations

from quellenlage.model import DateInterval


def same_value(expected: str | None, found: str | None) -> bool:
    """Whether two ISO values say the same; an X in the expected one leaves that place open ("XXXX-09-17")."""
    if expected is None or found is None:
        return expected is found
    return len(expected) == len(found) and all(a in {"X", b} for a, b in zip(expected, found, strict=True))


def interval(value: str | None) -> DateInterval | None:
    """Days that an ISO value can mean; None where it is unknown or not of that form (seasons, open years)."""
    try:
        return DateInterval.parse(value) if value else None
    except ValueError:
        return None


def within(expected: str | None, found: DateInterval | None) -> bool:
    """Whether the days we allow contain all days that the gold names."""
    days = interval(expected)
    return bool(days and found and found.earliest <= days.earliest and days.latest <= found.latest)
