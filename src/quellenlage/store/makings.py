"""How documents were made: stages and recipes by number, so that each of millions of articles tells it in a few bytes.

A recipe is written with the first document that was made by it, and outlasts the documents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import IntegrityError

from quellenlage.model import from_json, to_json
from quellenlage.model.making import Correction, Making, Recipe, StageIdentity, Stamp
from quellenlage.store import schema
from quellenlage.store.portions import in_parts

_CORRECTED = msgspec.json.Decoder(tuple[Correction, ...])
UNKNOWN: Mapping[str, Any] = {"recipe": None, "corrected": None, "earlier": None}
"""Columns of an article of which it is not known how it was made, or which is never to be made again."""


def columns(connection: Connection, making: Making | None) -> dict[str, Any]:
    """Columns of an article that tell how it was made; its recipe is written if it is a new one."""
    if making is None:
        return dict(UNKNOWN)
    corrected = to_json(making.corrected).decode() if making.corrected else None
    return {"recipe": _number(connection, making.recipe), "corrected": corrected, "earlier": making.earlier}


def stamps(connection: Connection, captures: Collection[str] | None = None) -> dict[str, Stamp]:
    """How the documents of captures were made, of all where none are given, by capture."""
    table = schema.articles
    chosen = select(table.c.capture, table.c.id, table.c.fingerprint, table.c.recipe, table.c.corrected)
    asked = [chosen] if captures is None else [chosen.where(table.c.capture.in_(s)) for s in in_parts(captures)]
    return {
        row.capture: Stamp(row.id, row.fingerprint, row.recipe, _CORRECTED.decode(row.corrected or "[]"))
        for question in asked
        for row in connection.execute(question)
    }


def recipes(connection: Connection) -> dict[int, Recipe]:
    """All recipes by number."""
    known = schema.stage_identities
    stages = {row.id: from_json(row.payload, StageIdentity) for row in connection.execute(select(known))}
    return {
        row.id: Recipe(row.program, tuple(stages[number] for number in from_json(row.stages, list[int])))
        for row in connection.execute(select(schema.recipes))
    }


def _number(connection: Connection, recipe: Recipe) -> int:
    table = schema.recipes
    digest = recipe.digest
    found = connection.scalar(select(table.c.id).where(table.c.digest == digest))
    if found is not None:
        return int(found)
    stages = [
        _interned(connection, schema.stage_identities, {"digest": stage.digest, "payload": to_json(stage).decode()})
        for stage in recipe.stages
    ]
    values = {"digest": digest, "program": recipe.program, "stages": to_json(stages).decode()}
    return _interned(connection, table, values)


def _interned(connection: Connection, table: Table, values: dict[str, Any]) -> int:
    """Number of a row by its digest; two writers of a server database may bring the same one at once."""
    number = select(table.c.id).where(table.c.digest == values["digest"])
    found = connection.scalar(number)
    if found is None:
        try:
            with connection.begin_nested():
                connection.execute(insert(table), values)
        except IntegrityError:
            pass
        found = connection.scalar(number)
    return int(found or 0)
