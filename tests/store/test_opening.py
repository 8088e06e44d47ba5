from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.databases import open_file
from tests.store.fakes import capture_of, document_of

from quellenlage.errors import ArchiveUnusable
from quellenlage.model import Verdict, make_judgement
from quellenlage.store import open_archive, opening, sqlite

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.database("sqlite")


@pytest.fixture(autouse=True)
def _made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here archives are made as users make them."""
    monkeypatch.setattr(opening, "_open_file", open_file)


def refused(location: str, *, create: bool = True) -> ArchiveUnusable:
    with pytest.raises(ArchiveUnusable) as caught:
        open_archive(location, create=create)
    assert caught.value.remedy
    assert "Traceback" not in str(caught.value)
    return caught.value


def test_nothing_there(tmp_path: Path) -> None:
    assert "no archive" in refused(str(tmp_path / "a.db"), create=False).message
    assert not (tmp_path / "a.db").exists()


def test_folder_missing_or_in_its_place(tmp_path: Path) -> None:
    assert "mkdir" in refused(str(tmp_path / "none" / "a.db")).remedy
    assert "folder" in refused(str(tmp_path)).message


@pytest.mark.parametrize("content", [b"Bern, 3. Mai. Ein Text.", b"PK\x03\x04" + bytes(4000), b"SQLite"])
def test_not_a_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    assert "no archive" in refused(str(path)).message
    assert path.read_bytes() == content


def test_damaged_database(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(sqlite.HEADER + os.urandom(8000))
    assert refused(str(path)).message.startswith(str(path))


def test_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE places (x)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    assert "another program" in refused(str(path)).message
    assert path.read_bytes() == before


def test_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_archive(str(path), create=True).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.commit()
    connection.close()
    found = refused(str(path))
    assert "newer version" in found.message
    assert "install" in found.remedy


@pytest.mark.parametrize("location", ["", "   ", "sqlite://", "sqlite:///:memory:", "mysql://x/y", "nodb://", "a\x00b"])
def test_locations_that_name_no_file(location: str) -> None:
    refused(location)


def test_url_of_a_file(tmp_path: Path) -> None:
    archive = open_archive(f"sqlite:///{tmp_path / 'ä b.db'}", create=True)
    archive.add_capture(capture_of("Kopf\nText"))
    archive.close()
    assert len(open_archive(str(tmp_path / "ä b.db")).capture_ids()) == 1


def test_empty_file_becomes_an_archive_only_on_request(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    refused(str(path), create=False)
    open_archive(str(path), create=True).close()
    assert open_archive(str(path)).counts()["captures"] == 0


def test_locked_by_another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    open_archive(str(path), create=True).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    archive = open_archive(str(path))
    with pytest.raises(ArchiveUnusable, match="another process") as caught:
        archive.add_capture(capture_of("Kopf\nText"))
    assert "wait" in caught.value.remedy
    assert archive.capture_ids() == []
    other.execute("COMMIT")
    assert archive.add_capture(capture_of("Kopf\nText"))


def test_full_disk_keeps_what_was_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PRAGMAS", (*sqlite.PRAGMAS, "max_page_count=240"))
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    kept = []

    def fill() -> None:
        for number in range(1000):
            capture = capture_of(f"Kopf {number}\n" + os.urandom(4000).hex())
            archive.add_capture(capture)
            kept.append(capture)

    with pytest.raises(ArchiveUnusable, match="disk is full") as caught:
        fill()
    assert "free some space" in caught.value.remedy
    assert 0 < len(kept) < 100
    assert list(archive.captures()) == kept
    assert archive.verify() == []


def run(code: str, *arguments: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=before,
    )


def test_file_size_limit(tmp_path: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_200_000, 1_200_000))

    done = run(
        """
        import os, sys
        from tests.store.fakes import capture_of
        from quellenlage.errors import ArchiveUnusable
        from quellenlage.store import open_archive
        try:
            archive = open_archive(sys.argv[1], create=True)
            for number in range(1000):
                archive.add_capture(capture_of(f"Kopf {number} " + os.urandom(9000).hex()))
        except ArchiveUnusable as error:
            print(error)
        """,
        str(tmp_path / "a.db"),
        before=limit,
    )
    assert "disk" in done.stdout, done.stderr
    archive = open_archive(str(tmp_path / "a.db"))
    assert archive.capture_ids()
    assert archive.verify() == []


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_read_only_file(own_folder: Path) -> None:
    path = own_folder / "a.db"
    open_archive(str(path), create=True).close()
    path.chmod(0o444)
    own_folder.chmod(0o755)
    assert "not written" in refused_to_others(path)


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_folder_that_may_not_be_entered(own_folder: Path) -> None:
    path = own_folder / "locked" / "a.db"
    path.parent.mkdir()
    open_archive(str(path), create=True).close()
    own_folder.chmod(0o755)
    path.parent.chmod(0)
    assert "Permission denied" in refused_to_others(path)
    assert "rights" in refused_to_others(path)


def test_name_too_long_for_a_file(tmp_path: Path) -> None:
    assert "too long" in refused(str(tmp_path / ("a" * 300))).message


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """A folder whose parents everybody may enter, unlike those of `tmp_path`, and no other run touches."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    yield folder
    for path in (folder, *folder.iterdir()):
        path.chmod(0o700)
    shutil.rmtree(folder)


def refused_to_others(path: Path) -> str:
    """What somebody is told who is neither the owner of the file nor root."""
    if os.geteuid() != 0:
        return str(refused(str(path)))
    done = run(
        """
        import os, sys
        from quellenlage.errors import ArchiveUnusable
        from quellenlage.store import open_archive
        os.setgid(65534)
        os.setuid(65534)
        try:
            open_archive(sys.argv[1])
        except ArchiveUnusable as error:
            print(error)
        """,
        str(path),
    )
    assert done.stdout, done.stderr
    return done.stdout


def test_two_processes_write_side_by_side(tmp_path: Path) -> None:
    path = str(tmp_path / "a.db")
    code = """
        import sys
        from tests.store.fakes import capture_of, document_of
        from quellenlage.store import open_archive
        archive = open_archive(sys.argv[1], create=True)
        for number in range(25):
            capture = capture_of(f"Kopf {number} von {sys.argv[2]}\\n@Adam beim TREFFEN")
            archive.add_capture(capture)
            archive.put_document(document_of(capture), "1")
            archive.counts()
        """
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), path, name],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("eins", "zwei")
    ]
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    archive = open_archive(path)
    assert archive.counts()["articles"] == 50
    assert archive.verify() == []


def test_two_archives_of_one_file_see_each_other(tmp_path: Path) -> None:
    first = open_archive(str(tmp_path / "a.db"), create=True)
    second = open_archive(str(tmp_path / "a.db"))
    capture = capture_of("Kopf\n@Adam beim TREFFEN")
    first.add_capture(capture)
    reading = second.captures()
    assert next(reading) == capture
    first.put_document(document_of(capture), "1")
    assert second.document(capture.source) == document_of(capture)
    assert list(reading) == []


def test_opening_twice_leaves_the_locks_of_the_first(tmp_path: Path) -> None:
    """Another process that came and went took the write-ahead log along, and saw nothing that was written after."""
    path = tmp_path / "twice.db"
    first = open_archive(str(path), create=True)
    first.add_judgement(
        make_judgement(Verdict.NOTE, "art-1", made_at="2024-01-01T00:00:00+00:00", author="x", note="a")
    )
    open_archive(str(path)).close()
    count = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        "print(c.execute('SELECT count(*) FROM judgements').fetchone()[0]); c.close()"
    )

    def seen_elsewhere() -> str:
        done = subprocess.run([sys.executable, "-c", count, str(path)], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    assert seen_elsewhere() == "1"
    first.add_judgement(make_judgement(Verdict.NOTE, "art-1", made_at="2024-01-02T00:00:00Z", author="x", note="b"))
    assert seen_elsewhere() == "2"
    first.close()
