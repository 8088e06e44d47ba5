"""Conflicts on the page: the sides beside each other, numbers also drawn on one line."""

from __future__ import annotations

from quellenlage.model import Conflict, Figure, Side
from quellenlage.views.dossier.contents import Dossier
from quellenlage.views.dossier.html import Html, el, number
from quellenlage.views.dossier.quotes import chain_trail, quotation, source_line
from quellenlage.views.wording.lines import about_words, side_claimed, side_figure, side_sentence, side_value
from quellenlage.views.wording.numbers import figure_words, surface_unit

_WIDTH, _ROW = 700.0, 24.0
_LEFT, _RIGHT = 16.0, 280.0


def conflicts(dossier: Dossier) -> Html:
    """The section with every conflict."""
    words = dossier.words
    cards = [_conflict(conflict, n, dossier) for n, conflict in enumerate(dossier.conflicts, 1)]
    intro = words("dossier.conflict_intro" if cards else "dossier.no_conflicts")
    return el("section", el("h2", words("dossier.conflicts")), el("p", intro, class_="intro"), *cards, id="conflicts")


def _conflict(conflict: Conflict, n: int, dossier: Dossier) -> Html:
    words = dossier.words
    line = dossier.line_of(conflict.event)
    figures = [f for f in (side_figure(conflict, s, dossier.holdings) for s in conflict.sides) if f is not None]
    about = surface_unit(figures) or about_words(conflict, dossier.holdings, words)
    kind = words.code("conflict", conflict.kind.value)
    back = None
    if line is not None:
        told = f"{words('dossier.about_event')} {line.number}: {words.code('event', line.event.event_type)}"
        back = el("a", told, href=f"#e-{line.number}", class_="to-event")
    return el(
        "article",
        el("h3", kind, [" ", el("span", about, class_="about")] if about and about != conflict.kind.value else None),
        el("p", back) if back else None,
        _drawn(conflict, dossier),
        el("div", *[_side(side, conflict, dossier) for side in conflict.sides], class_="sides"),
        class_="conflict",
        id=f"c-{n}",
        tabindex=-1,
    )


def _side(side: Side, conflict: Conflict, dossier: Dossier) -> Html:
    sentence = side_sentence(conflict, side, dossier.holdings)
    inside = sentence.span.contains(side.evidence.span) and sentence.span != side.evidence.span
    return el(
        "div",
        el("p", side_value(conflict, side.value, dossier.holdings, dossier.words), class_="value"),
        quotation(sentence, dossier, trigger=side.evidence.span if inside else None),
        source_line(sentence, dossier),
        chain_trail(side.chain, dossier, claimed=side_claimed(conflict, side, dossier.holdings)),
        class_="side",
    )


def _drawn(conflict: Conflict, dossier: Dossier) -> Html | None:
    """Ranges of a conflict about numbers on one scale from zero; None where they are not all figures."""
    told = [(side, side_figure(conflict, side, dossier.holdings)) for side in conflict.sides]
    figures = [(side, figure) for side, figure in told if figure is not None]
    bounds = [b for _, f in figures for b in (f.low, f.high) if b is not None]
    if len(figures) < len(told) or not bounds or max(bounds) <= 0:
        return None
    unit = (_WIDTH - _LEFT - _RIGHT) / (max(bounds) * 1.12)
    rows = [_row(side, figure, n, unit, dossier) for n, (side, figure) in enumerate(figures)]
    height = _ROW * len(rows) + 22
    axis = [
        el("line", x1=_LEFT, x2=number(_WIDTH - _RIGHT), y1=number(height - 18), y2=number(height - 18), class_="axis"),
        *(
            el("text", dossier.words.number(v), x=number(_LEFT + v * unit), y=number(height - 5), class_="axis-label")
            for v in (0, *sorted({min(bounds), max(bounds)}))
            if v == 0 or v * unit > 24
        ),
    ]
    return el(
        "svg", *axis, *rows, view_box=f"0 0 {number(_WIDTH)} {number(height)}", class_="figures", aria_hidden="true"
    )


def _row(side: Side, figure: Figure, n: int, unit: float, dossier: Dossier) -> Html:
    y = 12 + n * _ROW
    low = _LEFT + (figure.low if figure.low is not None else 0) * unit
    high = _LEFT + figure.high * unit if figure.high is not None else _WIDTH - _RIGHT
    shown: list[Html] = []
    if high - low < 3:
        shown.append(el("circle", cx=number(low), cy=number(y), r=5, class_="dot"))
    else:
        soft = " open" if figure.high is None or figure.low is None else ""
        shown.append(
            el("rect", x=number(low), y=number(y - 5), width=number(high - low), height=10, rx=5, class_=f"range{soft}")
        )
    label = f"{figure_words(figure, dossier.words)}: {dossier.holdings.cite(side.evidence.article).label}"
    cut = label if len(label) <= 40 else label[:39] + "…"
    shown.append(el("text", cut, x=number(_WIDTH - _RIGHT + 8), y=number(y + 4), class_="side-label"))
    return el("g", *shown)
