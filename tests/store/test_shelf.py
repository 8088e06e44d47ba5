from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.databases import Database, open_archive
from tests.store.fakes import FakePipeline, Overrides, capture_of

from quellenlage.errors import Defect
from quellenlage.store import SqlArchive, shelf
from quellenlage.store.packing import pack_document, pack_text

TEXTS = tuple(f"Kopf {n}\n@Anna sagt: @Bert{n} kam zum TREFFEN mit #{n} Gästen." for n in range(12))


@pytest.fixture(scope="module")
def archive(database: Database, tmp_path_factory: pytest.TempPathFactory) -> SqlArchive:
    opened = open_archive(str(tmp_path_factory.mktemp("shelf") / "a.db"), create=True)
    pipeline = FakePipeline()
    captures = [capture_of(text) for text in TEXTS]
    opened.put_articles([(capture, pipeline.analyse(capture, Overrides()), "print") for capture in captures])
    return opened


@given(
    st.lists(st.tuples(st.integers(0, len(TEXTS) - 1), st.sampled_from(["article", "events", "tokens"])), max_size=40)
)
def test_whatever_is_asked_in_whatever_order_is_what_was_written(
    archive: SqlArchive, asked: list[tuple[int, str]]
) -> None:
    whole = list(archive.documents())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "_HELD", {"article": 2, "layers": 2, "tokens": 1})
        patch.setattr(shelf, "_KEPT", 1)
        patch.setattr(shelf, "_AHEAD", 3)
        read = archive.shelf()
        for place, name in asked:
            assert getattr(read[place], name) == getattr(whole[place], name)


def test_no_more_is_held_than_allowed(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_HELD", {"article": 3, "layers": 3, "tokens": 2})
    monkeypatch.setattr(shelf, "_KEPT", 0)
    read = archive.shelf()
    for document in [*read, *read]:
        assert document.events
        assert document.tokens is not None
        assert document.text
    assert sum(shelf.filled(one, "layers") for one in read) <= 3
    assert sum(shelf.filled(one, "tokens") for one in read) <= 2


def test_who_reads_in_order_is_read_ahead_for_while_others_ask_here_and_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def read(place: int, count: int) -> list[shelf.Row]:
        asked.append(count)
        return [(pack_text(TEXTS[0]), packed)] * count

    packed = pack_document(FakePipeline().analyse(capture_of(TEXTS[0]), Overrides()))
    monkeypatch.setattr(shelf, "_HELD", {"article": 40, "layers": 40, "tokens": 40})
    monkeypatch.setattr(shelf, "_KEPT", 0)
    read_ahead = shelf.Shelf(400, read)
    for place in range(200):
        assert read_ahead[place].events is not None
        if place % 7 == 0:
            assert read_ahead[399 - place // 2].events is not None
    assert sum(asked) <= 260
    assert len(asked) <= 29 + 200 / 10


def test_a_shelved_document_can_be_changed_and_sent(archive: SqlArchive) -> None:
    whole, read = next(archive.documents()), archive.shelf()[0]
    assert pickle.loads(pickle.dumps(read)) == whole  # noqa: S301 - our own
    assert replace(whole, events=()).events == ()
    assert read.sentence_at(0) == whole.sentence_at(0)


def test_articles_written_together_are_as_if_written_one_by_one(archive: SqlArchive, tmp_path: Path) -> None:
    pipeline = FakePipeline()
    other = open_archive(str(tmp_path / "b.db"), create=True)
    for text in TEXTS:
        capture = capture_of(text)
        other.add_capture(capture)
        other.put_document(pipeline.analyse(capture, Overrides()), "print")
    assert list(other.documents()) == list(archive.documents())
    assert list(other.captures()) == list(archive.captures())
    assert other.counts() == archive.counts()
    assert archive.verify() == []
    assert [hit.evidence for hit in other.search("TREFFEN")] == [hit.evidence for hit in archive.search("TREFFEN")]


def test_what_is_there_already_is_left_as_it_is(archive: SqlArchive) -> None:
    capture = capture_of(TEXTS[0])
    assert archive.put_articles([(capture, FakePipeline().analyse(capture, Overrides()), "another")]) == 0


def test_a_document_of_another_capture_is_refused(archive: SqlArchive) -> None:
    one, other = capture_of("Neu\n@Carla."), capture_of("Anders\n@Dora.")
    with pytest.raises(Defect):
        archive.put_articles([(one, FakePipeline().analyse(other, Overrides()), "print")])


def test_a_changed_copy_is_a_document_of_no_shelf(archive: SqlArchive) -> None:
    whole = next(iter(archive.documents()))
    shelved = archive.shelf()[0]
    assert replace(shelved, events=()) == replace(whole, events=())
    assert shelved == whole
