"""`judge tick`, `note`, `grade`, and how the log words them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quellenlage.execution import Desk
from quellenlage.model import ACCOUNT, CREDIBILITY, RELIABILITY
from quellenlage.store import SqlArchive
from quellenlage.views.cli import cli

Run = Callable[..., Result]


@pytest.fixture
def run(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def call(*args: str, lang: str = "de") -> Result:
        asked = ["--archive", archive.location, "--lang", lang, "judge", *args]
        return CliRunner().invoke(cli, asked, prog_name="quellenlage")

    return call


def test_marks_are_recorded_worded_and_taken_back(archive: SqlArchive, run: Run) -> None:
    linked = archive.linked()
    event, origin, entity = linked.events[0].id, linked.origins[0], linked.entities[0]
    for args in (
        ("tick", event, "--author", "anna", "--note", "am Telefon"),
        ("tick", event, "--account", "--author", "anna"),
        ("grade", origin.name, "b", "--author", "anna"),
        ("grade", event, "2", "--author", "anna"),
        ("grade", event, "4", "--account", "--author", "anna"),
        ("note", entity.id, "ruft zurück", "--author", "anna"),
    ):
        done = run(*args)
        assert done.exit_code == 0, done.output
        assert "quellenlage build" not in done.output  # nothing has to be linked anew
    reader = Desk(archive)
    assert [m.words for m in reader.of([event])[event].ticks] == ["am Telefon"]
    assert reader.of([event])[event].grade(CREDIBILITY) == "2"
    assert reader.of([origin.id])[origin.id].grade(RELIABILITY) == "B"
    account = reader.of_accounts([event])[event]
    assert (len(account.ticks), account.grade(ACCOUNT)) == (1, "4")
    told = run("list").output
    for words in (
        "geprüft: ",
        "geprüft, nur dieser Bericht: ",
        f"bewertet: {origin.name} ({origin.id}), B – in der Regel zuverlässig",
        "2 – wahrscheinlich wahr",
        "4 – zweifelhaft",
        f"notiert zu {entity.name} ({entity.id})",
        "am Telefon",
        "ruft zurück",
    ):
        assert words in told
    assert "usually reliable" in run("list", lang="en").output
    assert run("tick", event, "--off", "--author", "anna").exit_code == 0
    assert reader.of([event])[event].ticks == ()
    assert len(reader.of_accounts([event])[event].ticks) == 1
    again = run("tick", event, "--off", "--author", "anna")
    assert again.exit_code == 1
    assert "hat keinen Haken von anna" in again.output
    undone = run("undo", "last", "--author", "anna")
    assert undone.exit_code == 0
    assert "quellenlage build" not in undone.output
    assert [m.words for m in reader.of([event])[event].ticks] == ["am Telefon"]


def test_a_wrong_grade_and_an_empty_note_are_refused_in_german(archive: SqlArchive, run: Run) -> None:
    event, origin = archive.linked().events[0].id, archive.linked().origins[0].name
    for args, words in (
        (("grade", origin, "G"), "keine Note"),
        (("grade", origin, "3"), "nur Ereignisse, Aussagen"),
        (("grade", event, "A"), "nur Agenturen"),
        (("note", event, " "), "braucht Worte"),
    ):
        done = run(*args)
        assert done.exit_code == 1
        assert words in done.output
    assert archive.judgements() == []


def test_the_log_as_json_tells_a_grade_by_its_code(archive: SqlArchive, run: Run) -> None:
    event = archive.linked().events[0].id
    run("grade", event, "6")
    [record] = [json.loads(line) for line in run("list", "--json").output.splitlines()]
    assert (record["verdict"], record["field"], record["value"]) == ("grade", CREDIBILITY, "6")
