from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.views import views_story
from tests.views.views_story import Run

from quellenlage.encoder import files
from quellenlage.execution import installed_encoder
from quellenlage.model import Capture
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.cli.root import COMMANDS
from quellenlage.views.holdings import Holdings


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("name", [*COMMANDS, "judge same", "judge correct", "judge split", "judge undo", "judge list"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_command_has_help_in_both_languages(run: Run, name: str, lang: str) -> None:
    done = run(*name.split(), "--help", "--lang", lang)
    assert done.exit_code == 0
    assert done.stdout.startswith("Aufruf: quellenlage" if lang == "de" else "Usage: quellenlage")
    assert "--archive" in done.stdout
    assert ("Diese Hilfe." if lang == "de" else "This help.") in done.stdout


def test_the_program_lists_its_commands_in_order(run: Run) -> None:
    listed = run("--help").stdout
    places = [listed.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)
    assert run().exit_code == 0


@pytest.mark.parametrize(
    "args", [("--lang", "de", "chronicle"), ("chronicle", "--lang", "de"), ("chronicle", "--lang=de")]
)
def test_options_stand_before_or_after_the_command(run: Run, args: tuple[str, ...]) -> None:
    assert "14. März 2016 · Elin Torvald und Jorge Maradas trafen sich in Port Alven." in run(*args).stdout


def test_lines_without_a_day_are_told_where_a_time_is_asked_for(run: Run) -> None:
    told = lines(run("chronicle", "--json").stdout)
    dated = run("--lang", "en", "chronicle", "--from", "1900", "--json")
    missing = len(told) - len(lines(dated.stdout))
    assert missing == 1
    assert "One line whose day is not known is not in this choice by time." in dated.stderr
    assert "day is not known" not in run("--lang", "en", "chronicle").stderr


def test_a_line_of_the_chronicle_opens_at_its_sentence(run: Run) -> None:
    told = run("--lang", "de", "chronicle", "--type", "Mobilisierung").stdout.splitlines()
    assert told[0] == "2. Juni 2016 · Mobilisierung: Sundrien – Halvik"
    assert told[1].strip() == "„Sundrien hat am Donnerstag 1200 Soldaten an die Brücke von Halvik verlegt.“"
    assert "abendkurier/bruecke-teil2.txt:24-98" in told[2]
    assert any("Widerspruch: Zahl (Soldat)" in line for line in told)


def test_reprints_are_counted_apart(run: Run) -> None:
    told = run("--lang", "de", "chronicle", "--to", "2016-03-14").stdout
    assert "1 Ursprung, 1 Abdruck" in told


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("--actor", "Maradas"), {"CONSULT", "MOVEMENT", "ACCUSE", "REJECT"}),
        (("--place", "port alven"), {"CONSULT", "ECONOMY"}),
        (("--from", "2021-12", "--to", "2021"), {"ELECTION"}),
        (("--type", "assault"), {"ASSAULT"}),
        (("--story", "sty-"), None),
    ],
)
def test_parts_of_the_chronicle(run: Run, args: tuple[str, ...], expected: set[str] | None) -> None:
    found = {str(r["event_type"]) for r in lines(run("chronicle", "--json", *args).stdout)}
    assert found == expected if expected else len(found) > 5


def test_json_carries_all_evidence(run: Run) -> None:
    texts = {d.article.id: d.text for _, d in views_story.documents()}
    records = lines(run("chronicle", "--json").stdout)
    assert {r["record"] for r in records} == {"chronicle"}
    for record in records:
        accounts = record["accounts"]
        assert isinstance(accounts, list)
        for quoted in [record["evidence"], *(a["evidence"] for a in accounts)]:
            assert isinstance(quoted, dict)
            assert texts[quoted["article"]][quoted["start"] : quoted["end"]] == quoted["exact"]


@pytest.mark.parametrize(
    ("args", "part"),
    [
        (
            ("claims", "--speaker", "Brandt"),
            "Elin Torvald ← Ossi Brandt ← Zeitung Morgenruf und Nordfunk ← dieser Artikel",
        ),
        (("claims", "--evidentiality", "demanded"), "gefordert oder angekündigt"),
        (("claims", "--about", "Fischmarkt"), "Bei dem Anschlag"),
        (("claims", "--about", "Fischmarkt"), "indirekt wiedergegeben: Bei dem Anschlag"),
        (("claims", "--about", "schamlos"), "„schamlos“"),
        (
            ("claims", "--about", "schamlos"),
            "im Satz: »Ministerpräsidentin Torvald wies den Vorwurf als „schamlos“ zurück.«",
        ),
        (("conflicts",), "Die Küstenwache zählte nach eigenen Angaben nur 900 Soldaten."),
        (("entity", "Halldal"), "19.11. – 02.12.2021: Ministerpräsidentin"),
        (("entity", "Torvald"), "Schreibweisen: Elin Torvald (3-mal); Torvald (3-mal)"),
        (("sources",), "nfa (Agentur) · 2 Artikel, 1 Abdruck"),
        (("sources",), "Abdruck, 93 % des kürzeren Textes"),
        (("search", "Wortbruch"), "»Torvald nannte das Vorgehen „einen Wortbruch mit Ansage“.«"),
        (("doctor",), "FTS5"),
    ],
)
def test_reading_commands(run: Run, args: tuple[str, ...], part: str) -> None:
    done = run("--lang", "de", *args)
    assert done.exit_code == 0, done.stderr
    assert part in done.stdout


@pytest.mark.parametrize(
    "args", [("claims",), ("conflicts",), ("sources",), ("search", "Brücke"), ("entity", "Torvald")]
)
def test_reading_commands_give_json(run: Run, args: tuple[str, ...]) -> None:
    assert all("record" in record for record in lines(run(*args, "--json").stdout))


def test_search_says_how_each_hit_was_found(run: Run) -> None:
    (found, *_) = lines(run("search", "Wortbruch", "--by", "text", "--json").stdout)
    assert found["found_by"] == ["text"]
    assert found["text_score"] == found["score"]
    assert found["meaning_score"] is None


def test_search_without_vectors_says_so_and_goes_by_words(run: Run) -> None:
    if installed_encoder() is None:
        pytest.skip("the model files are not installed")
    done = run("--lang", "de", "search", "Wortbruch")
    assert "noch nicht nach dem Sinn durchsuchbar: quellenlage build" in done.stderr
    assert "Wortbruch" not in done.stderr
    assert "einen Wortbruch mit Ansage" in done.stdout


def test_search_without_a_model_says_so_and_goes_by_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "available", lambda *_: False)
    done = run("--lang", "de", "search", "Wortbruch")
    assert "Nur nach Wörtern gesucht: das Modell für die Suche nach dem Sinn fehlt" in done.stderr
    assert "einen Wortbruch mit Ansage" in done.stdout
    assert run("--lang", "de", "search", "Wortbruch", "--by", "text").stderr == ""
    done = run("--lang", "de", "search", "Wortbruch", "--by", "meaning")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "das Paket noch einmal installieren" in done.stderr


def test_search_that_finds_nothing_says_what_to_try(run: Run) -> None:
    done = run("--lang", "de", "search", "Nirgendwort", "--by", "text")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Keine Treffer für Nirgendwort." in done.stderr
    assert "--by meaning" in done.stderr


def test_verify_holds_and_says_so_on_standard_error(run: Run) -> None:
    done = run("--lang", "de", "verify")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("Alles hält: Aufnahmen 12")
    assert run("verify", "--quiet").stderr == ""


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (("chronik",), 2, "Gemeint vielleicht: chronicle"),
        (("chronicle", "--storry", "x"), 2, "--storry"),
        (("chronicle", "--from", "gestern"), 2, "gestern ist kein Datum"),
        (("chronicle", "--type", "Unsinn"), 2, "CONSULT (Gespräch)"),
        (("chronicle", "--actor", "Niemand"), 1, "Niemand und nichts namens Niemand"),
        (("chronicle", "--story", "Nirgends"), 1, "Keine Geschichte namens Nirgends"),
        (("claims", "--evidentiality", "sicher"), 2, "asserted, hedged, demanded, questioned"),
        (("claims", "--speaker"), 2, "--speaker braucht einen Wert"),
        (("entity",), 2, "NAME fehlt"),
        (("entity", "Niemand"), 1, "quellenlage search Niemand"),
        (("entity", "A", "B"), 2, "Zu viele Angaben"),
        (("search", "x", "--limit", "viele"), 2, "viele"),
        (("dossier",), 2, "-o DATEI fehlt"),
        (("dossier", "-o", "x.odt"), 2, ".html"),
        (("dossier", "-o", "nicht/da/x.html"), 1, "lässt sich nicht schreiben"),
        (("export", "--format", "csv"), 2, "-o DATEI fehlt"),
        (("forget",), 2, "Genau eines angeben"),
        (("forget", "x", "--text"), 2, "Genau eines angeben"),
        (("forget", "x"), 2, "--yes"),
        (("judge", "correct", "x", "dct"), 2, "dct=2015-09-18"),
        (("judge", "same", "Torvald", "Nirgendwer"), 1, "Nicht gefunden"),
        (("judge", "egal"), 2, "Den Befehl egal gibt es nicht"),
        (("evaluate", "nix"), 2, "timex"),
        (("build", "--dct", "x"), 2, "ARTICLE=2015-09-18"),
        (("--archive", "fehlt.db", "chronicle"), 3, "Archiv nicht benutzbar"),
        (("--lang", "xx", "chronicle"), 2, "de, en"),
    ],
)
def test_wrong_usage_and_missing_things(run: Run, args: tuple[str, ...], status: int, said: str) -> None:
    done = run("--lang", "de", *args) if args[0] != "--lang" else run(*args)
    assert done.exit_code == status, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_defect_asks_to_be_reported_and_shows_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("quellenlage.views.holdings.read_holdings", broken)
    done = run("--lang", "de", "chronicle")
    assert done.exit_code == 1
    assert "ZeroDivisionError: oops" in done.stderr
    assert "Bitte melden" in done.stderr
    assert "Traceback" not in done.stderr
    monkeypatch.setenv("QUELLENLAGE_DEBUG", "1")
    assert "Traceback" in run("chronicle").stderr


def test_control_characters_of_an_article_do_not_reach_the_terminal(run: Run) -> None:
    told = run("--lang", "de", "claims", "--speaker", "Brandt").stdout
    assert "\u202e" not in told
    assert "onerror" in told


def test_dossier_files(run: Run, tmp_path: Path) -> None:
    assert run("dossier", "-o", "a.html", "--title", "Mein <Titel>").exit_code == 0
    assert "Mein &lt;Titel&gt;" in Path("a.html").read_text(encoding="utf-8")
    assert run("dossier", "-o", "a.md", "--actor", "Halldal").exit_code == 0
    assert "Signe Halldal" in Path("a.md").read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.html", "a.md"]


def test_export_csv_as_folder_and_zip(run: Run, holdings: Holdings) -> None:
    import zipfile

    assert run("export", "--format", "csv", "-o", "tables").exit_code == 0
    assert sorted(p.name for p in Path("tables").iterdir()) == [
        "claims.csv",
        "conflicts.csv",
        "doubts.csv",
        "entities.csv",
        "events.csv",
        "origins.csv",
    ]
    with Path("tables/events.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(len(event.accounts) for event in holdings.linked.events)
    assert {row["event_type"] for row in rows} >= {"CONSULT", "ASSAULT"}
    assert run("export", "--format", "csv", "-o", "tables.zip").exit_code == 0
    with zipfile.ZipFile("tables.zip") as packed:
        assert packed.read("events.csv") == Path("tables/events.csv").read_bytes()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_take_a_selection(run: Run, holdings: Holdings, form: str) -> None:
    from pyarrow import parquet

    name = "Signe Halldal"
    (entity,) = holdings.find_entities(name)
    assert run("export", "--format", form, "--actor", name, "-o", "part").exit_code == 0
    if form == "csv":
        with Path("part/events.csv").open(encoding="utf-8-sig", newline="") as file:
            found = {row["id"] for row in csv.DictReader(file)}
        with Path("part/entities.csv").open(encoding="utf-8-sig", newline="") as file:
            named = {row["id"] for row in csv.DictReader(file)}
    else:
        found = set(parquet.read_table("part/events.parquet").column("id").to_pylist())
        named = set(parquet.read_table("part/entities.parquet").column("id").to_pylist())
    lines_of = [holdings.events[one.event] for one in holdings.linked.chronicle]
    assert found == {e.id for e in lines_of if entity.id in (*e.actors, *e.recipients)}
    assert 0 < len(found) < len(holdings.linked.events)
    assert entity.id in named
    assert len(named) < len(holdings.linked.entities)


def test_export_without_full_text_carries_no_article(run: Run) -> None:
    exported = run("export").stdout
    kinds = {str(r["record"]) for r in lines(exported)}
    assert kinds == set("article entity claim statement event conflict origin reuse story chronicle".split())
    assert views_story.PIECES[0].text not in [str(r.get("text")) for r in lines(exported)]


def test_a_full_export_restores_captures_and_judgements(run: Run, archive: SqlArchive, tmp_path: Path) -> None:
    own = str(tmp_path / "own.db")
    judged = run("--archive", own, "judge", "confirm", "Torvald", "--author", "ich", "--note", "geprüft")
    assert judged.exit_code == 0, judged.stderr
    assert run("--archive", own, "export", "--full-text", "-o", "all.jsonl").exit_code == 0
    done = run("--archive", "neu.db", "add", "all.jsonl")
    assert done.exit_code == 0, done.stderr
    restored = open_archive("neu.db")
    before: list[Capture] = list(archive.captures())
    assert list(restored.captures()) == before
    assert restored.judgements() == archive.judgements()
    restored.close()
    again = run("--archive", "neu.db", "add", "all.jsonl", "--json")
    assert lines(again.stdout)[0]["known"] == len(before)


def test_a_cut_export_names_the_line_and_restores_the_rest(run: Run, archive: SqlArchive, tmp_path: Path) -> None:
    run("--archive", str(tmp_path / "own.db"), "export", "--full-text", "-o", "all.jsonl")
    content = Path("all.jsonl").read_bytes().splitlines()
    Path("cut.jsonl").write_bytes(b"\n".join([content[0], content[1][:-40], content[2]]))
    done = run("--archive", "neu.db", "--lang", "de", "add", "cut.jsonl")
    assert done.exit_code == 1
    assert "cut.jsonl:2" in done.stderr
    assert "2 aufgenommen" in done.stderr


def test_forgetting_texts_of_a_time_without_any_says_so(run: Run, archive: SqlArchive, tmp_path: Path) -> None:
    own = str(tmp_path / "own.db")
    done = run("--archive", own, "--lang", "de", "forget", "--text", "--before", "2020", "--yes")
    assert done.exit_code == 0
    assert "Es gab nichts zu löschen" in done.stderr


def test_completion_scripts_and_completed_commands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "_QUELLENLAGE_COMPLETE=bash_complete" in run("completion", "bash").stdout
    env = {**os.environ, "_QUELLENLAGE_COMPLETE": "bash_complete", "COMP_WORDS": "quellenlage ch", "COMP_CWORD": "1"}
    code = "from quellenlage.views.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert "chronicle" in done.stdout


def test_help_imports_no_stage_and_no_model(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from quellenlage.views.cli import cli\n"
        "for args in (['--help'], ['chronicle', '--help'], ['build', '--help'], ['annotate', '--help']):\n"
        "    cli.main(args, 'quellenlage', standalone_mode=False)\n"
        "print([m for m in ('sqlalchemy', 'rich', 'msgspec', 'lxml', 'quellenlage.model') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_no_error(story_path: Path) -> None:
    command = (
        f"{sys.executable} -c 'from quellenlage.views.cli import main; main()' --archive {story_path} chronicle --json"
    )
    done = subprocess.run(["bash", "-o", "pipefail", "-c", f"{command} | head -c 20"], capture_output=True, check=False)
    assert done.stderr == b""


@pytest.mark.parametrize("call", ["claims", "claims --json", "--help"])
def test_a_reader_that_is_gone_leaves_status_0(story_path: Path, call: str) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(
        [sys.executable, "-c", "from quellenlage.views.cli import main; main()", *call.split()],
        stdout=writes, stderr=subprocess.PIPE, check=False, env={**os.environ, "QUELLENLAGE_ARCHIVE": str(story_path)},
    )  # fmt: skip
    os.close(writes)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_text_read_by_detection_is_named_in_both_languages(run: Run) -> None:
    Path("clipping.txt").write_bytes("Die Bürger müssen warten.".encode("cp1252"))
    Path("cut.txt").write_bytes("Müller, Größe".encode() + b"\xc3")
    told = run("--archive", "neu.db", "--lang", "en", "add", "clipping.txt", "cut.txt").stderr
    assert "clipping.txt: read as cp1252 (detected); give --encoding if that is wrong" in told
    assert "cut.txt: cut off at the end" in told
    again = run("--archive", "neu.db", "--lang", "de", "add", "clipping.txt", "cut.txt").stderr
    assert "clipping.txt: als cp1252 gelesen (erkannt)" in again
    assert "cut.txt: am Ende mitten in einem Zeichen abgeschnitten" in again
    lines_file = Path("alle.jsonl")
    lines_file.write_bytes('{"text": "Die Bürger müssen warten."}\n{"text": "Sie zögern für Köln."}'.encode("cp1252"))
    assert run("--archive", "drei.db", "add", "alle.jsonl").stderr.count("alle.jsonl: read as cp1252") == 1


def test_an_export_without_texts_is_refused_with_one_message(run: Run) -> None:
    run("export", "-o", "h.jsonl")
    done = run("--archive", "neu.db", "--lang", "en", "add", "h.jsonl")
    assert done.exit_code == 1
    assert done.stderr.count("h.jsonl") == 1
    assert "--full-text" in done.stderr
    assert "0 added" in done.stderr
