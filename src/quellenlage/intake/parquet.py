"""Parquet: one capture per row, of the columns that tell something of an article; all others are kept out."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from quellenlage.errors import BadInput, EmptyInput, UnreadableInput
from quellenlage.intake.decode import decode
from quellenlage.intake.options import IntakeOptions
from quellenlage.intake.raw import Raw, foreign, too_large
from quellenlage.intake.records import USUAL, read_record
from quellenlage.model.capture import Capture

OWN = b"quellenlage"
"""Name under which a shard tells of itself in its metadata."""
_ROWS = 64
_HELD = 128 << 20
"""Rows decoded at a time, and bytes that these may take: each of them may hold the longest value of its group."""
_BOMB_GROUPS, _BOMB_RATIO = 16, 100
"""A group of rows is refused that unpacks to so many times the limit of one input and to so many times its size."""
_BUFFER = 1 << 20
_DAMAGED = "the Parquet file is damaged"
_REMEDY = "write the file once more, or export the rows as JSON Lines"
_NAME_IT = "name the column with --columns text=NAME"


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """A Parquet file that is in memory already."""
    yield from stream_parquet(raw.name, io.BytesIO(raw.data), raw.options)


def stream_parquet(name: str, stream: BinaryIO, options: IntakeOptions) -> Iterator[Capture | BadInput]:
    """One capture or error per row, named `FILE#17`; the stream must be able to seek.

    What is kept of a row are its chosen columns as a JSON object. A file that is damaged somewhere gives the rows
    before it.
    """
    from pyarrow import parquet

    with foreign(name, _DAMAGED, _REMEDY):
        schema = parquet.ParquetFile(stream).schema_arrow
    if OWN in (schema.metadata or {}):
        raise UnreadableInput(
            name, "this is a shard, whose articles are analysed already", remedy="bring it in with quellenlage load"
        )
    columns = chosen_columns(name, schema.names, options.fields)
    with foreign(name, _DAMAGED, _REMEDY):
        file = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER)
        groups = range(file.metadata.num_row_groups)
    number = 0
    for group in groups:
        with foreign(name, _DAMAGED, _REMEDY):
            rows = file.metadata.row_group(group).num_rows
            packed, unpacked = _sizes(file.metadata.row_group(group), columns)
        if unpacked > _BOMB_GROUPS * options.max_bytes and unpacked > _BOMB_RATIO * packed:
            yield UnreadableInput(
                name, "rows {first:,} to {last:,} unpack to far more than they should",
                remedy="write the file with smaller row groups", first=number + 1, last=number + rows,
            )  # fmt: skip
            number += rows
            continue
        at_once = max(1, min(_ROWS, _HELD // max(1, unpacked)))
        batches = file.iter_batches(batch_size=at_once, row_groups=[group], columns=columns, use_threads=False)
        start = number
        while True:
            with foreign(name, _DAMAGED, _REMEDY):
                batch = next(batches, None)
            if batch is None:
                break
            for at in range(batch.num_rows):
                number += 1
                yield _row(f"{name}#{number}", batch, at, options)
        number = start + rows
    if not number:
        yield EmptyInput(name, "there are no records in it")


def chosen_columns(name: str, present: Sequence[str], fields: Mapping[str, str]) -> list[str]:
    """Columns to be read, in the order of the file: those that the user named, for all else those of a usual name.

    Raises:
        UnreadableInput: none of them can hold a text, or one that the user named is not there.
    """
    wanted: set[str] = set()
    for purpose, usual in USUAL.items():
        for field in (fields[purpose],) if purpose in fields else usual:
            column = field if field in present else field.partition(".")[0]
            if column in present:
                wanted.add(column)
                if purpose in {"text", "html"}:
                    wanted.add("")
            elif purpose in fields:
                raise UnreadableInput(
                    name, "no column {column!r} (columns: {present})", remedy="check the names with --columns",
                    column=field, present=", ".join(present[:20]),
                )  # fmt: skip
    if "" not in wanted:
        raise UnreadableInput(
            name, "no column for the text (columns: {present})", remedy=_NAME_IT, present=", ".join(present[:20])
        )
    return [column for column in present if column in wanted]


def _sizes(group: Any, columns: Sequence[str]) -> tuple[int, int]:
    """Bytes that the chosen columns of a group of rows take, packed and unpacked."""
    packed = unpacked = 0
    for at in range(group.num_columns):
        column = group.column(at)
        if column.path_in_schema.partition(".")[0] in columns or column.path_in_schema in columns:
            packed += column.total_compressed_size
            unpacked += column.total_uncompressed_size
    return packed, unpacked


def _row(name: str, batch: Any, at: int, options: IntakeOptions) -> Capture | BadInput:
    """One row to its capture or its error."""
    record: dict[str, Any] = {}
    size = 0
    try:
        for column, values in zip(batch.schema.names, batch.columns, strict=True):
            scalar = values[at]
            size += _size(scalar)
            if size > options.max_bytes:
                return too_large(name, options.max_bytes)
            with foreign(name, _DAMAGED, _REMEDY):
                value = scalar.as_py()
            if value is not None:
                record[column] = _plain(name, value, options)
        data = json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
        return read_record(Raw(name, data, options), record)
    except BadInput as error:
        return error


def _size(scalar: Any) -> int:
    """Bytes of a string, before it is made one."""
    held: Any = scalar
    if not hasattr(held, "as_buffer"):
        held = getattr(scalar, "value", None)  # of a dictionary
    buffer = held.as_buffer() if hasattr(held, "as_buffer") else None
    return 8 if buffer is None else int(buffer.size)


def _plain(name: str, value: Any, options: IntakeOptions) -> Any:
    """A value as JSON has it; bytes are decoded as a file of text would be."""
    if isinstance(value, bytes):
        return decode(name, value, forced=options.encoding, nul=True).text if value else ""
    if isinstance(value, datetime):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value
