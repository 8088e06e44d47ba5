from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.views.views_story import Run

from quellenlage.model import Linked
from quellenlage.views.exports.parquet import parquet_files, schema
from quellenlage.views.exports.tables import HEADS, csv_files, tables
from quellenlage.views.holdings import Holdings


def read(holdings: Holdings) -> dict[str, pa.Table]:
    return {
        name.removesuffix(".parquet"): parquet.read_table(io.BytesIO(b"".join(content)))
        for name, content in parquet_files(holdings)
    }


def test_the_tables_are_those_of_the_csv_files(holdings: Holdings) -> None:
    found = read(holdings)
    assert set(found) == set(HEADS)
    for name, content in csv_files(holdings):
        rows = list(csv.DictReader(io.StringIO(content[0].decode("utf-8-sig"), newline="")))
        table = found[name.removesuffix(".csv")]
        assert table.num_rows == len(rows)
        assert table.column_names == list(HEADS[name.removesuffix(".csv")])
        for column in ("id", "quote", "source"):
            if column in table.column_names:
                assert [str(v or "") for v in table[column].to_pylist()] == [r[column].removeprefix("'") for r in rows]


def test_columns_have_types_and_several_names_are_lists(holdings: Holdings) -> None:
    found = read(holdings)
    for name, table in found.items():
        assert table.schema == schema(name)
    events = found["events"].to_pylist()
    dated = next(row for row in events if row["time"] == "2021-12-01")
    assert dated["earliest"] == date(2021, 12, 1)
    assert dated["actors"] == ["Signe Halldal"]
    assert isinstance(dated["start"], int)
    chains = [row["chain"] for row in found["claims"].to_pylist()]
    assert [["Elin Torvald"], ["Ossi Brandt"], ["Zeitung Morgenruf", "Nordfunk"]] in chains
    assert all(isinstance(row["score"], float) for row in found["claims"].to_pylist())
    assert {len(row["spellings"]) for row in found["entities"].to_pylist()} >= {1, 2}


def test_every_cell_is_of_the_type_that_its_column_has(holdings: Holdings) -> None:
    for name, rows in tables(holdings):
        for row in rows:
            assert len(row) == len(HEADS[name])
            for column, cell in zip(HEADS[name], row, strict=True):
                kind = schema(name).field(column).type
                assert cell is None or isinstance(cell, str) == pa.types.is_string(kind), (name, column)


def test_an_empty_archive_has_empty_tables_with_their_columns() -> None:
    for name, table in read(Holdings(Linked(), {})).items():
        assert table.num_rows == 0
        assert table.schema == schema(name)


@pytest.mark.parametrize("target", ["tables", "tables.zip"])
def test_the_command_writes_them(run: Run, target: str) -> None:
    wanted = ("export", "--format", "parquet", "-o", target)
    assert run(*wanted).exit_code == 0
    first = contents(Path(target))
    assert run(*wanted).exit_code == 0
    assert contents(Path(target)) == first
    assert run(*wanted, "--actor", "Halldal").exit_code == 0
    assert contents(Path(target)) != first


def contents(path: Path) -> list[bytes]:
    return [path.read_bytes()] if path.is_file() else [p.read_bytes() for p in sorted(path.iterdir())]
