from __future__ import annotations

import multiprocessing
import os
import signal
from functools import partial
from pathlib import Path

import pytest

from quellenlage.errors import Defect
from quellenlage.execution.engines.mapping import side_by_side
from quellenlage.model.partition import in_process


def squared(n: int) -> int:
    return n * n


def killed_once(path: str, n: int) -> int:
    if n == 3 and not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def killed(_n: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def test_answers_are_those_of_one_process() -> None:
    with side_by_side(2) as mapper:
        assert list(mapper(squared, range(40))) == list(in_process(squared, range(40)))
        assert list(mapper(str, range(3))) == ["0", "1", "2"]
        assert list(mapper(squared, [])) == []
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_changes_no_answer(tmp_path: Path) -> None:
    with side_by_side(2) as mapper:
        assert list(mapper(partial(killed_once, str(tmp_path / "once")), range(10))) == list(range(10))


def test_a_part_that_kills_every_process_is_told_of() -> None:
    with (
        side_by_side(2) as mapper,
        pytest.raises(Defect, match="died 10 times while reading one part: SIGKILL"),
    ):
        list(mapper(killed, [1]))


def test_answers_that_nobody_wants_any_more_are_not_those_of_the_next_question() -> None:
    with side_by_side(2) as mapper:
        answers = mapper(squared, range(100))
        assert [next(answers), next(answers)] == [0, 1]
        answers.close()  # type: ignore[attr-defined]
        assert list(mapper(str, range(4))) == ["0", "1", "2", "3"]
