"""An encoder that knows a few concepts, so that what means the like is near without a model, and archives for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from tests.store.fakes import capture_of, document_of

from quellenlage.model import fold
from quellenlage.model.ports import Floats
from quellenlage.store import SqlArchive, open_archive

CONCEPTS = (
    {"truppen", "soldaten", "armee"},
    {"abzug", "evakuiert", "verlassen"},
    {"zug", "bahn", "lok"},
    {"bruecke", "viadukt"},
    {"minister", "amt"},
)


class ConceptEncoder:
    """One component a concept, and one for everything else; counts what it was asked to read."""

    def __init__(self, digest: str = "concepts-1") -> None:
        self.digest = digest
        self.read: list[str] = []

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Floats:
        if kind == "passage":
            self.read += texts
        found = np.zeros((len(texts), len(CONCEPTS) + 1), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            for word in fold(text).split():
                at = next((i for i, concept in enumerate(CONCEPTS) if word in concept), len(CONCEPTS))
                row[at] += 1.0 if at < len(CONCEPTS) else 0.05
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return found


def archive_of(path: Path, texts: Sequence[str]) -> Iterator[SqlArchive]:
    """A new archive with an article of each text, for as long as it is asked for."""
    made = open_archive(str(path), create=True)
    for number, text in enumerate(texts):
        capture = capture_of(text, source=f"{number}.txt")
        made.add_capture(capture)
        made.put_document(document_of(capture), "1")
    yield made
    made.close()
