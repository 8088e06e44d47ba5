"""The quotations stage: from sentences and mentions to quotations with their speakers."""

from __future__ import annotations

from dataclasses import replace

from quellenlage.annotate.quotations.collect import collect
from quellenlage.annotate.quotations.drafts import Draft
from quellenlage.annotate.quotations.evidence import RESOURCE as EVIDENCE
from quellenlage.annotate.quotations.evidence import weights
from quellenlage.annotate.quotations.lexicon import NOUNS, SMALL, VERBS
from quellenlage.annotate.quotations.mood import RESOURCE as MOOD
from quellenlage.annotate.quotations.reader import refine
from quellenlage.annotate.quotations.speakers import Phrase, Resolution, resolve_all
from quellenlage.annotate.quotations.units import read
from quellenlage.coreference import RESOURCES as COREFERENCE
from quellenlage.encoder import files
from quellenlage.encoder.quotations import NAME
from quellenlage.model.document import Document
from quellenlage.model.layers import Candidate, Quotation
from quellenlage.model.stage import Stage


def run(document: Document) -> Document:
    """Write quotations; add mentions and entities for speakers that had none."""
    drafts = collect(read(document), document.text)
    if files.available(NAME):
        drafts = refine(document, drafts, weights())
    names = {id(draft): f"q{number}" for number, draft in enumerate(drafts, start=1)}
    phrases: dict[int, Phrase] = {}
    for draft in drafts:
        around = phrases.get(id(draft.parent)) if draft.parent is not None else None
        phrases[id(draft)] = Phrase(draft.speaker, draft.quote, draft.cue, draft.otherwise, around)
    speakers, document = resolve_all(document, list(phrases.values()))
    quotations = tuple(_quotation(draft, names, speaker) for draft, speaker in zip(drafts, speakers, strict=True))
    return replace(document, quotations=quotations)


def _quotation(draft: Draft, names: dict[int, str], speaker: Resolution) -> Quotation:
    return Quotation(
        id=names[id(draft)],
        type=draft.type,
        medium=draft.medium,
        quote=tuple(draft.quote),
        cue=tuple(draft.cue),
        speaker=tuple(draft.otherwise if speaker.otherwise else draft.speaker),
        addressee=tuple(draft.addressee),
        frame=tuple(draft.frame),
        speaker_entities=speaker.entities,
        parent=names.get(id(draft.parent)) if draft.parent is not None else None,
        score=round(max(0.05, draft.score * speaker.certainty), 3),
        reasons=tuple(dict.fromkeys([*draft.reasons, *speaker.reasons])),
        candidates=tuple(Candidate(entity, round(score, 2)) for entity, score in speaker.candidates),
    )


STAGE = Stage(
    name="quotations",
    version="5",
    reads=("sentences", "tokens", "timexes", "mentions", "entities"),
    writes=("quotations", "mentions", "entities"),
    resources=(VERBS, NOUNS, SMALL, MOOD, EVIDENCE, *COREFERENCE),
    run=run,
    models=(NAME,),
)
"""Quotations of an article with type, medium, roles and resolved speakers."""
