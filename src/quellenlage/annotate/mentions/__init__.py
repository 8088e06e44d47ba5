"""Names and nouns for persons, organisations, places and groups, and which of them mean the same in one article."""

from __future__ import annotations

from dataclasses import replace

from quellenlage.annotate.mentions.bind import bind
from quellenlage.annotate.mentions.gazetteer import PLACES
from quellenlage.annotate.mentions.lexicon import DEMONYMS, FIRST_NAMES, GROUPS, ORG_WORDS, TITLES
from quellenlage.annotate.mentions.scan import Scanner
from quellenlage.annotate.mentions.words import CLOSED_CLASSES, sentences
from quellenlage.model import Document
from quellenlage.model.stage import Stage

__all__ = ["STAGE"]


def run(document: Document) -> Document:
    """Write mentions and entities of headline, lead, body and captions."""
    mentions, entities = bind(document.text, Scanner().scan([w for w in sentences(document) if len(w)]))
    return replace(document, mentions=mentions, entities=entities)


STAGE = Stage(
    name="mentions",
    version="2",
    reads=("sentences", "tokens"),
    writes=("mentions", "entities"),
    resources=(FIRST_NAMES, TITLES, ORG_WORDS, DEMONYMS, GROUPS, PLACES, CLOSED_CLASSES),
    run=run,
)
