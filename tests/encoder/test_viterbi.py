"""Decoding against enumeration of all paths."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.encoder.viterbi import BARRED, Chains, Scores, best, marginals, softmax


def _score(path: tuple[int, ...], emissions: Scores, chains: Chains, chain: int) -> float:
    total = chains.start[chain, path[0]] + emissions[chain, 0, path[0]]
    for i in range(1, len(path)):
        total += chains.transitions[chain, path[i - 1], path[i]] + emissions[chain, i, path[i]]
    return float(total)


def _random(seed: int, count: int, length: int, tags: int, barred: float) -> tuple[Scores, Chains]:
    chance = np.random.default_rng(seed)
    transitions = chance.normal(0, 2, (count, tags, tags))
    transitions[chance.random((count, tags, tags)) < barred] = BARRED
    return chance.normal(0, 3, (count, length, tags)), Chains(transitions, chance.normal(0, 1, (count, tags)))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6), st.integers(1, 2), st.integers(1, 5), st.integers(1, 4), st.sampled_from([0, 0.3]),
    st.sampled_from([0.5, 1, 2]),
)  # fmt: skip
def test_against_all_paths(seed: int, count: int, length: int, tags: int, barred: float, heat: float) -> None:
    emissions, chains = _random(seed, count, length, tags, barred)
    found = best(emissions, chains)
    probable = marginals(emissions / heat, chains.cooled(heat))
    paths = list(product(range(tags), repeat=length))
    for chain in range(count):
        scores = np.array([_score(path, emissions, chains, chain) for path in paths])
        assert _score(tuple(found[chain]), emissions, chains, chain) == pytest.approx(scores.max())
        weights = np.exp((scores - scores.max()) / heat)
        weights /= weights.sum()
        wanted = np.zeros((length, tags))
        for path, weight in zip(paths, weights, strict=True):
            wanted[range(length), path] += weight
        np.testing.assert_allclose(probable[chain], wanted, atol=1e-9)


def test_a_barred_step_is_not_taken() -> None:
    chains = Chains(np.array([[[0.0, BARRED], [0.0, 0.0]]]), np.zeros((1, 2)))
    emissions = np.array([[[1.0, 0.0], [0.0, 5.0]]])
    assert best(emissions, chains).tolist() == [[1, 1]]
    # of the paths 00, 10, 11 (scores 1, 0, 5) the first alone begins with 0
    assert marginals(emissions, chains)[0, 0, 0] == pytest.approx(np.e / (np.e + 1 + np.exp(5)))


@pytest.mark.parametrize("bias", [50.0, 1e6])
def test_a_strong_bias_decides_and_overflows_nothing(bias: float) -> None:
    emissions, chains = _random(3, 2, 30, 5, 0.0)
    emissions[:, :, 4] += bias
    assert (best(emissions, chains) == 4).all()
    probable = marginals(emissions, chains)
    assert np.isfinite(probable).all()
    assert probable[:, :, 4] == pytest.approx(1.0, abs=1e-6)


def test_no_words() -> None:
    _, chains = _random(1, 2, 1, 3, 0)
    assert best(np.zeros((2, 0, 3)), chains).shape == (2, 0)
    assert marginals(np.zeros((2, 0, 3)), chains).shape == (2, 0, 3)


def test_from_settings() -> None:
    chains = Chains.of([{"transitions": [[0.5, None], [1, 2]], "start": [0, 1]}])
    assert chains.transitions.tolist() == [[[0.5, BARRED], [1, 2]]]
    assert chains.start.tolist() == [[0, 1]]


def test_softmax_is_cooled_by_its_temperature() -> None:
    sharp, flat = softmax(np.array([1000.0, 0.0])), softmax(np.array([2.0, 0.0]), 2.0)
    assert sharp.tolist() == [1.0, 0.0]
    assert flat[0] == pytest.approx(1 / (1 + np.exp(-1)))
