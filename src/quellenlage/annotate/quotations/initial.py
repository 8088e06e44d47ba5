"""Frames that precede the words: "X sagte, …", "X: „…“", "wie X mitteilte, …", "die Forderung, dass …"."""

from __future__ import annotations

from quellenlage.annotate.quotations import clauses
from quellenlage.annotate.quotations.analysis import Analysis
from quellenlage.annotate.quotations.cues import Cue, Subject, agent_of, subject_of
from quellenlage.annotate.quotations.drafts import Draft, some, span_of, trimmed
from quellenlage.annotate.quotations.final import final_frame, impersonal, whence
from quellenlage.annotate.quotations.frames import Frame, apposed, draft_of
from quellenlage.annotate.quotations.lexicon import clausal_noun
from quellenlage.annotate.quotations.phrases import GENITIVE, can_be_subject, is_determiner, phrase_end
from quellenlage.model.layers import QuotationType

LOOKAHEAD = 3
"""Segments after the cue's within which its words must begin: an apposition and a relative clause may come first."""
_CONDITION = frozenset(
    {"sollte", "sollten", "falls", "wenn", "sofern", "würde", "würden", "wäre", "wären", "hätte", "hätten"}
)
_ASKING = frozenset({"ask", "say"})
_INDICATIVE = frozenset({"say", "assert", "write", "concede", "confirm", "think", "suppose"})
"""Verb classes after which a main clause in the indicative is what was said."""
_NO_MAIN_CLAUSE = frozenset("um ohne weil da obwohl nachdem während bevor damit sondern und".split())


def initial_frame(unit: Analysis, start: int, i: int, hi: int) -> tuple[Frame, int] | None:
    """A frame in segment i, and the segment where its words begin."""
    if unit.segs[i].mark:
        return None
    for cue in sorted(unit.cues[i], key=lambda c: -c.last):
        at = _complement(unit, i, cue, hi)
        if at is not None:
            return _of_cue(unit, cue, start, i, at), at
    noun = _noun_frame(unit, i, hi)
    if noun is not None:
        return noun, i + 1
    if i + 1 < hi and unit.segs[i + 1].before == ":" and unit.segs[i + 1].mark and not unit.cues[i]:
        return Frame(unit.segs[start].lo, unit.segs[i + 1].lo, (), _first_phrase(unit, start, i)), i + 1
    return None


def _of_cue(unit: Analysis, cue: Cue, start: int, i: int, at: int) -> Frame:
    ws, seg = unit.ws, unit.segs[i]
    lo = unit.segs[start].lo
    if cue.passive and cue.verb.base != "zitieren":
        subject = agent_of(ws, lo, seg.hi)
    else:
        begin = clauses.beginning(ws, unit.segs, i, start) if cue.finite <= seg.lo else seg.lo
        subject = apposed(unit, subject_of(ws, begin, seg.hi, cue), i, at)
        if impersonal(cue) and (subject is None or ws[subject.lo].low == "es"):
            subject = whence(ws, begin, seg.hi)
    extra = (seg.lo,) if unit.first(i) == "wie" else ()
    return Frame.of(lo, unit.segs[at].lo, cue, subject, extra)


def _first_phrase(unit: Analysis, start: int, i: int) -> Subject | None:
    """The phrase that opens a clause with a colon and no verb of saying, if it can speak."""
    lo, hi = unit.segs[start].lo, unit.segs[i].hi
    end = phrase_end(unit.ws, lo, hi, wide=True) if can_be_subject(unit.ws, lo) else lo
    return Subject(lo, end) if end > lo else None


def _noun_frame(unit: Analysis, i: int, hi: int) -> Frame | None:
    """A noun that takes a clause: "die Forderung der Gewerkschaft, …", "mit der Begründung, dass …"."""
    ws, seg = unit.ws, unit.segs[i]
    if i + 1 >= hi or unit.segs[i + 1].mark or unit.segs[i + 1].before != ",":
        return None
    told = unit.mood[i + 1] == 2 and not unit.relative[i + 1] and not unit.adverbial[i + 1]
    if not told and unit.content(i + 1) not in {"dass", "daß"}:
        return None
    for at in range(seg.hi - 1, max(seg.lo, seg.hi - 8) - 1, -1):
        stance = clausal_noun(ws[at].low) if ws[at].capital and not ws[at].mark else None
        if stance is None:
            continue
        owned = at + 1 < seg.hi and ws[at + 1].low in GENITIVE
        owner = phrase_end(ws, at + 1, seg.hi) if owned else at + 1
        lo = at - 1 if at > seg.lo and is_determiner(ws[at - 1]) else at
        subject = Subject(at + 1, owner) if owner > at + 1 else None
        return Frame(seg.lo, unit.segs[i + 1].lo, tuple(range(lo, at + 1)), subject, ws[at].low, stance)
    return None


def _complement(unit: Analysis, i: int, cue: Cue, hi: int) -> int | None:
    """The segment where what was said begins, if the cue's clause is followed by it."""
    seg = unit.segs[i]
    if unit.first(i) in _CONDITION:
        return None
    if _opens_with_wie(unit, i) and (cue.final or cue.last >= seg.hi - 1):
        return _after_wie(unit, i, hi)
    for j in range(i + 1, min(hi, i + 1 + LOOKAHEAD)):
        begins = _begins(unit, i, j, cue, hi)
        if begins is not None:
            return begins
        if not _may_intervene(unit, i, j, cue):
            return None
    return None


def _opens_with_wie(unit: Analysis, i: int) -> bool:
    """Whether the clause of segment i begins with "wie", perhaps before a relative clause or an apposition."""
    k = i
    while k > 0 and k > i - 3 and unit.first(k) != "wie" and unit.segs[k].before == ",":
        k -= 1
    return unit.first(k) == "wie" and all(unit.relative[m] or unit.verbless[m] for m in range(k + 1, i))


def _after_wie(unit: Analysis, i: int, hi: int) -> int | None:
    """ "Wie X mitteilte, ist …": the main clause begins with its verb."""
    following = i + 1
    while following < hi and unit.relative[following]:
        following += 1
    if following < hi and not unit.segs[following].mark:
        return following if clauses.is_finite(unit.ws[unit.segs[following].lo]) else None
    return None


def _begins(unit: Analysis, i: int, j: int, cue: Cue, hi: int) -> int | None:
    """The segment where the words begin if segment j shows that they do: mostly j itself."""
    nxt, accepts = unit.segs[j], cue.verb.cls.complement
    near = cue.last >= unit.segs[i].hi - 3
    if nxt.mark:
        return j if "direct" in accepts and (nxt.before in {":", ""} or j == i + 1) else None
    word = unit.content(j)
    if word in {"dass", "daß", "ob"}:
        return j if "clause" in accepts else None
    if word == "wonach" or (word and near and cue.verb.cls.name in _ASKING and j == i + 1):
        return j
    if nxt.before == ":":
        return None
    if "infinitive" in accepts and unit.infinitive[j] and not unit.adverbial[j]:
        return i + 1 if cue.last >= unit.segs[i].hi - 1 else j
    if unit.relative[j] and j == i + 1 and unit.mood[j] < 2:
        return None
    return j if "clause" in accepts and _verb_second(unit, i, j, cue, hi) else None


def _may_intervene(unit: Analysis, i: int, j: int, cue: Cue) -> bool:
    """Whether segment j can stand between the cue and its words."""
    nxt = unit.segs[j]
    if nxt.mark or nxt.before == ":" or unit.content(j) in {"dass", "daß", "ob", "wonach"}:
        return False
    if unit.first(j) in _CONDITION and j == i + 1 and "infinitive" in cue.verb.cls.complement:
        return True
    return unit.relative[j] or unit.verbless[j]


def _verb_second(unit: Analysis, i: int, j: int, cue: Cue, hi: int) -> bool:
    """Whether segment j begins a main clause in the Konjunktiv (or in the indicative right after the cue)."""
    ws, nxt = unit.ws, unit.segs[j]
    if unit.first(j) in _NO_MAIN_CLAUSE:
        return False
    if unit.mood[j] and not unit.adverbial[j]:
        return True
    adjoins = j == i + 1 and cue.last >= unit.segs[i].hi - 2 and not cue.final
    if adjoins and any(ws[k].mark and ws[k].text.count(" ") > 2 for k in range(nxt.lo, nxt.hi)):
        return True
    if not adjoins or cue.verb.cls.name not in _INDICATIVE:
        return False
    if any(unit.mood[k] for k in range(j, min(hi, j + 4))):
        return True
    if unit.relative[j] or unit.verbless[j] or unit.adverbial[j]:
        return False
    return any(clauses.is_finite(ws[k]) for k in range(nxt.lo + 1, min(nxt.hi, nxt.lo + 8))) and not unit.cues[j]


def quote_end(unit: Analysis, at: int, hi: int) -> int:
    """Segment after the last one of what was said from segment `at` on."""
    j = at + 1
    if unit.segs[at].mark:
        return j
    while j < hi:
        seg = unit.segs[j]
        if (seg.mark and seg.before == ":") or final_frame(unit, j, at, hi) is not None or unit.source_alone(j):
            break
        coordinated = any(c.finite == seg.lo and not c.passive for c in unit.cues[j])
        if coordinated or (seg.before == ";" and not unit.mood[j]):
            break
        j += 1
    return j


def emit_initial(unit: Analysis, frame: Frame, at: int, end: int) -> Draft | None:
    """The quotation in segments [at, end) after its frame."""
    ws, first = unit.ws, unit.segs[at]
    if first.mark:
        kind, quote = QuotationType.DIRECT, some(span_of(ws, first.lo, first.hi))
    else:
        kind = QuotationType.INDIRECT
        lo = first.lo + (1 if ws[first.lo].low == "wonach" else 0)
        quote = some(trimmed(ws, lo, unit.segs[end - 1].hi))
    if not quote:
        return None
    draft = draft_of(kind, quote, frame, ws, some(span_of(ws, frame.lo, first.lo)))
    if not frame.cue:
        draft.reasons.append("colon")
        draft.score -= 0.2
    return draft
