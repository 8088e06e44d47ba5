"""What an archive's retention says, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quellenlage.execution.retention import Retention
    from quellenlage.views.locale import Words


def retention_lines(retention: Retention, words: Words) -> list[str]:
    """One line for all outlets, one for each that has a period of its own."""
    if not retention:
        return [words("retention.none")]
    told = [words("retention.all", period=retention.period)] if retention.period else []
    own = sorted(retention.outlets.items())
    return told + [words("retention.outlet", outlet=outlet, period=period) for outlet, period in own]
