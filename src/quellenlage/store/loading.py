"""Captures written together with their documents, many in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, insert, select

from quellenlage.errors import Defect
from quellenlage.model import Capture, Document
from quellenlage.model.making import Making
from quellenlage.store import makings, records, schema, state
from quellenlage.store.layers import article_row, write_layers
from quellenlage.store.profile import Profile


def put(
    connection: Connection,
    profile: Profile,
    made: Sequence[tuple[Capture, Document, str]],
    told: Mapping[str, Making],
) -> int:
    """Write what is new of captures, documents and their fingerprints, and how they were made; returns how many."""
    table = schema.captures
    asked = {capture.id: (capture, document, fingerprint) for capture, document, fingerprint in made}
    there = set(connection.scalars(select(table.c.id).where(table.c.id.in_(asked))))
    new = [one for identifier, one in asked.items() if identifier not in there]
    for capture, document, _ in new:
        if document.article.capture != capture.id:
            raise Defect(f"{document.article.id}: not of {capture.id}")
    if not new:
        return 0
    connection.execute(insert(table), [records.capture_row(capture) for capture, _, _ in new])
    rows = [
        article_row(
            document,
            fingerprint,
            own_text=capture.text_sha256 != document.article.text_sha256,
            text_sha256=document.article.text_sha256,
        )
        | makings.columns(connection, told.get(capture.id))
        for capture, document, fingerprint in new
    ]
    connection.execute(insert(schema.articles), rows)
    write_layers(connection, profile, [document for _, document, _ in new])
    state.put(connection, state.LINKED_FINGERPRINT, None)
    state.count(connection, state.ARRIVED)
    return len(new)
