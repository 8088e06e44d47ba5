"""Attribution within one unit: frames before, after and amid the words, then "laut", "zufolge", "nach Angaben"."""

from __future__ import annotations

from quellenlage.annotate.quotations.analysis import Analysis
from quellenlage.annotate.quotations.drafts import Draft
from quellenlage.annotate.quotations.final import emit_final, final_frame
from quellenlage.annotate.quotations.initial import emit_initial, initial_frame, quote_end
from quellenlage.annotate.quotations.prepositional import prepositional
from quellenlage.annotate.quotations.units import Unit
from quellenlage.model.layers import QuotationType

DEPTH = 3
"""How deep quotations within quotations are followed."""


def attribute(unit: Unit) -> list[Draft]:
    """All attributed words of a unit, outer before inner."""
    analysis = Analysis(unit)
    drafts = _run(analysis, 0, len(analysis.segs), None)
    for draft in drafts:
        draft.paragraph = unit.paragraph
    return drafts


def _run(unit: Analysis, lo: int, hi: int, parent: Draft | None) -> list[Draft]:
    """Attribute the segments [lo, hi), which stand within the words of `parent`."""
    out: list[Draft] = []
    start = i = lo
    while i < hi:
        final = final_frame(unit, i, start, hi)
        if final is not None:
            draft, i = emit_final(unit, final, start, i, hi)
            out += _placed(draft, parent)
            start = i
            continue
        initial = initial_frame(unit, start, i, hi)
        if initial is None:
            i += 1
            continue
        frame, at = initial
        end = quote_end(unit, at, hi)
        draft = emit_initial(unit, frame, at, end)
        out += _placed(draft, parent)
        if draft is not None and draft.type is QuotationType.INDIRECT and _depth(draft) < DEPTH:
            out += _run(unit, at, end, draft)
        start = i = end
    return out or _placed(prepositional(unit, lo, hi), parent)


def _placed(draft: Draft | None, parent: Draft | None) -> list[Draft]:
    if draft is None:
        return []
    draft.parent = parent
    return [draft]


def _depth(draft: Draft) -> int:
    depth, at = 0, draft.parent
    while at is not None:
        depth, at = depth + 1, at.parent
    return depth
