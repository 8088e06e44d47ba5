from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from quellenlage.errors import BadInput, EmptyInput, UnreadableInput
from quellenlage.intake import IntakeOptions, Skipped, capture_bytes, capture_file, captures, count
from quellenlage.intake.sniff import Format, sniff
from quellenlage.model.capture import Capture

OPTIONS = IntakeOptions("2024-05-01T12:00:00Z")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "b.txt": "Zweite Meldung.",
        "a.txt": "Erste Meldung.",
        "sub/c.md": "# Dritte",
        "sub/tief/d.txt": "Vierte.",
        ".git/config": "x",
        ".hidden.txt": "x",
        "Thumbs.db": "x",
        "bild.jpg": "x",
        "~$a.docx": "x",
        "a.txt~": "x",
        "seite.html": "<html><body><p>Eine gespeicherte Seite mit Text.</p></body></html>",
        "seite_files/style.css": "x",
        "seite-Dateien/extra.txt": "x",
        "leer.txt": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "kreis").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "tot.txt").symlink_to(tmp_path / "nirgends")
    return tmp_path


def test_a_folder_is_read_in_order_and_what_is_left_out_has_a_reason(folder: Path) -> None:
    skipped: list[Skipped] = []
    found = list(captures([str(folder)], replace(OPTIONS, on_skip=skipped.append)))
    names = [os.path.relpath(f.source, folder) for f in found]
    assert names == ["a.txt", "b.txt", "leer.txt", "seite.html", "sub/c.md", "sub/tief/d.txt", "tot.txt"]
    assert [type(f) for f in found] == [Capture, Capture, EmptyInput, Capture, Capture, Capture, UnreadableInput]
    assert {os.path.relpath(s.source, folder): s.reason for s in skipped} == {
        ".git": "hidden",
        ".hidden.txt": "hidden",
        "Thumbs.db": "system-file",
        "bild.jpg": "picture",
        "a.txt~": "temporary",
        "~$a.docx": "temporary",
        "seite_files": "page-resource",
        "seite-Dateien": "page-resource",
        "kreis": "link-to-folder",
    }
    assert count([str(folder)]) == 6


def test_globs(folder: Path) -> None:
    assert len(list(captures([f"{folder}/*.txt"], OPTIONS))) == 4
    deep = [f for f in captures([f"{folder}/**/*.txt"], OPTIONS) if f.source.endswith("d.txt")]
    assert deep
    (found,) = captures([f"{folder}/*.xyz"], OPTIONS)
    assert isinstance(found, UnreadableInput)


def test_a_name_that_looks_like_a_pattern_is_a_file_first(tmp_path: Path) -> None:
    path = tmp_path / "a[1].txt"
    path.write_text("Text.", encoding="utf-8")
    assert isinstance(capture_file(path, OPTIONS)[0], Capture)


@pytest.mark.parametrize(
    "source", ["gibt/es/nicht.txt", "\0", "", "x" * 5000, "http:/nur-ein-strich", "*?[", "~/nichts"]
)
def test_sources_that_are_nothing(source: str) -> None:
    (found,) = captures([source], OPTIONS)
    assert isinstance(found, BadInput)
    assert "\0" not in str(found)


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (found,) = captures([str(tmp_path)], OPTIONS)
    assert isinstance(found, EmptyInput)


def test_file_names_that_are_no_utf8_can_be_printed(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/gr\xfc\xdfe.txt"
    try:
        Path(os.fsdecode(path)).write_bytes(b"Text.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (found,) = captures([str(tmp_path)], OPTIONS)
    assert isinstance(found, Capture)
    found.source.encode("utf-8")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs rights that can be withheld")
def test_rights_that_are_missing_are_named(tmp_path: Path) -> None:
    path = tmp_path / "zu.txt"
    path.write_text("Text.", encoding="utf-8")
    path.chmod(0)
    (found,) = captures([str(path)], OPTIONS)
    assert isinstance(found, UnreadableInput)


def test_standard_input() -> None:
    (found,) = captures(["-"], OPTIONS, stdin=io.BytesIO("Über Nacht.".encode()))
    assert isinstance(found, Capture)
    assert (found.text, found.source) == ("Über Nacht.", "standard input")
    (found,) = captures(["-"], OPTIONS, stdin=io.BytesIO(b""))
    assert isinstance(found, EmptyInput)


def test_plain_text_is_the_input_itself() -> None:
    text = "\r\n Erste Zeile \r\n\r\nZweite\tZeile\u00a0mit\u00ad  Eigenheiten …\n"
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode()):
        (found,) = capture_bytes("a.txt", data, replace(OPTIONS, outlet="Bote"))
        assert isinstance(found, Capture)
        assert (found.text, found.offsets_in, found.content) == (text, "input", data)
        assert (found.given.outlet, found.given.how) == ("Bote", {"outlet": "option"})
        assert found.captured_at == OPTIONS.captured_at


def test_the_same_bytes_under_another_name_and_time_are_the_same_capture() -> None:
    (a,) = capture_bytes("a.txt", b"Text.", OPTIONS)
    (b,) = capture_bytes("b.txt", b"Text.", replace(OPTIONS, captured_at="2025-01-01"))
    assert isinstance(a, Capture)
    assert isinstance(b, Capture)
    assert a.id == b.id


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"Ein Text.", "a", Format.TEXT),
        (b"Ein Text.", "a.html", Format.TEXT),
        (b"<p>Text", "a.html", Format.HTML),
        (b"  <!-- x --><!DOCTYPE html>", "a", Format.HTML),
        (b"<?xml version='1.0'?><html>", "a", Format.HTML),
        (b"<?xml version='1.0'?><!-- c --><rss>", "a", Format.FEED),
        (b"<feed xmlns='x'>", "a", Format.FEED),
        (b'{"a": 1}', "a", Format.JSON),
        (b'[{"a": 1}]', "a", Format.JSON),
        (b'{"a":1}\n{"a":2}', "a.json", Format.JSON_LINES),
        (b'{\n"a": 1}', "a", Format.JSON),
        (b"[dpa] Ein Text.", "a", Format.TEXT),
        (b"{Klammer}", "a.txt", Format.TEXT),
        (b"From: a\nTo: b\nSubject: c\n\nx", "a", Format.MAIL),
        (b"Subject: Hallo\nDate: heute\n\nx", "a.txt", Format.TEXT),
        (b"Moskau: Das ist ein Text.\n", "a", Format.TEXT),
        (b"%PDF-1.7", "a.txt", Format.PDF),
        (b"PK\x03\x04", "a", Format.DOCX),
        (b"\x1f\x8b\x08", "a", Format.GZIP),
        (b"MZ ist die Abk\xc3\xbcrzung.", "a", Format.TEXT),
        (b"<3 sagt er.", "a.txt", Format.TEXT),
        ("<html>".encode("utf-16"), "a", Format.HTML),
        (b"x", "a.jsonl.gz", Format.JSON_LINES),
    ],
)
def test_formats_by_content_then_by_name(head: bytes, name: str, expected: Format) -> None:
    assert sniff(head, name) is expected


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"\0" * 20,
        b"\xff\xd8\xff\xe0" + b"\0" * 20,
        b"GIF89a" + b"\0" * 9,
        b"\x7fELF\x02",
        b"MZ\x90\x00\x03" + b"\0" * 60,
        b"Rar!\x1a\x07\x01",
        b"7z\xbc\xaf\x27\x1c",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"SQLite format 3\x00",
        b"ID3\x03\x00",
        b"\x00\x00\x00\x20ftypmp42",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"WARC/1.0\r\n",
        b"BZh91AY&SY",
        b"<?xml version='1.0'?><TimeML>x</TimeML>",
    ],
)
def test_known_formats_that_are_no_text_are_named_with_a_remedy(data: bytes) -> None:
    (found,) = capture_bytes("datei.txt", data, OPTIONS)
    assert isinstance(found, UnreadableInput)
    assert found.source == "datei.txt"
    assert found.remedy


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf", b"<html><body></body></html>", b"\xff\xfe"])
def test_nothing_in_it(data: bytes) -> None:
    (found,) = capture_bytes("a", data, OPTIONS)
    assert isinstance(found, EmptyInput)


def test_importing_intake_loads_no_large_library() -> None:
    heavy = ("lxml", "httpx", "trafilatura", "pypdf", "docx", "feedparser", "sqlalchemy")
    code = f"import sys, quellenlage.intake; print([m for m in {heavy} if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
