from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quellenlage.encoder import files
from quellenlage.evaluation import data
from quellenlage.evaluation.drafts import archived
from quellenlage.execution.drafting import DraftReport, check_draft
from quellenlage.model import Archive
from quellenlage.views.cli.root import cli
from quellenlage.views.locale import words_for
from quellenlage.views.records_draft import draft_record
from quellenlage.views.wording.drafts import difference_words, finding_words, reason_words

DRAFT = (
    "Bei dem Unfall wurden 46 Menschen verletzt. „Die Bremse hat gegriffen“, sagte Kapitän Ole Brandtner. "
    "„Das ist das Ende der Warterei“, sagte Erik Vasshaug. Nils Torbeck wird Nachfolger von Marit Sundhagen. "
    "Die Reederei kaufte eine Insel. Das war es."
)


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts are read as users read them, with the encoder."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


@pytest.fixture(scope="module")
def ferry() -> Iterator[Archive]:
    with data.reading_with(files.Models.DEFAULT), archived("ferry") as archive:
        yield archive


@pytest.fixture(scope="module")
def report(ferry: Archive) -> DraftReport:
    return check_draft(ferry, DRAFT, dct="2024-02-01")


def run(archive: Archive, *args: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["--archive", archive.location, *args], input=given)


def test_the_findings_are_said_in_both_languages(report: DraftReport) -> None:
    mains = [s.main for s in report.sentences]
    assert [finding_words(one, words_for("de")) for one in mains] == [
        "Zahl stimmt nicht",
        "Zitat nicht wörtlich",
        "im Archiv die Worte von jemand anderem",
        "belegt",
        "nichts gefunden",
        "nichts zu prüfen",
    ]
    assert finding_words(mains[0], words_for("en")) == "number is wrong"
    assert difference_words(mains[1].difference) == "Die Bremse hat [+nicht+] gegriffen"
    assert list(reason_words(mains[2], words_for("de"))) == ["dort sagt es Tove Granlund"]


def test_records_say_where_each_finding_rests(report: DraftReport) -> None:
    record = json.loads(json.dumps(draft_record(report)))
    assert (record["record"], record["cut"], record["dct"]) == ("draft", False, "2024-02-01")
    number = record["sentences"][0]
    assert (number["verdict"], number["sure"]) == ("number", True)
    (finding, *_) = number["findings"]
    draft = finding["draft"]
    assert DRAFT[draft["start"] : draft["end"]] == draft["exact"] == "46 Menschen"
    assert {one["told"]["exact"] for one in finding["evidence"]} >= {"26 Menschen"}
    assert finding["evidence"][0]["outlet"] == "Inselkurier"
    assert [one["name"] for one in finding["informants"]] == ["Krankenhaus Karsund"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_draft_is_checked_on_the_command_line(ferry: Archive, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "entwurf.txt"
    file.write_text(DRAFT, encoding="utf-8")
    done = run(ferry, "check", str(file), "--dct", "2024-02-01", "--lang", lang)
    assert done.exit_code == 0
    told = done.stdout.splitlines()
    assert told[0] == "Bei dem Unfall wurden 46 Menschen verletzt."
    assert told[1].startswith("    Zahl stimmt nicht · " if lang == "de" else "    number is wrong · ")
    assert any("„26 Menschen“" in line or "“26 Menschen”" in line for line in told)
    assert any("Die Bremse hat [+nicht+] gegriffen" in line for line in told)


def test_a_draft_from_standard_input_gives_one_record_a_sentence(ferry: Archive) -> None:
    done = run(ferry, "check", "-", "--json", "--quiet", given=DRAFT)
    assert done.exit_code == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["verdict"] for one in records] == ["number", "inexact", "speaker", "supported", "nothing", "unchecked"]


def test_a_day_that_is_none_is_refused(ferry: Archive, tmp_path: Path) -> None:
    file = tmp_path / "entwurf.txt"
    file.write_text(DRAFT, encoding="utf-8")
    assert run(ferry, "check", str(file), "--dct", "gestern").exit_code == 2
