"""How documents were made, as an archive keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.store.fakes import capture_of, document_of

from quellenlage.errors import NotFound
from quellenlage.model.making import Making, Recipe, StageIdentity
from quellenlage.store import SqlArchive, open_archive, schema
from quellenlage.store.packing import unpack_document

TEXTS = ("Eins\n@Adam beim TREFFEN.", "Zwei\n@Berta sagt: Nein.")
ARTICLE = StageIdentity("article", "1", "a" * 64, "", (("de/a.toml", "1" * 64),))
RULES = StageIdentity("rules", "1", "b" * 64, "c" * 64, (), (("words", "2" * 64),))
NEXT = StageIdentity("rules", "2", "b" * 64, "c" * 64, (), (("words", "2" * 64),))
FIRST, SECOND = Recipe("1.0", (ARTICLE, RULES)), Recipe("1.0", (ARTICLE, NEXT))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    for text in TEXTS:
        archive.add_capture(capture_of(text))
    yield archive
    archive.close()


def count(archive: SqlArchive, table: object) -> int:
    with archive._read() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]  # a table


def test_stages_are_kept_once_however_many_documents_they_made(archive: SqlArchive) -> None:
    one, other = (capture_of(text) for text in TEXTS)
    corrected = (("article", "dct", "d" * 64),)
    archive.put_document(document_of(one), "f1", Making(FIRST, (), b"{}"))
    archive.put_document(document_of(other), "f2", Making(FIRST, corrected))
    assert (count(archive, schema.recipes), count(archive, schema.stage_identities)) == (1, 2)
    stamps, recipes = archive.stamps(), archive.recipes()
    assert {c: (s.fingerprint, s.corrected) for c, s in stamps.items()} == {
        one.id: ("f1", ()),
        other.id: ("f2", corrected),
    }
    assert {recipes[s.recipe] for s in stamps.values() if s.recipe is not None} == {FIRST}
    assert stamps[one.id].article == document_of(one).article.id
    assert set(archive.stamps([other.id])) == {other.id}
    archive.put_document(document_of(one), "f3", Making(SECOND))
    assert (count(archive, schema.recipes), count(archive, schema.stage_identities)) == (2, 3)
    assert sorted(archive.recipe_counts().values()) == [1, 1]
    assert {r.digest for r in archive.recipes().values()} == {FIRST.digest, SECOND.digest}


def test_a_document_without_a_making_is_of_unknown_make(archive: SqlArchive) -> None:
    one = capture_of(TEXTS[0])
    archive.put_document(document_of(one), "f1")
    assert archive.stamps()[one.id].recipe is None
    assert archive.recipe_counts() == {None: 1}
    assert archive.stored(one.id) is None
    assert archive.stored("cap_0") is None


def test_what_came_out_the_same_stands_under_another_fingerprint(archive: SqlArchive) -> None:
    one = capture_of(TEXTS[0])
    made = document_of(one)
    archive.put_document(made, "f1", Making(FIRST, (), b"old"))
    archive.restamp(one.id, "f2", Making(SECOND, (), b"new"))
    assert archive.pending([(one.id, "f1"), (one.id, "f2")]) == [one.id]
    stored = archive.stored(one.id)
    assert stored is not None
    assert stored.earlier == b"new"
    assert unpack_document(stored.document, one.text) == made
    assert archive.verify() == []
    with pytest.raises(NotFound):
        archive.restamp(capture_of(TEXTS[1]).id, "f", Making(FIRST))


def test_of_a_deleted_text_nothing_is_kept_to_make_it_again(archive: SqlArchive) -> None:
    one = capture_of(TEXTS[0])
    archive.put_document(document_of(one), "f1", Making(FIRST, (), b"names"))
    archive.forget_texts()
    assert archive.stored(one.id) is None
    with archive._read() as connection:
        assert connection.scalar(select(schema.articles.c.earlier)) is None
    with pytest.raises(NotFound):
        archive.restamp(one.id, "f2", Making(SECOND))


def test_notes_of_a_build_are_kept(archive: SqlArchive) -> None:
    assert archive.note("built") is None
    archive.put_note("built", "one")
    archive.put_note("built", "two")
    assert archive.note("built") == "two"
