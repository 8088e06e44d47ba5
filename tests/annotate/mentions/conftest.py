from __future__ import annotations

from collections.abc import Callable

import pytest

from quellenlage.annotate.language import STAGE as LANGUAGE
from quellenlage.annotate.mentions import STAGE
from quellenlage.model import Article, Document, Zone, ZoneKind, text_digest


def _article(text: str) -> Article:
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    zones = (Zone(start, end, ZoneKind.BODY),) if start < end else ()
    return Article("art-1", "cap-1", "test", text, text_digest(text), "text", zones, "de")


@pytest.fixture(scope="session")
def annotate() -> Callable[[str], Document]:
    """Text to a document with mentions and entities."""

    def run(text: str) -> Document:
        return STAGE.run(LANGUAGE.run(Document(_article(text))))

    return run


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
