"""Words attributed by a preposition: what "laut X", "X zufolge", "nach Angaben von X" covers."""

from __future__ import annotations

from quellenlage.annotate.quotations import clauses
from quellenlage.annotate.quotations.analysis import Analysis
from quellenlage.annotate.quotations.cues import Subject
from quellenlage.annotate.quotations.drafts import Draft, some, span_of, trimmed
from quellenlage.annotate.quotations.frames import Frame, draft_of
from quellenlage.annotate.quotations.sources import Source, find_source
from quellenlage.model.layers import QuotationType

_CLAUSE_OF_ITS_OWN = frozenset({"darunter", "dass", "weil", "wobei", "da", "während", "obwohl"})
_PRONOUN = 2
"""Words of "der zufolge", a relative pronoun with its preposition."""
_WHEN = frozenset({"am", "im", "vor", "seit"})
REACH = 10
"""Words after a source that opens its sentence within which the verb must follow, else the source ends where it did."""


def prepositional(unit: Analysis, lo: int, hi: int) -> Draft | None:
    """The quotation that the first source phrase in segments [lo, hi) makes of its sentence or clause."""
    for i in range(lo, hi):
        found = None if unit.segs[i].mark else _source(unit, i, first=i == lo)
        if found is None:
            continue
        alone = found.lo == unit.segs[i].lo and found.hi == unit.segs[i].hi and found.hi - found.lo > _PRONOUN
        within = unit.relative[i] and not alone  # ", der Feuerwehr zufolge" is no relative clause
        begin = i if within or unit.first(i) in _CLAUSE_OF_ITS_OWN else lo
        stop = unit.segs[i if within else _last(unit, i, hi)].hi
        if found.lo == unit.segs[lo].lo:
            found = _to_the_verb(unit, found, lo, hi)
        quote = some(trimmed(unit.ws, unit.segs[begin].lo, found.lo), trimmed(unit.ws, found.hi, stop))
        if not quote:
            continue
        frame = Frame(found.lo, found.hi, found.cue, Subject(*found.source), found.word, "neutral", found.medium)
        spans = some(span_of(unit.ws, found.lo, found.hi))
        draft = draft_of(QuotationType.INDIRECT, quote, frame, unit.ws, spans)
        draft.addressee = []
        return draft
    return None


def _last(unit: Analysis, i: int, hi: int) -> int:
    """The last segment that a source covers: after a semicolon somebody else may speak ("…; X bestritt das")."""
    after = (j for j in range(i + 1, hi) if unit.segs[j].before == ";" and unit.cues[j])
    return next(after, hi) - 1


def _source(unit: Analysis, i: int, *, first: bool) -> Source | None:
    """A source phrase in segment i; "danach" counts where the Konjunktiv shows that it tells no time."""
    seg = unit.segs[i]
    if first and unit.first(i) == "danach" and unit.mood[i]:
        return Source(seg.lo, seg.lo + 1, (seg.lo,), (seg.lo, seg.lo + 1), "danach", "speech")
    return find_source(unit.ws, seg.lo, seg.hi)


def _to_the_verb(unit: Analysis, found: Source, lo: int, hi: int) -> Source:
    """A source that opens its sentence fills the place before the verb: take its appositions and places, too."""
    ws = unit.ws
    for k in range(lo, hi):
        seg = unit.segs[k]
        if seg.mark or (k > lo and seg.before != ","):
            return found
        if unit.relative[k] or seg.hi <= found.hi:
            continue
        start = max(seg.lo, found.hi)
        verb = next((m for m in range(start, min(seg.hi, start + REACH)) if clauses.is_finite(ws[m])), None)
        if verb is None and unit.verbless[k]:
            continue
        if verb is None or found.cue[0] >= found.source[1]:
            return found
        while verb > found.hi and ws[verb - 1].text == ",":
            verb -= 1
        if any(ws[m].low in _WHEN for m in range(found.hi, verb)):
            return found
        return Source(found.lo, verb, found.cue, (found.source[0], verb), found.word, found.medium)
    return found
