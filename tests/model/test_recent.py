"""Answers that are kept between the steps of a long run."""

from __future__ import annotations

import gc
from weakref import ref

from quellenlage.model.recent import forget_recent, recent


def test_an_answer_is_kept_until_all_are_let_go() -> None:
    asked: list[int] = []

    @recent(8)
    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    assert [double(1), double(1), double(2)] == [2, 2, 4]
    assert asked == [1, 2]
    forget_recent()
    assert double(1) == 2
    assert asked == [1, 2, 1]


def test_no_more_answers_are_kept_than_asked_for() -> None:
    asked: list[int] = []

    @recent(2)
    def same(number: int) -> int:
        asked.append(number)
        return number

    for number in (1, 2, 3, 3, 2, 1):
        same(number)
    assert asked == [1, 2, 3, 1]


def test_a_function_that_goes_takes_its_answers_along() -> None:
    class Held:
        pass

    @recent(2)
    def held(_: int) -> Held:
        return Held()

    answer = ref(held(1))
    assert answer() is not None
    del held
    gc.collect()
    assert answer() is None
