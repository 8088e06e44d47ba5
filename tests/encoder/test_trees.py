"""The best tree against enumeration of all trees, and against contracting one copy of the scores after another."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.encoder.trees import Heads, Scores, _arborescence, heads


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


def _plainly(scores: Scores) -> Heads:
    """The best tree by writing down the whole problem anew for every cycle, the first one that a walk comes upon."""
    count = len(scores)
    choice: Heads = scores.argmax(axis=1).astype(np.int64)
    choice[0] = 0
    cycle: list[int] = []
    for begin in range(1, count):
        walk = [begin]
        while walk[-1] and choice[walk[-1]] not in walk:
            walk.append(int(choice[walk[-1]]))
        if walk[-1]:
            cycle = walk[walk.index(int(choice[walk[-1]])) :]
            break
    if not cycle:
        return choice
    others = [node for node in range(count) if node not in cycle]
    gain = np.array([[scores[m, h] - scores[m, choice[m]] for h in others] for m in cycle])
    out = np.array([[scores[d, m] for m in cycle] for d in others])
    small = np.full((len(others) + 1, len(others) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(others, others)]
    small[-1, :-1], small[:-1, -1] = gain.max(axis=0), out.max(axis=1)
    solved = _plainly(small)
    found = choice.copy()
    for i, node in enumerate(others[1:], start=1):
        within = solved[i] == len(others)
        found[node] = cycle[int(out[i].argmax())] if within else others[solved[i]]
    found[cycle[int(gain[:, solved[-1]].argmax())]] = others[solved[-1]]
    return found


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.sampled_from(["equal", "alike", "few", "rounded", "any"]))
def test_ties_fall_as_where_every_cycle_is_written_down_anew(seed: int, count: int, kind: str) -> None:
    chance, size = np.random.default_rng(seed), (count + 1, count + 1)
    scores: Scores = {
        "equal": np.zeros(size),
        "alike": np.tile(chance.normal(0, 1, count + 1).round(1), (count + 1, 1)),  # a word said over and over
        "few": chance.integers(-2, 3, size).astype(np.float64),
        "rounded": chance.normal(0, 1, size).round(1),
        "any": chance.normal(0, 4, size),
    }[kind]
    scores[:, 0] -= 100.0
    np.fill_diagonal(scores, -np.inf)
    scores[0] = -np.inf
    assert _arborescence(scores).tolist() == _plainly(scores).tolist()


def test_many_equal_words_hang_as_they_do_one_cycle_at_a_time() -> None:
    scores = np.zeros((81, 81))
    scores[:, 0] = -100.0
    np.fill_diagonal(scores, -np.inf)
    scores[0] = -np.inf
    assert _arborescence(scores).tolist() == _plainly(scores).tolist()


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
