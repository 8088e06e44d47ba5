from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from quellenlage import pipeline
from quellenlage.errors import BadInput, NotFound
from quellenlage.execution import Decision, build, judge, relink
from quellenlage.execution import references as lists
from quellenlage.execution.references import add_references, lists_of, remove_references
from quellenlage.model import EntityKind, ReferenceMatch, Verdict, make_capture, text_digest
from quellenlage.store import SqlArchive, open_archive

TEXT = "Berlin, 18. September 2015\n\nDer Schriftsteller Orhan Pamuk sprach am Freitag in Istanbul.\n"
_moments = count()


def clock() -> str:
    return f"2026-01-05T10:00:00.{next(_moments):06d}Z"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    content = TEXT.encode()
    made.add_capture(
        make_capture(
            source="a.txt", media_type="text/plain", content=content, text=TEXT, captured_at=clock(), encoding="utf-8"
        )
    )
    yield made
    made.close()


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["name,kind,id,office", *rows]), encoding="utf-8")
    return path


def persons(archive: SqlArchive) -> list[ReferenceMatch]:
    kinds = {e.id: e.kind for e in archive.linked().entities}
    return [m for m in archive.linked().references if kinds[m.entity] is EntityKind.PER]


def test_the_same_file_again_changes_nothing(archive: SqlArchive, tmp_path: Path) -> None:
    path = write(tmp_path / "liste.csv", "Orhan Pamuk,PER,7,Schriftsteller", "?,PER,8,", "MS Stern,Vessel,9,")
    [first] = add_references(archive, [path], clock=clock)
    assert (first.name, first.kept, first.unchanged, first.replaced) == ("liste", 1, False, False)
    assert first.passed == {"Vessel": 1}
    assert [failure.source for failure in first.failed] == [f"{path}:3"]
    before = archive.reference_lists()
    [again] = add_references(archive, [path], clock=clock)
    assert (again.unchanged, again.kept) == (True, 1)
    assert archive.reference_lists() == before
    write(path, "Orhan Pamuk,PER,7,Autor", "Eva Klar,PER,8,")
    [newer] = add_references(archive, [path], clock=clock)
    assert (newer.replaced, newer.kept) == (True, 2)


def test_several_files_are_one_list_under_a_name(archive: SqlArchive, tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{n}.csv", f"Eva Klar {n},PER,{n},") for n in "ab"]
    assert [report.kept for report in add_references(archive, paths, clock=clock)] == [1, 1]
    [report] = add_references(archive, paths, clock=clock, name="beide", licence="CC0-1.0")
    assert (report.name, report.kept) == ("beide", 2)
    assert {entry.licence for entry in archive.list_entries("beide")} == {"CC0-1.0"}


def test_nothing_that_can_be_used_leaves_the_list_as_it_was(archive: SqlArchive, tmp_path: Path) -> None:
    path = write(tmp_path / "liste.csv", "Orhan Pamuk,PER,7,")
    add_references(archive, [path], clock=clock)
    write(path, ",PER,7,")
    [report] = add_references(archive, [path], clock=clock)
    assert len(report.failed) == 2
    assert [entry.name for entry in archive.list_entries("liste")] == ["Orhan Pamuk"]
    [missing] = add_references(archive, [tmp_path / "none.csv"], clock=clock)
    assert missing.kept == 0
    assert missing.failed


def test_matches_follow_the_lists_and_peoples_word(archive: SqlArchive, tmp_path: Path) -> None:
    build(archive, clock=clock)
    assert archive.linked().references == ()
    assert not relink(archive, clock=clock)
    path = write(tmp_path / "liste.csv", "Orhan Pamuk,PER,7,Schriftsteller", "Ole Fern,PER,8,")
    add_references(archive, [path], clock=clock)
    assert relink(archive, clock=clock)
    assert not relink(archive, clock=clock)
    [found] = persons(archive)
    assert (found.source_id, found.accepted) == ("7", True)
    judge(archive, Decision(Verdict.DIFFER, "Orhan Pamuk", found.reference), author="a", made_at=clock())
    assert relink(archive, clock=clock)
    assert persons(archive) == []
    other = next(e for e in archive.list_entries("liste") if e.source_id == "8")
    judge(archive, Decision(Verdict.SAME, other.id, "Orhan Pamuk"), author="a", made_at=clock())
    relink(archive, clock=clock)
    assert [(m.source_id, m.accepted, m.judged) for m in persons(archive)] == [("8", True, True)]
    assert archive.verify() == []
    assert remove_references(archive, "liste") == 2
    assert relink(archive, clock=clock)
    assert archive.linked().references == ()


def test_entries_of_lists_are_not_judged_against_each_other(archive: SqlArchive, tmp_path: Path) -> None:
    add_references(archive, [write(tmp_path / "l.csv", "Eva Klar,PER,7,", "Ole Fern,PER,8,")], clock=clock)
    one, other = archive.list_entries("l")
    with pytest.raises(BadInput, match="both are entries"):
        judge(archive, Decision(Verdict.SAME, one.id, other.id), author="a", made_at=clock())
    with pytest.raises(NotFound):
        remove_references(archive, "none")


def test_no_lists_leave_the_fingerprint_as_it_was(archive: SqlArchive) -> None:
    build(archive, clock=clock)
    overrides = {capture: pipeline.overrides_for([], capture) for capture in archive.capture_ids()}
    built = [(capture, pipeline.fingerprint(capture, said)) for capture, said in overrides.items()]
    empty = text_digest("")
    assert archive.linked_fingerprint() == pipeline.linked_fingerprint(built, [], empty)


def test_keys_of_another_version_are_made_anew(
    archive: SqlArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_references(archive, [write(tmp_path / "l.csv", "Eva Klar,PER,7,")], clock=clock)
    monkeypatch.setattr(lists, "_keyed", lambda: "next")
    assert lists_of(archive) is archive
    [listed] = archive.reference_lists()
    assert (listed.keyed, listed.entities) == ("next", 1)
    assert [e.name for e in archive.list_entries("l")] == ["Eva Klar"]


def test_a_name_that_was_deleted_on_request_is_not_taken_in(archive: SqlArchive, tmp_path: Path) -> None:
    archive.suppress(["eva klar"])
    [report] = add_references(archive, [write(tmp_path / "l.csv", "Eva Klar,PER,7,", "Ole Fern,PER,8,")], clock=clock)
    assert (report.kept, report.passed) == (1, {"suppressed": 1})
