"""Archives on a server: opening, reading and writing side by side, what is said when something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import TimeoutError as NoConnection
from tests.databases import OWNER, POSTGRESQL, _RawPostgres, open_archive, server
from tests.store.fakes import FakePipeline, capture_of, clock, document_of

from quellenlage.errors import ArchiveUnusable
from quellenlage.execution import build
from quellenlage.model import Verdict, make_judgement
from quellenlage.store import SqlArchive
from quellenlage.store import open_archive as open_really
from quellenlage.store.postgresql import connecting
from quellenlage.store.schema import HEAD

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.database(POSTGRESQL)


def refused(location: str, *, create: bool = True) -> ArchiveUnusable:
    with pytest.raises(ArchiveUnusable) as caught:
        open_really(location, create=create)
    assert caught.value.remedy
    assert "geheim" not in str(caught.value)
    return caught.value


@pytest.fixture
def empty() -> Iterator[str]:
    url = server().create()
    yield url
    server().drop(url)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(tmp_path / "a.db", create=True)
    yield made
    made.close()


def test_an_empty_database_becomes_an_archive_only_on_request(empty: str) -> None:
    assert "no archive" in refused(empty, create=False).message
    for name in connecting.NAMES:
        url = empty.replace("postgresql+psycopg", name)
        archive = open_really(url, create=True)
        assert archive.counts()["captures"] == 0
        assert archive.verify() == []
        archive.close()
    assert open_really(empty).capture_ids() == []


def test_what_is_no_archive_is_left_alone(empty: str) -> None:
    raw = _RawPostgres(server().admin(empty.rpartition("/")[2]))
    raw.execute("CREATE TABLE places (x integer)")
    raw.commit()
    assert "another program" in refused(empty).message
    raw.execute("DROP TABLE places")
    raw.commit()
    open_really(empty, create=True).close()
    raw.execute("UPDATE alembic_version SET version_num = '0999'")
    raw.commit()
    found = refused(empty)
    assert "newer version" in found.message
    assert HEAD in found.message
    raw.close()


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("postgresql+psycopg://eva:geheim@127.0.0.1:1/x", "does not answer"),
        ("postgresql+psycopg://eva:geheim@127.0.0.1/", "names no database"),
        ("postgresql+psycopg://eva:geheim@127.0.0.1:x/y", "not a database URL"),
    ],
)
def test_servers_that_are_not_there(location: str, said: str) -> None:
    assert said in refused(location).message


def test_who_is_not_let_in(empty: str) -> None:
    assert "no such database" in refused(server().owned("nothing_of_this_name")).message
    assert "refuses the login" in refused(empty.replace(OWNER, "nobody_of_this_name:geheim")).message


def test_words_are_compared_byte_by_byte_whatever_the_database_sorts_by(empty: str) -> None:
    archive = open_really(empty, create=True)
    with archive._engine.connect() as connection:
        wrong = connection.exec_driver_sql(
            "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND (data_type = 'character varying' OR data_type = 'text') AND table_name <> 'alembic_version' "
            "AND collation_name IS DISTINCT FROM 'C'"
        ).all()
    assert wrong == []
    archive.close()


def test_two_processes_write_side_by_side(archive: SqlArchive) -> None:
    code = """
        import sys
        from tests.store.fakes import capture_of, document_of
        from quellenlage.model import Verdict, make_judgement
        from quellenlage.store import open_archive
        archive = open_archive(sys.argv[1], create=True)
        for number in range(15):
            capture = capture_of(f"Kopf {number} von {sys.argv[2]}\\n@Adam beim TREFFEN")
            archive.add_capture(capture)
            archive.put_document(document_of(capture), "1")
            made_at = f"2026-01-01T00:00:{number:02}Z"
            archive.add_judgement(make_judgement(Verdict.NOTE, sys.argv[2], made_at=made_at, author="a", note="x"))
            archive.counts()
        """
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), archive.location, name],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("eins", "zwei", "drei")
    ]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    assert archive.counts()["articles"] == 45
    assert len(archive.judgements()) == 45
    assert archive.verify() == []


def test_a_build_and_decisions_at_once(archive: SqlArchive) -> None:
    for number in range(20):
        archive.add_capture(capture_of(f"Kopf {number}\n@Adam trifft @Berta beim TREFFEN mit #{number}"))
    deciding = open_really(archive.location)
    wrong: list[BaseException] = []

    def decide() -> None:
        try:
            for number in range(20):
                made_at = f"2026-01-01T00:00:{number:02}Z"
                deciding.add_judgement(make_judgement(Verdict.CONFIRM, f"clm-{number}", made_at=made_at, author="a"))
        except BaseException as error:  # told by the thread that asks
            wrong.append(error)

    thread = threading.Thread(target=decide)
    thread.start()
    build(archive, clock=clock, pipeline=FakePipeline())
    thread.join(60)
    assert wrong == []
    assert len(archive.judgements()) == 20
    assert archive.counts()["articles"] == 20
    assert archive.verify() == []
    deciding.close()


def test_readers_see_one_state_and_wait_for_nobody(archive: SqlArchive) -> None:
    capture = capture_of("Kopf\nText")
    archive.add_capture(capture)
    other = open_really(archive.location)
    with archive._read() as reading:
        before = reading.exec_driver_sql("SELECT count(*) FROM captures").scalar()
        other.add_capture(capture_of("Zweiter\nText"))
        assert reading.exec_driver_sql("SELECT count(*) FROM captures").scalar() == before == 1
    with other._write():
        assert len(archive.capture_ids()) == 2
    other.close()


def test_a_writer_that_waits_too_long_is_told(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "WAIT_WRITING_SECONDS", 0.05)
    other = open_really(archive.location)
    with other._write(), pytest.raises(ArchiveUnusable, match="another process") as caught:
        archive.add_capture(capture_of("Kopf\nText"))
    assert "wait" in caught.value.remedy
    assert archive.capture_ids() == []
    assert archive.add_capture(capture_of("Kopf\nText"))
    other.close()


def _append_and_fail(archive: SqlArchive) -> None:
    with archive._write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO judgements (id, verdict, subject, note, author, made_at, seal) VALUES "
            "('x', 'note', 'art-1', '', 'a', '2026', 'x')"
        )
        raise RuntimeError("killed")


def test_a_write_that_fails_leaves_no_gap_in_the_log(archive: SqlArchive) -> None:
    def decide(number: int) -> None:
        archive.add_judgement(make_judgement(Verdict.NOTE, "art-1", made_at=f"2026-01-0{number}", author="a", note="x"))

    decide(1)
    with pytest.raises(RuntimeError, match="killed"):
        _append_and_fail(archive)
    decide(2)
    assert archive.verify() == []


def test_a_server_that_was_started_again_is_found_again(archive: SqlArchive) -> None:
    assert archive.capture_ids() == []
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> {own}"
    server().ask(end.format(own="pg_backend_pid()"), database=archive.location.rpartition("/")[2])
    assert archive.capture_ids() == []


def test_more_readers_than_connections_wait_their_turn(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive._engine.pool, "_timeout", 0.05)
    held = [archive._engine.connect() for _ in range(connecting.POOL + connecting.MORE)]
    with pytest.raises(ArchiveUnusable, match="all connections") as caught:
        archive.capture_ids()
    assert isinstance(caught.value.__cause__, NoConnection)
    for one in held:
        one.close()
    assert archive.capture_ids() == []


def test_a_sentence_of_any_length_is_kept_and_found(archive: SqlArchive) -> None:
    capture = capture_of("Kopf\n" + "Wort " * 60_000 + "x" * 5000 + " Ende", source="long.txt")
    archive.add_capture(capture)
    archive.put_document(document_of(capture), "1")
    assert [hit.source for hit in archive.search("wort", limit=3)] == ["long.txt"]
    assert archive.verify() == []


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_lacks_letters_is_refused(encoding: str) -> None:
    name = f"quellenlage_{encoding.lower()}"
    like = f"TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'"
    server().ask(f"CREATE DATABASE {name} OWNER {OWNER} {like}")
    try:
        assert encoding in refused(server().owned(name)).message
    finally:
        server().drop(server().owned(name))
