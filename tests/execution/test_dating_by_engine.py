"""Articles that others date are analysed again by the engine that reads all of them, with the same result."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from quellenlage import pipeline
from quellenlage.article import Overrides
from quellenlage.encoder import files
from quellenlage.errors import Defect
from quellenlage.execution import add, anchoring, build
from quellenlage.execution.engines import Engine, Failed, InProcess, Outcome, Pool, Task
from quellenlage.intake import IntakeOptions
from quellenlage.model import Capture, to_json
from quellenlage.model.remaking import Kept, Made
from quellenlage.resources import resource
from quellenlage.store import open_archive

AT = "2026-01-05T10:00:00Z"


@dataclass
class Elsewhere:
    """An engine that tells what it was asked to date; `fails`, it cannot."""

    fails: bool = False
    dated: list[Task] = field(default_factory=list)
    name: str = "elsewhere"

    def processes(self, _articles: int) -> int:
        return 1

    def run(self, tasks: Iterable[Task], count: int) -> Generator[Outcome]:
        for task in tasks:
            if task.anchored is not None:
                self.dated.append(task)
                if self.fails:
                    yield Failed(task, "timex", "the worker died")
                    continue
            yield from InProcess().run([task], count)


def built(path: Path, engine: Engine | None) -> list[bytes]:
    archive = open_archive(str(path), create=True)
    add(archive, [str(resource("sample"))], IntakeOptions(captured_at=AT, network=False))
    build(archive, clock=lambda: AT, engine=engine)
    documents = [to_json(document) for document in archive.documents()]
    archive.close()
    return documents


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(files.VARIABLE, files.Models.RULES)  # as the tests, whose own setting comes later
        return built(tmp_path_factory.mktemp("alone") / "a.db", None)


@pytest.mark.parametrize("fails", [False, True])
def test_an_engine_dates_what_others_tell(tmp_path: Path, alone: list[bytes], fails: bool) -> None:
    engine = Elsewhere(fails)
    assert built(tmp_path / "a.db", engine) == alone
    assert engine.dated  # and where it cannot, this process does


@pytest.mark.parametrize("engine", [Pool(2), InProcess()], ids=["pool", "process"])
def test_beside_the_link_of_many_other_processes_date(
    tmp_path: Path, alone: list[bytes], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(capture: Capture, overrides: Overrides, kept: Kept | None = None) -> Made:
        if overrides.anchors:
            raise Defect("an article was dated in the process that links")
        return remake(capture, overrides, kept)

    remake = pipeline.remake
    monkeypatch.setattr(pipeline, "remake", refusing)
    monkeypatch.setattr(anchoring, "MANY", 1)
    assert built(tmp_path / "a.db", engine) == alone
