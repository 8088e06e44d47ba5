"""The language stage: zones to sentences and tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from quellenlage.annotate.language.lemmas import LEMMAS
from quellenlage.annotate.language.sentences import CLOSED_CLASSES, boundaries, resolve_dots
from quellenlage.annotate.language.tokenizer import ABBREVIATIONS, Piece, pieces
from quellenlage.annotate.language.verbs import VERB_FORMS
from quellenlage.annotate.language.words import MODEL, tokens
from quellenlage.model.document import Document
from quellenlage.model.layers import Sentence
from quellenlage.model.stage import Stage


def split(text: str, start: int, end: int) -> Iterator[list[Piece]]:
    """Sentences of `text[start:end]`, each as its pieces; offsets are those of the whole text."""
    found, ending = resolve_dots(pieces(text, start, end))
    opens = boundaries(text, found, ending)
    for first, stop in pairwise([*opens, len(found)]):
        yield found[first:stop]


def run(document: Document) -> Document:
    """Write sentences and tokens of every zone."""
    text = document.text
    read = [sentence for zone in document.article.zones for sentence in split(text, zone.start, zone.end)]
    sentences = tuple(Sentence(sentence[0].start, sentence[-1].end) for sentence in read)
    return replace(document, sentences=sentences, tokens=tuple(tokens(text, read)))


STAGE = Stage(
    name="language",
    version="3",
    reads=(),
    writes=("sentences", "tokens"),
    resources=(ABBREVIATIONS, CLOSED_CLASSES, LEMMAS, VERB_FORMS),
    models=(MODEL,),
    run=run,
)
