"""The quotations stage: from sentences and mentions to quotations with their speakers."""

from __future__ import annotations

from dataclasses import replace

from quellenlage.annotate.quotations.collect import collect
from quellenlage.annotate.quotations.drafts import Draft
from quellenlage.annotate.quotations.lexicon import NOUNS, SMALL, VERBS
from quellenlage.annotate.quotations.mood import RESOURCE as MOOD
from quellenlage.annotate.quotations.registry import Registry
from quellenlage.annotate.quotations.speakers import Resolution, Resolver
from quellenlage.annotate.quotations.units import read
from quellenlage.model.document import Document
from quellenlage.model.layers import Quotation
from quellenlage.model.stage import Stage


def run(document: Document) -> Document:
    """Write quotations; add mentions and entities for speakers that had none."""
    drafts = collect(read(document), document.text)
    registry = Registry(document)
    resolver = Resolver(document, registry)
    names = {id(draft): f"q{number}" for number, draft in enumerate(drafts, start=1)}
    resolved: dict[int, Resolution] = {}
    for draft in drafts:
        around = resolved.get(id(draft.parent)) if draft.parent is not None else None
        speaker = resolver.resolve(draft.speaker, _plural(draft, document), around.entities if around else ())
        resolved[id(draft)] = speaker
    quotations = tuple(_quotation(draft, names, resolved[id(draft)]) for draft in drafts)
    return replace(
        document, quotations=quotations, mentions=tuple(registry.mentions), entities=tuple(registry.entities)
    )


def _plural(draft: Draft, document: Document) -> bool:
    """Whether the verb of the cue stands in the plural ("sagten")."""
    return bool(draft.cue) and draft.cue[0].of(document.text).endswith("en")


def _quotation(draft: Draft, names: dict[int, str], speaker: Resolution) -> Quotation:
    return Quotation(
        id=names[id(draft)],
        type=draft.type,
        medium=draft.medium,
        quote=tuple(draft.quote),
        cue=tuple(draft.cue),
        speaker=tuple(draft.speaker),
        addressee=tuple(draft.addressee),
        frame=tuple(draft.frame),
        speaker_entities=speaker.entities,
        parent=names.get(id(draft.parent)) if draft.parent is not None else None,
        score=round(max(0.05, draft.score * speaker.certainty), 3),
        reasons=tuple(dict.fromkeys([*draft.reasons, *speaker.reasons])),
    )


STAGE = Stage(
    name="quotations",
    version="1",
    reads=("sentences", "tokens", "timexes", "mentions", "entities"),
    writes=("quotations", "mentions", "entities"),
    resources=(VERBS, NOUNS, SMALL, MOOD),
    run=run,
)
"""Quotations of an article with type, medium, roles and resolved speakers."""
