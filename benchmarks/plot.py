"""Lines over a logarithmic axis as SVG, readable in light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT = 640, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 20, 40, 50
_COLOURS = ("#1f6f8b", "#b3541e", "#4d7c3a", "#7a4b94")
_NEUTRAL = "#777777"
_STEPS = (1, 2, 2.5, 5, 10)
Line = Sequence[tuple[float, float]]


def drawing(title: str, across: str, lines: Mapping[str, Line]) -> str:
    """The drawing; x grows by factors of ten, y begins at zero. Every line needs a point, and every x is above zero."""
    points = [point for line in lines.values() for point in line]
    low, high = (math.log10(choose(x for x, _ in points)) for choose in (min, max))
    top = _ceiling(max(y for _, y in points))

    def place(x: float, y: float) -> tuple[float, float]:
        share = (math.log10(x) - low) / (high - low) if high > low else 0.5
        return (
            _LEFT + share * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM - y / top * (_HEIGHT - _TOP - _BOTTOM),
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="{_NEUTRAL}">',
        f"<title>{escape(title)}</title>",
        f'<text x="{_LEFT}" y="20" font-size="14">{escape(title)}</text>',
        f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 10}" text-anchor="end">{escape(across)}</text>',
    ]
    for quarter in range(5):
        value = top * quarter / 4
        _, y = place(10**low, value)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="{_NEUTRAL}" stroke-opacity=".3"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:,g}</text>')
    for x in sorted({x for x, _ in points}):
        parts.append(f'<text x="{place(x, 0)[0]:.1f}" y="{_HEIGHT - 30}" text-anchor="middle">{x:,g}</text>')
    for number, (name, line) in enumerate(lines.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        placed = [place(x, y) for x, y in line]
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)
        parts.append(f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in placed)
        parts.append(f'<text x="{_LEFT + 10}" y="{_TOP + 12 + 16 * number}" fill="{colour}">{escape(name)}</text>')
    return "\n".join((*parts, "</svg>", ""))


def _ceiling(value: float) -> float:
    """A round number that is not below a value; 1 for nothing."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return power * next(step for step in _STEPS if step * power >= value)
