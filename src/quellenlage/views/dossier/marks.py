"""The shapes of the drawing: what happened, is planned, alleged or denied differs in form, not only in colour."""

from __future__ import annotations

from quellenlage.model import Factuality
from quellenlage.views.dossier.contents import LANES, Dossier, Line
from quellenlage.views.dossier.html import Html, el
from quellenlage.views.wording.lines import event_date, event_mark, event_title

_SHAPES = {
    Factuality.HAPPENED: '<circle r="5.5" class="fill"/>',
    Factuality.ONGOING: '<path d="M-5-5.6 6.6 0-5 5.6Z" class="fill"/>',
    Factuality.PLANNED: '<circle r="4.8" class="open"/>',
    Factuality.ALLEGED: '<path d="M0-6.2 6.2 0 0 6.2-6.2 0Z" class="open"/><path d="M0-6.2V6.2L-6.2 0Z" class="fill"/>',
    Factuality.DENIED: '<path d="M-4.6-4.6 4.6 4.6M4.6-4.6-4.6 4.6" class="cross"/>',
    Factuality.HYPOTHETICAL: '<path d="M-4.6-4.6H4.6V4.6H-4.6Z" class="open dots"/>',
}


def symbols() -> Html:
    """Definitions that every mark on the page refers to."""
    shapes = [
        el("symbol", Html(shape), id=f"s-{kind.value}", view_box="-8 -8 16 16", overflow="visible")
        for kind, shape in _SHAPES.items()
    ]
    softs = [_soft(lane, vertical) for lane in [*(name for name, _ in LANES), "life"] for vertical in (False, True)]
    return el("svg", el("defs", *shapes, *softs), class_="defs", aria_hidden="true", width=0, height=0)


def _soft(lane: str, vertical: bool) -> Html:
    """Soft ends: a bar that fades where the time is not known."""
    stops = [el("stop", offset=offset, class_=f"stop-{kind}") for offset, kind in _STOPS]
    turn = {"x1": 0, "y1": 0, "x2": 0, "y2": 1} if vertical else {}
    return el("linearGradient", *stops, id=f"soft-{lane}{'-v' if vertical else ''}", class_=f"lane-{lane}", **turn)


_STOPS = (("0", "out"), ("0.3", "in"), ("0.7", "in"), ("1", "out"))


def shape(factuality: Factuality, x: float = 0, y: float = 0, size: float = 16) -> Html:
    """A mark of this factuality, centred, inside an SVG."""
    half = size / 2
    return el("use", href=f"#s-{factuality.value}", x=f"{x - half:.1f}", y=f"{y - half:.1f}", width=size, height=size)


def icon(factuality: Factuality, lane: str) -> Html:
    """A mark that stands in running text; its meaning is told beside it."""
    return el("svg", shape(factuality), class_=f"icon lane-{lane}", view_box="-8 -8 16 16", aria_hidden="true")


def mark_size(line: Line, base: float) -> float:
    """Marks grow with the number of independent origins, up to three."""
    return base * (1, 1, 1.2, 1.4)[min(3, len(line.event.corroboration.origins))]


def mark_title(line: Line, dossier: Dossier) -> str:
    """What a mark says when it is pointed at, or read aloud."""
    words = dossier.words
    mark = event_mark(line.event, words)
    title = f"{event_date(line.event, dossier.holdings, words)}: {event_title(line.event, dossier.holdings, words)}"
    return f"{title} ({mark})" if mark else title


def legend(dossier: Dossier) -> Html:
    """What the shapes mean; only those that are drawn."""
    words = dossier.words
    drawn = {line.event.factuality for line in dossier.lines}
    items = [
        el("li", icon(kind, "life"), " ", words.code("factuality", kind.value)) for kind in _SHAPES if kind in drawn
    ]
    bar = el(
        "svg",
        el("rect", x=0, y=3, width=34, height=6, fill="url(#soft-life)"),
        class_="icon bar lane-life",
        view_box="0 0 34 12",
        aria_hidden="true",
    )
    items.append(el("li", bar, " ", words("dossier.legend_fuzzy")))
    if dossier.conflicts:
        ring = el("svg", el("circle", r=6.4, class_="ring"), class_="icon", view_box="-8 -8 16 16", aria_hidden="true")
        items.append(el("li", ring, " ", words("dossier.legend_conflict")))
    items.append(el("li", words("dossier.legend_size"), class_="plain"))
    return el("ul", *items, class_="legend")
