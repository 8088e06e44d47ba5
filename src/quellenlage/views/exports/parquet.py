"""The tables of the CSV export as Parquet files: the same columns, with types; several names are lists."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import pyarrow as pa
from pyarrow import parquet

from quellenlage.views.exports.tables import HEADS, Chosen, Row, tables
from quellenlage.views.holdings import Holdings

_TEXTS = pa.list_(pa.string())
_TYPES = {
    "chain": pa.list_(_TEXTS),
    "account_chain": pa.list_(_TEXTS),
    "score": pa.float64(),
    "merged": pa.bool_(),
    "earliest": pa.date32(),
    "latest": pa.date32(),
    **dict.fromkeys(("actors", "recipients", "figures", "spellings", "offices", "perhaps", "reasons"), _TEXTS),
    **dict.fromkeys(("corrected", "speaker_read"), _TEXTS),
    **dict.fromkeys(("start", "end", "position", "occasions", "printed", "articles"), pa.int64()),
    **dict.fromkeys(("informants", "origins", "reprints"), pa.int64()),
}
"""Types of columns that are not text."""
_OWN = {("doubts", "value"): pa.float64()}
"""Columns that are not of the type which others of their name have."""


def schema(name: str) -> pa.Schema:
    """The columns of a table with their types."""
    return pa.schema([(column, _OWN.get((name, column), _TYPES.get(column, pa.string()))) for column in HEADS[name]])


def parquet_files(holdings: Holdings, chosen: Chosen | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """A Parquet file for each table."""
    for name, rows in tables(holdings, chosen):
        yield f"{name}.parquet", [parquet_table(name, rows)]


def parquet_table(name: str, rows: Iterable[Row]) -> bytes:
    """A table as Parquet."""
    cells = [[_sound(cell) for cell in row] for row in rows]
    columns = zip(*cells, strict=True) if cells else [()] * len(HEADS[name])
    typed = schema(name)
    arrays = [pa.array(list(column), field.type) for column, field in zip(columns, typed, strict=True)]
    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=typed), buffer, compression="zstd")
    return buffer.getvalue()


def _sound(cell: object) -> object:
    """Text as UTF-8 can hold it; half a character pair, which decoding by force can leave, is replaced."""
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode("utf-8")
    if isinstance(cell, tuple | list):
        return [_sound(one) for one in cell]
    return cell
