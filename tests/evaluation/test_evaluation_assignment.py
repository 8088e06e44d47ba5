from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.evaluation.assignment import assign


@st.composite
def tables(draw: st.DrawFn) -> list[list[float]]:
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    values = st.integers(0, 20).map(lambda n: n / 20)
    return draw(st.lists(st.lists(values, min_size=width, max_size=width), min_size=height, max_size=height))


def best_by_trying(table: list[list[float]]) -> float:
    rows, columns = len(table), len(table[0])
    size = max(rows, columns)
    padded = [[table[i][j] if i < rows and j < columns else 0.0 for j in range(size)] for i in range(size)]
    return max(sum(padded[i][j] for i, j in enumerate(order)) for order in permutations(range(size)))


@settings(max_examples=150)
@given(tables())
def test_assignment_reaches_the_best_sum_that_any_pairing_has(table: list[list[float]]) -> None:
    rows, columns = range(len(table)), range(len(table[0]))
    pairs = assign(rows, columns, lambda i, j: table[i][j])
    assert abs(sum(table[i][j] for i, j in pairs) - best_by_trying(table)) < 1e-9
    assert len({i for i, _ in pairs}) == len(pairs) == len({j for _, j in pairs})
    assert all(table[i][j] > 0 for i, j in pairs)


def test_assignment_gives_up_the_best_single_pair_for_a_better_whole() -> None:
    table = [[0.9, 0.8], [0.8, 0.1]]
    assert assign([0, 1], [0, 1], lambda i, j: table[i][j]) == [(0, 1), (1, 0)]


def test_nothing_is_paired_with_nothing() -> None:
    assert assign([], [1], lambda a, b: 1.0) == []
    assert assign([1], [], lambda a, b: 1.0) == []
    assert assign([1], [2], lambda a, b: 0.0) == []
