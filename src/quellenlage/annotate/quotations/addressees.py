"""To whom something was said: "der Agentur X", "gegenüber Y", "im Interview mit Z"."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.annotate.quotations.cues import Subject
from quellenlage.annotate.quotations.phrases import OBLIQUE, PREPOSITIONS, is_medium, phrase_end, temporal
from quellenlage.annotate.quotations.units import Word

_TALK = frozenset("interview gespräch telefonat".split())


def _fronted(subject: Subject | None, first: int) -> bool:
    """ "Der Zeitung X sagte Ina Voss": the one spoken to comes first, the speaker behind the verb."""
    return subject is not None and subject.lo > first


def addressee(
    ws: Sequence[Word], lo: int, hi: int, subject: Subject | None, cue: Sequence[int]
) -> tuple[int, int] | None:
    """Words [lo, hi) of a frame that name the addressee, if it has one."""
    first = min(cue) if cue else lo
    i = lo
    while i < hi:
        if subject is not None and subject.lo <= i < subject.hi:
            i = subject.hi
            continue
        low = ws[i].low
        if low == "gegenüber" and phrase_end(ws, i + 1, hi) > i + 1:
            return i + 1, phrase_end(ws, i + 1, hi)
        if low == "zu" and i > first and i + 1 < hi and is_medium(ws[i + 1]):
            return i + 1, max(phrase_end(ws, i + 1, hi), i + 2)
        if low == "mit" and i > lo and ws[i - 1].low in _TALK and phrase_end(ws, i + 1, hi) > i + 1:
            return i + 1, phrase_end(ws, i + 1, hi)
        if low in PREPOSITIONS:
            i = max(phrase_end(ws, i + 1, hi), i + 1)
            continue
        end = phrase_end(ws, i, hi)
        if end <= i + 1 < hi and low in {"der", "dem", "einer"} and ws[i + 1].mark and is_medium(ws[i + 1]):
            return i, i + 2
        if end > i + 1 or (end > i and low in {"ihm", "ihr", "ihnen"}):
            media = any(is_medium(ws[k]) for k in range(i, end))
            if temporal(ws, i, end) or (end < hi and ws[end].low == "zufolge"):
                i = end
                continue
            if (low in OBLIQUE and low not in {"des", "eines"}) or (
                low in {"der", "einer"} and media and (i > first or _fronted(subject, first))
            ):
                return i, end
            i = end
            continue
        i += 1
    return None
