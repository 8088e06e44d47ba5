"""The commands that keep, delete and tell: retention, forget, log, person, backup, restore, doctor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.views.views_story import Run

from quellenlage.model import Forgotten
from quellenlage.store import open_archive
from quellenlage.views.cli.retaining import gone_words
from quellenlage.views.locale import words_for


@pytest.fixture
def own(run: Run, story_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The commands over an archive of their own."""
    path = tmp_path / "own.db"
    path.write_bytes(story_path.read_bytes())
    monkeypatch.setenv("QUELLENLAGE_ARCHIVE", str(path))
    return run


def name_of_somebody(path: Path) -> str:
    archive = open_archive(str(path))
    try:
        return next(e.name for e in archive.linked().entities if e.kind == "PER" and " " in e.name)
    finally:
        archive.close()


def test_a_period_is_set_shown_and_taken_back(own: Run) -> None:
    assert "No period" in own("retention").output
    assert "90d" in own("retention", "90d").output
    both = own("retention", "30d", "--outlet", "Netzlage").output
    assert "Netzlage" in both
    assert json.loads(own("retention", "--json").output) == {
        "record": "retention", "period": "90d", "outlets": {"Netzlage": "30d"},
    }  # fmt: skip
    assert "90d" in own("doctor").output
    own("retention", "off", "--outlet", "netzlage")
    assert "No period" in own("retention", "off").output
    for period in ("bald", "0d"):
        wrong = own("retention", period)
        assert (wrong.exit_code, "no period" in wrong.output, "write 90d" in wrong.output) == (2, True, True)


@pytest.mark.parametrize(
    "args",
    [
        ("--older-than", "90d", "a.txt"),
        ("--outlet", "X", "--person", "A"),
        ("--text", "--before", "2015", "--older-than", "90d"),
        ("--text", "a.txt"),
        (),
    ],
)
def test_what_does_not_go_together(own: Run, args: tuple[str, ...]) -> None:
    assert own("forget", "--yes", *args).exit_code == 2


def test_a_period_of_an_outlet_that_is_not_there_is_pointed_out(own: Run) -> None:
    assert "Nixda" in own("retention", "30d", "--outlet", "Nixda").stderr


def test_texts_by_age_are_deleted_and_logged(own: Run) -> None:
    wrong = own("forget", "--text", "--older-than", "bald", "--yes")
    assert (wrong.exit_code, "neither a period nor a date" in wrong.output) == (2, True)
    done = own("forget", "--text", "--older-than", "1d", "--yes", "--reason", "Lizenz", "--author", "Ada", "--json")
    numbers = json.loads(done.stdout)
    assert numbers["texts"] > 0
    assert 0 < numbers["cited"] <= numbers["characters"]
    told = own("log").output
    assert "deleted: texts" in told
    assert "Ada" in told
    assert "Reason: Lizenz" in told
    (entry,) = (json.loads(line) for line in own("log", "--deletions", "--json").stdout.splitlines())
    assert (entry["record"], entry["what"], len(entry["detail"]["captures"])) == ("log", "texts", numbers["texts"])
    assert own("log", "--reservations").stdout == ""
    assert '"record":"log"' in own("export").stdout
    assert own("verify").exit_code == 0


def test_the_log_tells_decisions_too(own: Run, tmp_path: Path) -> None:
    name = name_of_somebody(tmp_path / "own.db")
    before = own("log", "--judgements", "--json").stdout.count("\n")
    own("judge", "note", name, "angerufen", "--author", "Ada")
    lines = [json.loads(line) for line in own("log", "--json").stdout.splitlines()]
    assert len(lines) == before + 1
    assert (lines[-1]["record"], lines[-1]["note"], lines[-1]["state"]) == ("judgement", "angerufen", "in-force")
    assert "angerufen" in own("log", "--judgements").output
    assert "angerufen" not in own("log", "--deletions").output


def test_information_on_a_person(own: Run, tmp_path: Path) -> None:
    name = name_of_somebody(tmp_path / "own.db")
    assert own("person", name, "--export", "auskunft").exit_code == 0
    record = json.loads((tmp_path / "auskunft.json").read_text(encoding="utf-8"))
    assert record["entity"]["name"] == name
    assert record["mentions"]
    text = (tmp_path / "auskunft.md").read_text(encoding="utf-8")
    counted = f"{len(record['mentions'])} mention"
    assert counted in own("person", name, "--export", "auskunft").output
    assert name in text
    assert "## Mentions" in text
    assert own("person", name, "--export", "nur.md").exit_code == 0
    assert not (tmp_path / "nur.json").exists()
    assert "## Mentions" in own("person", name).output
    assert json.loads(own("person", name, "--json").stdout) == record
    missing = own("person", "Niemand Nirgends", "--export", "x")
    assert (missing.exit_code, (tmp_path / "x.json").exists()) == (1, False)


@pytest.mark.parametrize(
    ("done", "people", "en", "de"),
    [
        (Forgotten(), False, "", ""),
        (Forgotten(articles=1, texts=1, claims=1, events=1), False,
         "1 article, 1 text, 1 claim, 1 event", "1 Artikel, 1 Text, 1 Aussage, 1 Ereignis"),
        (Forgotten(texts=2, entities=1, characters=9, cited=3), False,
         "2 texts, 1 person, body or place", "2 Texte, 1 Person, Organisation oder Ort"),
        (Forgotten(entities=2), False, "2 persons, bodies and places", "2 Personen, Organisationen und Orte"),
        (Forgotten(entities=1, spellings=1), True,
         "1 person, 1 spelling of a forgotten name", "1 Person, 1 Schreibweise eines vergessenen Namens"),
        (Forgotten(entities=2, spellings=3), True,
         "2 persons, 3 spellings of forgotten names", "2 Personen, 3 Schreibweisen vergessener Namen"),
    ],
)  # fmt: skip
def test_what_was_deleted_is_counted_in_words(done: Forgotten, people: bool, en: str, de: str) -> None:
    assert gone_words(done, words_for("en"), people=people) == en
    assert gone_words(done, words_for("de"), people=people) == de


@pytest.mark.parametrize("garbage", [b"no database at all" * 99, b"SQLite format 3\0" + b"\7" * 4096])
def test_what_was_deleted_is_told_where_the_state_of_a_watch_is_garbage(
    own: Run, tmp_path: Path, garbage: bytes
) -> None:
    state = tmp_path / "own.db.watch"
    state.write_bytes(garbage)
    name = name_of_somebody(tmp_path / "own.db")
    done = own("forget", "--person", name, "--yes", "--lang", "de")
    assert done.exit_code == 1
    assert done.stderr.startswith("Gelöscht: 1 Person, ")
    assert f"Fehler: Datei nicht benutzbar: {state}: der Stand der Beobachtung ist nicht lesbar" in done.stderr
    assert "eine beschädigte Datei löschen" in done.stderr
    assert "`watch` läuft" not in done.stderr
    assert own("entity", name).exit_code == 1
    record = json.loads(own("forget", "--text", "--yes", "--json").stdout)
    assert record["texts"] > 0
    assert (record["reports"], record["unread"]["error"]) == (None, "StateUnusable")
    assert state.read_bytes() == garbage
    assert own("verify").exit_code == 0
    state.unlink()
    assert own("build").exit_code == 0


def test_a_build_goes_on_where_the_state_of_a_watch_is_garbage(own: Run, tmp_path: Path) -> None:
    (tmp_path / "own.db.watch").write_bytes(b"no database at all" * 99)
    own("retention", "1d")
    done = own("build", "--json")
    built = json.loads(done.stdout.splitlines()[0])
    assert (done.exit_code, built["forgotten"] > 0, built["linked"]) == (1, True, True)
    assert "own.db.watch: the state of the watch cannot be read" in done.stderr
    assert own("build").exit_code == 0


def test_a_backup_comes_back(own: Run, tmp_path: Path) -> None:
    (tmp_path / "own.db.accounts").write_bytes(b"")
    assert own("backup", "copy.db", "--accounts").exit_code == 0
    assert (tmp_path / "copy.db.accounts").exists()
    assert own("restore", "copy.db", "--check").exit_code == 0
    refused = own("restore", "copy.db")
    assert (refused.exit_code, "--replace" in refused.output) == (1, True)
    own("forget", "--text", "--yes")
    done = own("restore", "copy.db", "--replace", "--json")
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert (done.exit_code, record["problems"]) == (0, [])
    assert (record["again"]["texts"] > 0, record["linked"]) == (True, True)
    own("forget", "--text", "--yes")
    later = own("restore", "copy.db", "--replace", "--no-link")
    assert (later.exit_code, "Run `quellenlage build`" in later.output) == (0, True)
    assert own("verify").exit_code == 0
    assert own("backup", str(tmp_path / "own.db")).exit_code == 1
    note = tmp_path / "note.txt"
    note.write_text("wichtig", encoding="utf-8")
    assert own("backup", str(note)).exit_code == 1
    assert own("backup", "/dev/null").exit_code == 1
    assert note.read_text(encoding="utf-8") == "wichtig"


def test_a_forgotten_person_stays_away_where_the_archive_is_lost(own: Run, tmp_path: Path) -> None:
    name = name_of_somebody(tmp_path / "own.db")
    own("backup", "copy.db")
    assert "Deleted: 1 person, " in own("forget", "--person", name, "--yes").output
    log = tmp_path / "deleted.jsonl"
    log.write_text(own("log", "--deletions", "--json").stdout, encoding="utf-8")
    bare = tmp_path / "bare.jsonl"
    kept = [one for one in log.read_text().splitlines() if json.loads(one)["record"] == "log"]
    bare.write_text("\n".join(kept), encoding="utf-8")
    for path in tmp_path.glob("own.db*"):
        path.unlink()
    refused = own("restore", "copy.db", "--log", str(bare))
    assert (refused.exit_code, "which names" in refused.output) == (1, True)
    done = own("restore", "copy.db", "--log", str(log))
    assert (done.exit_code, "linked anew" in done.output) == (0, True)
    assert "1 person" in done.output
    assert own("entity", name).exit_code == 1
    assert own("build").exit_code == 0
    assert own("entity", name).exit_code == 1
    assert own("log", "--deletions").output.count("\n") >= 1
