"""Processes that read portions of an archive: the same link as in one, also where one of them is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.generated import write_layers

from quellenlage import pipeline
from quellenlage.encoder import files
from quellenlage.execution.engines.sharing import Sharing
from quellenlage.store import SqlArchive, open_archive


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlArchive]:
    monkeypatch.setenv(files.VARIABLE, files.Models.RULES)
    archive = open_archive(str(tmp_path / "archive.db"), create=True)
    write_layers(archive, 150)
    yield archive
    archive.close()


def doubled(number: int) -> int:
    return 2 * number


def deadly_elsewhere(asking: tuple[int, int]) -> int:
    parent, number = asking
    if os.getpid() != parent and number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_answers_come_in_order_and_workers_stay() -> None:
    with Sharing(2) as mapper:
        assert list(mapper(doubled, range(20))) == [2 * n for n in range(20)]
        assert list(mapper(doubled, [])) == []
        assert list(mapper(doubled, range(3))) == [0, 2, 4]


def test_what_kills_every_worker_is_done_here() -> None:
    with Sharing(1) as mapper:
        assert list(mapper(deadly_elsewhere, [(os.getpid(), n) for n in range(6)])) == list(range(6))


def killed_once(asking: tuple[str, int]) -> int:
    path, number = asking
    if number == 3 and not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_process_that_dies_changes_no_answer(tmp_path: Path) -> None:
    with Sharing(2) as mapper:
        assert list(mapper(killed_once, [(str(tmp_path / "once"), n) for n in range(10)])) == list(range(10))


def test_answers_that_nobody_wants_any_more_are_not_those_of_the_next_question() -> None:
    with Sharing(2) as mapper:
        answers = mapper(doubled, range(100))
        assert [next(answers), next(answers)] == [0, 2]
        answers.close()  # type: ignore[attr-defined]  # a generator, which Iterator does not say
        assert list(mapper(str, range(4))) == ["0", "1", "2", "3"]
    assert multiprocessing.active_children() == []


def test_an_archive_is_linked_as_in_one_process(archive: SqlArchive) -> None:
    alone = pipeline.connect(archive.shelf(), (), frozenset())
    with Sharing(2) as mapper:
        shared = pipeline.connect(archive.shelf(), (), frozenset(), mapper=mapper)
    assert shared == alone
    assert min(map(len, (alone.events, alone.statements, alone.reuses))) > 0
