from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect
from tests.databases import POSTGRESQL, SQLITE, current, open_archive
from tests.store.fakes import FakePipeline, capture_of, clock, connect, document_of

from quellenlage.errors import Defect, NotFound
from quellenlage.execution import build
from quellenlage.model import Activity, Linked, Rejection, Verdict, make_judgement
from quellenlage.store import SqlArchive

TEXTS = (
    "Treffen in Bern\nMinister @Adam und @Berta kamen zum TREFFEN mit #12 Leuten.\n@Adam sagt: Es war gut.",
    "Neues aus Bern\n@Adam und @Berta hatten ein TREFFEN, #15 kamen.\nSonst geschah nichts Größeres.",
    "Anderswo\n@Carla sagt: Das TREFFEN mit @Dora fiel aus.\nStraße und Müll, U-Boot.",
)


@pytest.fixture
def archive(tmp_path: Path) -> SqlArchive:
    return open_archive(str(tmp_path / "a.db"), create=True)


def fill(archive: SqlArchive, texts: tuple[str, ...] = TEXTS) -> Linked:
    for text in texts:
        archive.add_capture(capture_of(text))
    build(archive, clock=clock, pipeline=FakePipeline())
    return archive.linked()


def test_what_is_written_is_read_back(archive: SqlArchive) -> None:
    captures = [capture_of(text) for text in TEXTS]
    assert [archive.add_capture(c) for c in captures] == [True, True, True]
    assert archive.add_capture(capture_of(TEXTS[1], source="elsewhere.txt")) is False
    assert list(archive.captures()) == captures
    assert archive.capture(captures[2].id) == captures[2]
    assert archive.capture_ids() == [c.id for c in captures]
    documents = [document_of(c) for c in captures]
    for document in reversed(documents):
        archive.put_document(document, "fp")
    assert list(archive.documents()) == documents
    linked = connect(documents, [], frozenset())
    assert linked.conflicts
    assert linked.statements
    assert linked.aliases
    archive.put_linked(linked, "linked")
    assert archive.linked() == linked
    assert archive.linked_fingerprint() == "linked"
    assert archive.verify() == []


def test_reopened_archive_is_the_same(tmp_path: Path) -> None:
    location = str(tmp_path / "a.db")
    archive = open_archive(location, create=True)
    linked = fill(archive)
    documents = list(archive.documents())
    archive.close()
    again = open_archive(location)
    assert again.linked() == linked
    assert list(again.documents()) == documents
    assert again.counts()["sentences"] == sum(len(d.sentences) for d in documents)


def test_documents_by_identifier_beginning_and_source(archive: SqlArchive) -> None:
    archive.add_capture(capture_of(TEXTS[0], source="/data/x/bern.txt"))
    archive.add_capture(capture_of(TEXTS[2], source="/data/50%_y/anderswo.txt"))
    build(archive, clock=clock, pipeline=FakePipeline())
    first, second = archive.documents()
    for reference in (first.article.id, first.article.id[:12], "/data/x/bern.txt", "bern.txt"):
        assert archive.document(reference) == first
    assert archive.document("50%_y/anderswo.txt") == second
    for reference in ("", "art-", "nichts", "%", "_nderswo.txt", "\x00", "' OR 1=1"):
        with pytest.raises(NotFound):
            archive.document(reference)


def test_pending_and_rejections(archive: SqlArchive) -> None:
    good, bad = capture_of(TEXTS[0]), capture_of("KAPUTT\nnichts")
    archive.add_capture(good)
    archive.add_capture(bad)
    assert archive.pending([(good.id, "1"), (bad.id, "1")]) == [good.id, bad.id]
    archive.put_document(document_of(good), "1")
    archive.reject(Rejection(bad.id, bad.source, "article", "ValueError: no"), "1")
    assert archive.pending([(good.id, "1"), (bad.id, "1")]) == []
    assert archive.pending([(good.id, "2"), (bad.id, "2")]) == [good.id, bad.id]
    assert archive.rejections() == [Rejection(bad.id, bad.source, "article", "ValueError: no")]
    archive.reject(Rejection(good.id, good.source, "timex", "x"), "2")
    assert list(archive.documents()) == []
    archive.put_document(document_of(good), "3")
    assert [r.capture for r in archive.rejections()] == [bad.id]
    assert archive.verify() == []


def test_document_of_unknown_capture_is_refused(archive: SqlArchive) -> None:
    with pytest.raises(NotFound, match="not in the archive"):
        archive.put_document(document_of(capture_of(TEXTS[0])), "1")
    with pytest.raises(NotFound):
        archive.capture("cap-0")


def test_linked_rows_of_unknown_articles_are_refused_as_a_whole(archive: SqlArchive) -> None:
    indexes = _indexes(archive)
    linked = fill(archive)
    elsewhere = connect([document_of(capture_of("Fremd\n@Emil beim TREFFEN"))], [], frozenset())
    with pytest.raises(Defect):
        archive.put_linked(elsewhere, "x")
    assert archive.linked() == linked
    assert _indexes(archive) == indexes
    archive.put_linked(linked, "x")
    assert _indexes(archive) == indexes


def _indexes(archive: SqlArchive) -> set[str]:
    """Names of all indexes of the tables."""
    with archive._engine.connect() as connection:
        known = inspect(connection)
        return {str(index["name"]) for table in known.get_table_names() for index in known.get_indexes(table)}


def test_judgements_and_activities_keep_their_order(archive: SqlArchive) -> None:
    made = [
        make_judgement(Verdict.REJECT, f"clm-{n}", made_at="2026-01-01", author="a", note="weil „so“") for n in range(5)
    ]
    for judgement in (*made, made[0]):
        archive.add_judgement(judgement)
    assert archive.judgements() == made
    activity = Activity("act-1", "timex", "1", "c", "", "2026", "2026", 3)
    archive.add_activity(activity)
    assert archive.activities() == [activity]


def test_judgements_cannot_be_changed_by_hand(archive: SqlArchive) -> None:
    archive.add_judgement(make_judgement(Verdict.REJECT, "clm-1", made_at="2026-01-01", author="a"))
    for statement in ("UPDATE judgements SET subject = 'x'", "DELETE FROM judgements"):
        with archive._writing.connect() as connection, pytest.raises(Exception, match="append-only"):
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize("text", ["Kopf\n\x00 Null und \x1b[31m Farbe 🎉", "K\n" + "ä" * 200_000, "é́\u202e\nx y"])
def test_strange_texts(archive: SqlArchive, text: str) -> None:
    if "\x00" in text and current().kind == POSTGRESQL:
        pytest.skip("PostgreSQL keeps no NUL in text; `add` takes them out")
    capture = capture_of(text)
    archive.add_capture(capture)
    assert archive.capture(capture.id) == capture
    archive.put_document(document_of(capture), "1")
    assert archive.document(capture.source).text == text
    assert archive.verify() == []


def test_migrations_and_tables_say_the_same(archive: SqlArchive) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from quellenlage.store import schema
    from quellenlage.store.opening import _migrations

    with archive._engine.connect() as connection:
        alike = current().kind == SQLITE  # on PostgreSQL words and numbers are wider than the tables say
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours, "compare_type": alike})
        assert compare_metadata(context, schema.metadata) == []
        assert set(schema.metadata.tables) <= set(inspect(connection).get_table_names())
    assert ScriptDirectory(_migrations()).get_current_head() == schema.HEAD


def _is_ours(_object: object, name: str | None, type_: str, _reflected: bool, _compare: object) -> bool:
    own = type_ == "table" and str(name).startswith(("sentence_search", "row_numbers"))
    return not (own or name in {"sentences_words", "words", "length"})
