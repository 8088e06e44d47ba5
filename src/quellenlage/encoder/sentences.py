"""Vectors of sentences and questions for search by meaning: near where they say the like, in whatever words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from quellenlage.encoder import sessions
from quellenlage.encoder.pieces import END, MOST, START, encoded, tokenizer
from quellenlage.encoder.sessions import Floats

NAME = "sentences"
WIDTH = 384
Kind = Literal["query", "passage"]


def encode(texts: Sequence[str], kind: Kind) -> Floats:
    """One vector of length 1 per text (n, 384); their inner product is the likeness.

    The encoder was trained to tell what is asked ("query") from what may answer ("passage"). Of a text of more than
    some 350 words only the beginning is read. Each text is read by itself: a vector never depends on the others.

    Raises:
        MissingResource: a model file is missing or damaged.
    """
    vectors = np.empty((len(texts), WIDTH), dtype=np.float32)
    for row, text in enumerate(texts):
        ids, _ = encoded(tokenizer(), f"{kind}: {text}")
        embedded = sessions.embed([START, *ids[:MOST], END])
        vectors[row] = sessions.run("sentences/encode", embedded=embedded)[0][0]
    return vectors
