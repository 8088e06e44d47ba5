"""Frames that follow the words: "…, sagte X", "…, so X", "…, wie X mitteilte", "…, hieß es"."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.annotate.quotations.analysis import Analysis
from quellenlage.annotate.quotations.clauses import is_finite
from quellenlage.annotate.quotations.cues import Cue, Subject, after_verb, agent_of, subject_of
from quellenlage.annotate.quotations.drafts import Draft, some, span_of
from quellenlage.annotate.quotations.frames import Frame, apposed, draft_of, words_of
from quellenlage.annotate.quotations.heads import own_words
from quellenlage.annotate.quotations.lexicon import AUXILIARY
from quellenlage.annotate.quotations.mood import mood
from quellenlage.annotate.quotations.phrases import GENITIVE, can_be_subject, is_determiner, phrase_end, temporal
from quellenlage.annotate.quotations.units import Segment, Word
from quellenlage.model.layers import QuotationType

_ITSELF = frozenset({"artikel", "artikels", "text", "textes", "beitrag", "beitrags", "meldung", "zeitung", "seite"})
_DASHES = frozenset({"–", "—", "-"})
_PASSIVE = frozenset({"say", "write", "suppose", "assert"})
"""Verb classes whose passive can follow the words: "…, wurde mitgeteilt"."""
_IMPERSONAL = frozenset({"heißen", "verlauten", "hervorgehen", "durchsickern"})
_PLACES = frozenset({"aus", "in", "im", "von", "vom", "bei", "beim", "seitens"})


def final_frame(unit: Analysis, i: int, start: int, hi: int) -> Frame | None:
    """The frame in segment i that says whose the words of segments [start, i) are, if it is one."""
    seg = unit.segs[i]
    if seg.mark or i == start:
        return None
    low = unit.first(i)
    if low == "so" and not unit.cues[i]:
        return _so(unit, i)
    if low == "wie":
        frame = _wie(unit, i)
        if frame is not None:
            return frame
    if unit.prelude(start, i):
        return None
    for cue in unit.cues[i]:
        frame = _verb_first(unit, seg, cue)
        if frame is not None:
            return frame
    return None


def _so(unit: Analysis, i: int) -> Frame | None:
    """ "so die Sprecherin"."""
    ws, seg = unit.ws, unit.segs[i]
    end = phrase_end(ws, seg.lo + 1, seg.hi) if seg.lo + 1 < seg.hi else 0
    if end <= seg.lo + 1 or end < seg.hi - 6 or not can_be_subject(ws, seg.lo + 1) or not unit.verbless[i]:
        return None
    return Frame(seg.lo, seg.hi, (seg.lo,), Subject(seg.lo + 1, end), "so")


def _wie(unit: Analysis, i: int) -> Frame | None:
    """ "wie die Sprecherin mitteilte"."""
    ws, seg = unit.ws, unit.segs[i]
    for cue in unit.cues[i]:
        if (cue.final or cue.last >= seg.hi - 2) and "inverted" in cue.verb.cls.complement:
            subject = agent_of(ws, seg.lo, seg.hi) if cue.passive else subject_of(ws, seg.lo + 1, seg.hi, cue)
            if subject is None and impersonal(cue):
                subject = whence(ws, seg.lo + 1, seg.hi)
            return Frame.of(seg.lo, seg.hi, cue, subject, (seg.lo,))
    return None


def _verb_first(unit: Analysis, seg: Segment, cue: Cue) -> Frame | None:
    """ "sagte X", "hieß es", "wird X zitiert": the finite verb opens the segment."""
    ws, lo = unit.ws, seg.lo
    verb = ws[cue.finite]
    if cue.finite != lo or "inverted" not in cue.verb.cls.complement:
        return None
    if mood().grade(verb.low, verb.feats) == 2 and verb.low in AUXILIARY:
        return None
    if cue.passive:
        told = cue.verb.cls.name in _PASSIVE or cue.verb.base == "zitieren"
        return Frame.of(lo, seg.hi, cue, passive_speaker(ws, lo, seg.hi, cue)) if told else None
    subject = after_verb(ws, cue, seg.hi)
    expletive = lo + 1 < seg.hi and ws[lo + 1].low == "es"
    if expletive and (subject is None or subject.lo != lo + 1 or cue.verb.base == "heißen"):
        return Frame.of(lo, seg.hi, cue, whence(ws, lo + 2, seg.hi), (lo + 1,))
    if subject is None and impersonal(cue):
        return Frame.of(lo, seg.hi, cue, whence(ws, lo + 1, seg.hi))
    if subject is None or subject.lo > cue.finite + 4 or _has_object(ws, seg.hi, cue, subject):
        return None
    return Frame.of(lo, seg.hi, cue, subject)


def _has_object(ws: Sequence[Word], hi: int, cue: Cue, subject: Subject) -> bool:
    """Whether the verb has what it reports beside it: "…, fordert X ein Ende der Kämpfe"."""
    i = subject.hi
    if "object" not in cue.verb.cls.complement or i >= hi or not is_determiner(ws[i]) or ws[i].low in {"dem", "der"}:
        return False
    return phrase_end(ws, i, hi) > i + 1 and not temporal(ws, i, phrase_end(ws, i, hi))


def passive_speaker(ws: Sequence[Word], lo: int, hi: int, cue: Cue) -> Subject | None:
    """ "wird Peskow von Interfax zitiert": the subject speaks; "wurde von X erklärt": the agent does."""
    if cue.verb.base != "zitieren":
        return agent_of(ws, lo, hi)
    stop = next((k for k in range(lo, hi) if ws[k].low in {"von", "vom"}), hi)
    return after_verb(ws, cue, stop)


def impersonal(cue: Cue) -> bool:
    """Whether the verb needs nobody for a subject: "hieß es", "verlautete", "geht … hervor"."""
    return cue.verb.lemma.split(" ", maxsplit=1)[0] in _IMPERSONAL


def whence(ws: Sequence[Word], lo: int, hi: int) -> Subject | None:
    """ "hieß es aus Kreisen", "heißt es in dem Brief", "aus dem Bericht geht hervor": where the words came from."""
    for i in range(lo, min(hi, lo + 6)):
        if ws[i].low in _PLACES:
            end = phrase_end(ws, i + 1, hi)
            if end > i + 1 and not temporal(ws, i + 1, end) and not _unowned(ws, i + 1, end):
                return Subject(i + 1, end)
    return None


def _unowned(ws: Sequence[Word], lo: int, hi: int) -> bool:
    """ "in einer Mitteilung", nobody says whose; "in einer früheren Version dieses Artikels": the outlet itself."""
    if any(ws[k].low in _ITSELF and ws[k - 1].low in {"dieses", "dieser", "diesem"} for k in range(lo + 1, hi)):
        return True
    return ws[hi - 1].low in own_words() and not any(ws[k].low in GENITIVE for k in range(lo + 1, hi))


def _frame_end(unit: Analysis, i: int, hi: int) -> int:
    """Segments after a final frame that still belong to it: appositions, relative and adverbial clauses."""
    j = i + 1
    while j < hi:
        seg = unit.segs[j]
        if seg.mark or seg.before in {":", ";"} or unit.content(j) in {"dass", "daß", "ob"}:
            break
        if unit.mood[j] and (unit.mood[j] == 2 or is_finite(unit.ws[seg.lo])) and not unit.relative[j]:
            break
        if unit.first(j) in {"und", "sondern", "aber"} and not unit.verbless[j]:
            break
        j += 1
    return j


def emit_final(unit: Analysis, frame: Frame, start: int, i: int, hi: int) -> tuple[Draft | None, int]:
    """The quotation that a final frame closes (and which may go on after it), and the segment to go on from."""
    after = _frame_end(unit, i, hi)
    more = after
    while more < hi and final_frame(unit, more, start, hi) is None:
        text = not unit.segs[more].mark
        if unit.segs[more].before == ";" or (text and not unit.segs[start].mark and unit.cues[more]):
            break
        more += 1
    quoted = unit.has_mark(start, i)
    told = any(unit.mood[k] for k in range(start, i))
    if quoted and not told:
        kind = QuotationType.DIRECT
        marks = [unit.segs[k] for k in (*range(start, i), *range(after, more)) if unit.segs[k].mark]
        asked = [n for n, seg in enumerate(marks) if n and seg.before in _DASHES and seg.lo < unit.segs[i].lo]
        marks = marks[asked[-1] :] if asked else marks  # "„Treten Sie zurück?“ – „Nein“, sagte X"
        quote = some(*(span_of(unit.ws, s.lo, s.hi) for s in marks))
    else:
        kind = QuotationType.INDIRECT
        quote = words_of(unit, start, i) + words_of(unit, after, more)
    if not quote:
        return None, more
    lo, stop = unit.segs[i].lo, unit.segs[after - 1].hi
    while lo > unit.segs[start].lo and unit.ws[lo - 1].text in {",", "–", "-"}:
        lo -= 1
    while stop > lo and unit.ws[stop - 1].text in {".", "!", "?"}:
        stop -= 1
    draft = draft_of(kind, quote, frame, unit.ws, some(span_of(unit.ws, lo, stop)))
    whole = apposed(unit, frame.subject, i, after)
    if whole is not None:
        draft.speaker = some(span_of(unit.ws, whole.lo, whole.hi))
    return draft, more
