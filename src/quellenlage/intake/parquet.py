"""Parquet: one capture per row, of the columns that tell something of an article; all others are kept out."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from quellenlage.errors import BadInput, EmptyInput, Phrase, UnreadableInput
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
_ENCODING = "name another column with --columns, or the encoding with --encoding, e.g. --encoding cp1252"


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """A Parquet file that is in memory already."""
    yield from stream_parquet(raw.name, io.BytesIO(raw.data), raw.options)


def stream_parquet(name: str, stream: BinaryIO, options: IntakeOptions) -> Iterator[Capture | BadInput]:
    """One capture or error per row, named `FILE#17`; the stream must be able to seek.

    What is kept of a row are its chosen columns as a JSON object. What is damaged costs its group of rows, which is
    named. How to name another column is told with the first row that has no text.
    """
    from pyarrow import parquet

    with foreign(name, _DAMAGED, _REMEDY):
        schema = parquet.ParquetFile(stream).schema_arrow
    if OWN in (schema.metadata or {}):
        raise UnreadableInput(
            name, "this is a shard, whose articles are analysed already", remedy="bring it in with quellenlage load"
        )
    columns = chosen_columns(name, schema.names, options.fields)
    columns = _of_text(name, schema, columns, options.fields)
    with foreign(name, _DAMAGED, _REMEDY):
        file = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER)
        groups = range(file.metadata.num_row_groups)
    number, advice = 0, _NAME_IT
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
        start = number
        try:
            for batch in _batches(name, file, group, columns, at_once):
                for at in range(batch.num_rows):
                    number += 1
                    found = _row(f"{name}#{number}", batch, at, options, advice)
                    advice = "" if isinstance(found, BadInput) else advice
                    yield found
        except UnreadableInput as error:
            yield UnreadableInput(
                name, "rows {first:,} to {last:,} cannot be read: {problem}", remedy=_REMEDY,
                first=number + 1, last=start + rows, problem=error.said.params["problem"],
            )  # fmt: skip
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


def _batches(name: str, file: Any, group: int, columns: Sequence[str], at_once: int) -> Iterator[Any]:
    """Rows of a group, so many at once. Raises UnreadableInput where they are damaged."""
    with foreign(name, _DAMAGED, _REMEDY):
        batches = file.iter_batches(batch_size=at_once, row_groups=[group], columns=columns, use_threads=False)
    while True:
        with foreign(name, _DAMAGED, _REMEDY):
            batch = next(batches, None)
        if batch is None:
            return
        yield batch


def _of_text(name: str, schema: Any, columns: Sequence[str], fields: Mapping[str, str]) -> list[str]:
    """The chosen columns without those that have the usual name of a text and cannot hold one.

    Raises:
        UnreadableInput: no column is left for the text, or one that the user named cannot hold it.
    """
    refused: dict[str, str] = {}
    able = False
    for purpose in ("text", "html"):
        for field in (fields[purpose],) if purpose in fields else USUAL[purpose]:
            kind = _kind(schema, field)
            if kind is None:
                continue
            if _holds_text(kind, lists=purpose == "text"):
                able = True
            elif purpose in fields or field in columns:
                refused[field] = str(kind)
                if purpose in fields:
                    raise _no_text(name, refused)
    for field in [one for one in refused if _reaches_text(schema, one)]:
        del refused[field]
    if not able:
        raise _no_text(name, refused)
    return [column for column in columns if column not in refused]


def _no_text(name: str, refused: Mapping[str, str]) -> UnreadableInput:
    """Build the error for a file whose columns hold something else than text."""
    told = ", ".join(f"{column} ({kind})" for column, kind in refused.items())
    return UnreadableInput(
        name, "the column for the text holds something else: {told}", remedy=_NAME_IT, told=told[:500]
    )


def _kind(schema: Any, field: str) -> Any:
    """Type of a column, or of what a dotted name reaches in one; None where there is none."""
    if field in schema.names:
        return schema.field(schema.names.index(field)).type
    first, *rest = field.split(".")
    kind = schema.field(schema.names.index(first)).type if rest and first in schema.names else None
    for part in rest:
        at = kind.get_field_index(part) if kind is not None and hasattr(kind, "get_field_index") else -1
        kind = kind.field(at).type if kind is not None and at >= 0 else None
    return kind


def _reaches_text(schema: Any, column: str) -> bool:
    """Whether a usual name reaches a text within a column that is none itself."""
    inside = [field for field in USUAL["text"] if field.startswith(f"{column}.")]
    return any(_holds_text(_kind(schema, field), lists=True) for field in inside)


def _holds_text(kind: Any, *, lists: bool) -> bool:
    """Whether values of a type are strings or bytes, or, if `lists`, lists of them."""
    from pyarrow import types

    if kind is None:
        return False
    if types.is_dictionary(kind):
        kind = kind.value_type
    if lists and (types.is_list(kind) or types.is_large_list(kind)):
        return _holds_text(kind.value_type, lists=False)
    strings = (types.is_string, types.is_large_string, types.is_string_view)
    return any(test(kind) for test in (*strings, types.is_binary, types.is_large_binary, types.is_binary_view))


def _sizes(group: Any, columns: Sequence[str]) -> tuple[int, int]:
    """Bytes that the chosen columns of a group of rows take, packed and unpacked."""
    packed = unpacked = 0
    for at in range(group.num_columns):
        column = group.column(at)
        if column.path_in_schema.partition(".")[0] in columns or column.path_in_schema in columns:
            packed += column.total_compressed_size
            unpacked += column.total_uncompressed_size
    return packed, unpacked


def _row(name: str, batch: Any, at: int, options: IntakeOptions, advice: str) -> Capture | BadInput:
    """One row to its capture or its error; `advice` is the remedy where it has no text."""
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
                record[column] = _plain(name, column, value, options)
        data = json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
        return read_record(Raw(name, data, options), record, advice)
    except BadInput as error:
        return error


def _size(scalar: Any) -> int:
    """Bytes of a string, before it is made one."""
    held: Any = scalar
    if not hasattr(held, "as_buffer"):
        held = getattr(scalar, "value", None)  # of a dictionary
    buffer = held.as_buffer() if hasattr(held, "as_buffer") else None
    return 8 if buffer is None else int(buffer.size)


def _plain(name: str, column: str, value: Any, options: IntakeOptions) -> Any:
    """A value as JSON has it; bytes are UTF-8, or else of the encoding that the user named.

    Raises:
        UnreadableInput: bytes that are no text.
    """
    if isinstance(value, bytes):
        return _characters(name, column, value, options)
    if isinstance(value, list):
        return [_plain(name, column, one, options) for one in value]
    if isinstance(value, dict):
        return {key: _plain(name, column, one, options) for key, one in value.items()}
    if isinstance(value, datetime):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _characters(name: str, column: str, value: bytes, options: IntakeOptions) -> str:
    """Decode bytes without guessing: whoever writes them into a table knows what they are, whatever they look like."""
    try:
        value.decode("utf-8")
    except UnicodeDecodeError as error:
        if options.encoding is None:
            raise UnreadableInput(
                name, "column {column!r} holds bytes that are no UTF-8: {reason} at byte {at:,}", remedy=_ENCODING,
                column=column, reason=Phrase(error.reason), at=error.start,
            ) from error  # fmt: skip
    stray = value.count(0) <= max(3, len(value) // 200)
    return decode(name, value, forced=options.encoding, nul=stray).text if value else ""
