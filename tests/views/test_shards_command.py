"""`quellenlage shard` and `load` as users call them: what they print, and with which status they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quellenlage.views.cli.root import cli

TEXT = """Regierung von Karvenien tritt zurück

Karvenburg, 18. September 2015. Ministerpräsident Emil Berg hat am Freitag seinen Rücktritt erklärt.
„Ich gehe heute“, sagte Berg. Das teilte die Regierung mit.
"""


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--lang", "en", *args])
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
    assert (status, "0 shards made, 1 were there already" in err) == (0, True)
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


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "load", str(tmp_path / "nichts"), "--archive", str(tmp_path / "a.db"))
    assert status == 1
    assert "nichts" in err
    status, _, err = run(capsys, "load", "https://bote.example/shards", "--archive", str(tmp_path / "a.db"))
    assert status == 1
