"""Numbers as they are told: ranges on one scale from zero, open ends left open, never a middle that nobody gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.views.locale import Words

_ROOM = 92.0  # per cent of the width up to the largest number, so that an open end can run on


@dataclass(frozen=True, slots=True)
class Range:
    """A number as somebody gives it; None is an end that is left open. `told` is it in words, `by` who prints it."""

    low: float | None
    high: float | None
    told: str
    by: str
    when: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A range where it is drawn: `x` and `width` in per cent of the width; `open` says that an end is left open."""

    x: float
    width: float
    point: bool
    open: bool
    row: Range


@dataclass(frozen=True, slots=True)
class Ranges:
    """Bars on one scale with its marks (position in per cent, label)."""

    bars: list[Bar]
    marks: list[tuple[float, str]]


def ranges(rows: Sequence[Range], words: Words) -> Ranges | None:
    """Lay ranges out; None where there is nothing to draw on a scale from zero."""
    bounds = [b for row in rows for b in (row.low, row.high) if b is not None]
    if not bounds or max(bounds) <= 0 or min(bounds) < 0:
        return None
    unit = _ROOM / max(bounds)
    bars = []
    for row in rows:
        low = (row.low or 0) * unit
        high = row.high * unit if row.high is not None else 100.0
        bars.append(
            Bar(round(low, 2), round(high - low, 2), high - low < 0.6, row.low is None or row.high is None, row)
        )
    return Ranges(bars, [(round(v * unit, 2), words.number(v)) for v in _round_values(max(bounds))])


def _round_values(most: float) -> list[float]:
    """Zero and up to five round numbers to the largest."""
    step = 1.0
    while most / step > 5:
        step *= 2 if str(step)[0] in "15" else 2.5
    count = int(most / step)
    return [n * step for n in range(count + 1)]
