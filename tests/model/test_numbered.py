"""Sequences whose items are asked for by number behave as lists do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.model.numbered import Numbered


class Squares(Numbered[int]):
    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def at(self, number: int) -> int:
        assert 0 <= number < self._count
        return number * number


_ENDS = st.none() | st.integers(-12, 12)


@given(st.integers(0, 8), st.integers(-12, 12))
def test_a_number_gives_what_it_gives_of_a_list(count: int, number: int) -> None:
    listed = [n * n for n in range(count)]
    if -count <= number < count:
        assert Squares(count)[number] == listed[number]
    else:
        with pytest.raises(IndexError):
            Squares(count)[number]


@given(st.integers(0, 8), _ENDS, _ENDS, st.integers(1, 3) | st.integers(-3, -1))
def test_a_slice_gives_what_it_gives_of_a_list(count: int, start: int | None, stop: int | None, step: int) -> None:
    listed = [n * n for n in range(count)]
    assert Squares(count)[start:stop:step] == listed[start:stop:step]
    assert list(Squares(count)) == listed
