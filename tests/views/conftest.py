from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner, Result
from tests.views import views_story

from quellenlage.encoder import files
from quellenlage.execution import add, build
from quellenlage.intake import IntakeOptions
from quellenlage.resources import resource
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.cli import cli
from quellenlage.views.holdings import Holdings, read_holdings


@pytest.fixture(scope="session")
def story_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story") / "story.db"
    views_story.make_archive(path).close()
    return path


@pytest.fixture
def archive(story_path: Path, tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(shutil.copy(story_path, tmp_path / "own.db")))
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


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample, read with rules alone and linked; for reading only."""
    folder = tmp_path_factory.mktemp("sample")
    articles = folder / "articles"
    articles.mkdir()
    for item in sorted(resource("sample").iterdir(), key=lambda one: one.name):
        if item.is_file() and item.name != "__init__.py":
            (articles / item.name).write_bytes(item.read_bytes())
    path = folder / "sample.db"
    archive = open_archive(str(path), create=True)
    with mock.patch.dict(os.environ, {files.VARIABLE: files.Models.RULES}):
        add(archive, [str(articles)], IntakeOptions("2024-06-01T12:00:00+00:00"))
        build(archive, clock=lambda: "2024-06-01T12:00:00+00:00")
    archive.close()
    return path


@pytest.fixture
def own_path(sample_path: Path, tmp_path: Path) -> Path:
    """A copy of the sample that a test may change."""
    path = tmp_path / "own.db"
    shutil.copy(sample_path, path)
    return path
