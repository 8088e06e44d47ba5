"""What the encoder says of names: which words of each sentence, of which kind, how surely."""

from __future__ import annotations

import math
from dataclasses import dataclass

from quellenlage.encoder import files
from quellenlage.model import Document

MODEL = "words"
PLACES = frozenset({"GPE", "LOC"})
_SLOPE, _OFFSET = 1.49, 1.56
"""Fitted to 525 names of the tuning articles and sentences, 79 % of which are right."""
_LEAST = 1e-4
MADE_FROM_NAMES = frozenset({"DERIVED", "PART"})
"""Kinds that name nothing themselves: "syrisch", "Berliner", and "EU-Budget"."""


@dataclass(frozen=True, slots=True)
class Told:
    """A name as words `start` to `end` of its sentence; `score` is how probable the encoder holds it to be."""

    start: int
    end: int
    kind: str
    score: float


def read(document: Document) -> list[tuple[Told, ...]] | None:
    """The names of each of the document's sentences in order; None where the encoder is not there or not wanted.

    Raises:
        MissingResource: a file of the encoder is damaged.
    """
    if not files.available(MODEL, files.wanted()):
        return None
    from quellenlage.encoder import words

    sentences = [[(t.start, t.end) for t in document.tokens_in(s.span)] for s in document.sentences]
    found = words.read(document.text, sentences)
    return [tuple(Told(n.first, n.last, n.kind, sureness(n.score)) for n in sentence.names) for sentence in found]


def sureness(score: float) -> float:
    """How often a name of this score is right in all its words, where the encoder scores the least sure word."""
    kept = min(max(score, _LEAST), 1 - _LEAST)
    return 1 / (1 + math.exp(-_SLOPE * math.log(kept / (1 - kept)) - _OFFSET))
