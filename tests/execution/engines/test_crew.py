from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.execution.engines.poisoned import doubling, failing, slow_first, stillborn

from quellenlage.errors import EngineUnusable
from quellenlage.execution.engines.crew import Crew, Limits


def test_every_item_comes_back_once_and_in_order() -> None:
    crew: Crew[int] = Crew(doubling, 2)
    assert [(n, result[0]) for n, result in crew.run(range(50))] == [(n, 2 * n) for n in range(50)]
    assert multiprocessing.active_children() == []


def test_nothing_to_do_starts_nobody() -> None:
    assert list(Crew[int](stillborn, 2).run([])) == []


def test_items_are_taken_as_there_is_room() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for n in range(40):
            taken.append(n)
            yield n

    given = 0
    for _ in Crew[int](doubling, 2, Limits(held=4)).run(items()):
        given += 1
        assert len(taken) - given <= 8, "two in hand, four held and two that came together"
    assert given == 40


def test_a_slow_item_is_waited_for_or_overtaken() -> None:
    strict = [n for n, _ in Crew[int](slow_first(0.5), 2).run(range(30))]
    assert strict == list(range(30))
    loose = [n for n, _ in Crew[int](slow_first(1.5), 2, Limits(held=3)).run(range(30))]
    assert sorted(loose) == list(range(30))
    assert loose.index(0) > 0
    assert [n for n in loose if n] == list(range(1, 30))


def test_workers_are_replaced_after_so_many_items() -> None:
    done = list(Crew[int](doubling, 1, Limits(items=3)).run(range(9)))
    assert [n for n, _ in done] == list(range(9))
    assert len({pid for _, (_, pid) in done}) == 3


def test_workers_stay_between_two_calls() -> None:
    with Crew[int](doubling, 1) as crew:
        first, second = list(crew.results([1, 2])), list(crew.results([3]))
    assert [(n, result[0]) for n, result in first + second] == [(1, 2), (2, 4), (3, 6)]
    assert len({result[1] for _, result in first + second}) == 1


def test_a_worker_that_is_killed_while_it_waits_is_replaced() -> None:
    with Crew[int](doubling, 1) as crew:
        ((_, (_, pid)),) = crew.results([1])
        os.kill(pid, signal.SIGKILL)
        ((_, (doubled, other)),) = crew.results([2])
    assert (doubled, other != pid) == (4, True)


def test_workers_that_cannot_start_are_told_of() -> None:
    with pytest.raises(EngineUnusable, match="workers end before they have begun: exit status 7"):
        list(Crew[int](stillborn, 2).run(range(3)))
    assert multiprocessing.active_children() == []


def test_an_error_of_the_function_ends_the_run() -> None:
    with pytest.raises(KeyError, match=r"[01]"):  # of the first two, whose worker began first
        list(Crew[int](failing, 2).run(range(3)))
    assert multiprocessing.active_children() == []


def test_whoever_stops_early_leaves_no_process() -> None:
    results = Crew[int](doubling, 2).run(range(1000))
    pids = {next(results)[1][1] for _ in range(4)}
    results.close()
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert multiprocessing.active_children() == []
    if Path("/proc/self").exists():
        assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
