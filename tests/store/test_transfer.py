"""Archives are copied between databases with everything in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.databases import POSTGRESQL, SQLITE, open_archive, server
from tests.store.fakes import FakePipeline, capture_of, clock
from tests.views import views_story

from quellenlage.errors import ArchiveUnusable
from quellenlage.execution import build
from quellenlage.model import Verdict, make_judgement
from quellenlage.store import SqlArchive, schema
from quellenlage.store import open_archive as open_really
from quellenlage.store.transfer import copy

pytestmark = pytest.mark.database(POSTGRESQL)

QUERIES = ("der", "die Soldaten", '"auf der Insel"', "sperr*", "der die in", "in", "minister* sagt", "an der", "nichts")


def filled(path: Path) -> SqlArchive:
    archive = views_story.make_archive(path)
    for number in range(3):
        archive.add_judgement(
            make_judgement(Verdict.NOTE, f"art-{number}", made_at=f"2026-01-0{number + 1}", author="a", note="ß – ÿ")
        )
    archive.add_capture(capture_of("KAPUTT", source="c.txt"))
    return archive


def rows(archive: SqlArchive) -> dict[str, list[Any]]:
    with archive._engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in schema.metadata.sorted_tables
            if table is not schema.meta
        }


def test_there_and_back_again(tmp_path: Path) -> None:
    served, path, back = server().create(), tmp_path / "a.db", str(tmp_path / "back.db")
    first = open_really(str(path), create=True)
    first.close()
    path.unlink()
    try:
        source = filled_in_file(path)
        told: list[str] = []
        there = copy(str(path), served, lambda table, _: told.append(table))
        assert set(told) == set(there.rows)
        copied = open_really(served)
        copy(served, back)
        returned = open_really(back)
        for archive in (copied, returned):
            assert archive.verify() == []
            assert rows(archive) == rows(source)
            assert archive.counts() == source.counts()
            assert archive.linked() == source.linked()
            assert list(archive.documents()) == list(source.documents())
            assert archive.judgements() == source.judgements()
            for query in QUERIES:
                found, expected = archive.search(query, limit=100), source.search(query, limit=100)
                assert [hit.evidence for hit in found] == [hit.evidence for hit in expected], query
                assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected])
        for archive in (source, copied, returned):
            archive.close()
    finally:
        server().drop(served)


def filled_in_file(path: Path) -> SqlArchive:
    """An archive in a file, whatever database tests are on."""
    from tests.databases import using

    with using(SQLITE):
        return filled(path)


def test_a_copy_is_worked_on_like_any_archive(tmp_path: Path) -> None:
    served, path = server().create(), tmp_path / "a.db"
    try:
        filled_in_file(path).close()
        copy(str(path), served)
        archive = open_really(served)
        note = make_judgement(Verdict.NOTE, "art-9", made_at="2026-02-01", author="a", note="later")
        archive.add_judgement(note)
        archive.add_capture(capture_of("Neu\n@Adam beim TREFFEN", source="new.txt"))
        build(archive, clock=clock, pipeline=FakePipeline())
        assert archive.judgements()[-1] == note
        assert archive.verify() == []
        archive.forget_article("new.txt")
        assert archive.verify() == []
        archive.close()
    finally:
        server().drop(served)


def test_nothing_is_copied_onto_something(tmp_path: Path) -> None:
    filled_in_file(tmp_path / "a.db").close()
    target = open_archive(tmp_path / "t.db", create=True)
    target.add_capture(capture_of("Kopf\nText"))
    with pytest.raises(ArchiveUnusable, match="something in this archive") as caught:
        copy(str(tmp_path / "a.db"), target.location)
    assert caught.value.remedy
    assert len(target.capture_ids()) == 1
    target.close()


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path) -> None:
    filled_in_file(tmp_path / "a.db").close()
    target = open_archive(tmp_path / "t.db", create=True)

    def fail(table: str, _rows: int) -> None:
        if table == "sentences":
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        copy(str(tmp_path / "a.db"), target.location, fail)
    assert set(target.counts().values()) == {0}
    copy(str(tmp_path / "a.db"), target.location)
    assert target.verify() == []
    target.close()


def test_there_must_be_something_to_copy(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnusable, match="no archive"):
        copy(str(tmp_path / "none.db"), str(tmp_path / "t.db"))
    assert not (tmp_path / "t.db").exists()
