"""The part of an archive that tells how documents were made, and keeps those of which little changed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from contextlib import AbstractContextManager

from sqlalchemy import Connection, delete, func, select, update

from quellenlage.errors import NotFound
from quellenlage.model.making import Making, Recipe, Stamp, Stored
from quellenlage.store import appending, makings, schema, state


class Remade(ABC):
    """The part of an archive that is made again in part."""

    @abstractmethod
    def _read(self) -> AbstractContextManager[Connection]:
        """A connection within one reading transaction."""

    @abstractmethod
    def _write(self) -> AbstractContextManager[Connection]:
        """A connection within one writing transaction."""

    def stamps(self, captures: Collection[str] | None = None) -> dict[str, Stamp]:
        """How the documents of captures were made, of all where none are given, by capture."""
        with self._read() as connection:
            return makings.stamps(connection, captures)

    def recipes(self) -> dict[int, Recipe]:
        """What documents were made with, by the number that their stamps name."""
        with self._read() as connection:
            return makings.recipes(connection)

    def recipe_counts(self) -> dict[int | None, int]:
        """How many articles were made by each recipe; None: of which it is not known."""
        table = schema.articles
        with self._read() as connection:
            rows = connection.execute(select(table.c.recipe, func.count()).group_by(table.c.recipe))
            return {row[0]: row[1] for row in rows}

    def stored(self, capture: str) -> Stored | None:
        """The document of a capture as it is stored; None where there is none, or it cannot be made again in part."""
        table = schema.articles
        chosen = select(table.c.document, table.c.earlier, table.c.recipe)
        with self._read() as connection:
            row = connection.execute(chosen.where(table.c.capture == capture, table.c.text.is_(None))).first()
        return None if row is None or row.recipe is None else Stored(row.document, row.earlier)

    def restamp(self, capture: str, fingerprint: str, making: Making) -> None:
        """Keep the document of a capture, made again with the same result, under another fingerprint.

        Raises:
            NotFound: it has none any more.
        """
        articles, captures, rejections = schema.articles, schema.captures, schema.rejections
        with self._write() as connection:
            values = {"fingerprint": fingerprint, **makings.columns(connection, making)}
            chosen = select(captures.c.sequence).join(articles, articles.c.capture == captures.c.id)
            sequence = connection.scalar(chosen.where(captures.c.id == capture, captures.c.text_removed == 0))
            if sequence is None:
                raise NotFound("{reference}: no such capture", reference=capture)
            connection.execute(update(articles).where(articles.c.capture == capture).values(**values))
            connection.execute(delete(rejections).where(rejections.c.capture == capture))
            appending.unlink(connection, sequence)

    def note(self, name: str) -> str | None:
        """What was noted of the last build under a name (see `put_note`)."""
        with self._read() as connection:
            return state.get(connection, f"{state.NOTED}{name}")

    def put_note(self, name: str, value: str) -> None:
        """Note something of a build; it tells people what happened, and nothing depends on it."""
        with self._write() as connection:
            state.put(connection, f"{state.NOTED}{name}", value)
