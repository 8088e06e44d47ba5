"""The drawn timeline, wide: lanes by kind of event, fuzzy dates as bars with soft ends, gaps marked as cut out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quellenlage.views.dossier.contents import LANES, Dossier, Line
from quellenlage.views.dossier.html import Html, el, number
from quellenlage.views.dossier.marks import mark_size, mark_title, shape
from quellenlage.views.dossier.scale import Scale, density, make_scale, ticks
from quellenlage.views.wording.dates import span_words
from quellenlage.views.wording.lines import event_title

WIDTH = 1180.0
_LEFT, _RIGHT, _TOP = 168.0, 12.0, 92.0
_LETTER = 5.9
"""Mean width of a letter of a label, in pixels; a little too much rather than too little."""
_MAX_ROWS = 14
_WISHED = 150.0
"""Room that a label is given where there are few events, so that most can be read in the drawing itself."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark with its place: the middle, and the ends of its bar, and the length of its label."""

    line: Line
    at: float
    first: float
    last: float
    size: float
    label: float = 0
    row: int = 0


def timeline(dossier: Dossier) -> Html | None:
    """Draw the dated events; None where none is dated."""
    dated = [line for line in dossier.lines if line.interval]
    undated = [line for line in dossier.lines if not line.interval]
    if not dated:
        return None
    frame = _frame(dated, undated)
    scale, right = frame.scale, frame.right
    lanes, height = _lanes(dossier, dated, undated, frame)
    parts = [
        *_grid(scale, dossier, height),
        _density(dated, scale, dossier),
        *(_break(scale_cut.start, scale_cut.end, height) for scale_cut in scale.cuts),
        *lanes,
        *_break_labels(scale, dossier),
    ]
    if undated:
        parts.append(
            el(
                "line",
                x1=number(right + 14),
                x2=number(right + 14),
                y1=number(_TOP - 26),
                y2=number(height),
                class_="edge",
            )
        )
        parts.append(
            el("text", dossier.words("date.undated"), x=number(right + 26), y=number(_TOP - 14), class_="year")
        )
    return el(
        "svg",
        *parts,
        view_box=f"0 0 {number(WIDTH)} {number(height)}",
        class_="timeline wide",
        role="group",
        aria_label=dossier.words("dossier.timeline"),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """What all lanes share: the scale and its right end, the size of marks, and the column of the undated."""

    scale: Scale
    right: float
    base: float
    column: float
    loose: float
    step: float
    wish: float

    @property
    def per_row(self) -> int:
        """Undated marks beside each other."""
        return max(1, int((self.column - 26) // self.step))


def _frame(dated: list[Line], undated: list[Line]) -> Frame:
    base = next((size for limit, size in ((60, 16.0), (160, 13.0), (500, 10.0)) if len(dated) <= limit), 7.0)
    # Few undated marks carry their numbers; many are packed and found by pointing at them.
    column, loose, step = (0.0, base, base) if not undated else (100.0, base, base * 2.1)
    if len(undated) > 12:
        column, loose, step = 170.0, 9.0, 11.5
    right = WIDTH - _RIGHT - column
    scale = make_scale([line.interval for line in dated if line.interval], _LEFT, right - _LEFT)
    return Frame(scale, right, base, column, loose, step, _WISHED if len(dated) <= 48 else 0.0)


def _lanes(dossier: Dossier, dated: list[Line], undated: list[Line], frame: Frame) -> tuple[list[Html], float]:
    parts: list[Html] = []
    top = _TOP
    pitch = frame.base + 5
    edges = [*(edge for cut in frame.scale.cuts for edge in (cut.start, cut.end)), frame.right]
    for lane in [*(name for name, _ in LANES), "life"]:
        placed = _stack([_place(line, frame, dossier) for line in dated if line.lane == lane], frame.wish)
        loose = [line for line in undated if line.lane == lane]
        if not placed and not loose:
            continue
        rows = max([p.row + 1 for p in placed], default=1)
        name = _lane_name(dossier.words(f"lane.{lane}"), lane, top)
        parts += [el("line", x1=0, x2=number(WIDTH - _RIGHT), y1=number(top), y2=number(top), class_="rule"), name]
        middle = top + 8 + pitch / 2
        for item, room in _with_room(placed, edges):
            parts.append(_mark(item, middle + item.row * pitch, dossier, room))
        down = frame.loose + 4
        for index, line in enumerate(loose):
            x = frame.right + 30 + (index % frame.per_row) * frame.step
            item = Placed(line, x, x, x, mark_size(line, frame.loose))
            parts.append(_mark(item, middle + (index // frame.per_row) * down, dossier, (0, 0)))
        top += max(rows * pitch, -(-len(loose) // frame.per_row) * down, 26) + 16
    return parts, top + 6


def _lane_name(name: str, lane: str, top: float) -> Html:
    words = name.split(" ")
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) > 20:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    spans = [el("tspan", line, x=0, dy=0 if n == 0 else 14) for n, line in enumerate(lines)]
    return el("text", *spans, x=0, y=number(top + 21), class_=f"lane-name lane-{lane}")


def _place(line: Line, frame: Frame, dossier: Dossier) -> Placed:
    interval = line.interval
    assert interval is not None  # noqa: S101 - only dated lines come here
    first, last = frame.scale.at(interval.earliest.toordinal()), frame.scale.at(interval.latest.toordinal() + 1)
    label = len(_label(line, dossier)) * _LETTER
    return Placed(line, frame.scale.middle(interval), first, last, mark_size(line, frame.base), label)


def _stack(placed: list[Placed], wish: float) -> list[Placed]:
    """Give each mark the first row in which it touches no other; the last row takes what finds none."""
    ends: list[float] = []
    done: list[Placed] = []
    for item in sorted(placed, key=lambda p: (_start(p), p.line.number)):
        row = next((r for r, end in enumerate(ends) if end <= _start(item)), len(ends))
        row = min(row, _MAX_ROWS - 1)
        if row == len(ends):
            ends.append(0.0)
        ends[row] = max(ends[row], _stop(item) + min(wish, item.label))
        done.append(replace(item, row=row))
    return done


def _start(item: Placed) -> float:
    return min(item.first, item.at - item.size / 2) - 3


def _stop(item: Placed) -> float:
    digits = len(str(item.line.number)) * 6 if item.size >= 12 else 0
    return max(item.last, item.at + item.size / 2 + digits + 2) + 3


def _with_room(placed: list[Placed], edges: list[float]) -> Iterator[tuple[Placed, tuple[float, float]]]:
    """Each mark with the room that its row has for a label before and after it; no label runs over an edge."""
    taken: dict[int, float] = {}
    for item in sorted(placed, key=lambda p: (p.row, p.at)):
        start, stop = _start(item), _stop(item)
        after = [_start(p) for p in placed if p.row == item.row and p.line is not item.line and p.at >= item.at]
        right = min([*(edge for edge in edges if edge >= stop), *after], default=stop) - stop - 4
        behind = max([_LEFT, taken.get(item.row, 0.0), *(edge for edge in edges if edge <= start)])
        taken[item.row] = stop + max(0.0, min(right, item.label + 8))
        yield item, (start - behind - 8, right)


def _mark(item: Placed, y: float, dossier: Dossier, room: tuple[float, float]) -> Html:
    line = item.line
    parts: list[Html] = [el("title", mark_title(line, dossier))]
    if item.last - item.first > item.size:
        parts.append(
            el(
                "rect",
                x=number(item.first),
                y=number(y - 4),
                width=number(item.last - item.first),
                height=8,
                fill=f"url(#soft-{line.lane})",
                class_="fuzzy",
            )
        )
    if any(c.event == line.event.id for c in dossier.conflicts):
        parts.append(el("circle", cx=number(item.at), cy=number(y), r=number(item.size * 0.56), class_="ring"))
    parts.append(shape(line.event.factuality, item.at, y, item.size))
    if item.size >= 12:
        x = item.at + item.size / 2 + 2
        parts.append(el("text", str(line.number), x=number(x), y=number(y + 3.5), class_="digit"))
        before, after = (_fitting(_label(line, dossier), r) for r in room)
        if len(after) >= len(before) and after:
            start = max(x + len(str(line.number)) * 6 + 4, item.last + 2 if item.last - item.first > item.size else 0)
            parts.append(el("text", after, x=number(start), y=number(y + 3.5), class_="label"))
        elif before:
            end = min(item.first - 4, item.at - item.size * 0.56 - 5)
            parts.append(el("text", before, x=number(end), y=number(y + 3.5), class_="label end"))
    return el(
        "a",
        *parts,
        href=f"#e-{line.number}",
        id=f"m-{line.number}",
        class_=f"mark lane-{line.lane}",
        data_n=line.number,
    )


def _label(line: Line, dossier: Dossier) -> str:
    return event_title(line.event, dossier.holdings, dossier.words)


def _fitting(label: str, room: float) -> str:
    """The label, cut at a word where the room ends; nothing where not even its first word fits."""
    letters = int(room / _LETTER)
    if len(label) <= letters:
        return label
    cut = label[: max(0, letters - 1)].rpartition(" ")[0].rstrip(" ,:–→")
    return f"{cut}…" if len(cut) >= 5 else ""


def _grid(scale: Scale, dossier: Dossier, height: float) -> Iterator[Html]:
    for tick in ticks(scale):
        kind = "year" if tick.major else tick.unit
        yield el(
            "line",
            x1=number(tick.at),
            x2=number(tick.at),
            y1=number(_TOP - (8 if kind == "week" else 22)),
            y2=number(_TOP - 4 if kind == "week" else height),
            class_=f"tick {kind}",
        )
        if tick.unit == "month" and scale.per_day * 30.4 >= 20:
            name = dossier.words(f"date.month_short.{tick.day.month}")
            yield el("text", name, x=number(tick.at + 4), y=number(_TOP - 10), class_="month")
    for stretch in scale.stretches:
        if not stretch.cut:
            yield from _years(scale, stretch.first, stretch.last, stretch.end)


def _years(scale: Scale, first: int, last: int, end: float) -> Iterator[Html]:
    """The year at the start of a stretch and at every January, where there is room."""
    from datetime import date

    previous = -100.0
    start = date.fromordinal(first)
    days = [start, *(date(y, 1, 1) for y in range(start.year + 1, date.fromordinal(last - 1).year + 1))]
    places = [scale.at(day.toordinal()) for day in days]
    for index, (day, at) in enumerate(zip(days, places, strict=True)):
        following = places[index + 1] if index + 1 < len(places) else end + 40
        if at - previous >= 40 and (following - at >= 40 or index):
            yield el("text", str(day.year), x=number(at + 3), y=number(_TOP - 26), class_="year")
            previous = at


def _break(start: float, end: float, height: float) -> Html:
    """Two torn edges over the whole height: here time is left out."""
    top = _TOP - 20

    def edge(x: float) -> str:
        points = [f"{number(x)} {number(top)}"]
        y, side = top, 1
        while y < height:
            y = min(height, y + 7)
            points.append(f"{number(x + 3 * side)} {number(y)}")
            side = -side
        return "M" + "L".join(points)

    middle, half = (start + end) / 2, 7.0
    gap = el(
        "rect",
        x=number(middle - half),
        y=number(top),
        width=number(2 * half),
        height=number(height - top),
        class_="torn-gap",
    )
    edges = [el("path", d=edge(middle + side * half), class_="torn") for side in (-1, 1)]
    return el("g", gap, *edges, class_="break")


def _break_labels(scale: Scale, dossier: Dossier) -> Iterator[Html]:
    for cut in scale.cuts:
        parts = span_words(cut.days, dossier.words).split(", ")
        middle = (cut.start + cut.end) / 2
        rows = [el("tspan", part, x=number(middle), dy=0 if n == 0 else 11) for n, part in enumerate(parts)]
        yield el("text", *rows, x=number(middle), y=number(_TOP - 36 - 11 * (len(parts) - 1)), class_="cut")


def _density(dated: list[Line], scale: Scale, dossier: Dossier) -> Html:
    """How many accounts there are of each time, above the axis."""
    bars = density([(line.interval, len(line.event.accounts)) for line in dated if line.interval], scale)
    highest = max((value for _, value in bars), default=0) or 1
    floor, room = 50.0, 34.0
    drawn = [
        el(
            "rect",
            x=number(x),
            y=number(floor - max(1.5, room * value / highest)),
            width=5,
            height=number(max(1.5, room * value / highest)),
        )
        for x, value in bars
        if value > 0.001
    ]
    name = el("text", dossier.words("dossier.density"), x=0, y=number(floor - 2), class_="lane-name")
    base = [
        el("line", x1=number(s.start), x2=number(s.end), y1=floor, y2=floor, class_="rule")
        for s in scale.stretches
        if not s.cut
    ]
    return el("g", name, *base, *drawn, class_="density", aria_hidden="true")
