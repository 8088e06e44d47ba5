"""How the lines lie in time as a picture of its own: for browsers that run no script, and small beside a story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from quellenlage.model import Archive
from quellenlage.views.web.shown.chronicle_asked import Filters
from quellenlage.views.web.shown.timeline_periods import Bar, bars

WIDTH, HEIGHT = 1000, 92
_FLOOR = 70
_INK, _BAR = "#857d70", "#5f8fa3"
"""Colours that can be read on light and on dark paper: a picture does not know on which it stands."""


def strip_image(archive: Archive, filters: Filters) -> str:
    """The bars of all that is asked for, over its whole period, with years below."""
    found = bars(archive, filters.question)
    if not found:
        return _svg("")
    first, last = found[0].first, max(one.last for one in found)
    drawn = "".join(_bar(x, width, share) for x, width, share in columns(found, WIDTH))
    return _svg(drawn + "".join(_years(first, last)))


def columns(found: Sequence[Bar], width: float) -> list[tuple[float, float, float]]:
    """Place, width and height (as a share of the highest) of each bar, drawn `width` wide."""
    if not found:
        return []
    first, last = found[0].first, max(one.last for one in found)
    days = (last - first).days + 1
    highest = max(one.count for one in found)
    return [
        (
            (one.first - first).days / days * width,
            max(1.5, ((one.last - one.first).days + 1) / days * width - 0.5),
            one.count / highest,
        )
        for one in found
    ]


def _bar(x: float, width: float, share: float) -> str:
    height = max(2.0, share * (_FLOOR - 6))
    return f'<rect x="{x:.1f}" y="{_FLOOR - height:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{_BAR}"/>'


def _years(first: date, last: date) -> list[str]:
    days = (last - first).days + 1
    step = max(1, -(-(last.year - first.year + 1) // 16))
    drawn = [f'<path d="M0 {_FLOOR}H{WIDTH}" stroke="{_INK}"/>']
    for year in range(first.year, last.year + 1, step):
        day = max(first, date(year, 1, 1))
        x = (day - first) / timedelta(days=days) * WIDTH
        drawn.append(f'<path d="M{x:.1f} {_FLOOR}v5" stroke="{_INK}"/>')
        if x < WIDTH - 34:
            drawn.append(f'<text x="{x + 3:.1f}" y="{_FLOOR + 17}" fill="{_INK}" font-size="13">{year}</text>')
    return drawn


def _svg(drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="sans-serif">{drawn}</svg>'
    )
