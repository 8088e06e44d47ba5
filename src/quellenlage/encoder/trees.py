"""The best dependency tree of a sentence: maximum spanning arborescence with exactly one root.

Chu and Liu (1965), Edmonds (1967); the single root as in Stanojević and Cohen (2021): arcs from the root are made so
dear that no tree with two of them can win against one with a single one.
"""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Cycle:
    """Nodes that became one, `node`: their heads within the cycle, in order, and through which of them the others go.

    Where the cycle hangs from h, the member `entered[h]` takes h for its head; `leaving[d]` is the one that heads d.
    """

    node: int
    members: list[int]
    heads: list[int]
    entered: Heads
    leaving: Heads


def _arborescence(scores: Scores) -> Heads:
    """Head of every node but 0 in the best tree from 0; `scores` (dependent, head).

    Cycles are contracted in place: a new node gets the next number, and what it is made of is never chosen again.
    """
    count = len(scores)
    matrix = np.full((2 * count, 2 * count), _NEVER)
    matrix[:count, :count] = scores
    choice = [0] * (2 * count)
    stale = [True] * (2 * count)  # its choice is unknown, or has become part of a cycle
    gone, rooted = [False] * (2 * count), [False] * (2 * count)
    rooted[0] = True
    cycles: list[_Cycle] = []
    begin = 1
    while begin < count + len(cycles):
        path: list[int] = []
        places: dict[int, int] = {}
        node = begin
        while not gone[begin] and not rooted[node]:
            if node in places:
                members = path[places[node] :]
                cycle = _contracted(matrix, members, [choice[one] for one in members], count + len(cycles))
                cycles.append(cycle)
                for one in members:
                    gone[one] = True
                    del places[one]
                del path[len(path) - len(members) :]
                if not path:
                    break
                node = path.pop()
                del places[node]
            if stale[node] or gone[choice[node]]:
                # what was chosen stays the first of the best as long as it is there: no other becomes any better
                choice[node], stale[node] = int(matrix[node].argmax()), False
            places[node] = len(path)
            path.append(node)
            node = choice[node]
        for one in path:
            rooted[one] = True
        begin += 1
    return _expanded(choice, cycles)[:count]


def _contracted(matrix: Scores, members: list[int], heads: list[int], node: int) -> _Cycle:
    """Make a cycle of `matrix` one node: what enters it pays for the arc of the cycle that it replaces."""
    among = np.array(members)
    gain = matrix[among] - matrix[among, heads][:, None]
    out = matrix[:, among]
    matrix[node] = gain.max(axis=0)
    matrix[:, node] = out.max(axis=1)
    matrix[node, node] = _NEVER
    matrix[:, among] = _NEVER
    return _Cycle(node, members, heads, among[gain.argmax(axis=0)], among[out.argmax(axis=1)])


def _expanded(choice: list[int], cycles: list[_Cycle]) -> Heads:
    """The heads of all nodes, cycles being taken apart again, the last one first."""
    found: Heads = np.array(choice, dtype=np.int64)
    for cycle in reversed(cycles):
        enters = found[cycle.node]
        below = np.flatnonzero(found == cycle.node)
        found[below] = cycle.leaving[below]
        found[cycle.members] = cycle.heads
        found[cycle.entered[enters]] = enters
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
