"""Whoever builds an archive has as many articles as workers are worth analysed by workers, as `build` itself does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quellenlage import pipeline
from quellenlage.errors import Defect
from quellenlage.execution import add
from quellenlage.execution.engines import choosing
from quellenlage.execution.ports import Silent
from quellenlage.intake import IntakeOptions
from quellenlage.resources import resource
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.watching import keeping
from quellenlage.views.web.jobs import work

AT = "2026-01-05T10:00:00Z"


def by_watch(archive: SqlArchive) -> None:
    keeping.build_all(archive, Silent())


def by_workbench(archive: SqlArchive) -> None:
    work.build_all(work.Work(archive, Silent()), {})


@pytest.mark.parametrize("build", [by_watch, by_workbench])
def test_workers_analyse(build: Callable[[SqlArchive], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> object:
        raise Defect("an article was analysed in the process that builds")

    archive = open_archive(str(tmp_path / "a.db"), create=True)
    articles = sorted(path for path in Path(str(resource("sample"))).glob("*.txt"))[:3]
    add(archive, [str(path) for path in articles], IntakeOptions(captured_at=AT, network=False))
    monkeypatch.setattr(choosing, "FEW", 1)
    monkeypatch.setattr(choosing, "cores", lambda: 2)
    monkeypatch.setattr(pipeline, "remake", refused)
    build(archive)
    assert archive.counts()["articles"] == len(articles) == 3
    assert not archive.rejections()
    archive.close()
