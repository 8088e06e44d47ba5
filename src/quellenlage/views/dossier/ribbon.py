"""The drawn timeline, narrow: time runs down, for telephones; the same marks, scale and breaks as the wide one."""

from __future__ import annotations

from collections.abc import Iterator

from quellenlage.views.dossier.contents import Dossier, Line
from quellenlage.views.dossier.html import Html, el, number
from quellenlage.views.dossier.marks import mark_size, mark_title, shape
from quellenlage.views.dossier.scale import Scale, make_scale, ticks
from quellenlage.views.wording.dates import short_interval, span_words

WIDTH = 360.0
_SPINE = 62.0
_TOP = 14.0
_PITCH = 21.0
_COLUMN = 14.0
_COLUMNS = 5
_LETTERS = 29
_FEW = 18


def ribbon(dossier: Dossier) -> Html | None:
    """Draw the dated events down the page; None where none is dated."""
    dated = [line for line in dossier.lines if line.interval]
    if not dated:
        return None
    scale = make_scale([line.interval for line in dated if line.interval], _TOP, max(300.0, _PITCH * len(dated) * 1.1))
    labelled = len(dated) <= 200
    parts: list[Html] = [*_axis(scale, dossier)]
    bottom = scale.stretches[-1].end
    label_y = -100.0
    columns: list[float] = []
    for line in sorted(dated, key=lambda one: (_middle(one, scale), one.number)):
        y = _middle(line, scale)
        top, end = _ends(line, scale)
        column = next((n for n, used in enumerate(columns) if used <= min(top, y - 8)), len(columns))
        column = min(column, _COLUMNS - 1)
        if column == len(columns):
            columns.append(0.0)
        columns[column] = max(end, y + 8) + 3
        x = _SPINE + 16 + column * _COLUMN
        label_y = max(y, label_y + 15) if labelled else y
        parts.append(_mark(line, (x, y, label_y), (top, end), dossier))
        bottom = max(bottom, label_y)
    loose = [line for line in dossier.lines if not line.interval]
    if loose:
        bottom += 34
        parts += _undated(loose, bottom, dossier)
        per_row, _, down = _packed(len(loose))
        bottom += down * ((len(loose) - 1) // per_row)
    return el(
        "svg",
        *parts,
        view_box=f"0 0 {number(WIDTH)} {number(bottom + 14)}",
        class_="timeline narrow",
        role="group",
        aria_label=dossier.words("dossier.timeline"),
    )


def _packed(count: int) -> tuple[int, float, float]:
    """Undated marks a row, and the steps between them: with their numbers where they are few."""
    return (6, 38.0, 22.0) if count <= _FEW else (14, 18.0, 18.0)


def _undated(loose: list[Line], top: float, dossier: Dossier) -> Iterator[Html]:
    """Marks of what has no date, under the end of the time line."""
    yield el("text", dossier.words("date.undated"), x=0, y=number(top + 4), class_="year")
    many = len(loose) > _FEW
    per_row, step, down = _packed(len(loose))
    for index, line in enumerate(loose):
        x, y = _SPINE + 34 + (index % per_row) * step, top + down * (index // per_row)
        digit = el("text", str(line.number), x=number(x + 9), y=number(y + 4), class_="digit") if not many else None
        yield el(
            "a",
            el("title", mark_title(line, dossier)),
            shape(line.event.factuality, x, y, 14),
            digit,
            href=f"#e-{line.number}",
            id=f"n-{line.number}",
            class_=f"mark lane-{line.lane}",
            data_n=line.number,
        )


def _ends(line: Line, scale: Scale) -> tuple[float, float]:
    interval = line.interval
    assert interval is not None  # noqa: S101 - only dated lines come here
    return scale.at(interval.earliest.toordinal()), scale.at(interval.latest.toordinal() + 1)


def _middle(line: Line, scale: Scale) -> float:
    interval = line.interval
    assert interval is not None  # noqa: S101 - only dated lines come here
    return scale.middle(interval)


def _mark(line: Line, place: tuple[float, float, float], ends: tuple[float, float], dossier: Dossier) -> Html:
    x, y, label_y = place
    size = mark_size(line, 14)
    start = _SPINE + 16 + _COLUMNS * _COLUMN
    parts: list[Html] = [el("title", mark_title(line, dossier))]
    if ends[1] - ends[0] > size:
        parts.append(
            el(
                "rect",
                x=number(x - 3.5),
                y=number(ends[0]),
                width=7,
                height=number(ends[1] - ends[0]),
                fill=f"url(#soft-{line.lane}-v)",
                class_="fuzzy",
            )
        )
    left = f"M{number(x + size / 2 + 1)} {number(y)}L{number(start - 12)} {number(y)}"
    path = f"{left}L{number(start - 3)} {number(label_y)}"
    parts.append(el("path", d=path, class_="leader"))
    if any(c.event == line.event.id for c in dossier.conflicts):
        parts.append(el("circle", cx=number(x), cy=number(y), r=number(size * 0.56), class_="ring"))
    parts.append(shape(line.event.factuality, x, y, size))
    when = short_interval(line.interval, dossier.words)
    kind = dossier.words.code("event", line.event.event_type)
    label = f"{kind}, {when}"
    label = label if len(label) <= _LETTERS else label[: _LETTERS - 1].rstrip(" ,–") + "…"
    parts.append(
        el(
            "text",
            el("tspan", f"{line.number} ", class_="digit"),
            label,
            x=number(start),
            y=number(label_y + 4),
            class_="label",
        )
    )
    return el(
        "a",
        *parts,
        href=f"#e-{line.number}",
        id=f"n-{line.number}",
        class_=f"mark lane-{line.lane}",
        data_n=line.number,
    )


def _axis(scale: Scale, dossier: Dossier) -> Iterator[Html]:
    for stretch in scale.stretches:
        if stretch.cut:
            yield from _cut(stretch.start, stretch.end, span_words(stretch.days, dossier.words))
        else:
            yield el("line", x1=_SPINE, x2=_SPINE, y1=number(stretch.start), y2=number(stretch.end), class_="spine")
    taken = -100.0
    for tick in ticks(scale):
        if tick.unit == "week":
            continue
        yield el("line", x1=_SPINE - 5, x2=_SPINE, y1=number(tick.at), y2=number(tick.at), class_="spine")
        if tick.at - taken >= 13:
            name = str(tick.day.year) if tick.major else dossier.words(f"date.month_short.{tick.day.month}")
            place = (0, "year") if tick.major else (_SPINE - 9, "month end")
            yield el("text", name, x=place[0], y=number(tick.at + 4), class_=place[1])
            taken = tick.at
    for stretch in scale.stretches:
        if not stretch.cut and not any(t.major and stretch.start <= t.at <= stretch.start + 14 for t in ticks(scale)):
            from datetime import date

            year = date.fromordinal(stretch.first).year
            yield el("text", str(year), x=0, y=number(stretch.start + 4), class_="year")


def _cut(start: float, end: float, told: str) -> Iterator[Html]:
    middle = (start + end) / 2
    yield el("line", x1=_SPINE, x2=_SPINE, y1=number(start), y2=number(middle - 5), class_="spine")
    yield el("line", x1=_SPINE, x2=_SPINE, y1=number(middle + 5), y2=number(end), class_="spine")
    for side in (-1, 1):
        y = middle + side * 5
        points = "L".join(f"{number(_SPINE - 12 + n * 4)} {number(y + (2 if n % 2 else -2))}" for n in range(7))
        yield el("path", d=f"M{points}", class_="torn")
    yield el("text", told, x=number(_SPINE + 22), y=number(middle + 4), class_="cut start")
