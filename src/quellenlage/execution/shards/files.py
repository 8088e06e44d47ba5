"""A shard as a Parquet file: a row for each capture, with its document or why there is none."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import msgspec

from quellenlage.errors import Defect, UnreadableInput
from quellenlage.intake.parquet import OWN
from quellenlage.intake.raw import foreign
from quellenlage.model import Capture, Document
from quellenlage.model.capture import Given, Mark, make_capture
from quellenlage.model.making import Recipe
from quellenlage.model.serial import to_builtins, to_json
from quellenlage.model.spans import text_digest
from quellenlage.store.packing import unpack_document

FORMAT = 1
SUFFIX = ".parquet"
_ROWS = 32
_DAMAGED = "the shard is damaged"
_REMEDY = "delete it and run quellenlage shard once more"


class _Told(msgspec.Struct, frozen=True):
    """What stands in the row of a capture besides its bytes and its text."""

    media_type: str
    captured_at: str
    encoding: str | None
    offsets_in: str
    given: Given
    marks: tuple[Mark, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """Of a whole shard: what its documents were made with and when; times in ISO 8601."""

    pipeline: str
    recipe: Recipe
    started: str = ""
    ended: str = ""
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Row:
    """A capture with its packed document, or with the stage that failed and the reason.

    `own_text` is the article's text where it is another than the capture's, `earlier` what `Making.earlier` tells;
    `again` says that it may well succeed another time.
    """

    capture: Capture
    fingerprint: str
    packed: bytes = field(default=b"", repr=False)
    own_text: str | None = None
    earlier: bytes | None = None
    stage: str = ""
    reason: str = ""
    again: bool = False

    def document(self) -> Document:
        """The document. Raises zlib.error, msgspec.MsgspecError, Defect where it is damaged."""
        return unpack_document(self.packed, self.capture.text if self.own_text is None else self.own_text)


def name_of(pipeline: str, captures: Sequence[str]) -> str:
    """Name of the shard of these captures, made by this pipeline: the same work, the same name."""
    return text_digest("\n".join((str(FORMAT), pipeline, *captures)))[:32]


def pack(rows: Sequence[Row], about: About) -> bytes:
    """A shard as the bytes of its file."""
    import pyarrow as pa
    from pyarrow import parquet

    columns: dict[str, tuple[Any, list[Any]]] = {
        "capture": (pa.string(), [row.capture.id for row in rows]),
        "source": (pa.string(), [row.capture.source for row in rows]),
        "url": (pa.string(), [row.capture.given.url for row in rows]),
        "told": (pa.binary(), [to_json(_told(row.capture)) for row in rows]),
        "content": (pa.binary(), [row.capture.content for row in rows]),
        "text": (pa.string(), [row.capture.text for row in rows]),
        "fingerprint": (pa.string(), [row.fingerprint for row in rows]),
        "document": (pa.binary(), [row.packed or None for row in rows]),
        "own_text": (pa.string(), [row.own_text for row in rows]),
        "earlier": (pa.binary(), [row.earlier for row in rows]),
        "stage": (pa.string(), [row.stage or None for row in rows]),
        "reason": (pa.string(), [row.reason or None for row in rows]),
        "again": (pa.bool_(), [row.again for row in rows]),
    }
    told = json.dumps(to_builtins(about), sort_keys=True, ensure_ascii=False).encode()
    schema = pa.schema([(name, kind) for name, (kind, _) in columns.items()], metadata={OWN: told})
    table = pa.Table.from_arrays([pa.array(values, kind) for kind, values in columns.values()], schema=schema)
    buffer = io.BytesIO()
    parquet.write_table(
        table, buffer, compression="zstd", row_group_size=_ROWS, use_dictionary=False, write_page_checksum=True
    )
    return buffer.getvalue()


class ShardFile:
    """A shard that is read; nothing but its end is read at first."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """Read what it tells of itself.

        Raises:
            UnreadableInput: damaged, no shard, or one of a newer version.
        """
        from pyarrow import parquet

        self._name = name
        with foreign(name, _DAMAGED, _REMEDY):
            self._file = parquet.ParquetFile(stream, page_checksum_verification=True, pre_buffer=False)
        told = (self._file.schema_arrow.metadata or {}).get(OWN)
        if told is None:
            raise UnreadableInput(name, "this Parquet file is no shard", remedy="add it with quellenlage add")
        try:
            self.about = msgspec.json.decode(told, type=About)
        except msgspec.MsgspecError as error:
            raise UnreadableInput(name, "the shard is of another version", remedy=_REMEDY) from error
        if self.about.format != FORMAT:
            raise UnreadableInput(name, "the shard is of another version", remedy=_REMEDY)
        self.count: int = self._file.metadata.num_rows

    def captures(self) -> list[str]:
        """Identifiers of the captures in it, in order. Raises UnreadableInput."""
        with foreign(self._name, _DAMAGED, _REMEDY):
            listed: list[str] = self._file.read(columns=["capture"]).column(0).to_pylist()
        return listed

    def check(self) -> None:
        """Raise UnreadableInput where it does not hold what its name says."""
        expected = self._name.rpartition("/")[2].removesuffix(SUFFIX)
        if name_of(self.about.pipeline, self.captures()) != expected:
            raise UnreadableInput(self._name, "the shard was changed or renamed", remedy=_REMEDY)

    def rows(self) -> Iterator[list[Row]]:
        """Its rows, some at a time. Raises UnreadableInput where one is damaged."""
        batches = self._file.iter_batches(batch_size=_ROWS, use_threads=False)
        while True:
            with foreign(self._name, _DAMAGED, _REMEDY):
                batch = next(batches, None)
                values = [] if batch is None else batch.to_pylist()
            if batch is None:
                return
            yield [self._row(one) for one in values]

    def _row(self, value: dict[str, Any]) -> Row:
        try:
            told = msgspec.json.decode(value["told"], type=_Told)
            capture = make_capture(
                source=value["source"], media_type=told.media_type, content=value["content"], text=value["text"],
                captured_at=told.captured_at, encoding=told.encoding, offsets_in=told.offsets_in, given=told.given,
                marks=told.marks, warnings=told.warnings,
            )  # fmt: skip
        except (msgspec.MsgspecError, Defect, ValueError, KeyError, TypeError) as error:
            raise UnreadableInput(
                self._name, "{what}: {detail}", remedy=_REMEDY, what=_DAMAGED, detail=error
            ) from error
        if capture.id != value["capture"]:
            raise UnreadableInput(self._name, "the shard was changed or renamed", remedy=_REMEDY)
        return Row(
            capture, value["fingerprint"], value["document"] or b"", value["own_text"], value["earlier"],
            value["stage"] or "", value["reason"] or "", bool(value["again"]),
        )  # fmt: skip


def _told(capture: Capture) -> _Told:
    return _Told(
        capture.media_type, capture.captured_at, capture.encoding, capture.offsets_in, capture.given, capture.marks,
        capture.warnings,
    )  # fmt: skip
