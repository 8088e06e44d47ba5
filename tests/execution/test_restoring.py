"""Backups of an archive in use, and archives from backups: checked, and with what was deleted since deleted again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.fakes import FakePipeline, capture_of, clock

from quellenlage.errors import ArchiveUnusable, BadInput
from quellenlage.execution import build, forget_article, forget_person, forget_texts
from quellenlage.execution.restoring import KEPT, link_restored, read_log, restore
from quellenlage.model import to_builtins
from quellenlage.store import SqlArchive, open_archive
from quellenlage.store.backup import back_up

FILLER = "Sonst war wenig los, und es regnete den ganzen Tag."
TEXTS = [
    f"Gipfel {n}\nMinister @Adam und @Berta beim TREFFEN mit #{n} Gästen.\n{FILLER}\nGeheimnis {n}.\n"
    for n in range(10, 16)
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    archive = made(tmp_path / "a.db")
    archive.close()
    return tmp_path / "a.db"


def made(path: Path) -> SqlArchive:
    archive = open_archive(str(path), create=True)
    for number, text in enumerate(TEXTS):
        archive.add_capture(capture_of(text, source=f"{number}.txt"))
    build(archive, clock=clock, pipeline=FakePipeline())
    return archive


@pytest.fixture
def archive(path: Path) -> Iterator[SqlArchive]:
    opened = open_archive(str(path))
    yield opened
    opened.close()


def test_a_backup_under_writing_is_one_state_of_the_archive(archive: SqlArchive, path: Path, tmp_path: Path) -> None:
    stop, failed = threading.Event(), list[BaseException]()

    def write() -> None:
        number = 0
        try:
            while not stop.is_set():
                number += 1
                archive.add_capture(capture_of(f"Meldung {number}\n@Carl sagt: nichts.\n", source=f"w{number}.txt"))
        except BaseException as error:
            failed.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    copies = [tmp_path / f"copy{n}.db" for n in range(3)]
    for copy in copies:
        assert back_up(str(path), copy) == copy.stat().st_size
    stop.set()
    writer.join()
    assert failed == []
    for copy in copies:
        done = restore(copy, str(tmp_path / f"{copy.stem}-again.db"))
        assert done.problems == ()
        again = open_archive(str(tmp_path / f"{copy.stem}-again.db"))
        assert again.verify() == []
        assert again.counts()["captures"] >= len(TEXTS)
        again.close()
    assert not [p for p in tmp_path.iterdir() if p.name.endswith((".part", ".restoring"))]


def test_a_backup_is_readable_by_its_owner_alone(path: Path, tmp_path: Path) -> None:
    back_up(str(path), tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_backed_up(path: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the archive itself"):
        back_up(str(path), path)
    with pytest.raises(BadInput, match="server"):
        back_up("postgresql://somebody:secret@host/archive", tmp_path / "copy.db")
    with pytest.raises(ArchiveUnusable):
        back_up(str(path), tmp_path / "no" / "copy.db")


def test_an_archive_is_not_replaced_unasked_and_kept_beside(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(str(path), copy)
    before = path.read_bytes()
    with pytest.raises(BadInput, match="already"):
        restore(copy, str(path))
    assert path.read_bytes() == before
    assert restore(copy, str(path), check_only=True).counts["captures"] == len(TEXTS)
    assert path.read_bytes() == before
    for ending in (KEPT, f"{KEPT}-1"):
        assert restore(copy, str(path), replace=True).kept == path.with_name(path.name + ending)


def test_what_was_deleted_since_stays_deleted(archive: SqlArchive, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(str(path), copy)
    forget_article(archive, "1.txt", clock=clock, pipeline=FakePipeline())
    forget_person(archive, "Adam", clock=clock, pipeline=FakePipeline())
    forget_texts(archive, clock=clock, pipeline=FakePipeline())
    log = archive.log()
    archive.close()
    done = restore(copy, str(path), replace=True)
    assert (done.again.articles, done.again.texts, done.again.entities) == (1, len(TEXTS) - 1, 1)
    again = open_archive(str(path))
    build(again, clock=clock, pipeline=FakePipeline())
    assert [e.name for e in again.linked().entities] == ["Berta"]
    assert [d.article.source for d in again.documents()] == ["0.txt", "2.txt", "3.txt", "4.txt", "5.txt"]
    assert not any("Geheimnis" in d.text for d in again.documents())
    assert [e.what for e in again.log()] == ["person", "article", "texts"]
    assert {e.detail.get("capture") for e in again.log()} == {e.detail.get("capture") for e in log}
    assert again.verify() == []
    again.close()


def test_a_restored_archive_is_linked_anew_where_deletions_were_repeated(
    archive: SqlArchive, path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    back_up(str(path), copy)
    forget_article(archive, "1.txt", clock=clock, pipeline=FakePipeline())
    after = archive.linked()
    archive.close()
    assert restore(copy, str(path), replace=True).again.articles == 1
    assert link_restored(str(path), clock=clock, pipeline=FakePipeline())
    again = open_archive(str(path))
    assert (again.linked().events, again.linked().entities) == (after.events, after.entities)
    assert again.linked_fingerprint() is not None
    assert again.verify() == []
    again.close()
    assert not link_restored(str(path), clock=clock, pipeline=FakePipeline())


def test_a_log_that_was_kept_elsewhere_counts_as_well(archive: SqlArchive, path: Path, tmp_path: Path) -> None:
    copy, kept = tmp_path / "copy.db", tmp_path / "log.jsonl"
    back_up(str(path), copy)
    forget_article(archive, "1.txt", clock=clock, pipeline=FakePipeline())
    kept.write_text("".join(json.dumps({"record": "log", **to_builtins(e)}) + "\n" for e in archive.log()))
    archive.close()
    path.unlink()
    assert restore(copy, str(path), since=read_log(kept)).again.articles == 1
    kept.write_text('{"record": "suppressed"}')
    with pytest.raises(BadInput, match="no log"):
        read_log(kept)
    kept.write_text("no log")
    with pytest.raises(BadInput, match="no log"):
        read_log(kept)


def test_a_damaged_backup_restores_nothing(path: Path, tmp_path: Path) -> None:
    copy, target = tmp_path / "copy.db", tmp_path / "other.db"
    back_up(str(path), copy)
    content = bytearray(copy.read_bytes())
    content[4096 * 3 : -4096] = b"\x55" * (len(content) - 4096 * 4)
    copy.write_bytes(content)
    with pytest.raises(ArchiveUnusable):
        restore(copy, str(target))
    assert not target.exists()
    with pytest.raises(BadInput, match="no such file"):
        restore(tmp_path / "none.db", str(target))


def test_an_archive_in_use_is_not_replaced(archive: SqlArchive, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(str(path), copy)
    archive.add_capture(capture_of("Neu\n@Carl sagt: nichts.\n"))
    with pytest.raises(ArchiveUnusable, match="another process"):
        restore(copy, str(path), replace=True)
    assert archive.counts()["captures"] == len(TEXTS) + 1


@pytest.mark.parametrize("content", [b"", b"Liebe Leute, das ist kein Archiv.\n"], ids=["empty", "text"])
def test_a_file_that_is_no_archive_is_named(tmp_path: Path, content: bytes) -> None:
    given = tmp_path / "copy.db"
    given.write_bytes(content)
    for check_only in (True, False):
        with pytest.raises(BadInput, match=r"copy\.db: not an archive"):
            restore(given, str(tmp_path / "new.db"), check_only=check_only)
    assert not (tmp_path / "new.db").exists()


def test_a_backup_that_was_cut_off_is_named(archive: SqlArchive, path: Path, tmp_path: Path) -> None:
    whole, cut = tmp_path / "copy.db", tmp_path / "cut.db"
    back_up(str(path), whole)
    cut.write_bytes(whole.read_bytes()[:40_000])
    with pytest.raises(ArchiveUnusable, match=r"cut\.db: this archive is damaged"):
        restore(cut, str(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()
