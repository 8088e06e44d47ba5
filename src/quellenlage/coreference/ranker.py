"""How well each thing named so far fits as what a pronoun or noun means: a log-linear choice with "none of them".

The mention-ranking model of Denis and Baldridge (2008): all candidates and the empty answer compete in one softmax,
so that the winner's share is a probability. The weights are learnt by `training/coreference.py` and stand in
`de/coreference_weights.toml`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from quellenlage.resources import load

WEIGHTS = "de/coreference_weights.toml"

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that could be meant, with what speaks for and against it."""

    entity: str
    features: Features


@dataclass(frozen=True, slots=True)
class Choice:
    """The likeliest entity (None: none of those named), and its probability."""

    entity: str | None
    probability: float
    ranked: tuple[tuple[str, float], ...] = ()
    """All entities with their probability, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature; `thresholds` say from which probability an answer of a class is given."""

    weights: Mapping[str, float]
    thresholds: Mapping[str, float]

    def choose(self, candidates: Sequence[Candidate], empty: Features) -> Choice:
        """The best of the candidates and of the empty answer, whose features are `empty`; the nearest wins a tie."""
        scores = [self._score(c.features) for c in candidates]
        none = self._score(empty)
        top = max([*scores, none])
        total = sum(math.exp(s - top) for s in [*scores, none])
        best = max(range(len(candidates)), key=lambda i: (scores[i], -i), default=None)
        ranked: dict[str, float] = {}
        for candidate, score in sorted(zip(candidates, scores, strict=True), key=lambda pair: -pair[1]):
            ranked.setdefault(candidate.entity, math.exp(score - top) / total)
        if best is None or scores[best] <= none:
            return Choice(None, math.exp(none - top) / total, tuple(ranked.items()))
        return Choice(candidates[best].entity, math.exp(scores[best] - top) / total, tuple(ranked.items()))

    def _score(self, features: Features) -> float:
        return sum(self.weights.get(name, 0.0) * value for name, value in sorted(features.items()))


@cache
def model() -> Model:
    """The packaged model."""
    table: dict[str, Any] = load(WEIGHTS)
    return Model(table["weights"], table["thresholds"])
