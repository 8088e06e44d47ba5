"""Reading an archive in part: documents one by one, some stories, what an earlier link alone had."""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date

from sqlalchemy import Connection, select

from quellenlage.errors import changed_meanwhile
from quellenlage.model import ChronicleEntry, Document, Linked, Reuse, Story
from quellenlage.model.ports import Changes, LinkedStand, Placed
from quellenlage.store import appending, neighbours, placing, portions, schema, state
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

        Raises:
            ChangedMeanwhile: one that is asked for was deleted.
        """
        return self._shelf(self.order())

    def order(self) -> array[int]:
        """The numbers of the captures that have a document, in order."""
        articles, captures = schema.articles, schema.captures
        chosen = select(captures.c.sequence).join(articles, articles.c.capture == captures.c.id)
        with self._read() as connection:
            return array("q", connection.scalars(chosen.order_by(captures.c.sequence)))

    def shelf_of(self, articles: Collection[str]) -> Sequence[Document]:
        """Some articles like `shelf`."""
        table, captures = schema.articles, schema.captures
        chosen = select(captures.c.sequence).join(table, table.c.capture == captures.c.id)
        with self._read() as connection:
            asked = (chosen.where(table.c.id.in_(some)) for some in portions.in_parts(articles))
            found = sorted(one for some in asked for one in connection.scalars(some))
        return self._shelf(array("q", found))

    def _shelf(self, order: array[int]) -> Shelf:
        captures = schema.captures

        def read(place: int, count: int) -> list[tuple[bytes, bytes]]:
            wanted = order[place : place + count]
            among = captures.c.sequence.between(wanted[0], wanted[-1])
            if wanted[-1] - wanted[0] >= len(wanted):
                among = captures.c.sequence.in_(list(wanted))
            asked = DOCUMENTS.where(among).order_by(captures.c.sequence)
            with self._read() as connection:
                rows = [(row.own or row.text, row.document) for row in connection.execute(asked)]
            if len(rows) != len(wanted):
                raise changed_meanwhile()
            return rows

        return Shelf(len(order), read)

    def changes(self) -> Changes:
        """How often documents came, and how often they were changed or deleted, up to now."""
        with self._read() as connection:
            return state.changes(connection)

    def linked_stand(self) -> LinkedStand | None:
        """What is linked and still is as it was then; None where the next link has to be a whole one."""
        with self._read() as connection:
            return appending.stand(connection)

    def provisional(self) -> tuple[str, ...]:
        """Articles that were linked with what is nearest to them alone, since the last whole link."""
        with self._read() as connection:
            return appending.provisional(connection)

    def captures_after(self, sequence: int) -> list[tuple[int, str]]:
        """Numbers and identifiers of the captures that came after the one of this number, in order."""
        table = schema.captures
        chosen = select(table.c.sequence, table.c.id).where(table.c.sequence > sequence, table.c.text_removed == 0)
        with self._read() as connection:
            return [(row.sequence, row.id) for row in connection.execute(chosen.order_by(table.c.sequence))]

    def near(self, articles: Sequence[str], among: int, most: int) -> list[str]:
        """Articles, of the captures up to the number `among`, that have most to do with these, `most` of them."""
        table, captures = schema.articles, schema.captures
        chosen = select(table.c.id).join(captures, captures.c.id == table.c.capture)
        documents = list(self.shelf_of(articles))
        with self._read() as connection:
            found = neighbours.nearest(connection, documents, among, most)
            return list(connection.scalars(chosen.where(captures.c.sequence.in_(found))))

    def placed(self, articles: Collection[str]) -> Placed:
        """Where what these articles tell stands across articles."""
        with self._read() as connection:
            return placing.placed(connection, frozenset(articles))

    def parts_of(self, identifiers: Collection[str]) -> Linked:
        """Entities, events, statements, stories, origins of these identifiers; conflicts of the events among them.

        And the lines of the stories among them.
        """
        with self._read() as connection:
            return placing.parts_of(connection, identifiers)

    def lines_of(self, events: Collection[str]) -> Sequence[ChronicleEntry]:
        """The lines of the chronicle that tell these events."""
        with self._read() as connection:
            return placing.lines_of(connection, events)

    def first_reports(self, events: Collection[str]) -> dict[str, date]:
        """The last days on which the first articles that tell these events can have been published, where known."""
        with self._read() as connection:
            return placing.first_reports(connection, events)

    def articles_of(self, captures: Collection[str]) -> list[str]:
        """Articles that were made of these captures, in order of capture."""
        table, taken = schema.articles, schema.captures
        chosen = select(taken.c.sequence, table.c.id).join(taken, taken.c.id == table.c.capture)
        with self._read() as connection:
            asked = (chosen.where(table.c.capture.in_(some)) for some in portions.in_parts(captures))
            found = sorted((row.sequence, row.id) for some in asked for row in connection.execute(some))
        return [article for _, article in found]

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

    def identifiers(self, beginning: str) -> list[str]:
        """Identifiers of articles, claims, event mentions and all that spans articles, by how they begin."""
        columns = (
            schema.articles.c.id,
            schema.claims.c.key,
            schema.event_mentions.c.key,
            schema.entities.c.id,
            schema.events.c.id,
            schema.conflicts.c.id,
            schema.stories.c.id,
            schema.statements.c.id,
            schema.origins.c.id,
            schema.aliases.c.id,
            schema.reference_entities.c.id,
        )
        with self._read() as connection:
            found = {
                identifier
                for column in columns
                for identifier in connection.scalars(
                    select(column).where(column.startswith(beginning, autoescape=True))
                )
            }
        return sorted(found)
