"""Decoding of linear chains over tags: the best path, and how probable each tag is at each word.

Several chains of one length are decoded side by side: emissions are (chains, words, tags), transitions (chains, from,
to). All in logarithms, so that no bias, however strong, can overflow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
BARRED = -1e4
"""The score of what cannot follow, as in training."""
_PORTION = 4096
"""Words of a very long article for which probabilities are made at a time, so as not to hold them thrice."""


@dataclass(frozen=True, slots=True)
class Chains:
    """Transition scores (chains, from, to) and scores of the first tag (chains, tags)."""

    transitions: Scores
    start: Scores

    @classmethod
    def of(cls, settings: Sequence[Mapping[str, Any]]) -> Chains:
        """From the settings of a model, where null means that a tag cannot follow."""
        transitions = [[[BARRED if v is None else v for v in row] for row in one["transitions"]] for one in settings]
        return cls(np.array(transitions, dtype=np.float64), np.array([one["start"] for one in settings], np.float64))

    def cooled(self, temperature: Scores | float) -> Chains:
        """The same with every score divided by a temperature (one for all, or one per chain)."""
        by = np.broadcast_to(np.asarray(temperature, dtype=np.float64), self.start.shape[:1])
        return Chains(self.transitions / by[:, None, None], self.start / by[:, None])


def best(emissions: Scores, chains: Chains) -> NDArray[np.int64]:
    """The best path of each chain (chains, words)."""
    count, length, _ = emissions.shape
    path = np.zeros((count, length), dtype=np.int64)
    if not length:
        return path
    into = chains.transitions.transpose(0, 2, 1).copy()  # (chains, to, from): the best predecessor lies in a row
    alpha = chains.start + emissions[:, 0]
    back = np.empty((length, *alpha.shape), dtype=np.int16)
    options = np.empty(into.shape)
    for i in range(1, length):
        np.add(alpha[:, None, :], into, out=options)
        back[i] = options.argmax(axis=2)
        alpha = np.maximum.reduce(options, axis=2) + emissions[:, i]
    rows = np.arange(count)
    path[:, -1] = alpha.argmax(axis=1)
    for i in range(length - 1, 0, -1):
        path[:, i - 1] = back[i][rows, path[:, i]]
    return path


def marginals(emissions: Scores, chains: Chains) -> Scores:
    """The posterior probability of every tag at every word (chains, words, tags), by forward and backward sums.

    The backward sums are forward sums of the reversed chain, so both run in one loop.
    """
    count, length, tags = emissions.shape
    if not length:
        return np.zeros((count, 0, tags))
    into = np.concatenate([chains.transitions.transpose(0, 2, 1), chains.transitions])
    own = emissions.transpose(1, 0, 2)
    sums = np.concatenate([own, own[::-1]], axis=1)
    sums[0, :count] += chains.start
    options = np.empty(into.shape)
    for i in range(1, length):
        np.add(sums[i - 1][:, None, :], into, out=options)
        top = np.maximum.reduce(options, axis=2)
        options -= top[:, :, None]
        total = np.add.reduce(np.exp(options, out=options), axis=2)
        sums[i] += np.log(total, out=total) + top
    found = np.empty((count, length, tags))
    for low in range(0, length, _PORTION):
        words = slice(low, low + _PORTION)
        total = sums[words, :count] + sums[::-1, count:][words] - own[words]
        total -= total.max(axis=2, keepdims=True)
        np.exp(total, out=total)
        total /= total.sum(axis=2, keepdims=True)
        found[:, words] = total.transpose(1, 0, 2)
    return found


def softmax(scores: NDArray[Any], temperature: float = 1.0) -> Scores:
    """Probabilities over the last axis."""
    cooled = scores.astype(np.float64) / temperature
    found: Scores = np.exp(cooled - cooled.max(axis=-1, keepdims=True))
    found /= found.sum(axis=-1, keepdims=True)
    return found
