"""Parquet: a capture per row of the columns that tell of an article; damage and bombs are named."""

from __future__ import annotations

import datetime
import io
import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from tests.intake.warc_files import page

from quellenlage.errors import BadInput, EmptyInput, TooLarge, UnreadableInput
from quellenlage.intake import IntakeOptions, capture_bytes, captures
from quellenlage.model.capture import Capture

OPTIONS = IntakeOptions("2024-05-01T12:00:00Z")
NAME_IT = "name the column with --columns text=NAME"
TEXT = "Im Hafen von Osthafen sind drei Schiffe eingetroffen. Das sagte der Sprecher."


def written(columns: dict[str, object], **how: object) -> bytes:
    buffer = io.BytesIO()
    parquet.write_table(pa.table(columns), buffer, **how)
    return buffer.getvalue()


def read(tmp_path: Path, data: bytes, options: IntakeOptions = OPTIONS) -> list[Capture | BadInput]:
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    return list(captures([str(path)], options))


def test_a_row_becomes_a_capture_of_its_usual_columns(tmp_path: Path) -> None:
    data = written(
        {
            "embedding": [[1.0, 2.0]],
            "url": ["https://bote.example/1"],
            "text": [TEXT],
            "title": ["Schiffe im Hafen"],
            "date": [datetime.date(2015, 9, 18)],
            "outlet": pa.array(["Bote"]).dictionary_encode(),
            "author": [["A. Berg", "B. Tal"]],
        }
    )
    (found,) = read(tmp_path, data)
    assert isinstance(found, Capture)
    assert found.text == TEXT
    told = found.given
    assert (told.url, told.title, told.published) == ("https://bote.example/1", "Schiffe im Hafen", "2015-09-18")
    assert (told.outlet, told.authors) == ("Bote", ("A. Berg", "B. Tal"))
    assert list(json.loads(found.content)) == ["url", "text", "title", "date", "outlet", "author"]
    assert found.source.endswith("a.parquet#1")
    (again,) = capture_bytes("b.parquet", data, OPTIONS)
    assert isinstance(again, Capture)
    assert again.id == found.id


def test_columns_that_the_user_names(tmp_path: Path) -> None:
    data = written(
        {"text": ["kein Artikel"], "b": [TEXT], "at": [datetime.datetime(2015, 9, 18, 14, 30, tzinfo=datetime.UTC)]}
    )
    (found,) = read(tmp_path, data, replace(OPTIONS, fields={"text": "b", "published": "at"}))
    assert isinstance(found, Capture)
    assert (found.text, found.given.published) == (TEXT, "2015-09-18T14:30:00+00:00")
    (lacking,) = read(tmp_path, data, replace(OPTIONS, fields={"text": "c"}))
    assert isinstance(lacking, UnreadableInput)
    assert "'c'" in lacking.message


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary()])
def test_a_page_counts_where_there_is_no_text(tmp_path: Path, kind: pa.DataType) -> None:
    html = pa.array([page(1).decode() if kind != pa.binary() else page(1)], kind)
    data = written({"html": html, "url": ["https://bote.example/1"], "title": ["Anders"], "date": ["18.9.2015"]})
    (found,) = read(tmp_path, data)
    assert isinstance(found, Capture)
    assert "Im Hafen von Osthafen sind 1 Schiffe eingetroffen" in found.text
    assert "<p>" not in found.text
    assert found.given.published == "2015-09-18"
    assert found.given.title == "Meldung Nummer 1 aus Karvenien"
    (found,) = read(tmp_path, data, replace(OPTIONS, fields={"title": "title"}))
    assert isinstance(found, Capture)
    assert found.given.title == "Anders"


def test_a_record_of_json_may_hold_a_page() -> None:
    record = {"html": page(2).decode(), "published": "2015-09-18", "url": "https://bote.example/2"}
    (found,) = capture_bytes("a.jsonl", json.dumps(record).encode() + b"\n", OPTIONS)
    assert isinstance(found, Capture)
    assert "2 Schiffe" in found.text
    assert (found.given.url, found.given.published) == ("https://bote.example/2", "2015-09-18")


def test_rows_without_text_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    found = read(tmp_path, written({"text": [TEXT, None, "", TEXT + " Mehr."]}))
    assert [type(one) for one in found] == [Capture, EmptyInput, EmptyInput, Capture]
    assert [one.source.rpartition("#")[2] for one in found] == ["1", "2", "3", "4"]


def test_how_to_name_another_column_is_said_once(tmp_path: Path) -> None:
    found = read(tmp_path, written({"text": [None, "", TEXT, None]}))
    assert [one.remedy for one in found if isinstance(one, BadInput)] == [NAME_IT, "", ""]


@pytest.mark.parametrize("fields", [{}, {"text": "text"}])
def test_a_column_of_another_kind_costs_one_line(tmp_path: Path, fields: dict[str, str]) -> None:
    (found,) = read(tmp_path, written({"text": [1, 2, 3], "url": ["a", "b", "c"]}), replace(OPTIONS, fields=fields))
    assert isinstance(found, UnreadableInput)
    assert found.message.endswith("a.parquet: the column for the text holds something else: text (int64)")
    assert found.remedy == NAME_IT


def test_a_usual_name_of_another_kind_leaves_the_text_to_the_next(tmp_path: Path) -> None:
    nested = [{"rendered": TEXT + " Innen."}]
    for columns in ({"text": [7], "body": [TEXT]}, {"body": [TEXT], "text": pa.array([b"a"], pa.binary(1))}):
        (found,) = read(tmp_path, written(columns))
        assert isinstance(found, Capture)
        assert found.text == TEXT
    (found,) = read(tmp_path, written({"text": [7], "content": nested}))
    assert isinstance(found, Capture)
    assert found.text == nested[0]["rendered"]


def test_bytes_are_text_in_utf_8_or_as_the_user_says(tmp_path: Path) -> None:
    old = "Die Brücke in Osthafen ist wieder offen, sagte der Bürgermeister der Stadt.".encode("cp1252")
    data = written({"text": pa.array([TEXT.encode(), old, b"\x00\x01\x02" * 40, b""], pa.binary())})
    found = read(tmp_path, data)
    assert [type(one) for one in found] == [Capture, UnreadableInput, UnreadableInput, EmptyInput]
    assert isinstance(found[1], UnreadableInput)
    assert "column 'text' holds bytes that are no UTF-8: invalid start byte at byte 6" in found[1].message
    assert isinstance(found[2], UnreadableInput)
    assert "binary data" in found[2].message
    found = read(tmp_path, data, replace(OPTIONS, encoding="cp1252"))
    assert isinstance(found[1], Capture)
    assert found[1].text == old.decode("cp1252")


def test_files_without_rows_or_without_text(tmp_path: Path) -> None:
    (found,) = read(tmp_path, written({"text": pa.array([], pa.string())}))
    assert isinstance(found, EmptyInput)
    (found,) = read(tmp_path, written({"claim": ["a"], "chain": ["b"]}))
    assert isinstance(found, UnreadableInput)
    assert "claim, chain" in found.message


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = "a" * (24 << 20)
    data = written({"text": [bomb]}, compression="zstd", use_dictionary=False)
    assert len(data) < 1 << 16
    before = pa.default_memory_pool().max_memory()
    (found,) = read(tmp_path, data, replace(OPTIONS, max_bytes=1 << 20))
    assert isinstance(found, UnreadableInput)
    assert "1 to 1" in found.message
    assert pa.default_memory_pool().max_memory() == before


def test_a_long_value_that_many_rows_share_is_in_memory_once(tmp_path: Path) -> None:
    shared = pa.DictionaryArray.from_arrays(pa.array([0] * 200, pa.int32()), pa.array(["Wort " * 400_000]))
    path = tmp_path / "a.parquet"
    path.write_bytes(written({"text": shared}))
    before = pa.total_allocated_bytes()
    reading = captures([str(path)], OPTIONS)
    first = next(reading)
    assert isinstance(first, BadInput | Capture)
    assert pa.total_allocated_bytes() - before < 20 << 20
    (found, *_) = read(tmp_path, path.read_bytes(), replace(OPTIONS, max_bytes=1000))
    assert isinstance(found, TooLarge)


def test_what_is_damaged_later_does_not_lose_what_comes_before(tmp_path: Path) -> None:
    rows = [f"{TEXT} Nummer {n}." for n in range(300)]
    whole = written({"text": rows}, row_group_size=100, compression="snappy", use_dictionary=False)
    groups = parquet.ParquetFile(io.BytesIO(whole)).metadata
    data = bytearray(whole)
    at = groups.row_group(1).column(0).data_page_offset
    data[at : at + 200] = b"\xff" * 200
    found = read(tmp_path, bytes(data))
    assert [type(one) for one in found] == [Capture] * 100 + [UnreadableInput] + [Capture] * 100
    failure = found[100]
    assert isinstance(failure, UnreadableInput)
    assert "rows 101 to 200 cannot be read: the Parquet file is damaged: " in failure.message
    assert found[101].source.endswith("a.parquet#201")
    (cut,) = read(tmp_path, whole[:-100])
    assert isinstance(cut, UnreadableInput)


SOUND = written({"text": [f"{TEXT} {n}" for n in range(20)], "title": ["T"] * 20}, row_group_size=7)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(SOUND)), st.binary(max_size=9)), max_size=4), st.integers(4, len(SOUND)))
def test_whatever_is_garbled_gives_captures_or_bad_input(garbled: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(SOUND)
    for at, piece in garbled:
        data[at : at + len(piece)] = piece
    for whole in (bytes(data), bytes(data[:cut])):
        found = list(captures(["-"], OPTIONS, stdin=io.BytesIO(whole)))
        assert found
        assert all(isinstance(one, Capture | BadInput) for one in found)
