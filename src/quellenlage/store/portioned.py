"""Reading an archive in part: documents one by one, some stories, what an earlier link alone had."""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from quellenlage.model import Document, Linked
from quellenlage.store import portions, schema
from quellenlage.store.linking import read_gone
from quellenlage.store.packing import unpack_text, unpack_without_tokens
from quellenlage.store.shelf import Shelf

DOCUMENTS = select(
    schema.captures.c.sequence,
    schema.captures.c.text,
    schema.articles.c.text.label("own"),
    schema.articles.c.document,
).join(schema.articles, schema.articles.c.capture == schema.captures.c.id)
"""What is needed to put a document together."""


class Portioned(ABC):
    """The part of an archive that reads portions of it."""

    @abstractmethod
    def _read(self) -> AbstractContextManager[Connection]:
        """A connection within one reading transaction."""

    def shelf(self) -> Sequence[Document]:
        """The same as a sequence that reads them when they are asked for, and holds few at a time.

        Their order and number are those of now; a document is the one that is there when it is read.
        """
        articles, captures = schema.articles, schema.captures
        chosen = select(captures.c.sequence).join(articles, articles.c.capture == captures.c.id)
        with self._read() as connection:
            order = array("q", connection.scalars(chosen.order_by(captures.c.sequence)))

        def read(place: int, count: int) -> list[tuple[bytes, bytes]]:
            last = order[min(place + count, len(order)) - 1]
            asked = DOCUMENTS.where(captures.c.sequence.between(order[place], last)).order_by(captures.c.sequence)
            with self._read() as connection:
                return [(row.own or row.text, row.document) for row in connection.execute(asked)]

        return Shelf(len(order), read)

    def gone_from(self, linked: Linked) -> Linked:
        """Of `linked()`, what has another identifier, or none, in what is going to take its place; and the aliases."""
        with self._read() as connection:
            return read_gone(connection, linked)

    def stories_named(self, name: str) -> list[str]:
        """Identifiers of stories by identifier or its beginning, else by words of the title."""
        with self._read() as connection:
            return portions.stories_named(connection, name)

    def linked_of(self, stories: Collection[str]) -> Linked:
        """Of `linked`, some stories with their events and lines, and what these name: enough to tell them."""
        with self._read() as connection:
            return portions.linked_of(connection, stories)

    def documents_of(self, articles: Iterable[str]) -> Iterator[Document]:
        """Articles by identifier, in order of capture, without their tokens; those that are not there are left out."""
        with self._read() as connection:
            rows = [
                row
                for asked in portions.in_parts(articles)
                for row in connection.execute(DOCUMENTS.where(schema.articles.c.id.in_(asked)))
            ]
        for row in sorted(rows, key=lambda row: row.sequence):
            yield unpack_without_tokens(row.document, unpack_text(row.own or row.text))
