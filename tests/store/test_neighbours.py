"""Which articles may have to do with one another, found by keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.databases import open_archive
from tests.store.fakes import article_id, capture_of, document_of

from quellenlage.model import Capture
from quellenlage.store import SqlArchive, neighbours, schema, state

LONG = "Der Dampfer legte am Morgen mit vierzig Fahrgästen und einer Ladung Holz vom alten Kai der Stadt ab. " * 3


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    yield made
    made.close()


def put(archive: SqlArchive, text: str) -> Capture:
    capture = capture_of(text)
    archive.add_capture(capture)
    archive.put_document(document_of(capture), "fingerprint")
    return capture


def keys(archive: SqlArchive) -> int:
    with archive._read() as connection:
        return connection.scalar(select(func.count()).select_from(schema.neighbours)) or 0


def test_shared_names_and_words_make_neighbours_the_rarer_the_nearer(archive: SqlArchive) -> None:
    common = [put(archive, f"Meldung {n}\n@Anna schweigt") for n in range(8)]
    rare = put(archive, "Andere\n@Anna und @Zacharias schweigen")
    copied = put(archive, f"Fahrt\n{LONG}")
    asked = put(archive, f"Neue\n@Anna und @Zacharias schweigen\n{LONG}")
    found = archive.near([article_id(asked.id)], 10, 3)
    assert set(found) >= {article_id(rare.id), article_id(copied.id)}
    assert len(archive.near([article_id(asked.id)], 10, 20)) == 10
    assert archive.near([article_id(asked.id)], 3, 20) == [article_id(one.id) for one in common[:3]]


def test_keys_go_with_the_article_and_follow_its_text(archive: SqlArchive) -> None:
    capture = put(archive, f"Fahrt\n@Anna\n{LONG}")
    before = keys(archive)
    archive.put_document(document_of(capture), "another")
    assert keys(archive) == before > 3
    assert archive.verify() == []
    archive.forget_texts()
    assert 0 < keys(archive) < before
    archive.forget_article(article_id(capture.id))
    assert keys(archive) == 0


def test_keys_of_an_earlier_version_are_made_anew(archive: SqlArchive) -> None:
    put(archive, f"Fahrt\n@Anna\n{LONG}")
    before = keys(archive)
    with archive._write() as connection:
        connection.execute(schema.neighbours.delete())
        state.put(connection, state.NEIGHBOURS, "0")
    with archive._write() as connection:
        neighbours.complete(connection)
        assert state.get(connection, state.NEIGHBOURS) == neighbours.KEYS
    assert keys(archive) == before


def test_a_headline_that_a_note_names_is_looked_for(archive: SqlArchive) -> None:
    capture = capture_of("Korrektur\nZu unserer Meldung")
    document = document_of(capture)
    assert ("headline", "korrektur") in neighbours.keys_of(document)
    plain = replace(document, article=replace(document.article, headline=None))
    assert not any(kind == "headline" for kind, _ in neighbours.keys_of(plain))
