from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.views import views_story

from quellenlage.store import open_archive
from quellenlage.views.cli import cli


def call(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args), prog_name="quellenlage")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    views_story.make_archive(path).close()
    return path


def test_a_copy_is_checked_and_the_same(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    done = call("copy", str(source), f"sqlite:///{target}", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "articles 12" in done.stdout
    assert "every piece of evidence holds" in done.stderr
    first, second = open_archive(str(source)), open_archive(str(target))
    assert list(second.documents()) == list(first.documents())
    assert second.linked() == first.linked()
    first.close()
    second.close()
    again = call("copy", str(source), str(target), "--lang", "de")
    assert again.exit_code != 0
    assert "schon etwas" in again.stderr


def test_what_does_not_hold_in_the_source_is_told(source: Path, tmp_path: Path) -> None:
    with sqlite3.connect(source) as connection:
        connection.execute("UPDATE evidence SET prefix = 'nie' WHERE id = 1")
    done = call("copy", str(source), str(tmp_path / "b.db"), "--lang", "en", "--json")
    assert done.exit_code == 1
    assert "as SOURCE has" in done.stderr
    copied, problem = (json.loads(line) for line in done.stdout.splitlines())
    assert copied["rows"]["articles"] == 12
    assert problem["record"] == "problem"


def test_a_server_that_is_not_there_is_told_without_the_password(source: Path) -> None:
    done = call("copy", str(source), "postgres://eva:geheim@127.0.0.1:1/x", "--lang", "de")
    assert done.exit_code != 0
    assert "antwortet nicht" in done.stderr
    assert "geheim" not in done.output
