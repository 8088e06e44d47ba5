"""Words of others within somebody's: "X habe den Plan „…“ genannt, sagte Y"; "„Er sagte mir: ‚Geh!‘“, erzählte Y"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from quellenlage.annotate.quotations.cues import find_cues, subject_of
from quellenlage.annotate.quotations.drafts import Draft, some, span_of, spans_of, trimmed
from quellenlage.annotate.quotations.marks import Mark
from quellenlage.annotate.quotations.units import Unit, Word
from quellenlage.model.layers import QuotationType
from quellenlage.model.spans import Span

_NAMING = frozenset({"nennen", "bezeichnen", "beschreiben", "charakterisieren", "sprechen", "bewerten", "einstufen"})
_LINKING = frozenset({"als", "von", "vor"})


_WORD = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
_CLAUSE = re.compile(r"[.!?;„“«»\n]")
REACH = 160
"""Code points before inner quotation marks in which the verb of saying that belongs to them is looked for."""


def told_within(text: str, mark: Mark, host: Draft) -> Draft | None:
    """The quotation that inner marks make in somebody's very words, where a verb of saying and a colon precede them."""
    lead = text[max(host.quote[0].start + 1, mark.start - REACH) : mark.start]
    if not lead.rstrip().endswith((":", ",")):
        return None
    breaks = [found.end() for found in _CLAUSE.finditer(lead)]
    begin = mark.start - len(lead) + (breaks[-1] if breaks else 0)
    ws = [
        Word(found.start(), found.end(), found.group(), found.group().lower())
        for found in _WORD.finditer(text, begin, mark.start)
    ]
    for cue in reversed(find_cues(ws, 0, len(ws) - 1)):
        if "direct" not in cue.verb.cls.complement or cue.negated:
            continue
        subject = subject_of(ws, 0, len(ws) - 1, cue)
        if subject is None:
            continue
        nested = Draft(
            QuotationType.DIRECT, host.medium, [Span(mark.start, mark.end)], parent=host, paragraph=host.paragraph
        )
        nested.speaker = some(span_of(ws, subject.lo, subject.hi))
        nested.cue = spans_of(ws, cue.words)
        nested.frame = some(span_of(ws, 0, len(ws)))
        nested.reasons = [f"cue:{cue.verb.lemma}", f"stance:{cue.verb.cls.stance}", "marks", "told-within"]
        nested.score = host.score - 0.1
        return nested
    return None


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
