"""The best tree against enumeration of all trees."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.encoder.trees import Scores, heads


def is_tree(candidate: tuple[int, ...]) -> bool:
    if sum(head < 0 for head in candidate) != 1:
        return False
    for word in range(len(candidate)):
        seen, at = set(), word
        while at >= 0:
            if at in seen:
                return False
            seen.add(at)
            at = candidate[at]
    return True


def _total(candidate: tuple[int, ...], scores: Scores) -> float:
    return float(sum(scores[word, head + 1] for word, head in enumerate(candidate)))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 4), st.booleans())
def test_against_all_trees(seed: int, count: int, ties: bool) -> None:
    chance = np.random.default_rng(seed)
    size = (count, count + 1)
    scores = chance.integers(-2, 3, size).astype(np.float64) if ties else chance.normal(0, 4, size)
    found = tuple(heads(scores).tolist())
    assert is_tree(found)
    trees = [c for c in product(range(-1, count), repeat=count) if is_tree(c)]
    assert _total(found, scores) == pytest.approx(max(_total(tree, scores) for tree in trees))


@pytest.mark.parametrize("count", [30, 150, 500])
def test_long_sentences_have_one_root_and_no_cycle(count: int) -> None:
    scores = np.random.default_rng(count).normal(0, 5, (count, count + 1))
    assert is_tree(tuple(heads(scores).tolist()))


def test_long_chains_of_cycles_are_broken() -> None:
    count = 200
    scores = np.full((count, count + 1), -50.0)
    for word in range(0, count, 2):  # every word pair chooses each other
        scores[word, word + 2] = scores[word + 1, word + 1] = 10.0
    scores[:, 0] = -20.0
    assert is_tree(tuple(heads(scores).tolist()))


def test_two_words_that_want_to_be_the_root() -> None:
    assert heads(np.array([[9.0, 0.0, 1.0], [8.0, 5.0, 0.0]])).tolist() == [-1, 0]


def test_no_words() -> None:
    assert heads(np.zeros((0, 1))).tolist() == []
