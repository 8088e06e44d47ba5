"""Layers that are given (by a person, by another program) and stand in place of what a stage would find.

What they leave open is filled in as our own stages do it: whom the words for a speaker mean, which quotation stands
within which. `GIVEN` among the reasons of an entity, a quotation and its claim says where it comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quellenlage.annotate.quotations.cues import find_cues
from quellenlage.annotate.quotations.frames import Frame, draft_of
from quellenlage.annotate.quotations.speakers import Phrase, Resolution, resolve_all
from quellenlage.annotate.quotations.units import Word
from quellenlage.model.document import Document
from quellenlage.model.layers import Candidate, Derived, LocalEntity, Mention, Quotation, Token
from quellenlage.model.spans import Span, hull

GIVEN = "given"
"""Reason of what was given instead of found."""
CARRIED = "speaker-carried"


@dataclass(frozen=True, slots=True)
class GivenQuotation:
    """A quotation as it was given; the flags say what of it counts although it may be empty."""

    quotation: Quotation
    resolved: bool = False
    """Whether `speaker_entities` are given; else the words for the speaker decide."""
    nested: bool = False
    """Whether `parent` is given; else the quotation around this one, if there is one."""
    explained: bool = False
    """Whether `reasons` are given."""


def with_mentions(
    document: Document, mentions: Sequence[Mention], entities: Sequence[LocalEntity], derived: Sequence[Derived] = ()
) -> Document:
    """The document with given mentions and entities in place of ours."""
    marked = tuple(replace(e, reasons=_marked(e.reasons)) for e in entities)
    return replace(document, mentions=tuple(mentions), entities=marked, derived=tuple(derived))


def with_quotations(document: Document, given: Sequence[GivenQuotation]) -> Document:
    """The document with given quotations in place of ours, in the order of the text; speakers may add mentions.

    Claims and events, which rest on quotations, are left out.
    """
    ordered = sorted(given, key=lambda g: (g.quotation.quote[0].start, -g.quotation.quote[-1].end))
    ordered = [g if g.explained else _explained(document, g) for g in ordered]
    found, document = resolve_all(document, [_phrase(g) for g in ordered])
    around = [(hull(g.quotation.quote), g.quotation.id) for g in ordered]
    made = (_filled(g, r, around) for g, r in zip(ordered, found, strict=True))
    return replace(document, quotations=tuple(made), claims=(), events=())


def _phrase(given: GivenQuotation) -> Phrase:
    quotation = given.quotation
    known = quotation.speaker_entities if given.resolved else None
    return Phrase(quotation.speaker, quotation.quote, quotation.cue, known=known)


def _filled(given: GivenQuotation, found: Resolution, others: Sequence[tuple[Span, str]]) -> Quotation:
    """A quotation with what was left open."""
    quotation = given.quotation
    if not given.nested:
        quotation = replace(quotation, parent=_parent(quotation, others))
    if given.resolved:
        return replace(quotation, reasons=_marked(quotation.reasons))
    return replace(
        quotation,
        speaker_entities=found.entities,
        score=round(quotation.score * found.certainty, 3),
        reasons=_marked((*quotation.reasons, *found.reasons)),
        candidates=tuple(Candidate(entity, round(score, 2)) for entity, score in found.candidates),
    )


def _marked(reasons: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*reasons, GIVEN]))


def _explained(document: Document, given: GivenQuotation) -> GivenQuotation:
    """With the reasons that our reader would give: the verb of the cue and its stance, a speaker carried on."""
    quotation = given.quotation
    carried = (CARRIED,) if quotation.speaker and not quotation.frame and not quotation.cue else ()
    reasons = (*quotation.reasons, *_cue_reasons(document, quotation), *carried)
    return replace(given, quotation=replace(quotation, reasons=reasons))


def _cue_reasons(document: Document, quotation: Quotation) -> Sequence[str]:
    """What the reporting verb among the cue's words tells: its lemma, its stance, whether it is negated."""
    if not quotation.cue:
        return ()
    around = hull([*quotation.cue, *quotation.frame])
    outside = [t for t in document.tokens_in(around) if not any(part.overlaps(t.span) for part in quotation.quote)]
    words = [_word(document.text, token) for token in outside]
    marked = {i for i, w in enumerate(words) if any(part.overlaps(Span(w.start, w.end)) for part in quotation.cue)}
    cues = [cue for cue in find_cues(words, 0, len(words)) if marked.issuperset(cue.words)]
    if not cues:
        return ()
    frame = Frame.of(0, len(words), max(cues, key=lambda cue: len(cue.words)), None)
    return draft_of(quotation.type, list(quotation.quote), frame, words, list(quotation.frame)).reasons


def _word(text: str, token: Token) -> Word:
    words = token.span.of(text)
    return Word(token.start, token.end, words, words.lower(), token.feats, token.upos)


def _parent(quotation: Quotation, others: Sequence[tuple[Span, str]]) -> str | None:
    """The narrowest other quotation in whose words, from first to last, this one stands."""
    inside = hull(quotation.quote)
    around = [(len(whole), name) for whole, name in others if whole.contains(inside) and whole != inside]
    return min(around, key=lambda pair: pair[0])[1] if around else None
