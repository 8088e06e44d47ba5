"""`quellenlage shard` and `load` as users call them: what they print, and with which status they end."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from tests.intake.warc_files import address, http, page, record

from quellenlage.execution.shards import LoadReport
from quellenlage.views.cli.root import cli
from quellenlage.views.cli.settings import Settings
from quellenlage.views.cli.sharding import print_loaded
from quellenlage.views.locale import Lang

TEXT = """Regierung von Karvenien tritt zurück

Karvenburg, 18. September 2015. Ministerpräsident Emil Berg hat am Freitag seinen Rücktritt erklärt.
„Ich gehe heute“, sagte Berg. Das teilte die Regierung mit.
"""


def run(capsys: pytest.CaptureFixture[str], *args: str, lang: str = "en") -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--lang", lang, *args])
    told = capsys.readouterr()
    return int(str(ended.value.code)), told.out, told.err


def test_from_sources_to_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = tmp_path / "quellen"
    sources.mkdir()
    (sources / "a.txt").write_text(TEXT, encoding="utf-8")
    (sources / "b.jsonl").write_text(json.dumps({"körper": TEXT + "Mehr."}) + "\n", encoding="utf-8")
    (sources / "leer.txt").write_text("", encoding="utf-8")
    shards, archive = str(tmp_path / "shards"), str(tmp_path / "a.db")
    given = ("shard", str(sources), "-o", shards, "--engine", "process", "--columns", "text=körper")
    status, out, err = run(capsys, *given, "--json")
    assert status == 1
    assert "leer.txt" in err
    told = json.loads(out)
    assert (told["made"], told["captures"], len(told["unread"])) == (1, 2, 1)
    (sources / "leer.txt").unlink()
    status, _, err = run(capsys, *given)
    assert (status, "0 shards made, 1 there already; 2 articles in all." in err) == (0, True)
    status, out, _ = run(capsys, "load", shards, "--archive", archive, "--json")
    assert status == 0
    loaded = json.loads(out)
    assert (loaded["shards"], loaded["added"], loaded["missing"], loaded["failed"]) == (1, 2, [], [])
    status, out, _ = run(capsys, "build", "--archive", archive, "--json")
    built = json.loads(out.splitlines()[0])
    assert (status, built["analysed"], built["unchanged"]) == (0, 0, 2)
    (shard,) = Path(shards).glob("*.parquet")
    shard.write_bytes(shard.read_bytes()[:100])
    status, _, err = run(capsys, "load", shards, "--archive", archive)
    assert status == 1
    assert shard.name in err


@pytest.mark.parametrize(
    ("lang", "sharded", "loaded"),
    [
        (
            "en",
            ["1 shard made, 0 there already; 1 article in all.", "0 shards made, 1 there already; 1 article in all."],
            ["1 shard: 1 article added, 0 already there.", "1 shard: 0 articles added, 1 already there."],
        ),
        (
            "de",
            ["1 Shard geschrieben, 0 schon da; 1 Artikel insgesamt.",
             "0 Shards geschrieben, 1 schon da; 1 Artikel insgesamt."],
            ["1 Shard: 1 Artikel hinzugefügt, 0 schon vorhanden.",
             "1 Shard: 0 Artikel hinzugefügt, 1 schon vorhanden."],
        ),
    ],
)  # fmt: skip
def test_a_single_shard_is_counted_as_one(
    lang: str, sharded: list[str], loaded: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    shards, archive = str(tmp_path / "shards"), str(tmp_path / "a.db")
    for told in sharded:
        _, _, err = run(capsys, "shard", str(source), "-o", shards, "--engine", "process", lang=lang)
        assert told in err.splitlines()
    for told in loaded:
        _, _, err = run(capsys, "load", shards, "--archive", archive, lang=lang)
        assert told in err.splitlines()


@pytest.mark.parametrize(
    ("lang", "waiting", "rejected"),
    [
        ("en", "1 of them was analysed by another version or is corrected here: the next build reads it again.",
         "1 of them could not be analysed: quellenlage build names it with the reason."),
        ("de", "1 davon hat eine andere Version ausgewertet, oder er ist hier berichtigt: "
               "der nächste build liest ihn noch einmal.",
         "1 davon ließ sich nicht auswerten: quellenlage build nennt ihn mit dem Grund."),
    ],
)  # fmt: skip
def test_one_article_that_is_left_to_the_build_is_one(
    lang: Lang, waiting: str, rejected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_loaded(LoadReport(shards=1, added=2, waiting=1, rejected=1), Settings(lang=lang))
    told = capsys.readouterr().err.splitlines()
    assert waiting in told
    assert rejected in told


@pytest.mark.parametrize("command", [("build",), ("shard", "a.txt", "-o", "shards")])
def test_engines_that_cannot_be_are_wrong_usage(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, _, err = run(capsys, *command, "--workers", "0")
    assert (status, err.splitlines()[0]) == (2, "Error: 0 is too low for --workers: at least 1.")
    status, _, err = run(capsys, *command, "--address", "auto")
    assert (status, "--address" in err) == (2, True)
    there = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "ray" else there(name, *rest))
    status, _, err = run(capsys, *command, "--engine", "ray")
    assert status == 2
    assert "Ray is not installed" in err
    assert "install quellenlage[ray]" in err


def test_what_is_reserved_is_in_the_log_of_the_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crawl = tmp_path / "a.warc"
    crawl.write_bytes(record(address(1), http(page(1), "TDM-Reservation: 1")) + record(address(2), http(page(2))))
    shards, archive = str(tmp_path / "shards"), str(tmp_path / "a.db")
    for _ in range(2):
        assert run(capsys, "shard", str(crawl), "-o", shards, "--engine", "process")[0] == 1
        assert run(capsys, "load", shards, "--archive", archive)[0] == 0
    _, out, _ = run(capsys, "log", "--reservations", "--archive", archive, "--json")
    (entry,) = map(json.loads, out.splitlines())
    assert (entry["what"], entry["subject"]) == ("tdm-header", address(1))
    assert "header tdm-reservation: 1" in entry["said"]
    added = str(tmp_path / "b.db")
    run(capsys, "add", str(crawl), "--archive", added)
    _, out, _ = run(capsys, "log", "--reservations", "--archive", added, "--json")
    assert {**json.loads(out), "at": ""} == {**entry, "at": ""}


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "load", str(tmp_path / "nichts"), "--archive", str(tmp_path / "a.db"))
    assert status == 1
    assert "nichts" in err
    status, _, err = run(capsys, "load", "https://bote.example/shards", "--archive", str(tmp_path / "a.db"))
    assert status == 1
