"""Names and nouns for persons, organisations, places and groups, and which of them mean the same in one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quellenlage.annotate.mentions.bind import bind
from quellenlage.annotate.mentions.derived import DERIVED_NAMES, derived
from quellenlage.annotate.mentions.foreign_letters import in_foreign_letters
from quellenlage.annotate.mentions.gazetteer import PLACES
from quellenlage.annotate.mentions.kinds import one_kind, surnames_of_people, without_happenings
from quellenlage.annotate.mentions.lexicon import DEMONYMS, FIRST_NAMES, GROUPS, ORG_WORDS, TITLES
from quellenlage.annotate.mentions.others import with_others
from quellenlage.annotate.mentions.referring import with_referring
from quellenlage.annotate.mentions.roles import without_kin
from quellenlage.annotate.mentions.scan import Scanner
from quellenlage.annotate.mentions.told import MODEL, Told, read
from quellenlage.annotate.mentions.words import CLOSED_CLASSES, sentences
from quellenlage.coreference import RESOURCES as COREFERENCE
from quellenlage.model import Document, EntityKind
from quellenlage.model.stage import Stage
from quellenlage.names import RESOURCES as NAMES

__all__ = ["STAGE"]

OWN = (FIRST_NAMES, TITLES, ORG_WORDS, DEMONYMS, GROUPS, PLACES, CLOSED_CLASSES, DERIVED_NAMES)
"""Resource files that the stage itself reads."""


def run(document: Document) -> Document:
    """Write mentions and entities of headline, lead, body and captions."""
    return annotated(document, read(document))


def annotated(document: Document, told: Sequence[Sequence[Told]] | None) -> Document:
    """The same with the names that the encoder reads in each sentence given; None for the rules alone."""
    read_sentences = [w for w in sentences(document, told) if len(w)]
    candidates = without_kin(document.text, without_happenings(Scanner().scan(read_sentences)))
    candidates += in_foreign_letters(read_sentences, candidates)
    one_kind(candidates)
    surnames_of_people(document.text, candidates)
    others = [c for c in candidates if c.kind is EntityKind.MISC]
    bound = bind(document.text, [c for c in candidates if c.kind is not EntityKind.MISC])
    mentions, entities = with_others(bound, document.text, others)
    scores = {(c.start, c.end): c.score for c in candidates}
    scored = (replace(m, score=round(scores.get((m.start, m.end), m.score), 2)) for m in mentions)
    made = derived(read_sentences, candidates, mentions)
    return with_referring(replace(document, mentions=tuple(scored), entities=entities, derived=tuple(made)))


STAGE = Stage(
    name="mentions",
    version="9",
    reads=("sentences", "tokens"),
    writes=("mentions", "entities", "derived"),
    resources=tuple(dict.fromkeys((*OWN, *NAMES, *COREFERENCE))),
    models=(MODEL,),
    run=run,
)
