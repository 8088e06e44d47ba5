"""A quotation in the making, and how word ranges become spans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quellenlage.annotate.quotations.units import Word
from quellenlage.model.layers import Medium, QuotationType
from quellenlage.model.spans import Span

_TRIMMED = frozenset(",;:–—-.!?…")
_STOP = frozenset(",;:–—-")


CERTAINTY = {
    QuotationType.DIRECT: 0.93,
    QuotationType.INDIRECT: 0.82,
    QuotationType.INDIRECT_FREE_INDIRECT: 0.71,
    QuotationType.REPORTED: 0.5,
    QuotationType.FREE_INDIRECT: 0.46,
}
"""Score that a quotation starts from: how many of each type were right on 700 annotated news articles."""


@dataclass(slots=True)
class Draft:
    """What the rules found; `depth` counts the quotations around it, `carried` marks a speaker taken over.

    `otherwise` is the speaker as the rules read it, where the encoder reads another.
    """

    type: QuotationType
    medium: Medium
    quote: list[Span]
    cue: list[Span] = field(default_factory=list)
    speaker: list[Span] = field(default_factory=list)
    addressee: list[Span] = field(default_factory=list)
    frame: list[Span] = field(default_factory=list)
    score: float = 1.0
    reasons: list[str] = field(default_factory=list)
    carried: bool = False
    parent: Draft | None = None
    paragraph: int = 0
    otherwise: list[Span] = field(default_factory=list)


def span_of(ws: Sequence[Word], lo: int, hi: int) -> Span | None:
    """The span of words [lo, hi), if there are any."""
    return Span(ws[lo].start, ws[hi - 1].end) if lo < hi else None


def trimmed(ws: Sequence[Word], lo: int, hi: int, *, stop: bool = True) -> Span | None:
    """The span of [lo, hi) without punctuation at its edges; with `stop` False a final full stop stays."""
    while lo < hi and ws[lo].text in _TRIMMED:
        lo += 1
    edge = _TRIMMED if stop else _STOP
    while hi > lo and ws[hi - 1].text in edge:
        hi -= 1
    return span_of(ws, lo, hi)


def spans_of(ws: Sequence[Word], indices: Iterable[int]) -> list[Span]:
    """Spans of single words, neighbours joined."""
    spans: list[Span] = []
    last = -2
    for i in sorted(set(indices)):
        if i == last + 1 and spans:
            spans[-1] = Span(spans[-1].start, ws[i].end)
        else:
            spans.append(Span(ws[i].start, ws[i].end))
        last = i
    return spans


def some(*spans: Span | None) -> list[Span]:
    """The spans that exist."""
    return [s for s in spans if s is not None]
