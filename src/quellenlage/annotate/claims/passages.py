"""Passages told with reserve though nobody is quoted: "soll … haben", "offenbar", a lone Konjunktiv, no comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quellenlage.annotate.claims.lexicon import hedges
from quellenlage.annotate.claims.people import SPEAKING, People
from quellenlage.annotate.claims.positions import Positions
from quellenlage.model.document import Document
from quellenlage.model.layers import Evidentiality, Polarity, Sentence
from quellenlage.model.spans import Span

_HEARSAY = re.compile(r"(?<!\w)(?:soll|sollen|will|wollen)(?!\w)")
_PERFECT = re.compile(r"(?:\w(?:t|en|an)|worden)\s+(?:haben|sein)(?=\s*(?:[.,;:!?“\"«)]|und(?!\w)|$))")
_SUBJUNCTIVE = re.compile(r"(?<!\w)(?:sei|seien|habe)(?!\w)")
_FIRST_PERSON = re.compile(r"(?<!\w)ich(?!\w)", re.IGNORECASE)
_MODALS = frozenset({"dürfte", "könnte"})
_EXEMPT = re.compile(r"(?<!\w)(?:sei es|es sei denn|wie dem auch sei)(?!\w)", re.IGNORECASE)
_BREAK = re.compile(r"[;:]|,\s+(?=(?:und|aber|doch|sondern|denn|während)\s)|\s[–—-]\s")


CARRIED = "konjunktiv-carried"
"""Reason of a passage that is a claim only where it goes on with the words of somebody before it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause told with reserve; `speaker` where it names who declined to say more."""

    span: Span
    cue: Span
    evidentiality: Evidentiality
    polarity: Polarity
    reason: str
    score: float
    speaker: tuple[str, Span] | None = None


def find_passages(document: Document, people: People, positions: Positions, taken: Sequence[Span]) -> Iterator[Passage]:
    """Passages of the report that no quotation covers, in order; at most one for each clause."""
    covered = sorted(taken)
    at = 0
    for sentence in document.read_sentences():
        while at < len(covered) and covered[at].end <= sentence.start:
            at += 1
        k = at
        for clause in _clauses(document.text, sentence):
            while k < len(covered) and covered[k].end <= clause.start:
                k += 1
            if k < len(covered) and clause.overlaps(covered[k]):
                continue
            passage = _passage(document.text, people, clause, positions) or _subjunctive(document, clause)
            if passage is not None:
                yield passage


def _clauses(text: str, sentence: Sentence) -> Iterator[Span]:
    """Coordinated clauses of a sentence, without its full stop."""
    end = sentence.end
    while end > sentence.start and text[end - 1] in ".!?… \n":
        end -= 1
    at = sentence.start
    for found in _BREAK.finditer(text, sentence.start, end):
        if found.start() - at > 20 and end - found.end() > 20:
            yield Span(at, found.start())
            at = found.end()
            while at < end and text[at].isspace():
                at += 1
    if at < end:
        yield Span(at, end)


def _passage(text: str, people: People, clause: Span, positions: Positions) -> Passage | None:
    table = hedges()
    start, end = clause.start, clause.end
    found = table.refuted.match(text, start, end)
    if found:
        cue = Span(start, start + found.group().index(","))
        return Passage(clause, cue, Evidentiality.ASSERTED, Polarity.DENIED, "author-denies", 0.7)
    found = table.decline.search(text, start, end)
    if found:
        speaker = _speaker(people, clause, found.start())
        cue = Span(found.start(), found.end())
        if speaker is not None or found.start() > start:
            return Passage(clause, cue, Evidentiality.ASSERTED, Polarity.UNKNOWN, "decline", 0.7, speaker)
    found = _HEARSAY.search(text, start, end)
    if found and _PERFECT.search(text, found.end(), end):
        own = found.group() in {"will", "wollen"}
        speaker = _speaker(people, clause, found.start()) if own else None
        if not own or speaker is not None:
            cue = Span(found.start(), found.end())
            word = "will" if own else "soll"
            return Passage(clause, cue, Evidentiality.HEDGED, Polarity.AFFIRMED, f"hedge:{word}", 0.7, speaker)
    found = table.author.search(text, start, end)
    if found and (found.group().lower() in _MODALS or found.group().lower()[-1] != "e"):
        word = found.group().lower()
        return Passage(
            clause, Span(found.start(), found.end()), Evidentiality.HEDGED, Polarity.AFFIRMED, f"hedge:{word}", 0.7
        )
    told = next(positions.within(clause), None)
    if told is not None:
        how = told.told
        return Passage(clause, told.cue, how.evidentiality, how.polarity, f"told:{told.lemma}", 0.5, told.speaker)
    found = _SUBJUNCTIVE.search(text, start, end)
    if found and not _FIRST_PERSON.search(text, start, end) and not _EXEMPT.search(text, start, end):
        return Passage(
            clause, Span(found.start(), found.end()), Evidentiality.ASSERTED, Polarity.AFFIRMED, "konjunktiv", 0.4
        )
    return None


def _subjunctive(document: Document, clause: Span) -> Passage | None:
    """A clause in the Konjunktiv I of any verb: somebody's words, if those before it have a speaker."""
    text = document.text
    if _FIRST_PERSON.search(text, clause.start, clause.end) or _EXEMPT.search(text, clause.start, clause.end):
        return None
    for token in document.tokens_in(clause):
        feats = token.feats or ""
        if token.upos in ("VERB", "AUX") and "Mood=Sub" in feats and "Tense=Pres" in feats:
            cue = Span(token.start, token.end)
            return Passage(clause, cue, Evidentiality.ASSERTED, Polarity.AFFIRMED, CARRIED, 0.4)
    return None


def _speaker(people: People, clause: Span, verb: int) -> tuple[str, Span] | None:
    """Who declines: the first speaking mention before the verb, else the first after it."""
    before = [m for m in people.within(clause.start, verb) if m.kind in SPEAKING]
    after = [m for m in people.within(verb, clause.end) if m.kind in SPEAKING]
    listed = before or after
    return (listed[0].entity, listed[0].span) if listed else None
