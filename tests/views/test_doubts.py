"""What may be the same, in every view; previews, splits and the log on the command line."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from tests.execution.linking import Linking, article
from tests.store.fakes import clock
from tests.views.views_story import Run

from quellenlage.execution import build
from quellenlage.store import open_archive

TEXTS = (
    "Kremlsprecher [Dmitri Peskow] schwieg.\n[Dmitri Peskow] sagt: Alles ist gut.",
    "Der Abend\n[Peskow] lachte.",
    "Minister [Walid Muallim] kam an.\nEs kam [Walid Muallim] mit [Hanna Kron] zurück.",
    "Es kam [Дмитрий Песков] vorbei.",
    "Außenminister [Sergej Lawrow] reiste ab.",
    "Es kamen [Walid Karim al-Moallem] und [Hanna Kron] vorbei.",
)
Call = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "doubts.db")
    archive = open_archive(path, create=True)
    for number, text in enumerate(TEXTS, 1):
        archive.add_capture(article(number, text))
    archive.close()
    rebuild(path)
    return path


def rebuild(path: str) -> None:
    archive = open_archive(path)
    build(archive, clock=clock, pipeline=Linking())
    assert archive.verify() == []
    archive.close()


@pytest.fixture
def call(run: Run, path: str) -> Call:
    def at(*args: str, lang: str = "de") -> Result:
        done = run("--lang", lang, "--archive", path, *args)
        assert done.exit_code == 0, done.stderr
        return done

    return at


def records(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_most_doubtful_pair_with_its_evidence_and_the_lines_to_copy(call: Call, path: str) -> None:
    told = call("doubts").stdout
    assert "Dmitri Peskow und Peskow: vielleicht dasselbe" in told
    assert "einziger Träger dieses Nachnamens" in told
    assert "„Kremlsprecher [Dmitri Peskow] schwieg.“" in told
    assert "Kremlsprecher, 2 Artikel" in told
    assert "what speaks for it: the same word: Peskow" in call("doubts", lang="en").stdout
    place = re.search(r"a2\.txt:(\d+)-(\d+)", told)
    assert place
    archive = open_archive(path)
    assert archive.document("a2.txt").text[int(place[1]) : int(place[2])] == "Peskow"
    archive.close()
    same = re.search(r"quellenlage (judge same \S+ \S+)", told)
    assert same
    done = call(*same[1].split())
    assert "Verbindet Dmitri Peskow (2 Artikel" in done.stderr
    # Decided is decided, also before the next build.
    assert call("doubts").stdout == ""
    assert "Nichts Zweifelhaftes" in call("doubts").stderr
    rebuild(path)
    assert len(records(call("entity", "Peskow", "--json"))) == 1


def test_what_was_merged_and_may_be_two(call: Call, path: str) -> None:
    told = call("doubts", "--merged").stdout
    assert "zusammengeführt, vielleicht zweierlei" in told
    assert "„Es kamen [Walid Karim al-Moallem] und [Hanna Kron] vorbei.“" in told
    differ = re.search(r"quellenlage (judge differ \S+ \S+)", told)
    assert differ
    call(*differ[1].split())
    rebuild(path)
    found = {str(r["name"]) for r in records(call("export")) if r["record"] == "entity"}
    assert {"Walid Muallim", "Walid Karim al-Moallem"} <= found


def test_doubts_by_kind_and_number(call: Call) -> None:
    assert records(call("doubts", "--kind", "ORG", "--json")) == []
    listed = records(call("doubts", "--kind", "per", "--json", "--limit", "1"))
    assert [(r["record"], r["merged"]) for r in listed] == [("doubt", False)]
    assert "only-bearer" in str(listed[0]["reasons"])


def test_perhaps_the_same_stands_in_every_view(call: Call, tmp_path: Path) -> None:
    assert "Vielleicht dieselbe Person" in call("entity", "Peskow", "--lang", "de").stdout
    (entity,) = records(call("entity", "Dmitri Peskow", "--json"))
    assert "Peskow" in str(entity["perhaps"])
    call("dossier", "-o", str(tmp_path / "d.html"))
    assert "Vielleicht dieselbe Person" in (tmp_path / "d.html").read_text("utf-8")
    call("dossier", "-o", str(tmp_path / "d.md"))
    assert re.search(r"Vielleicht dieselbe Person: Peskow \\?\(Ähnlichkeit", (tmp_path / "d.md").read_text("utf-8"))
    call("export", "--format", "csv", "-o", str(tmp_path / "tables"))
    with (tmp_path / "tables/doubts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["name"] for row in rows if row["merged"] == "False"} == {"Dmitri Peskow", "Peskow"}
    assert {row["quote"] for row in rows} >= {"Peskow", "Walid Karim al-Moallem"}
    with (tmp_path / "tables/entities.csv").open(encoding="utf-8-sig", newline="") as file:
        assert any(row["perhaps"].startswith("Peskow (ent-") for row in csv.DictReader(file))


def test_an_export_with_doubts_and_undos_is_restored(call: Call, run: Run, path: str) -> None:
    call("judge", "reject", "Lawrow")
    call("judge", "undo", "last")
    call("export", "--full-text", "-o", "all.jsonl")
    kinds = {json.loads(line)["record"] for line in Path("all.jsonl").read_text("utf-8").splitlines()}
    assert "doubt" in kinds
    assert run("--archive", "neu.db", "add", "all.jsonl").exit_code == 0
    old, new = open_archive(path), open_archive("neu.db")
    assert new.judgements() == old.judgements()
    assert list(new.captures()) == list(old.captures())
    old.close()
    new.close()


def test_a_name_in_another_spelling(call: Call, run: Run, path: str) -> None:
    done = call("entity", "Lavrov")
    assert "steht so nicht im Archiv" in done.stderr
    assert done.stdout.startswith("Sergej Lawrow (Person)")
    told = call("entity", "Dmitri Peskow").stdout
    assert "Дмитрий Песков (1-mal, kyrillisch)" in told
    assert "Dmitri Peskow (2-mal)" in told
    assert "Kremlsprecher" in told
    missing = run("--lang", "de", "--archive", path, "entity", "Lawroff Sergejewitsch")
    assert missing.exit_code == 1
    assert "Meinten Sie Sergej Lawrow" in missing.stderr


def test_a_preview_names_what_changes_and_keeps_nothing(call: Call) -> None:
    told = call("judge", "same", "Sergej Lawrow", "Dmitri Peskow", "--preview")
    assert told.stdout.startswith("Wird eins")
    assert "jetzt: Sergej Lawrow (1 Artikel" in told.stdout
    assert "Aussagen, die sich ändern: 1: Alles ist gut." in told.stdout
    assert "Nichts festgehalten" in told.stderr
    (record,) = records(call("judge", "split", "Dmitri Peskow", "--out", "a4.txt", "--dry-run", "--json"))
    assert record["record"] == "preview"
    assert {j["verdict"] for j in record["judgements"]} >= {"differ"}
    assert "Verschwindet" in call("judge", "reject", "Lawrow", "--preview").stdout
    assert "Kein Name ändert sich" in call("judge", "differ", "Lawrow", "Dmitri Peskow", "--preview").stdout
    assert records(call("judge", "list", "--json")) == []


def test_split_rename_undo_and_the_log(call: Call, run: Run, path: str) -> None:
    made = records(call("judge", "split", "Dmitri Peskow", "--spelling", "Дмитрий Песков", "--json"))
    rebuild(path)
    assert {str(r["name"]) for r in records(call("export")) if r["record"] == "entity"} >= {"Дмитрий Песков"}
    call("judge", "rename", "Дмитрий Песков", "D. Peskow d. J.", "--note", "ein anderer", "--author", "Ich")
    rebuild(path)
    assert "D. Peskow d. J." in call("entity", "Дмитрий Песков").stdout
    log = call("judge", "list", "--entity", "D. Peskow d. J.").stdout
    assert "Ich · berichtigt: D. Peskow d. J." in log
    assert "ein anderer" in log
    assert " · gilt" in log
    undone = call("judge", "undo", str(made[0]["id"]))
    assert str(made[0]["id"]) in undone.stdout
    states = {str(r["id"]): r["state"] for r in records(call("judge", "list", "--json"))}
    assert all(states[str(judgement["id"])] == "undone" for judgement in made)
    rebuild(path)
    again = run("--lang", "de", "--archive", path, "judge", "undo", str(made[0]["id"]))
    assert again.exit_code == 1
    assert "ist schon zurückgenommen" in again.stderr
    bare = run("--lang", "de", "--archive", path, "judge", "split", "Dmitri Peskow")
    assert (bare.exit_code, "--out" in bare.stderr) == (2, True)
