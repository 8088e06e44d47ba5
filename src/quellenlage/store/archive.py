"""The archive that the pipeline and the views work with, over one SQL database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnection

from quellenlage.errors import ArchiveUnusable, Defect, NotFound
from quellenlage.model import (
    Activity,
    Capture,
    Document,
    Hit,
    Linked,
    Problem,
    Reference,
    ReferenceList,
    Rejection,
)
from quellenlage.model.making import Making
from quellenlage.model.ports import Changes, Delta, Floats, LinkedStand
from quellenlage.store import (
    appending,
    checking,
    deleting,
    loading,
    makings,
    neighbours,
    records,
    references,
    referring,
    schema,
    searching,
    state,
    vectors,
)
from quellenlage.store.decided import Decided
from quellenlage.store.forgetting import Forgetting
from quellenlage.store.kept import Kept
from quellenlage.store.layers import article_row, delete_layers, write_layers
from quellenlage.store.linking import read_gone, read_linked
from quellenlage.store.listing import writing as listing
from quellenlage.store.listing.reading import Listing
from quellenlage.store.opening import Opened, open_database
from quellenlage.store.packing import unpack_document, unpack_text
from quellenlage.store.portioned import DOCUMENTS, Portioned
from quellenlage.store.profile import WRITING, Profile
from quellenlage.store.remade import Remade

_BATCH = 32
"""Captures or documents read at a time; between two batches no transaction stays open."""

_MAX_HITS = 1000

_FEW = 500  # captures up to which they alone are looked up

_COUNTED = {
    "captures": schema.captures,
    "articles": schema.articles,
    "sentences": schema.sentences,
    "claims": schema.claims,
    "entities": schema.entities,
    "events": schema.events,
    "conflicts": schema.conflicts,
    "statements": schema.statements,
    "judgements": schema.judgements,
    "rejections": schema.rejections,
}


def open_archive(location: str, *, create: bool = False) -> SqlArchive:
    """Open the archive at a path or a database URL; make it first if `create` is set and it is not there.

    An archive of an older version is brought up to date.

    Raises:
        ArchiveUnusable: it is not there, not ours, of a newer version, damaged, locked, or cannot be written.
    """
    archive = SqlArchive(location, open_database(location, create=create))
    archive.finish_erasing()
    return archive


class SqlArchive(Listing, Portioned, Decided, Forgetting, Remade):
    """One archive (`quellenlage.model.Archive`); every write is one transaction, threads may share it."""

    def __init__(self, location: str, opened: Opened) -> None:
        self.location = location
        self._renewing = Lock()
        self._use(opened)

    def close(self) -> None:
        """Release the database."""
        self._held.let_go(self._engine)

    def renew(self) -> bool:
        """Work with the archive that lies at the location now, if it is another file than before; True if it is.

        Raises:
            ArchiveGone: nothing lies there any more.
            ArchiveUnusable: what lies there cannot be opened.
        """
        if self._held.stands():
            return False
        with self._renewing:
            if self._held.stands():
                return False
            self._held.let_go(self._engine)
            if not self._held.there():
                self._held.check()
            self._use(open_database(self.location, create=False))
        self.finish_erasing()
        return True

    def _use(self, opened: Opened) -> None:
        # In this order: whoever finds the new file watched finds its connections, and keeps no answer of the old one.
        self._engine: Engine = opened.engine
        self._writing = opened.engine.execution_options(**{WRITING: True})
        self._profile: Profile = opened.profile
        self._listed = False
        self._kept = Kept()
        self._shown = opened.shown
        self._held = opened.held

    # captures and documents
    def add_capture(self, capture: Capture) -> bool:
        """Keep a capture; False when it is already there, also where its text was deleted since."""
        table = schema.captures
        with self._write() as connection:
            if connection.scalar(select(table.c.sequence).where(table.c.id == capture.id)) is not None:
                return False
            connection.execute(insert(table), records.capture_row(capture))
        return True

    def captures(self) -> Iterator[Capture]:
        """Every capture that still has its text, in order."""
        table = schema.captures
        for row in self._in_batches(select(table).where(table.c.text_removed == 0), table.c.sequence):
            yield records.make_capture_from(row)

    def capture(self, capture_id: str) -> Capture:
        """One capture. Raises NotFound, also where its text was deleted."""
        with self._read() as connection:
            row = connection.execute(select(schema.captures).where(schema.captures.c.id == capture_id)).first()
        if row is None:
            raise NotFound("{reference}: no such capture", reference=capture_id)
        if row.text_removed:
            raise NotFound("{reference}: its text was deleted from the archive", reference=row.source)
        return records.make_capture_from(row)

    def capture_ids(self) -> list[str]:
        """Identifiers of all captures that still have their text, in order."""
        table = schema.captures
        with self._read() as connection:
            return list(
                connection.scalars(select(table.c.id).where(table.c.text_removed == 0).order_by(table.c.sequence))
            )

    def pending(self, fingerprints: Iterable[tuple[str, str]]) -> list[str]:
        """Of (capture id, fingerprint) pairs, those neither analysed nor rejected under this fingerprint."""
        asked = list(fingerprints)
        few = [capture for capture, _ in asked] if len(asked) <= _FEW else None
        done: set[tuple[str, str]] = set()
        with self._read() as connection:
            for table in (schema.articles, schema.rejections):
                chosen = select(table.c.capture, table.c.fingerprint)
                rows = connection.execute(chosen if few is None else chosen.where(table.c.capture.in_(few)))
                done.update((row.capture, row.fingerprint) for row in rows)
        return [one for one, fingerprint in asked if (one, fingerprint) not in done]

    def put_document(self, document: Document, fingerprint: str, making: Making | None = None) -> bool:
        """Write an article with its layers and its search rows, replacing an older one, in one transaction.

        With `making` it can be made again in part. Returns whether there was another one.

        Raises:
            NotFound: its capture is not in the archive, or has no text any more.
            Defect: local identifiers are not unique.
        """
        article, articles, captures = document.article, schema.articles, schema.captures
        with self._write() as connection:
            chosen = select(captures.c.sequence, captures.c.text_sha256).where(captures.c.text_removed == 0)
            capture = connection.execute(chosen.where(captures.c.id == article.capture)).first()
            if capture is None:
                raise NotFound(
                    "{reference}: its capture {capture} is not in the archive",
                    reference=article.source,
                    capture=article.capture,
                )
            there = connection.execute(
                select(articles.c.id, articles.c.document).where(articles.c.capture == article.capture)
            ).first()
            known = there.id if there else None
            values = article_row(
                document,
                fingerprint,
                own_text=capture.text_sha256 != article.text_sha256,
                text_sha256=article.text_sha256,
            )
            values |= makings.columns(connection, making)
            outlet = listing.outlet_of(connection, article.id)
            if known is not None and known != article.id:
                deleting.delete_document(connection, self._profile, known)
            if known == article.id:
                delete_layers(connection, self._profile, article.id)
                connection.execute(update(articles).where(articles.c.id == article.id).values(**values))
            else:
                connection.execute(insert(articles), values)
            write_layers(connection, self._profile, [document])
            if known == article.id:
                listing.follow(connection, article.id, outlet)
            connection.execute(delete(schema.rejections).where(schema.rejections.c.capture == article.capture))
            appending.unlink(connection, capture.sequence)
            another = there is not None and there.document != values["document"]
            if there is None or (another and known == article.id):  # one of another identifier was deleted above
                state.count(connection, state.CHANGED if there else state.ARRIVED)
        return another

    def put_articles(
        self, made: Sequence[tuple[Capture, Document, str]], told: Mapping[str, Making] | None = None
    ) -> int:
        """Keep new captures with their documents (and the fingerprints of these), all in one transaction.

        For archives that are made elsewhere, in bulk; a capture that is there already is left as it is, and so is its
        document. `told` gives by capture how documents were made. Returns how many were new.

        Raises:
            Defect: a document is not of its capture, or its local identifiers are not unique.
        """
        with self._write() as connection:
            return loading.put(connection, self._profile, made, told or {})

    def reject(self, rejection: Rejection, fingerprint: str) -> None:
        """Record that a capture could not be analysed, and why; an older document of it goes."""
        table, articles = schema.rejections, schema.articles
        values = {
            "capture": rejection.capture,
            "source": rejection.source,
            "stage": rejection.stage,
            "reason": rejection.reason,
            "fingerprint": fingerprint,
        }
        with self._write() as connection:
            known = connection.scalar(select(articles.c.id).where(articles.c.capture == rejection.capture))
            if known is not None:
                deleting.delete_document(connection, self._profile, known)
            connection.execute(delete(table).where(table.c.capture == rejection.capture))
            connection.execute(insert(table), values)
            sequence = select(schema.captures.c.sequence).where(schema.captures.c.id == rejection.capture)
            appending.unlink(connection, connection.scalar(sequence) or 0)

    def rejections(self) -> list[Rejection]:
        """What could not be analysed, in the order of capture."""
        table, captures = schema.rejections, schema.captures
        chosen = select(table).join(captures, captures.c.id == table.c.capture).order_by(captures.c.sequence)
        with self._read() as connection:
            return [Rejection(r.capture, r.source, r.stage, r.reason) for r in connection.execute(chosen)]

    def documents(self) -> Iterator[Document]:
        """Every article with its layers, in order of capture; deleted text is blank but for citations."""
        for row in self._in_batches(DOCUMENTS, schema.captures.c.sequence):
            yield _document(row)

    def document(self, article_id: str) -> Document:
        """One article by identifier, an unambiguous beginning (`MIN_BEGINNING`) or its source. Raises NotFound."""
        with self._read() as connection:
            found = referring.find_article(connection, article_id)
            return _document(connection.execute(DOCUMENTS.where(schema.articles.c.id == found)).one())

    # across articles
    def put_linked(
        self, linked: Linked, fingerprint: str, stand: LinkedStand | None = None, since: Changes | None = None
    ) -> bool:
        """Replace everything that spans articles, in one transaction; `stand` tells what was linked.

        Returns False, and writes nothing, where a document was changed or deleted `since`.
        """
        with self._write() as connection:
            now = state.changes(connection)
            if since and since.changed != now.changed:
                return False
            deleting.relink(connection, read_gone(connection, linked), linked)
            neighbours.complete(connection)
            whole = since is None or since == now
            state.put(connection, state.LINKED_FINGERPRINT, fingerprint if whole else None)
            appending.reset(connection, stand if whole else None)
        return True

    def append_linked(self, delta: Delta, before: LinkedStand, after: LinkedStand) -> bool:
        """Write what new articles bring, in one transaction; False where the stand is not that of `before` any more."""
        with self._write() as connection:
            if appending.stand(connection) != before:
                return False
            position = appending.append(connection, delta, before.position)
            appending.advance(connection, replace(after, position=position), delta.articles)
        return True

    def linked(self) -> Linked:
        """Everything that spans articles, as last written, less what was deleted since."""
        with self._read() as connection:
            return read_linked(connection)

    def linked_fingerprint(self) -> str | None:
        """Fingerprint of the last `put_linked`, None when it has to be done again."""
        with self._read() as connection:
            return state.get(connection, state.LINKED_FINGERPRINT)

    # references: lists from outside, input like the captures
    def put_references(self, listed: ReferenceList, entries: Iterable[tuple[Reference, Sequence[str]]]) -> int:
        """Keep a list with the blocking keys of each entry, in place of one of the same name; returns how many."""
        with self._write() as connection:
            return references.put(connection, listed, entries)

    def remove_references(self, name: str) -> int:
        """Remove a list; returns how many entries it had. Raises NotFound."""
        with self._write() as connection:
            return references.remove(connection, name)

    def reference_lists(self) -> list[ReferenceList]:
        """All lists, in order of name."""
        with self._read() as connection:
            return references.lists(connection)

    def list_entries(self, name: str) -> Iterator[Reference]:
        """Entries of a list, in order of identifier."""
        last = ""
        while True:
            with self._read() as connection:
                entries = references.entries_after(connection, name, last)
            if not entries:
                return
            yield from entries
            last = entries[-1].id

    def by_keys(self, keys: Iterable[str]) -> Sequence[Reference]:
        """Every entry with one of these keys, each once, in order of list and identifier."""
        with self._read() as connection:
            return references.by_keys(connection, keys)

    def by_ids(self, identifiers: Iterable[str]) -> Sequence[Reference]:
        """The entries of these identifiers that there are, in order of list and identifier."""
        with self._read() as connection:
            return references.by_ids(connection, identifiers)

    # provenance
    def add_activity(self, activity: Activity) -> None:
        """Append the record of a stage run."""
        with self._write() as connection:
            connection.execute(insert(schema.activities), records.activity_row(activity))

    def activities(self) -> list[Activity]:
        """All stage runs, oldest first."""
        table = schema.activities
        with self._read() as connection:
            rows = connection.execute(select(table).order_by(table.c.sequence))
            return [records.make_activity_from(row) for row in rows]

    # reading
    def search(self, query: str, *, limit: int = 20) -> Sequence[Hit]:
        """Full text over sentences; words must all occur, a phrase in quotation marks as it stands."""
        with self._read() as connection:
            return searching.search(connection, self._profile, query, min(limit, _MAX_HITS))

    def nearest(self, question: Floats, model: str, *, floor: float, limit: int, query: str = "") -> Sequence[Hit]:
        """Sentences of the report whose likeness to a vector is at least `floor`, best first.

        What stands in quotation marks in `query`, or ends in an asterisk, must occur in them.
        """
        from quellenlage.store import nearest  # numpy, which no other command needs

        with self._read() as connection:
            must = searching.literal_rows(connection, self._profile, query, _MAX_HITS)
            limit, asked = min(limit, _MAX_HITS), question[None, :]
            [near] = nearest.nearest(connection, asked, model, floor=floor, limit=limit, among=must)
            return nearest.hits(connection, near)

    def nearest_each(self, questions: Floats, model: str, *, floor: float, limit: int) -> Sequence[Sequence[Hit]]:
        """The same for each row of a matrix, every vector being read once for all of them."""
        from quellenlage.store import nearest  # numpy, which no other command needs

        with self._read() as connection:
            near = nearest.nearest_each(connection, questions, model, floor=floor, limit=min(limit, _MAX_HITS))
            return nearest.hits_each(connection, near)

    def without_vectors(self, model: str) -> list[str]:
        """Articles with text that have no vectors of this model, or were built anew since, in order of capture."""
        with self._read() as connection:
            return vectors.pending(connection, model)

    def lacking_vectors(self, model: str) -> int:
        """Number of articles `without_vectors`."""
        with self._read() as connection:
            question = ("lacking vectors", model)
            return self._kept.get(state.stand(connection), question, lambda: vectors.lacking(connection, model))

    def with_vectors(self, model: str) -> int:
        """Number of articles that `nearest` searches."""
        with self._read() as connection:
            return vectors.count(connection, model)

    def passages(self, article_id: str, model: str) -> list[str]:
        """Sentences of an article's report that have no vector of this model yet, each once."""
        with self._read() as connection:
            return vectors.unknown(connection, article_id, model)

    def put_vectors(self, article_id: str, model: str, found: Mapping[str, Floats]) -> bool:
        """Keep vectors by passage, beside those of unchanged sentences; False where one is still lacking."""
        with self._write() as connection:
            return vectors.put(connection, article_id, model, found)

    def counts(self) -> dict[str, int]:
        """Number of rows of each kind, from captures to rejections."""
        with self._read() as connection:
            return {
                name: connection.scalar(select(func.count()).select_from(table)) or 0
                for name, table in _COUNTED.items()
            }

    # deleting and checking
    def verify(self) -> list[Problem]:
        """Every evidence span against its text, every reference, the search index; empty when all holds."""
        with self._write() as connection:
            return checking.check(connection, self._profile)

    def finish_erasing(self) -> None:
        """Remove from the files what was deleted from the tables, if that is still to be done.

        Where another process reads the archive at the moment, the next opening tries again.
        """
        with self._guarded():
            with self._engine.connect() as connection:
                if state.get(connection, state.ERASURE_DUE) is None:
                    return
            # No connection of ours may still hold a view of the old pages.
            self._engine.dispose()
            if self._profile.erase(self._engine):
                with self._writing.begin() as connection:
                    state.put(connection, state.ERASURE_DUE, None)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._guarded(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._guarded(), self._writing.begin() as connection:
            state.advance(connection)
            yield connection
            self._held.check()  # while it was written: what is committed now would be lost

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn the database's errors into ours, and let nobody near a file that lies at the location no more."""
        self._held.check()
        try:
            yield
        except IntegrityError as error:
            raise Defect(f"{self._shown}: {error.orig}") from error
        except DBAPIError as error:
            raise self._profile.explain(error, self._shown) from error
        except NoConnection as error:
            raise ArchiveUnusable(
                "{location}: all connections to the archive are in use",
                remedy="try again in a moment",
                location=self._shown,
            ) from error

    def _in_batches(self, chosen: Any, sequence: Any) -> Iterator[schema.AnyRow]:
        last = -1
        while True:
            with self._read() as connection:
                rows = connection.execute(chosen.where(sequence > last).order_by(sequence).limit(_BATCH)).all()
            if not rows:
                return
            yield from rows
            last = rows[-1].sequence


def _document(row: schema.AnyRow) -> Document:
    return unpack_document(row.document, unpack_text(row.own or row.text))
