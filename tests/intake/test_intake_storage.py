"""Files on shared and object storage: everything that is read from a folder is read from there, too."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import fsspec
import pytest
from tests.intake.test_intake_parquet import TEXT, written
from tests.intake.warc_files import address, packed, pages

from quellenlage.errors import BadInput, EmptyInput, FetchRefused, UnreadableInput
from quellenlage.intake import IntakeOptions, Skipped, captures
from quellenlage.model.capture import Capture

OPTIONS = IntakeOptions("2024-05-01T12:00:00Z", storage=True)
LINES = b"".join(json.dumps({"text": f"{TEXT} {n}"}).encode() + b"\n" for n in range(3))


@pytest.fixture
def store() -> Iterator[str]:
    """A folder in memory, as on object storage."""
    system = fsspec.filesystem("memory")
    files = {
        "/lager/a.txt": TEXT.encode(),
        "/lager/b/zeilen.jsonl.gz": gzip.compress(LINES),
        "/lager/b/c.parquet": written({"text": [TEXT + " c"]}),
        "/lager/d.warc.gz": packed(pages(2)),
        "/lager/bild.png": b"\x89PNG\r\n\x1a\n",
        "/lager/.versteckt": b"x",
    }
    for path, data in files.items():
        system.pipe(path, data)
    yield "memory://lager"
    system.rm("/lager", recursive=True)


def names(found: list[Capture | BadInput]) -> list[str]:
    return [one.source for one in found]


def test_a_folder_there_is_read_in_order(store: str) -> None:
    left_out: list[Skipped] = []
    found = list(captures([store], replace(OPTIONS, on_skip=left_out.append)))
    assert names(found) == [
        "memory:///lager/a.txt",
        "memory:///lager/b/c.parquet#1",
        *(f"memory:///lager/b/zeilen.jsonl.gz#{n}" for n in (1, 2, 3)),
        address(1),
        address(2),
    ]
    assert all(isinstance(one, Capture) for one in found)
    assert {(one.source, one.reason) for one in left_out} == {
        ("memory:///lager/.versteckt", "hidden"),
        ("memory:///lager/bild.png", "picture"),
    }


def test_files_and_patterns_there(store: str) -> None:
    assert names(list(captures([f"{store}/a.txt"], OPTIONS))) == ["memory://lager/a.txt"]
    assert names(list(captures([f"{store}/**/*.parquet"], OPTIONS))) == ["memory:///lager/b/c.parquet#1"]
    for nothing in (f"{store}/*.pdf", f"{store}/gibt/es/nicht.txt"):
        (found,) = captures([nothing], OPTIONS)
        assert isinstance(found, UnreadableInput)
        assert found.source == nothing


def test_the_same_captures_as_from_a_folder(store: str, tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    system.get("/lager", str(tmp_path), recursive=True)
    there = [one.id for one in captures([store], OPTIONS) if isinstance(one, Capture)]
    here = [one.id for one in captures([str(tmp_path)], OPTIONS) if isinstance(one, Capture)]
    by_address = [one.id for one in captures([tmp_path.as_uri()], OPTIONS) if isinstance(one, Capture)]
    assert there == here == by_address
    assert len(here) == 7


def test_an_empty_folder_there(tmp_path: Path) -> None:
    (found,) = captures([tmp_path.as_uri()], OPTIONS)
    assert isinstance(found, EmptyInput)


def test_a_driver_that_is_missing_is_named() -> None:
    if find_spec("s3fs"):
        pytest.skip("s3fs is installed here")
    (found,) = captures(["s3://eimer/a.warc.gz"], OPTIONS)
    assert isinstance(found, UnreadableInput)
    assert "s3fs" in found.remedy


def test_what_a_driver_raises_is_bad_input(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise RuntimeError("no credentials")

    monkeypatch.setattr("fsspec.implementations.memory.MemoryFileSystem.open", lambda *_a, **_k: Broken())
    (found,) = captures([f"{store}/a.txt"], OPTIONS)
    assert isinstance(found, UnreadableInput)
    assert "no credentials" in found.message


def test_only_whoever_sits_at_the_machine_may_read_there(store: str) -> None:
    for source in (store, "file:///etc/hostname", "s3://eimer/a.txt"):
        (found,) = captures([source], replace(OPTIONS, storage=False))
        assert isinstance(found, FetchRefused)


def test_without_network_nothing_beyond_the_machine_is_read(store: str) -> None:
    offline = replace(OPTIONS, network=False)
    (found,) = captures(["s3://eimer/a.txt"], offline)
    assert isinstance(found, FetchRefused)
    assert isinstance(next(captures([f"{store}/a.txt"], offline)), Capture)


def test_addresses_of_several_parts_are_refused() -> None:
    (found,) = captures(["memory://a::file:///etc/hostname"], OPTIONS)
    assert isinstance(found, UnreadableInput)


def test_a_packed_file_of_records_may_be_larger_than_the_limit_and_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    lines = b"".join(json.dumps({"text": f"{TEXT} {n}"}).encode() + b"\n" for n in range(2000))
    path.write_bytes(gzip.compress(lines))
    options = replace(OPTIONS, max_bytes=1000)
    assert sum(isinstance(one, Capture) for one in captures([str(path)], options)) == 2000
    path.write_bytes(path.read_bytes()[:-2000])
    found = list(captures([str(path)], options))
    assert 100 < sum(isinstance(one, Capture) for one in found) < 2000
    assert "cut off" in str(found[-1])
