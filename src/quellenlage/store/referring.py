"""Which article people mean: by its identifier, the beginning of one, or where it came from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, or_, select

from quellenlage.errors import NotFound
from quellenlage.store import schema

MIN_BEGINNING = 8
"""Characters of an identifier, its letters included, that must at least be given for it."""


def find_article(connection: Connection, reference: str) -> str:
    """Article that goes by this identifier, beginning of one, or source. Raises NotFound."""
    table = schema.articles
    return _find_one(connection, reference, (table.c.id, table.c.source), table.c.id)


def find_capture(connection: Connection, reference: str) -> str:
    """Capture of an article, or one of which no article could be made. Raises NotFound."""
    table = schema.captures
    try:
        article = find_article(connection, reference)
    except NotFound as error:
        try:
            return _find_one(connection, reference, (table.c.id, table.c.source), table.c.id)
        except NotFound:
            raise error from None
    found = connection.scalar(select(schema.articles.c.capture).where(schema.articles.c.id == article))
    return str(found)


def _find_one(connection: Connection, reference: str, columns: tuple[Any, Any], wanted: Any) -> str:
    identifier, source = columns
    name = reference.rstrip("/")
    # A letter or two would name the only article of a small archive, and `forget` would delete it.
    beginning = [identifier.startswith(reference.lower(), autoescape=True)] if len(reference) >= MIN_BEGINNING else []
    attempts = (
        identifier == reference,
        *beginning,
        source == reference,
        or_(source.iendswith("/" + name, autoescape=True), source.iendswith("\\" + name, autoescape=True)),
    )
    for attempt in attempts if name and "\x00" not in name else ():
        found = list(connection.scalars(select(wanted).where(attempt).order_by(wanted).limit(4)))
        if len(found) == 1:
            return str(found[0])
        if found:
            raise NotFound(
                "{reference}: more than one article goes by that",
                remedy="name one: {examples} …",
                reference=reference,
                examples=", ".join(found[:3]),
            )
    raise NotFound(
        "{reference}: no such article",
        remedy="give its identifier or the file it was added from",
        reference=reference,
    )
