"""Frames: the words around a quotation that say whose it is, and the draft that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.annotate.quotations.addressees import addressee
from quellenlage.annotate.quotations.analysis import Analysis
from quellenlage.annotate.quotations.cues import Cue, Subject
from quellenlage.annotate.quotations.drafts import CERTAINTY, Draft, some, span_of, spans_of, trimmed
from quellenlage.annotate.quotations.phrases import can_be_subject, phrase_end
from quellenlage.annotate.quotations.units import Word
from quellenlage.model.layers import Medium, QuotationType
from quellenlage.model.spans import Span

_NEGATIONS = frozenset({"nicht", "nie", "niemals"})
_SAYING = frozenset({"say", "write", "assert", "confirm", "concede", "think", "suppose", "deny", "doubt"})
"""Verb classes whose negation leaves the words unsaid: "sagte nicht, dass …"."""
_LIMITING = frozenset({"nur", "bloß", "allein", "zuletzt"})
_CLAUSE_ENDS = frozenset(",;:–—-.!?…")
CLAUSE = 25
"""Words around a cue within which its negation is looked for."""
UNSAID = 0.4
"""Factor on the score of words that somebody did not say."""
_MEDIUM: dict[str, Medium] = {"speech": "speech", "writing": "writing", "thought": "thought"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame's words [lo, hi) with its cue words and whom it names; `lemma` is empty where no verb reports."""

    lo: int
    hi: int
    cue: tuple[int, ...]
    subject: Subject | None
    lemma: str = ""
    stance: str = "neutral"
    medium: str = "speech"
    saying: bool = False
    """Whether the verb states its words, so that its negation leaves them unsaid."""

    @classmethod
    def of(cls, lo: int, hi: int, cue: Cue, subject: Subject | None, extra: tuple[int, ...] = ()) -> Frame:
        """The frame of a cue; `extra` are words that count to the cue besides ("wie", "es")."""
        verb = cue.verb
        words = tuple(sorted({*cue.words, *extra}))
        saying = verb.cls.name in _SAYING
        return cls(lo, hi, words, subject, verb.lemma, verb.cls.stance, verb.cls.medium, saying)


def draft_of(kind: QuotationType, quote: list[Span], frame: Frame, ws: Sequence[Word], spans: list[Span]) -> Draft:
    """A draft with the roles that its frame names; `spans` are the frame's own."""
    draft = Draft(kind, _MEDIUM[frame.medium], quote, score=CERTAINTY[kind])
    draft.cue = spans_of(ws, frame.cue)
    draft.frame = spans
    if frame.subject is not None:
        to = addressee(ws, frame.lo, frame.hi, frame.subject, frame.cue)
        draft.addressee = some(span_of(ws, *to)) if to else []
        draft.speaker = some(span_of(ws, frame.subject.lo, frame.subject.hi))
    if frame.lemma:
        draft.reasons = [f"cue:{frame.lemma}", f"stance:{frame.stance}"]
    if frame.saying and _unsaid(ws, frame):
        draft.reasons.append("cue-negated")
        draft.score *= UNSAID
    return draft


def _unsaid(ws: Sequence[Word], frame: Frame) -> bool:
    """Whether the verb is negated: "sagte am Montag nicht, …", "hat nie ausdrücklich gesagt, …".

    The negation has to close the clause or stand right before a word of the cue: "nicht nur" and "ein nicht
    genannter Sprecher" negate something else.
    """
    first, last = min(frame.cue), max(frame.cue)
    for k in range(max(frame.lo, last - CLAUSE), min(frame.hi, last + CLAUSE)):
        if ws[k].low not in _NEGATIONS:
            continue
        closes = k > first and (k + 1 >= frame.hi or ws[k + 1].text in _CLAUSE_ENDS)
        beside = k + 1 in frame.cue or (k + 2 in frame.cue and ws[k + 1].low not in _LIMITING)
        apart = any(ws[m].text in _CLAUSE_ENDS for m in range(min(k, last), max(k, first)))
        if (closes or beside) and not apart:
            return True
    return False


def words_of(unit: Analysis, lo: int, hi: int) -> list[Span]:
    """The words of segments [lo, hi) without punctuation at the edges."""
    return some(trimmed(unit.ws, unit.segs[lo].lo, unit.segs[hi - 1].hi)) if lo < hi else []


def apposed(unit: Analysis, subject: Subject | None, i: int, end: int) -> Subject | None:
    """A subject that ends segment i, with the appositions up to segment `end`: "Ina Voss, Leiterin der Wache"."""
    if subject is None or subject.hi < unit.segs[i].hi:
        return subject
    hi = subject.hi
    for k in range(i + 1, end):
        seg = unit.segs[k]
        if seg.mark or seg.before != "," or not unit.verbless[k] or not can_be_subject(unit.ws, seg.lo):
            break
        stop = phrase_end(unit.ws, seg.lo, seg.hi, wide=True)
        if stop == seg.lo:
            break
        hi = stop
        if stop < seg.hi:
            break
    return Subject(subject.lo, hi, subject.inverted)
