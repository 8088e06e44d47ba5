"""The time of a capture, a build or a decision: the only place where the command line looks at a clock."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Current time as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def moment() -> str:
    """The same to the microsecond, for a decision: no two decisions are made at one moment."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
