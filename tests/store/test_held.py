"""An archive that is removed or replaced while it is open: nothing is lost silently, nothing is mixed."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.store.fakes import capture_of

from quellenlage.errors import ArchiveGone, ArchiveUnusable
from quellenlage.model import Judgement, Verdict, make_judgement
from quellenlage.store import SqlArchive, open_archive
from quellenlage.store.held import is_open

pytestmark = pytest.mark.database("sqlite")


def note(text: str) -> Judgement:
    made_at = f"2024-01-01T00:00:{ord(text) % 60:02}+00:00"
    return make_judgement(Verdict.NOTE, "art-1", made_at=made_at, author="x", note=text)


def made(path: Path, *texts: str) -> SqlArchive:
    archive = open_archive(str(path), create=True)
    for text in texts:
        archive.add_capture(capture_of(text))
    return archive


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def test_nothing_is_written_to_a_file_that_was_removed(path: Path) -> None:
    archive = made(path, "Kopf\nText")
    path.unlink()
    for use in (archive.capture_ids, archive.counts, lambda: archive.add_judgement(note("a")), archive.renew):
        with pytest.raises(ArchiveGone, match="removed") as caught:
            use()
        assert "put it back" in caught.value.remedy
    assert [one.name for one in path.parent.iterdir()] == []


def test_what_was_renamed_is_whole_and_can_be_put_back(path: Path) -> None:
    archive = made(path, "Kopf\nText")
    archive.add_judgement(note("a"))
    aside = path.rename(path.with_name("aside.db"))
    with pytest.raises(ArchiveGone):
        archive.renew()
    other = open_archive(str(aside))
    assert [one.note for one in other.judgements()] == ["a"]
    other.close()
    aside.rename(path)
    assert not archive.renew()
    archive.add_judgement(note("b"))
    assert [one.note for one in archive.judgements()] == ["a", "b"]


def test_another_archive_in_its_place_is_used_only_when_asked_for(path: Path, tmp_path: Path) -> None:
    archive = made(path, "Kopf\nText")
    assert archive.judgements() == []
    made(tmp_path / "b.db", "Eins\nText", "Zwei\nText").close()
    os.replace(tmp_path / "b.db", path)
    for use in (archive.capture_ids, lambda: archive.add_judgement(note("a"))):
        with pytest.raises(ArchiveGone, match="took the place"):
            use()
    assert archive.renew()
    assert not archive.renew()
    assert len(archive.capture_ids()) == 2
    archive.add_judgement(note("b"))
    archive.close()
    again = open_archive(str(path))
    assert [one.note for one in again.judgements()] == ["b"]
    assert again.verify() == []


def test_the_log_of_the_old_file_is_not_read_with_the_new_one(path: Path, tmp_path: Path) -> None:
    """SQLite finds the log by its name alone: whoever opened the new archive saw the pages of the old one."""
    archive = made(path, *(f"Alt {number}\nText" for number in range(20)))
    new = made(tmp_path / "b.db", *(f"Neu {number}\n{'Text ' * 200}" for number in range(90)))
    new.close()
    assert path.with_name("a.db-wal").stat().st_size
    os.replace(tmp_path / "b.db", path)
    archive.renew()
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("SELECT count(*) FROM captures").fetchone() == (90,)
    raw.close()


def test_a_log_that_came_with_the_new_file_stays(path: Path, tmp_path: Path) -> None:
    archive = made(path, "Kopf\nText")
    other = tmp_path / "other"
    other.mkdir()
    living = made(other / "b.db", "Eins\nText", "Zwei\nText")
    for ending in ("-wal", "-shm", ""):
        shutil.copy(other / f"b.db{ending}", tmp_path / f"c{ending}")
        os.replace(tmp_path / f"c{ending}", f"{path}{ending}")
    living.close()
    assert archive.renew()
    assert len(archive.capture_ids()) == 2


def test_what_is_replaced_while_it_is_written_is_not_committed(path: Path, tmp_path: Path) -> None:
    archive = made(path)
    made(tmp_path / "b.db").close()
    with pytest.raises(ArchiveGone), archive._write():
        os.replace(tmp_path / "b.db", path)
    assert archive.renew()


@pytest.mark.parametrize("content", [b"", b"Bern, 3. Mai. Ein Text."])
def test_something_else_in_its_place_is_refused_until_an_archive_lies_there(path: Path, content: bytes) -> None:
    archive = made(path, "Kopf\nText")
    other = path.with_name("b.txt")
    other.write_bytes(content)
    kept = path.with_name("kept.db")
    path.rename(kept)
    os.replace(other, path)
    for _ in range(2):
        with pytest.raises(ArchiveUnusable):
            archive.renew()
    assert path.read_bytes() == content
    os.replace(kept, path)
    assert not archive.renew()
    assert len(archive.capture_ids()) == 1


def test_a_closed_archive_is_open_no_more(path: Path) -> None:
    """A file that takes the number of a deleted one would be taken for an archive."""
    first = made(path, "Kopf\nText")
    second = open_archive(str(path))
    second.counts()
    first.close()
    assert is_open(path)
    second.close()
    assert not is_open(path)
    assert first.counts()["captures"] == 1
    assert is_open(path)
    first.close()
    assert not is_open(path)
