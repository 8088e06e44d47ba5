"""Vectors that workers compute: those of one process, whatever happens to a worker or to the build."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from tests.store.fakes import clock
from tests.store.meaning import ConceptEncoder, archive_of

from quellenlage.execution import encode_sentences
from quellenlage.execution.engines import Pool
from quellenlage.execution.ports import Silent
from quellenlage.model.ports import Floats
from quellenlage.store import SqlArchive

SHARED = "Die Armee bestätigte den Abzug."
TEXTS = [f"Meldung {n}\n{SHARED}\nNach {n} Tagen verlassen Soldaten die Brücke." for n in range(12)]
TWO = Pool(2)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    yield from archive_of(tmp_path / "a.db", TEXTS)


def vectors(path: Path) -> list[Any]:
    with sqlite3.connect(path / "a.db") as connection:
        return connection.execute("select * from vectors").fetchall()


def again(archive: SqlArchive, path: Path) -> list[Any]:
    """The vectors as this process alone computes them."""
    with sqlite3.connect(path / "a.db") as connection:
        connection.execute("delete from vectors")
    assert encode_sentences(archive, clock=clock, encoder=ConceptEncoder()) == len(TEXTS)
    return vectors(path)


def test_workers_compute_what_one_process_does(archive: SqlArchive, tmp_path: Path) -> None:
    encoder = ConceptEncoder()
    assert encode_sentences(archive, clock=clock, encoder=encoder, engine=TWO) == len(TEXTS)
    assert encoder.read == []  # nothing was read here
    assert multiprocessing.active_children() == []
    found = vectors(tmp_path)
    assert found == again(archive, tmp_path)
    assert encode_sentences(archive, clock=clock, encoder=encoder, engine=TWO) == 0


def test_a_passage_of_many_articles_is_read_once_in_one_process(archive: SqlArchive) -> None:
    encoder = ConceptEncoder()
    encode_sentences(archive, clock=clock, encoder=encoder)
    assert encoder.read.count(SHARED) == 1


class Dying(ConceptEncoder):
    """Kills a worker that reads the passage `at`: the first one, or all of them."""

    def __init__(self, marker: Path | None) -> None:
        super().__init__()
        self.parent = os.getpid()
        self.marker = marker

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Floats:
        if os.getpid() != self.parent and "Meldung 3" in texts and not (self.marker and self.marker.exists()):
            if self.marker:
                self.marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().encode(texts, kind)


@pytest.mark.parametrize("once", [True, False])
def test_a_worker_that_dies_costs_no_vector(archive: SqlArchive, tmp_path: Path, once: bool) -> None:
    encoder = Dying(tmp_path / "died" if once else None)
    assert encode_sentences(archive, clock=clock, encoder=encoder, engine=TWO) == len(TEXTS)
    assert ("Meldung 3" in encoder.read) is not once  # what kills every worker is read here
    assert vectors(tmp_path) == again(archive, tmp_path)


class Impatient(Silent):
    """Stops the build after the third article."""

    def __init__(self) -> None:
        self.steps = 0

    def advance(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps == 3:
            raise KeyboardInterrupt


def test_who_stops_keeps_what_is_done_and_goes_on_with_the_rest(archive: SqlArchive, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        encode_sentences(archive, clock=clock, encoder=ConceptEncoder(), engine=TWO, progress=Impatient())
    assert len(vectors(tmp_path)) == 3
    assert multiprocessing.active_children() == []
    assert encode_sentences(archive, clock=clock, encoder=ConceptEncoder(), engine=TWO) == len(TEXTS) - 3
    assert vectors(tmp_path) == again(archive, tmp_path)
