from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.views import views_story

from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.cli import cli
from quellenlage.views.holdings import Holdings, read_holdings


@pytest.fixture(scope="session")
def story_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story") / "story.db"
    views_story.make_archive(path).close()
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = views_story.make_archive(tmp_path / "own.db")
    yield made
    made.close()


@pytest.fixture(scope="session")
def holdings(story_path: Path) -> Holdings:
    opened = open_archive(str(story_path))
    try:
        return read_holdings(opened, claims=True)
    finally:
        opened.close()


@pytest.fixture
def run(story_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> views_story.Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUELLENLAGE_ARCHIVE", str(story_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("QUELLENLAGE_DEBUG", raising=False)

    def call(*args: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, list(args), input=stdin, prog_name="quellenlage")

    return call
