"""Unions of intervals of days: what holds for several terms of one office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from quellenlage.model import DateInterval

EVER = DateInterval(date(1900, 1, 1), date(2100, 12, 31))
"""The days that are considered at all; a clue that reaches its end is open on that side."""


def merge(intervals: Iterable[DateInterval]) -> tuple[DateInterval, ...]:
    """The same days as intervals in order that neither overlap nor touch."""
    merged: list[DateInterval] = []
    for interval in sorted(intervals):
        if merged and interval.earliest <= merged[-1].latest + timedelta(days=1):
            merged[-1] = DateInterval(merged[-1].earliest, max(merged[-1].latest, interval.latest))
        else:
            merged.append(interval)
    return tuple(merged)
