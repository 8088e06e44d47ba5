"""Facts about the archive as a whole: what was linked last, whether erasing is still to be done."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from quellenlage.store.schema import meta

LINKED_FINGERPRINT = "linked_fingerprint"
LINKED_STAND = "linked_stand"
"""What the last link, and what was linked around new articles since, went by (`LinkedStand`)."""
PROVISIONAL = "provisional"
"""Articles that were linked with what is nearest to them alone, as a JSON list."""
NEIGHBOURS = "neighbours"
"""In which way the keys of all articles were made."""
LISTING = "listing"
"""In which way the tables of lists were written."""
ERASURE_DUE = "erasure_due"


def get(connection: Connection, name: str) -> str | None:
    """Value of a fact, None if it is not known."""
    return connection.scalar(select(meta.c.value).where(meta.c.name == name))


def put(connection: Connection, name: str, value: str | None) -> None:
    """Set a fact; None forgets it."""
    connection.execute(delete(meta).where(meta.c.name == name))
    if value is not None:
        connection.execute(insert(meta), {"name": name, "value": value})


def unlink(connection: Connection) -> None:
    """Forget what the last link was made from: something that it read was changed."""
    put(connection, LINKED_FINGERPRINT, None)
    put(connection, LINKED_STAND, None)
