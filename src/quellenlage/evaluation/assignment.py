"""Optimal one-to-one assignment (Kuhn 1955; shortest augmenting paths after Jonker and Volgenant 1987)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def assign(left: Sequence[A], right: Sequence[B], similarity: Callable[[A, B], float]) -> list[tuple[int, int]]:
    """Pair items so that the summed similarity is greatest; pairs without similarity are left out.

    Cubic in the longer side: meant for the annotations of one article.
    """
    if not left or not right:
        return []
    size = max(len(left), len(right))
    cost = [[0.0] * size for _ in range(size)]
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            cost[i][j] = -similarity(a, b)
    columns = _solve(cost)
    return [(i, j) for i, j in enumerate(columns) if i < len(left) and j < len(right) and cost[i][j] < 0]


def _solve(cost: Sequence[Sequence[float]]) -> list[int]:
    """Column of each row in the cheapest perfect matching of a square matrix."""
    size = len(cost)
    row_price, column_price = [0.0] * (size + 1), [0.0] * (size + 1)
    row_of, way = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        row_of[0] = row
        column = 0
        least = [math.inf] * (size + 1)
        used = [False] * (size + 1)
        while row_of[column]:
            used[column] = True
            current, delta, following = row_of[column], math.inf, 0
            for other in range(1, size + 1):
                if used[other]:
                    continue
                reduced = cost[current - 1][other - 1] - row_price[current] - column_price[other]
                if reduced < least[other]:
                    least[other], way[other] = reduced, column
                if least[other] < delta:
                    delta, following = least[other], other
            for other in range(size + 1):
                if used[other]:
                    row_price[row_of[other]] += delta
                    column_price[other] -= delta
                else:
                    least[other] -= delta
            column = following
        while column:
            row_of[column] = row_of[way[column]]
            column = way[column]
    columns = [0] * size
    for column in range(1, size + 1):
        columns[row_of[column] - 1] = column - 1
    return columns
