"""The best dependency tree of a sentence: maximum spanning arborescence with exactly one root.

Chu and Liu (1965), Edmonds (1967); the single root as in Stanojević and Cohen (2021): arcs from the root are made so
dear that no tree with two of them can win against one with a single one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Heads = NDArray[np.int64]
_NEVER = -np.inf


def heads(scores: Scores) -> Heads:
    """The head of each word, -1 for the root's only child.

    `scores` (words, 1 + words): in row d, column 0 holds the score of d as the root, column 1 + h that of head h.
    """
    count = len(scores)
    if count == 0:
        return np.zeros(0, dtype=np.int64)
    own = scores.astype(np.float64)
    own[np.arange(count), np.arange(1, count + 1)] = _NEVER
    greedy: Heads = own.argmax(axis=1).astype(np.int64) - 1
    if (greedy < 0).sum() == 1 and _cycle(np.concatenate([[0], greedy + 1])) is None:
        return greedy
    finite = own[np.isfinite(own)]
    own[:, 0] -= 1.0 + (count + 1) * (finite.max() - finite.min())
    matrix = np.full((count + 1, count + 1), _NEVER)
    matrix[1:] = own
    found: Heads = _arborescence(matrix)[1:] - 1
    return found


def _arborescence(scores: Scores) -> Heads:
    """Head of every node but 0 in the best tree from 0; `scores` (dependent, head)."""
    choice: Heads = scores.argmax(axis=1).astype(np.int64)
    choice[0] = 0
    cycle = _cycle(choice)
    if cycle is None:
        return choice
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    members = np.array(cycle)
    # the cycle becomes one node, the last: what enters it pays for the arc of the cycle that it replaces
    gain = scores[np.ix_(members, outside)] - scores[members, choice[members]][:, None]
    out = scores[np.ix_(outside, members)]
    small = np.full((len(outside) + 1, len(outside) + 1), _NEVER)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = gain.max(axis=0)
    small[:-1, -1] = out.max(axis=1)
    solved = _arborescence(small)
    found = choice.copy()
    for i, node in enumerate(outside):
        if i:
            head = solved[i]
            found[node] = members[out[i].argmax()] if head == len(outside) else outside[head]
    enters = solved[-1]
    found[members[gain[:, enters].argmax()]] = outside[enters]
    return found


def _cycle(choice: Heads) -> list[int] | None:
    """A cycle among the chosen heads, or None; node 0 is the root."""
    seen = [0] * len(choice)
    for begin in range(1, len(choice)):
        node, walk = begin, begin
        while node and not seen[node]:
            seen[node] = walk
            node = int(choice[node])
        if node and seen[node] == walk:
            found = [node]
            while choice[found[-1]] != node:
                found.append(int(choice[found[-1]]))
            return found
    return None
