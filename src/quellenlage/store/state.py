"""Facts about the archive as a whole: what was linked last, whether erasing is still to be done."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from quellenlage.model.ports import Changes
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
NOTED = "noted_"
"""Names of what is noted of builds begin with it."""
ARRIVED = "arrived"
"""How often a document was written of a capture that had none."""
CHANGED = "changed"
"""How often a document, or a name that may be told, was changed or deleted: what was read before may be so no more."""
ERASURE_DUE = "erasure_due"
BLANKED = "blanked"
"""How often words of judgements were deleted: seals that did not hold before do not tell."""
STAND = "stand"
"""A number that grows with every transaction that writes."""


def get(connection: Connection, name: str) -> str | None:
    """Value of a fact, None if it is not known."""
    return connection.scalar(select(meta.c.value).where(meta.c.name == name))


def put(connection: Connection, name: str, value: str | None) -> None:
    """Set a fact; None forgets it."""
    connection.execute(delete(meta).where(meta.c.name == name))
    if value is not None:
        connection.execute(insert(meta), {"name": name, "value": value})


def stand(connection: Connection) -> str:
    """What answers that are kept hang on: another one whenever something was written."""
    return get(connection, STAND) or ""


def advance(connection: Connection) -> None:
    """Tell all who keep answers that something is being written."""
    count(connection, STAND)


def count(connection: Connection, name: str) -> None:
    """Let a number grow by one."""
    put(connection, name, str(int(get(connection, name) or 0) + 1))


def unlink(connection: Connection) -> None:
    """Forget what the last link was made from: something that it read was changed."""
    put(connection, LINKED_FINGERPRINT, None)
    put(connection, LINKED_STAND, None)
    count(connection, CHANGED)


def changes(connection: Connection) -> Changes:
    """How often documents came, and how often they were changed."""
    return Changes(*(int(get(connection, name) or 0) for name in (ARRIVED, CHANGED)))
