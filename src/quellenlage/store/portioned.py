"""Reading an archive in part: documents one by one, some stories, what an earlier link alone had."""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date

from sqlalchemy import Connection, select

from quellenlage.model import Document, Linked, Reuse, Story
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

    def stories(self) -> Sequence[Story]:
        """The stories of `linked`."""
        with self._read() as connection:
            return portions.stories(connection)

    def linked_of(self, stories: Collection[str], more: Collection[str] = ()) -> Linked:
        """Of `linked`, some stories with their events and lines, and what these name: enough to tell them.

        `more` are events and entities that shall be in it as well.
        """
        with self._read() as connection:
            return portions.linked_of(connection, stories, more)

    def entities_named(self, name: str) -> list[str]:
        """Identifiers of entities by a name or spelling, else by all words of one."""
        with self._read() as connection:
            return portions.entities_named(connection, name)

    def events_with(self, entities: Collection[str]) -> set[str]:
        """Identifiers of events that entities take part in or are the place of."""
        with self._read() as connection:
            return portions.events_with(connection, entities)

    def events_in(self, articles: Iterable[str]) -> set[str]:
        """Identifiers of events that articles tell."""
        with self._read() as connection:
            return portions.events_in(connection, articles)

    def reuses_of(self, articles: Collection[str]) -> Sequence[Reuse]:
        """Of the reuses of `linked`, those that one of these articles has to do with."""
        with self._read() as connection:
            return portions.reuses_of(connection, articles)

    def events_of(self, conflicts: Iterable[str]) -> set[str]:
        """Identifiers of the events of which conflicts are."""
        with self._read() as connection:
            return portions.events_of(connection, conflicts)

    def published_since(self, day: date) -> frozenset[str]:
        """Identifiers of articles that cannot have been published before this day."""
        with self._read() as connection:
            return portions.published_since(connection, day)

    def captured_since(self, day: str) -> frozenset[str]:
        """Identifiers of articles whose capture is of this ISO day (UTC) or later."""
        with self._read() as connection:
            return portions.captured_since(connection, day)

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
