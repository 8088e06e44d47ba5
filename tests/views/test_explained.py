"""`build --explain` and `--last`: what would be made anew, or was, in words and as records."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from click.testing import CliRunner, Result

from quellenlage.execution import Explanation, LinkReport, Reason, StageReport
from quellenlage.execution.explaining import Difference, note_built
from quellenlage.store import SqlArchive
from quellenlage.views.cli import cli
from quellenlage.views.cli.explained import explanation_lines, explanation_records, reason_words
from quellenlage.views.locale import words_for

CHANGED = Reason("resource", "de/places.toml", "a" * 12, "b" * 12)
TOLD = Explanation(
    False,
    3,
    1,
    40,
    (
        StageReport("article", 2, 0, ((Reason("new"), 1), (Reason("correction", "dct", after="Ada"), 1))),
        StageReport("language", 1, 0, ((Reason("new"), 1),)),
        StageReport("places", 2, 1, ((Reason("new"), 1), (CHANGED, 1))),
        StageReport("claims", 0, 0, ()),
    ),
    LinkReport("whole", (Reason("captures", after="1"), Reason("version", "story", "3", "4"))),
    installation=(Difference("places", CHANGED, 40), Difference("", Reason("program", "", "0.1", "0.2"), 2)),
)


def call(archive: SqlArchive, *args: str) -> Result:
    return CliRunner().invoke(cli, ["--archive", archive.location, *args])


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "de",
            [
                "3 Artikel wären auszuwerten (1 ganz, 2 nur zum Teil); unverändert: 40.",
                "  1 × neu",
                "  Artikel (article): 2",
                "    1 × Veröffentlichungstag berichtigt von Ada",
                "  Sätze und Wörter (language): 1",
                "  Orte (places): 2, höchstens 1 weitere, je nachdem was herauskommt",
                "    1 × Datei de/places.toml geändert",
                "Verknüpfung: alle Artikel zusammen",
                "  neue Artikel: 1",
                "  story Version 3 → 4",
                "Anders als dort, wo die Artikel ausgewertet wurden, ist hier:",
                "  Orte: Datei de/places.toml geändert (40 Artikel)",
                "  Programmversion 0.1 → 0.2 (2 Artikel)",
            ],
        ),
        ("en", ["3 articles would be analysed (1 wholly, 2 in part); unchanged: 40.", "  1 × new"]),
    ],
)
def test_every_stage_says_how_many_and_why(lang: Literal["de", "en"], expected: list[str]) -> None:
    assert list(explanation_lines(TOLD, words_for(lang)))[: len(expected)] == expected


def test_records_carry_all_of_it() -> None:
    records = list(explanation_records(TOLD))
    assert [r["record"] for r in records] == ["explanation", *["stage"] * 4, "link", "difference", "difference"]
    changed = {"code": "resource", "name": "de/places.toml", "before": "a" * 12, "after": "b" * 12}
    assert records[3]["reasons"][1] == {**changed, "articles": 1}
    assert records[-1] == {
        "record": "difference",
        "stage": None,
        "code": "program",
        "name": None,
        "before": "0.1",
        "after": "0.2",
        "articles": 2,
    }


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Reason("model", "words", "", "abc"), "model words was added"),
        (Reason("model", "words", "abc", ""), "model words went away"),
        (Reason("correction", "outlet"), "outlet: correction taken back"),
        (Reason("failed", "timex"), "could not be analysed so far (timex)"),
    ],
)
def test_what_came_and_went(reason: Reason, told: str) -> None:
    assert reason_words(reason, words_for("en")) == told


def test_explaining_does_nothing_and_the_last_build_is_told(archive: SqlArchive) -> None:
    before = archive.linked_fingerprint()
    assert "not noted" in call(archive, "--lang", "en", "build", "--last").stderr
    first = call(archive, "--json", "build", "--explain")
    assert first.exit_code == 0
    records = [json.loads(line) for line in first.stdout.splitlines()]
    assert records[0]["done"] is False
    assert records[0]["articles"] == records[0]["whole"] > 0
    assert {r["code"] for stage in records[1:-1] for r in stage["reasons"]} == {"unknown"}
    assert archive.linked_fingerprint() == before
    note_built(archive, TOLD)
    last = call(archive, "--lang", "en", "build", "--last").stdout.splitlines()
    assert last == list(explanation_lines(TOLD, words_for("en")))


@pytest.mark.parametrize("option", ["--explain", "--last"])
def test_nothing_is_decided_where_nothing_is_done(archive: SqlArchive, option: str) -> None:
    done = call(archive, "--lang", "en", "build", option, "--dct", "a.txt=2015-09-18")
    assert done.exit_code == 2
    assert "belongs to a build" in done.stderr
    assert archive.judgements() == []


def test_the_doctor_says_what_was_analysed_with_what_else(archive: SqlArchive) -> None:
    checks = [json.loads(line) for line in call(archive, "--json", "--lang", "en", "doctor").stdout.splitlines()]
    (found,) = (one for one in checks if one["name"] == "analysis")
    assert found["state"] == "note"
    assert "not known what it was analysed with" in found["detail"]
