"""Files of an archive that are cut off, garbled, missing or of another archive: told with a remedy, never a defect."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from tests.store.fakes import FakePipeline, capture_of, clock

from quellenlage.errors import ArchiveUnusable
from quellenlage.execution import build
from quellenlage.store import open_archive

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    archive = open_archive(str(path), create=True)
    for n in range(40):
        archive.add_capture(capture_of(f"Kopf {n}\n@Adam und @Person{n % 7} beim TREFFEN mit #{n} Gästen."))
    build(archive, clock=clock, pipeline=FakePipeline())
    archive.close()
    return path


def _with_remedy(error: ArchiveUnusable) -> str:
    assert error.remedy
    return str(error)


def use(path: Path) -> list[str]:
    """Open an archive and read all of it, then write; what was said where that could not be done."""
    said: list[str] = []
    try:
        archive = open_archive(str(path))
    except ArchiveUnusable as error:
        return [_with_remedy(error)]
    steps: tuple[Callable[[], object], ...] = (
        archive.verify,
        lambda: list(archive.documents()),
        archive.linked,
        archive.judgements,
        lambda: archive.add_capture(capture_of("Neu\n@Neu beim TREFFEN")),
        lambda: build(archive, clock=clock, pipeline=FakePipeline()),
    )
    for step in steps:
        try:
            found = step()
            said += [str(problem) for problem in found] if step == archive.verify and isinstance(found, list) else []
        except ArchiveUnusable as error:
            said.append(_with_remedy(error))
    with suppress(ArchiveUnusable):
        archive.close()
    return said


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_cut_off(path: Path, share: float) -> None:
    size = path.stat().st_size
    os.truncate(path, int(size * share))
    assert use(path), "somebody is told"


@pytest.mark.parametrize("seed", range(12))
def test_garbled_pages(path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - which page is no secret
    pages = path.stat().st_size // PAGE
    with path.open("r+b") as file:
        for _ in range(chance.choice([1, 5, 40])):
            file.seek(chance.randrange(1, pages) * PAGE)
            file.write(chance.choice([b"\0" * PAGE, chance.randbytes(PAGE), chance.randbytes(20)]))
    use(path)


@pytest.mark.parametrize("header", [b"\0" * 100, b"SQLite format 4\0", b"SQLite format 3\0" + b"\xff" * 84])
def test_a_wrong_header(path: Path, header: bytes) -> None:
    with path.open("r+b") as file:
        file.write(header)
    said = use(path)
    assert said
    assert str(path) in said[0]


def crashed(path: Path, to: Path) -> Path:
    """A copy of an archive as a killed process leaves it: the last article is in the write-ahead log alone."""
    archive = open_archive(str(path))
    archive.add_capture(capture_of("Zuletzt\n@Zuletzt beim TREFFEN"))
    for ending in ("", "-wal", "-shm"):
        shutil.copyfile(f"{path}{ending}", f"{to}{ending}")
    archive.close()
    return to


def test_a_log_that_a_killed_process_left_is_taken_up(path: Path, tmp_path: Path) -> None:
    copy = crashed(path, tmp_path / "b.db")
    assert use(copy) == []
    archive = open_archive(str(copy))
    assert any("Zuletzt" in capture.text for capture in archive.captures())
    archive.close()


def test_a_log_that_is_missing_costs_what_was_in_it_and_no_more(path: Path, tmp_path: Path) -> None:
    copy = crashed(path, tmp_path / "b.db")
    os.unlink(f"{copy}-wal")
    os.unlink(f"{copy}-shm")
    assert use(copy) == []
    archive = open_archive(str(copy))
    assert len(archive.capture_ids()) == 41
    archive.close()


@pytest.mark.parametrize("alien", [b"", b"\0" * 5000, b"kein Log" * 1000, b"\x37\x7f\x06\x82" + b"\x01" * 9000])
def test_a_log_that_is_none_or_of_another_file(path: Path, alien: bytes) -> None:
    Path(f"{path}-wal").write_bytes(alien)
    assert use(path) == []
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_log_with_its_end_cut_off_or_garbled_keeps_what_is_sound(path: Path, tmp_path: Path) -> None:
    for number, cut in enumerate((1, 2000, 9000)):
        copy = crashed(path, tmp_path / f"{number}.db")
        log = Path(f"{copy}-wal")
        data = log.read_bytes()
        log.write_bytes(data[:-cut] + b"\xff" * (cut // 2))
        os.unlink(f"{copy}-shm")
        assert use(copy) == []
