"""Words without a frame of their own: reports with an object, Konjunktiv that goes on, "soll" after a source."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.annotate.quotations import clauses
from quellenlage.annotate.quotations.cues import Cue, after_verb, agent_of, find_cues, subject_of
from quellenlage.annotate.quotations.drafts import CERTAINTY, Draft, some, span_of, spans_of, trimmed
from quellenlage.annotate.quotations.lexicon import words
from quellenlage.annotate.quotations.units import Unit
from quellenlage.model.layers import Medium, QuotationType
from quellenlage.model.spans import Span

HOLD = 1
"""Paragraphs after which the last speaker is forgotten."""


@dataclass(slots=True)
class Holder:
    """The speaker who still has the word: the draft that named them, and where."""

    draft: Draft
    paragraph: int


def report(unit: Unit) -> Draft | None:
    """A Reported quotation: somebody demands, criticises, denies something, told with an object."""
    ws = unit.words
    for i, seg in enumerate(unit.segments):
        if seg.mark or clauses.relative(ws, seg) or clauses.adverbial(ws, seg):
            continue
        for cue in find_cues(ws, seg.lo, seg.hi):
            if not _reports(cue):
                continue
            lo = clauses.beginning(ws, unit.segments, i, 0) if cue.finite == seg.lo else seg.lo
            subject = agent_of(ws, seg.lo, seg.hi) if cue.passive else subject_of(ws, lo, seg.hi, cue)
            if subject is None:
                continue
            quote = some(trimmed(ws, unit.segments[0].lo, len(ws), stop=False))
            if not quote:
                continue
            medium: Medium = "speech"
            draft = Draft(QuotationType.REPORTED, medium, quote, paragraph=unit.paragraph)
            named = _called(unit, cue)
            if named is not None:
                word = ws[named]
                draft.type = QuotationType.DIRECT
                draft.quote = [Span(word.start, word.end)]
                draft.cue = spans_of(ws, cue.words)
                draft.frame = some(span_of(ws, 0, named), trimmed(ws, named + 1, len(ws)))
            if subject is not None:
                draft.speaker = some(span_of(ws, subject.lo, subject.hi))
            draft.reasons = [f"cue:{cue.verb.lemma}", f"stance:{cue.verb.cls.stance}"]
            draft.score = CERTAINTY[draft.type]
            return draft
    return None


def _called(unit: Unit, cue: Cue) -> int | None:
    """The quoted words of "nannte ihn „…“", "bezeichnete den Plan als „…“"."""
    if "direct" not in cue.verb.cls.complement:
        return None
    for i, word in enumerate(unit.words):
        if (
            word.mark
            and i > 0
            and (unit.words[i - 1].low in {"als", "von", "vor"} or (cue.verb.base == "nennen" and i > cue.finite))
        ):
            return i
    return None


def _reports(cue: Cue) -> bool:
    return cue.verb.lemma in words("report", "verbs") and not cue.modal


def refers_back(unit: Unit) -> Draft | None:
    """ "Das teilte die Polizei mit.": the words are those of the sentence before, which the caller puts in."""
    ws = unit.words
    if len(ws) < 3 or ws[0].low not in {"das", "dies"} or unit.segments[0].hi < 3:
        return None
    seg = unit.segments[0]
    for cue in find_cues(ws, seg.lo, seg.hi):
        if cue.finite != 1 or cue.negated or cue.verb.cls.name not in _TOLD_OF:
            continue
        subject = agent_of(ws, 2, seg.hi) if cue.passive else after_verb(ws, cue, seg.hi)
        if subject is None:
            return None
        draft = Draft(QuotationType.INDIRECT, "speech", [Span(ws[0].start, ws[0].end)], paragraph=unit.paragraph)
        draft.cue = spans_of(ws, cue.words)
        draft.speaker = some(span_of(ws, subject.lo, subject.hi))
        draft.frame = some(trimmed(ws, 1, len(ws)))
        draft.reasons = [f"cue:{cue.verb.lemma}", f"stance:{cue.verb.cls.stance}", "refers-back"]
        draft.score = CERTAINTY[QuotationType.INDIRECT]
        return draft
    return None


_TOLD_OF = frozenset({"say", "write", "assert", "confirm"})


def _disclaims(unit: Unit) -> bool:
    """ "Die Angaben ließen sich nicht unabhängig überprüfen": the author's own word on what somebody said."""
    low = {word.low for word in unit.words}
    return bool(low & _REPORTS) and bool(low & _CHECKED) and bool(low & {"nicht", "unabhängig", "kaum"})


_REPORTS = frozenset(
    "angaben angabe berichte bericht darstellung informationen behauptungen aussagen meldungen video".split()
)
_CHECKED = frozenset(
    "überprüfen überprüft überprüfbar bestätigen bestätigt verifizieren verifiziert prüfen geprüft nachprüfen".split()
)
_NOBODY = ("cue:heißen", "cue:verlauten", "cue:hervorgehen", "cue:durchsickern")
"""Frames after which "soll" alone tells no further words: a paper or a circle does not go on as a speaker does."""


def goes_on(unit: Unit, holder: Holder | None) -> Draft | None:
    """A sentence in the Konjunktiv, or with "soll", whose speaker was named before."""
    ws = unit.words
    if holder is None or _disclaims(unit):
        return None
    grade = 0
    for seg in unit.segments:
        dependent = clauses.relative(ws, seg) or clauses.adverbial(ws, seg) or clauses.content_word(ws, seg)
        if not seg.mark and not dependent:
            grade = max(grade, clauses.subjunctive(ws, seg.lo, seg.hi))
    kind = QuotationType.INDIRECT_FREE_INDIRECT
    if grade < 2 and not (grade == 1 and not _conditional(unit)):
        if not _hearsay(unit) or any(reason.startswith(_NOBODY) for reason in holder.draft.reasons):
            return None
        kind = QuotationType.FREE_INDIRECT
    span = trimmed(ws, 0, len(ws), stop=False)
    if span is None:
        return None
    source = holder.draft
    draft = Draft(kind, source.medium, [span], speaker=list(source.speaker), carried=True, paragraph=unit.paragraph)
    draft.reasons = ["speaker-carried", "konjunktiv" if kind is QuotationType.INDIRECT_FREE_INDIRECT else "soll"]
    draft.score = CERTAINTY[kind] - (0.0 if grade == 2 else 0.1)
    return draft


def _conditional(unit: Unit) -> bool:
    return any(w.low in {"wenn", "falls", "sofern"} for w in unit.words)


def _hearsay(unit: Unit) -> bool:
    """ "soll … haben/sein": hearsay rather than an order."""
    ws = unit.words
    if ws[-1].text not in {".", "!", "?"}:
        return False
    for seg in unit.segments:
        if seg.mark or clauses.relative(ws, seg) or clauses.adverbial(ws, seg) or clauses.content_word(ws, seg):
            continue
        if any(ws[i].low in {"soll", "sollen"} for i in range(seg.lo, seg.hi)):
            return True
    return False


def following(spans: list[Span], nxt: Span, text: str) -> bool:
    """Whether a quotation goes on directly: only white space lies between."""
    return not text[spans[-1].end : nxt.start].strip() and "\n" not in text[spans[-1].end : nxt.start]
