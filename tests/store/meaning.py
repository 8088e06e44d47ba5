"""An encoder that knows a few concepts, so that what means the like is near without a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from quellenlage.model import fold
from quellenlage.model.ports import Floats

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
