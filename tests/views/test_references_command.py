from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.views import views_story

from quellenlage.execution import relink
from quellenlage.model import EntityKind
from quellenlage.store import SqlArchive
from quellenlage.views.cli import cli
from quellenlage.views.cli.clock import now


@pytest.fixture
def call(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> views_story.Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUELLENLAGE_ARCHIVE", archive.location)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*args: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, list(args), input=stdin, prog_name="quellenlage")

    return run


def full_name(archive: SqlArchive) -> str:
    return next(e.name for e in archive.linked().entities if e.kind is EntityKind.PER and " " in e.name)


def test_from_a_file_to_matches_and_back(archive: SqlArchive, call: views_story.Run, tmp_path: Path) -> None:
    name = full_name(archive)
    (tmp_path / "liste.csv").write_text(f"name,id\n{name},NK-1\n?,NK-2\n", encoding="utf-8")
    added = call("references", "add", "liste.csv", "--licence", "CC0-1.0", "--lang", "en")
    assert added.exit_code == 0 or "liste.csv:3" in added.stderr
    assert "liste: 1 entry." in added.stderr
    again = call("references", "add", "liste.csv", "--licence", "CC0-1.0", "--json")
    assert json.loads(again.stdout)["unchanged"]
    assert "CC0-1.0" in call("references", "list").stdout
    relink(archive, clock=now)
    [found] = [json.loads(line) for line in call("references", "matches", "--json").stdout.splitlines()]
    assert (found["entity_name"], found["source_id"], found["list"]) == (name, "NK-1", "liste")
    assert found["reasons"]
    assert "NK-1" in call("references", "matches", "--lang", "de").stdout
    dossier = call("entity", name, "--lang", "en").stdout
    assert "In lists from outside" in dossier
    assert "NK-1" in dossier
    open_ones = call("references", "matches", "--open", "--json").stdout.splitlines()
    assert len(open_ones) == (0 if found["accepted"] else 1)
    removed = call("references", "remove", "liste", "--lang", "en")
    assert removed.exit_code == 0
    assert "No list yet" in call("references", "list", "--lang", "en").stderr


def test_a_bad_line_is_named_and_the_status_says_so(call: views_story.Run, tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("Name;Geburt\nEva Klar;gestern\nOle Fern;1960\n", encoding="utf-8")
    result = call("references", "add", "liste.csv", "--lang", "de")
    assert result.exit_code == 1
    assert "liste.csv:2" in result.stderr
    assert "ist kein Tag" in result.stderr
    assert "liste: 1 Eintrag." in result.stderr


def test_what_is_not_there(call: views_story.Run) -> None:
    missing = call("references", "add", "none.csv", "--lang", "en")
    assert missing.exit_code == 1
    assert "no such file" in missing.stderr
    unknown = call("references", "remove", "none", "--lang", "en")
    assert unknown.exit_code != 0
    assert "No matches" in call("references", "matches", "--lang", "en").stderr
    assert call("references", "add").exit_code == 2


def test_a_full_export_is_added_with_its_lists(archive: SqlArchive, call: views_story.Run, tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text(f"name,id\n{full_name(archive)},NK-1\n", encoding="utf-8")
    assert call("references", "add", "liste.csv").exit_code == 0
    assert call("export", "--full-text", "-o", "all.jsonl").exit_code == 0
    assert call("--archive", "neu.db", "add", "all.jsonl").exit_code == 0
    [listed] = call("--archive", "neu.db", "references", "list", "--json").stdout.splitlines()
    assert (json.loads(listed)["name"], json.loads(listed)["entities"]) == ("liste", 1)
