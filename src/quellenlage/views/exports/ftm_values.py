"""FollowTheMoney records and the values of their properties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quellenlage.model import DateInterval

Record = dict[str, Any]


def record(identifier: str, schema: str, properties: dict[str, Iterable[str | None]]) -> Record:
    """An entity; properties without a value are left out, as are values that come twice."""
    tidy = {name: _values(values) for name, values in properties.items()}
    return {"id": identifier, "schema": schema, "properties": {name: found for name, found in tidy.items() if found}}


def _values(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(text for value in values if value and (text := " ".join(value.split()))))


def dates(days: DateInterval | None) -> list[str]:
    """Days as FollowTheMoney writes them: a day, a month or a year; what fits none is left out."""
    if days is None or days.earliest.year != days.latest.year:
        return []
    return [days.value] if "/" not in days.value else [f"{days.earliest.year:04d}"]
