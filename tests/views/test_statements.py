"""Statements and positions on the command line, and which words stand in quotation marks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.link.test_statements import WHOLE, Words, article, eleven, one
from tests.store.fakes import capture_of
from tests.views.views_story import Run

from quellenlage.link import link
from quellenlage.model import Document, Evidence, Polarity, Quotation, QuotationType, Span
from quellenlage.store import open_archive
from quellenlage.story import tell
from quellenlage.views.cli.root import cli
from quellenlage.views.locale import words_for
from quellenlage.views.wording.quoting import shown

YES = "Wir werden dem Nordbund schwere Kräne liefern"
NO = "Wir werden dem Nordbund keine schweren Kräne liefern"


def documents() -> list[Document]:
    text = "Ilse Brandner sagte im Radio, sie habe die Schleuse nie gesehen. Es sei „alles erfunden“, hieß es."
    may = f"Auf dem Parteitag rief Ilse Brandner vor leeren Rängen: „{WHOLE}“. Danach gab es Suppe."
    june = f"Im Wahlkreis wiederholte sie sich. „{WHOLE}“, versprach Ilse Brandner beim Schützenfest."
    found = [*eleven(), article(20, may, "2021-05-02", Words(WHOLE)), article(21, june, "2021-06-02", Words(WHOLE))]
    found += [one(22, NO, "2021-07-01"), one(23, YES, "2021-08-01", on=("am Sonntag", "2021-08-01"))]
    unknown = article(24, text, "2021-09-01", Words("alles erfunden", None), Words("sie habe die Schleuse nie gesehen"))
    at = text.index("alles erfunden")
    quotation = Quotation("q1", QuotationType.DIRECT, "speech", (Span(at, at + len("alles erfunden")),))
    claims = (replace(unknown.claims[0], quotation="q1"), *unknown.claims[1:])
    return [*found, replace(unknown, quotations=(quotation,), claims=claims)]


def put(path: Path, documents: Sequence[Document]) -> None:
    made: list[Document] = []
    archive = open_archive(str(path), create=True)
    for document in documents:
        capture = capture_of(document.text, source=document.article.source)
        archive.add_capture(capture)
        made.append(replace(document, article=replace(document.article, capture=capture.id)))
        archive.put_document(made[-1], "built")
    archive.close()
    relinked(path)


def relinked(path: Path) -> None:
    archive = open_archive(str(path))
    made, judgements = list(archive.documents()), archive.judgements()
    archive.put_linked(tell(made, link(made, judgements, frozenset()), judgements), f"linked {len(judgements)}")
    assert archive.verify() == []
    archive.close()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("statements") / "a.db"
    put(path, documents())
    return path


@pytest.fixture
def call(path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("QUELLENLAGE_ARCHIVE", str(path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*args: str) -> Result:
        return CliRunner().invoke(cli, ["--lang", "de", *args], prog_name="quellenlage")

    return run


def records(done: Result) -> list[dict[str, object]]:
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_statement_once_with_its_prints(call: Run) -> None:
    told = call("claims", "--statements", "--about", "Schleuse", "--until", "2021-04").stdout
    assert told.startswith("Ilse Brandner · bei drei Gelegenheiten wiederholt, 13-mal gedruckt  stm-")
    assert [line.strip() for line in told.splitlines() if "gedruckt: " in line] == [
        "gedruckt: 12. März 2021", "gedruckt: 2. Mai 2021", "gedruckt: 2. Juni 2021",
    ]  # fmt: skip
    (record, *_) = records(call("claims", "--statements", "--about", "Schleuse", "--json"))
    assert (record["record"], record["printed"]) == ("statement", 13)
    occasions = record["occasions"]
    assert isinstance(occasions, list)
    assert [len(o["retellings"]) for o in occasions] == [11, 1, 1]


def test_a_claim_knows_its_statement(call: Run) -> None:
    (claim, *_) = records(call("claims", "--about", "Schleuse", "--json"))
    statement = claim["statement"]
    assert isinstance(statement, dict)
    assert (statement["occasions"], statement["printed"]) == (3, 13)
    (said,) = records(call("claims", "--about", "Kräne", "--from", "2021-08", "--json"))
    assert said["said"] == {"value": "2021-08-01", "earliest": "2021-08-01", "latest": "2021-08-01"}
    assert (said["told"], said["channel"], said["resolved"]) == ([], None, True)


@pytest.mark.parametrize(
    ("args", "count"),
    [
        (("--from", "2021-05", "--until", "2021-06"), 2),
        (("--until", "2021-03"), 11),
        (("--polarity", "denied"), 0),
        (("--polarity", "affirmed", "--about", "Kräne"), 2),
        (("--to", "Dorwa"), 0),
        (("--about", "schleus"), 12),
        (("--about", "leuse"), 0),
        (("--about", "nie"), 1),
        (("--about", "ni"), 0),
    ],
)
def test_claims_are_chosen_by_day_polarity_and_who_was_told(call: Run, args: tuple[str, ...], count: int) -> None:
    assert len(records(call("claims", "--json", *args))) == count


def test_a_speaker_who_is_not_known_is_shown_as_unresolved(call: Run) -> None:
    told = call("claims", "--about", "erfunden").stdout
    assert told.splitlines()[0] == "ungeklärt ← dieser Artikel · behauptet"
    assert "    „alles erfunden“" in told
    assert "im Satz: »Es sei „alles erfunden“, hieß es.«" in told


def test_only_the_speakers_own_words_stand_in_marks(call: Run) -> None:
    told = call("claims", "--about", "gesehen").stdout
    assert "    indirekt wiedergegeben: sie habe die Schleuse nie gesehen" in told
    text = "Das „ist“ so"
    evidence = Evidence("a", "0" * 64, 0, len(text), text)
    words = words_for("de")
    assert shown([evidence], "translated", words) == "übersetzt: Das „ist“ so"
    marked = Evidence("a", "0" * 64, 0, 8, "„Das so“")
    assert shown([marked], "direct", words) == "„Das so“"


def test_positions_in_time_with_both_passages(call: Run) -> None:
    told = call("positions", "Ilse Brandner", "--about", "Kräne").stdout.splitlines()
    assert told[0] == "1. Juli 2021 · behauptet, einmal gedruckt"
    assert told[1].strip() == f"„{NO}“"
    at = told.index("1. August 2021 · behauptet, einmal gedruckt")
    assert told[at + 1].strip() == f"„{YES}“"
    mark = next(n for n, line in enumerate(told) if line.strip() == "zuvor anders (behauptet):")
    assert mark > at
    assert told[mark + 1].strip() == f"„{NO}“"


def test_positions_as_json_and_what_is_not_there(call: Run) -> None:
    found = records(call("positions", "Ilse Brandner", "--about", "Kräne", "--json"))
    assert [r["record"] for r in found] == ["position", "position"]
    changes = found[1]["changes"]
    assert isinstance(changes, list)
    assert [(c["was"], c["now"]) for c in changes] == [("denied", "affirmed")]
    assert changes[0]["before"]["evidence"][0]["exact"] == NO
    assert "Keine Aussage dieser Person" in call("positions", "Ilse Brandner", "--about", "Nirgendwort").stderr
    assert call("positions", "Niemand").exit_code == 1
    missing = call("positions", "Ilse Brandner", "--event", "evm-0000000000000000")
    assert (missing.exit_code, "Kein Ereignis" in missing.stderr) == (1, True)


DENIED = "dass das Freibad geschlossen werde"


@pytest.fixture
def denials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Ilse denies in May what she affirmed in April; both claims stand in an archive of their own."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    may = f"Ilse Brandner dementierte, {DENIED}."
    april = f"Ilse Brandner sagte, {DENIED}."
    made = [
        article(1, april, "2021-04-01", Words(DENIED)),
        article(2, may, "2021-05-02", Words(DENIED, polarity=Polarity.DENIED)),
    ]
    path = tmp_path / "denials.db"
    put(path, made)
    monkeypatch.setenv("QUELLENLAGE_ARCHIVE", str(path))

    def run(*args: str) -> Result:
        return CliRunner().invoke(cli, ["--lang", "de", *args], prog_name="quellenlage")

    return run


def test_a_denial_is_one_in_every_view(denials: Run, tmp_path: Path) -> None:
    stands = "behauptet, zurückgewiesen"
    for args in (("claims",), ("claims", "--statements"), ("positions", "Ilse Brandner"), ("entity", "Ilse Brandner")):
        told = denials(*args)
        assert told.exit_code == 0, told.stderr
        assert told.stdout.count(stands) >= 1, args
    statements = denials("claims", "--statements").stdout
    assert f"indirekt wiedergegeben: {DENIED} (behauptet, zurückgewiesen)" in statements
    assert f"indirekt wiedergegeben: {DENIED} (behauptet)" in statements
    for name in ("x.md", "x.html"):
        done = denials("dossier", "-o", str(tmp_path / name))
        assert done.exit_code == 0, done.stderr
        assert stands in (tmp_path / name).read_text(encoding="utf-8")


def test_a_passage_stands_in_the_same_words_beside_an_earlier_and_below_a_later_one(denials: Run) -> None:
    told = [line.strip() for line in denials("positions", "Ilse Brandner").stdout.splitlines()]
    assert "1. April 2021 · behauptet, einmal gedruckt" in told
    assert "2. Mai 2021 · behauptet, zurückgewiesen, einmal gedruckt" in told
    assert "zuvor anders (behauptet):" in told


def test_related_statements_are_shown_by_their_words(denials: Run) -> None:
    told = denials("claims", "--statements").stdout.splitlines()
    lines = [line.strip() for line in told if "mit anderem Vorzeichen: " in line]
    assert len(lines) == 2
    assert all(DENIED in line and ") stm-" in line for line in lines)


def test_a_name_that_is_not_known_is_the_same_error_everywhere(call: Run) -> None:
    for args in (("claims", "--speaker"), ("claims", "--to"), ("positions",)):
        done = call(*args, "Niemand Nirgends")
        assert (done.exit_code, "Niemand und nichts namens Niemand Nirgends" in done.stderr) == (1, True), args


def test_a_corrected_speaker_without_an_entity_is_shown_and_found(tmp_path: Path, denials: Run) -> None:
    path = tmp_path / "denials.db"
    key = records(denials("claims", "--polarity", "denied", "--json"))[0]["id"]
    assert isinstance(key, str)
    assert denials("judge", "correct", key, "speaker=Nobody Known", "--author", "ich").exit_code == 0
    relinked(path)
    told = denials("claims", "--statements", "--speaker", "nobody known").stdout
    assert told.startswith("Nobody Known · einmal gesagt")
    assert "ohne genannte Quelle" not in told
    assert [r["id"] for r in records(denials("claims", "--speaker", "Nobody", "--json"))] == [key]
    assert DENIED in denials("positions", "Nobody Known").stdout
    assert DENIED in denials("entity", "Nobody Known").stdout
    assert [r["id"] for r in records(denials("entity", "Nobody Known", "--json"))] == [key]
