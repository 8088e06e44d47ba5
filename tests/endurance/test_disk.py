from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.kills import digest, problems
from tests.endurance.surviving import bound_by_rights, call, small_files

UNUSABLE = 3
TEXT = (
    "Minister widerspricht\n\nKarven (dpa) - Minister Jan Tamm hat am Montag den Abzug von 300 Soldaten bestritten.\n"
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose parents everybody may enter, unlike those of `tmp_path`."""
    made = Path(tempfile.mkdtemp(dir="/tmp"))
    made.chmod(0o777)
    yield made
    for path in (made, *made.rglob("*")):
        path.chmod(0o700)
    shutil.rmtree(made)


def articles(folder: Path, count: int) -> Path:
    made = folder / "texts"
    made.mkdir()
    for number in range(count):
        (made / f"{number:03d}.txt").write_text(f"{TEXT}\nDas sagte er zum {number}. Mal.\n" * 20, encoding="utf-8")
    return made


@pytest.mark.slow
def test_a_disk_that_fills_up_ends_the_command_and_nothing_is_lost(folder: Path) -> None:
    texts = str(articles(folder, 12))
    path, whole = str(folder / "a.db"), str(folder / "whole.db")
    assert call("--archive", whole, "add", texts).returncode == 0
    assert call("--archive", whole, "build").returncode == 0
    empty = (folder / "whole.db").stat().st_size // 3
    for command in (["add", texts], ["build"]):
        for limit in (empty, empty * 2):
            done = call("--archive", path, *command, before=small_files(limit))
            assert done.returncode in {0, UNUSABLE}, done.stderr
            assert "Traceback" not in done.stderr
            if done.returncode == UNUSABLE:
                assert "disk" in done.stderr
                assert "space" in done.stderr
        assert call("--archive", path, *command).returncode == 0
    assert problems(Path(path)) == []
    assert digest(Path(path)) == digest(Path(whole))


@pytest.mark.skipif(sys.platform != "linux", reason="root is bound by rights through its capabilities")
def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    inside = folder / "closed"
    inside.mkdir()
    path = inside / "a.db"
    assert call("--archive", str(path), "add", str(articles(folder, 1))).returncode == 0
    before = path.read_bytes()
    path.chmod(0o666)
    inside.chmod(0o555)
    for command in (["add", str(folder / "texts")], ["build"], ["verify"]):
        done = call("--archive", str(path), *command, before=bound_by_rights)
        assert done.returncode == UNUSABLE, (command, done.stderr)
        assert "Traceback" not in done.stderr
        assert str(path) in done.stderr
        assert "right" in done.stderr, "the remedy names the rights"
    inside.chmod(0o755)
    assert path.read_bytes() == before
    assert call("--archive", str(path), "build").returncode == 0


def test_an_export_to_a_full_disk_is_named(folder: Path) -> None:
    path, texts = str(folder / "a.db"), articles(folder, 1)
    (texts / "000.txt").write_text(TEXT * 400, encoding="utf-8")
    assert call("--archive", path, "add", str(texts)).returncode == 0
    assert call("--archive", path, "build").returncode == 0
    target = folder / "out.jsonl"
    done = call(
        "--archive", path, "export", "--full-text", "--format", "jsonl", "-o", str(target), before=small_files(40_000)
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "out.jsonl" in done.stderr
