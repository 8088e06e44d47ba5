"""Lists from outside go with a full export and come back with their matches; old exports have none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.execution.linking import Linking, article

from quellenlage.execution import Decision, add, build, forget_person, judge
from quellenlage.execution.references import add_references, restore_references
from quellenlage.intake import IntakeOptions
from quellenlage.model import Verdict
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.exports.jsonl import records
from quellenlage.views.exports.restore import is_export, restored_captures, restored_judgements, restored_references
from quellenlage.views.records import encoded

TEXTS = ("Kremlsprecher [Dmitri Peskow] schwieg.", "Außenminister [Sergej Lawrow] auch.", "[Eva Klar] kam.")
_moments = count()


def clock() -> str:
    return f"2026-01-05T10:00:00.{next(_moments):06d}Z"


def listed(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["name;kind;aliases;office;from;land;id", *rows]), encoding="utf-8")
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    for number, text in enumerate(TEXTS, 1):
        made.add_capture(article(number, text))
    one = listed(tmp_path / "eins.csv", "Dmitry Peskov;PER;Peskoff;Kremlsprecher;2012;ru;1", "Eva Klar;PER;;;;;2")
    other = listed(tmp_path / "zwei.csv", "Sergey Lavrov;PER;;Außenminister;2004-03-09;ru;1")
    add_references(made, [one, other], clock=clock, licence="CC0-1.0")
    build(made, clock=clock, pipeline=Linking())
    (eva,) = (m for m in made.linked().references if m.name == "Eva Klar")
    judge(made, Decision(Verdict.SAME, eva.entity, eva.reference), author="a", made_at=clock())
    build(made, clock=clock, pipeline=Linking())
    yield made
    made.close()


def exported(archive: SqlArchive, path: Path, *, leave: str = "") -> Path:
    lines = (r for r in records(archive, full_text=True) if not leave or not str(r["record"]).startswith(leave))
    path.write_bytes(b"".join(encoded(record) + b"\n" for record in lines))
    return path


def restored(path: Path, into: Path) -> SqlArchive:
    made = open_archive(str(into), create=True)
    assert is_export(str(path))
    assert not add(made, [str(path)], IntakeOptions(captured_at=clock()), reader=restored_captures).failed
    restore_references(made, restored_references(path))
    for judgement in restored_judgements(path):
        made.add_judgement(judgement)
    build(made, clock=clock, pipeline=Linking())
    return made


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (b"", True),
        (b"\xef\xbb\xbf", True),
        (b"\n\r\n", True),
        (b"\xef\xbb\xbf\n" + b" \n" * 90, True),
        (b"  ", True),
        (b"x", False),
    ],
)
def test_an_export_that_was_saved_by_an_editor_is_one_still(
    archive: SqlArchive, tmp_path: Path, before: bytes, told: bool
) -> None:
    path = exported(archive, tmp_path / "all.jsonl")
    path.write_bytes(before + path.read_bytes())
    assert is_export(str(path)) is told
    if told:
        assert len(list(restored_captures([str(path)], IntakeOptions(captured_at=clock())))) == len(
            archive.capture_ids()
        )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{ "record" : "capture", "id": "x"}', True),
        (b'{"record":"captures"}', False),
        (b'{"record":"article"}', False),
        (b"", False),
        (b"\n" * 5000 + b'{"record":"capture"}', False),
        (bytes(9000), False),
    ],
)
def test_what_an_export_begins_with(tmp_path: Path, content: bytes, told: bool) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    assert is_export(str(path)) is told


def test_lists_entries_and_matches_come_back(archive: SqlArchive, tmp_path: Path) -> None:
    again = restored(exported(archive, tmp_path / "all.jsonl"), tmp_path / "b.db")
    assert [m.accepted for m in archive.linked().references] == [True, True, True]
    assert again.linked().references == archive.linked().references
    assert again.reference_lists() == archive.reference_lists()
    for name in ("eins", "zwei"):
        assert list(again.list_entries(name)) == list(archive.list_entries(name))
    assert again.verify() == []
    assert exported(again, tmp_path / "again.jsonl").read_bytes().count(b'"record":"reference') == 8
    again.close()


def test_an_export_without_lists_is_restored_as_before(archive: SqlArchive, tmp_path: Path) -> None:
    again = restored(exported(archive, tmp_path / "old.jsonl", leave="reference"), tmp_path / "b.db")
    assert (again.reference_lists(), again.linked().references) == ([], ())
    assert [e.name for e in again.linked().entities] == [e.name for e in archive.linked().entities]
    again.close()


def test_without_full_text_there_are_lists_and_matches_and_no_entries(archive: SqlArchive) -> None:
    kinds = [str(r["record"]) for r in records(archive) if str(r["record"]).startswith("reference")]
    assert kinds == ["reference_list"] * 2 + ["reference_match"] * 3


def test_a_newer_list_of_the_archive_is_kept_and_an_older_replaced(archive: SqlArchive, tmp_path: Path) -> None:
    before = exported(archive, tmp_path / "before.jsonl")
    add_references(archive, [listed(tmp_path / "eins.csv", "Ole Fern;PER;;;;;9")], clock=clock)
    after = exported(archive, tmp_path / "after.jsonl")
    assert restore_references(archive, restored_references(before)) == []
    assert [e.name for e in archive.list_entries("eins")] == ["Ole Fern"]
    again = restored(before, tmp_path / "b.db")
    assert restore_references(again, restored_references(after)) == ["eins"]
    assert [e.name for e in again.list_entries("eins")] == ["Ole Fern"]
    again.close()


def test_who_is_forgotten_here_does_not_come_back_with_a_list(archive: SqlArchive, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "all.jsonl")
    again = open_archive(str(tmp_path / "b.db"), create=True)
    for number, text in enumerate(TEXTS, 1):
        again.add_capture(article(number, text))
    build(again, clock=clock, pipeline=Linking())
    forget_person(again, "Eva Klar", clock=clock, pipeline=Linking())
    assert restore_references(again, restored_references(path)) == ["eins", "zwei"]
    assert [e.name for e in again.list_entries("eins")] == ["Dmitry Peskov"]
    again.close()


@pytest.mark.parametrize("broken", ['{"record":"reference_list","name":3}', '{"record":"reference","id":"x"}', "{"])
def test_a_damaged_line_takes_no_other_list_along(archive: SqlArchive, tmp_path: Path, broken: str) -> None:
    lines = exported(archive, tmp_path / "all.jsonl").read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if json.loads(line)["record"] == "reference_list")
    damaged = tmp_path / "damaged.jsonl"
    damaged.write_text("\n".join([*lines[:at], broken, *lines[at + 1 :]]), encoding="utf-8")
    again = open_archive(str(tmp_path / "b.db"), create=True)
    assert restore_references(again, restored_references(damaged)) == ["zwei"]
    again.close()
