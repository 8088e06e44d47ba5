from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from quellenlage.annotate.language import STAGE as LANGUAGE
from quellenlage.annotate.mentions import annotated
from quellenlage.annotate.mentions.told import Told
from quellenlage.model import Article, Document, Zone, ZoneKind, text_digest


def _article(text: str) -> Article:
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    zones = (Zone(start, end, ZoneKind.BODY),) if start < end else ()
    return Article("art-1", "cap-1", "test", text, text_digest(text), "text", zones, "de")


@pytest.fixture(scope="session")
def annotate() -> Callable[[str], Document]:
    """Text to a document with mentions and entities, by the rules alone."""

    def run(text: str) -> Document:
        return annotated(LANGUAGE.run(Document(_article(text))), None)

    return run


Named = tuple[str, str, float]
"""Words of a text, the kind that the encoder is to see in them at every place where they stand, and how surely."""


def told(document: Document, names: Sequence[Named]) -> list[tuple[Told, ...]]:
    """What the encoder would say of each sentence if it saw these names and no others."""
    found = []
    for sentence in document.sentences:
        tokens = document.tokens_in(sentence.span)
        starts = {t.start: i for i, t in enumerate(tokens)}
        ends = {t.end: i + 1 for i, t in enumerate(tokens)}
        here = []
        for words, kind, score in names:
            at = document.text.find(words, sentence.start, sentence.end)
            while at >= 0:
                if at in starts and at + len(words) in ends:
                    here.append(Told(starts[at], ends[at + len(words)], kind, score))
                at = document.text.find(words, at + 1, sentence.end)
        found.append(tuple(sorted(here, key=lambda t: t.start)))
    return found


class Seen:
    """A document's entities by name, for short assertions."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.mentions = {
            (e.kind.value, e.name): [document.text[m.start : m.end] for m in document.mentions if m.entity == e.id]
            for e in document.entities
        }
        self.roles = {e.name: [role.text for role in e.roles] for e in document.entities}
        self.forms = {document.text[m.start : m.end]: m.form for m in document.mentions}
        self.scores = {e.name: e.score for e in document.entities}

    def of(self, kind: str) -> list[str]:
        return [name for k, name in self.mentions if k == kind]


@pytest.fixture
def see(annotate: Callable[[str], Document]) -> Callable[[str], Seen]:
    """Text to what was found in it."""
    return lambda text: Seen(annotate(text))


@pytest.fixture
def see_told() -> Callable[..., Seen]:
    """Text, and the names that the encoder sees in it, to what was found."""

    def run(text: str, *names: Named) -> Seen:
        document = LANGUAGE.run(Document(_article(text)))
        return Seen(annotated(document, told(document, names)))

    return run
