"""Kinds of values that addresses and bodies have: identifiers, days, names, all with a pattern that says what fits."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, Field, WithJsonSchema

from quellenlage.model import EVENT_TYPES, DateInterval

_HEX = "[0-9a-f]{16}"
IDENTIFIER = f"^[a-z]{{3}}-{_HEX}$"

_YEAR = "[1-9][0-9]{3}"
_LEAP = "([1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)"
_MONTHS = "(0[1-9]|1[0-2])"
_DAYS = "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
DAY_PATTERN = f"^({_YEAR}|{_YEAR}-{_MONTHS}|{_YEAR}-{_DAYS}|{_LEAP}-02-29)$"
"""A year, a month or a day that there is."""

Day = Annotated[
    str, Field(pattern=DAY_PATTERN, description="ISO day, month or year", examples=["2021-11-17", "2021-11", "2021"])
]


def first_day(day: str | None) -> date | None:
    """The first day of a day, month or year."""
    return DateInterval.parse(day).earliest if day else None


def last_day(day: str | None) -> date | None:
    """The last day of a day, month or year."""
    return DateInterval.parse(day).latest if day else None


def _pattern(prefix: str) -> str:
    return f"^{prefix}-{_HEX}$"


def _example(prefix: str) -> str:
    return f"{prefix}-0123456789abcdef"


EventId = Annotated[
    str, Path(pattern=_pattern("evm"), description="identifier of an event", examples=[_example("evm")])
]
EntityId = Annotated[
    str, Path(pattern=_pattern("ent"), description="identifier of an entity", examples=[_example("ent")])
]
ClaimKey = Annotated[str, Path(pattern=_pattern("clm"), description="key of a claim", examples=[_example("clm")])]
StatementId = Annotated[
    str, Path(pattern=_pattern("stm"), description="identifier of a statement", examples=[_example("stm")])
]
ConflictId = Annotated[
    str, Path(pattern=_pattern("cfl"), description="identifier of a conflict", examples=[_example("cfl")])
]
ArticleId = Annotated[
    str, Path(pattern=_pattern("art"), description="identifier of an article", examples=[_example("art")])
]
StoryId = Annotated[str, Path(pattern=_pattern("sty"), description="identifier of a story", examples=[_example("sty")])]
OriginId = Annotated[
    str, Path(pattern=_pattern("org"), description="identifier of an origin", examples=[_example("org")])
]
DecisionId = Annotated[
    str, Path(pattern=_pattern("jdg"), description="identifier of a judgement", examples=[_example("jdg")])
]
JobId = Annotated[str, Path(pattern=_pattern("job"), description="identifier of a job", examples=[_example("job")])]

Identifier = Annotated[str, Field(pattern=IDENTIFIER, description="an identifier", examples=[_example("evm")])]
StoryRef = Annotated[str, Field(pattern=_pattern("sty"))]
EventRef = Annotated[str, Field(pattern=_pattern("evm"))]
ArticleRef = Annotated[str, Field(pattern=_pattern("art"))]
OriginRef = Annotated[str, Field(pattern=_pattern("org"))]

Name = Annotated[str, Field(min_length=1, max_length=200)]
"""Somebody or something: an identifier (ent-…), or a name, which then means all who bear it."""
Words = Annotated[str, Field(max_length=200)]


def _event_type(value: str) -> str:
    if value not in EVENT_TYPES:
        raise ValueError(f"one of {', '.join(sorted(EVENT_TYPES))}")
    return value


EventType = Annotated[str, AfterValidator(_event_type), WithJsonSchema({"type": "string", "enum": sorted(EVENT_TYPES)})]
