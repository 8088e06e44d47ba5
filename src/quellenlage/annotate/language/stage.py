"""The language stage: zones to sentences and tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from quellenlage.annotate.language.lemmas import lemma
from quellenlage.annotate.language.morphology import tag
from quellenlage.annotate.language.sentences import CLOSED_CLASSES, boundaries, resolve_dots
from quellenlage.annotate.language.tokenizer import ABBREVIATIONS, Kind, Piece, pieces
from quellenlage.annotate.language.verbs import VERB_FORMS
from quellenlage.model.document import Document
from quellenlage.model.layers import Sentence, Token
from quellenlage.model.stage import Stage


def split(text: str, start: int, end: int) -> Iterator[list[Piece]]:
    """Sentences of `text[start:end]`, each as its pieces; offsets are those of the whole text."""
    found, ending = resolve_dots(pieces(text, start, end))
    opens = boundaries(text, found, ending)
    for first, stop in pairwise([*opens, len(found)]):
        yield found[first:stop]


def run(document: Document) -> Document:
    """Write sentences and tokens of every zone."""
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    for zone in document.article.zones:
        for sentence in split(document.text, zone.start, zone.end):
            sentences.append(Sentence(sentence[0].start, sentence[-1].end))
            tokens += _tokens(sentence)
    return replace(document, sentences=tuple(sentences), tokens=tuple(tokens))


def _tokens(sentence: list[Piece]) -> Iterator[Token]:
    for i, (piece, (base, upos, feats)) in enumerate(zip(sentence, tag(sentence), strict=True)):
        found = lemma(piece.form, i == 0 or sentence[i - 1].kind is Kind.MARK) if base is None else base
        yield Token(piece.start, piece.end, found, upos, feats or None)


STAGE = Stage(
    name="language",
    version="1",
    reads=(),
    writes=("sentences", "tokens"),
    resources=(ABBREVIATIONS, CLOSED_CLASSES, VERB_FORMS),
    run=run,
)
