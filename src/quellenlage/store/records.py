"""Rows of captures, judgements, runs and rejections, to and from the model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from quellenlage.model import Activity, Capture, Given, Judgement, Mark, Verdict, to_json
from quellenlage.store import schema, state
from quellenlage.store.packing import pack_bytes, pack_text, unpack_bytes, unpack_text

_GIVEN = msgspec.json.Decoder(Given)
_MARKS = msgspec.json.Decoder(tuple[Mark, ...])
_WARNINGS = msgspec.json.Decoder(tuple[str, ...])


def capture_row(capture: Capture) -> dict[str, Any]:
    """Row of a capture with its bytes and text."""
    return {
        "id": capture.id,
        "source": capture.source,
        "url": capture.given.url,
        "media_type": capture.media_type,
        "encoding": capture.encoding,
        "offsets_in": capture.offsets_in,
        "content": pack_bytes(capture.content),
        "content_sha256": capture.content_sha256,
        "text": pack_text(capture.text),
        "text_sha256": capture.text_sha256,
        "given": to_json(capture.given).decode(),
        "marks": to_json(capture.marks).decode(),
        "warnings": to_json(capture.warnings).decode(),
        "captured_at": capture.captured_at,
        "text_removed": 0,
    }


def make_capture_from(row: schema.AnyRow) -> Capture:
    """Capture of a row that still has its text.

    Raises:
        zlib.error, UnicodeDecodeError, msgspec.MsgspecError, Defect: the row is damaged.
    """
    return Capture(
        id=row.id,
        source=row.source,
        media_type=row.media_type,
        content=unpack_bytes(row.content),
        content_sha256=row.content_sha256,
        text=unpack_text(row.text),
        text_sha256=row.text_sha256,
        captured_at=row.captured_at,
        encoding=row.encoding,
        offsets_in=row.offsets_in,
        given=_GIVEN.decode(row.given),
        marks=_MARKS.decode(row.marks),
        warnings=_WARNINGS.decode(row.warnings),
    )


def make_judgement_from(row: schema.AnyRow) -> Judgement:
    """Judgement of a row."""
    return Judgement(
        id=row.id,
        verdict=Verdict(row.verdict),
        subject=row.subject,
        made_at=row.made_at,
        author=row.author,
        other=row.other,
        field=row.field,
        value=row.value,
        note=row.note,
    )


def judged_stand(connection: Connection) -> tuple[int, str, str | None] | None:
    """What all decisions are known by: another one where one came, or words of one went; None where there are none."""
    table = schema.judgements
    newest = select(table.c.sequence, table.c.seal).order_by(table.c.sequence.desc()).limit(1)
    last = connection.execute(newest).first()
    return (last.sequence, last.seal, state.get(connection, state.BLANKED)) if last else None


def judgements(connection: Connection) -> tuple[Judgement, ...]:
    """All decisions, oldest first."""
    rows = connection.execute(select(schema.judgements).order_by(schema.judgements.c.sequence))
    return tuple(make_judgement_from(row) for row in rows)


def append_judgement(connection: Connection, judgement: Judgement) -> None:
    """Append a decision, sealed with all before it; the same decision twice is one."""
    table = schema.judgements
    if connection.scalar(select(table.c.sequence).where(table.c.id == judgement.id)) is not None:
        return
    last = connection.scalar(select(table.c.seal).order_by(table.c.sequence.desc()).limit(1))
    row = {
        "id": judgement.id,
        "verdict": str(judgement.verdict),
        "subject": judgement.subject,
        "other": judgement.other,
        "field": judgement.field,
        "value": judgement.value,
        "note": judgement.note,
        "author": judgement.author,
        "made_at": judgement.made_at,
        "seal": seal(last, judgement),
    }
    connection.execute(table.insert(), row)


def seal(before: str | None, judgement: Judgement) -> str:
    """Hash of a judgement and of the seal before it."""
    return hashlib.sha256((before or "").encode() + to_json(judgement)).hexdigest()


def sealed_judgements(connection: Connection) -> Iterator[tuple[schema.AnyRow, str | None]]:
    """Rows of judgements, oldest first, each with the seal of the one before."""
    before: str | None = None
    for row in connection.execute(select(schema.judgements).order_by(schema.judgements.c.sequence)):
        yield row, before
        before = row.seal


def activity_row(activity: Activity) -> dict[str, Any]:
    """Row of a stage run."""
    return {name: getattr(activity, name) for name in Activity.__slots__}


def make_activity_from(row: schema.AnyRow) -> Activity:
    """Stage run of a row."""
    return Activity(**{name: getattr(row, name) for name in Activity.__slots__})
