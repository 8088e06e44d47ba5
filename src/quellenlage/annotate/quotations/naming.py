"""Quoted words that somebody is said to have called something: "X habe den Plan „…“ genannt, sagte Y"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from quellenlage.annotate.quotations.cues import find_cues, subject_of
from quellenlage.annotate.quotations.drafts import Draft, some, span_of, spans_of, trimmed
from quellenlage.annotate.quotations.marks import Mark
from quellenlage.annotate.quotations.units import Unit

_NAMING = frozenset({"nennen", "bezeichnen", "beschreiben", "charakterisieren", "sprechen", "bewerten", "einstufen"})
_LINKING = frozenset({"als", "von", "vor"})


def named_within(unit: Unit, mark: Mark, nested: Draft, host: Draft) -> None:
    """Give a quotation within indirect speech the speaker whose own verb of naming stands there, if there is one."""
    ws = unit.words
    at = bisect_left(ws, mark.start, key=lambda word: word.start)
    if at == len(ws) or ws[at].mark is None or ws[at].start != mark.start:
        return
    k = bisect_right(unit.segments, at, key=lambda s: s.lo) - 1
    seg = unit.segments[k] if k >= 0 and at < unit.segments[k].hi else None
    if seg is None or not any(s.start <= ws[seg.lo].start and ws[seg.hi - 1].start < s.end for s in host.quote):
        return
    for cue in find_cues(ws, seg.lo, seg.hi):
        if cue.passive or cue.verb.base not in _NAMING or cue.negated:
            continue
        if cue.verb.base != "nennen" and ws[at - 1].low not in _LINKING:
            continue
        subject = subject_of(ws, seg.lo, seg.hi, cue)
        if subject is None or subject.lo <= at < subject.hi:
            continue
        nested.speaker = some(span_of(ws, subject.lo, subject.hi))
        nested.cue = spans_of(ws, cue.words)
        nested.frame = some(trimmed(ws, seg.lo, at), trimmed(ws, at + 1, seg.hi))
        nested.addressee, nested.carried = [], False
        nested.reasons = [f"cue:{cue.verb.lemma}", f"stance:{cue.verb.cls.stance}", "marks", "named-within"]
        return
