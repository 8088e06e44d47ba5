"""What the store needs of a database beyond portable SQL: the seam between SQLite and a server database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Select, Table
from sqlalchemy.exc import DBAPIError

from quellenlage.errors import ArchiveUnusable

WRITING = "quellenlage_writing"
"""Execution option of connections that are going to write: their transactions come one after the other."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must occur: folded words side by side, the last one as a beginning if `prefix`.

    `literal`: who wrote it in quotation marks or with an asterisk means these letters, not their meaning.
    """

    words: tuple[str, ...]
    prefix: bool = False
    literal: bool = field(default=False, compare=False)


class Profile(Protocol):
    """What the store needs of a database beyond portable SQL."""

    def create_extras(self, connection: Connection) -> None:
        """Create the search index and protect the judgements against change."""

    def settle(self, connection: Connection) -> None:
        """Give what a migration made the types by which this database compares as all others do."""

    def protect_judgements(self, connection: Connection) -> None:
        """Let the database refuse every change of a judgement."""

    def release_judgements(self, connection: Connection) -> None:
        """Let judgements be changed until they are protected again, within one transaction."""

    def index_article(self, connection: Connection, article: str) -> None:
        """Add an article's rows of `sentences` to the search index."""

    def unindex_article(self, connection: Connection, article: str) -> None:
        """Take an article's rows of `sentences`, not yet deleted, out of the search index."""

    def rebuild_index(self, connection: Connection) -> None:
        """Make the search index anew, so that nothing of deleted rows stays in it."""

    def index_holds(self, connection: Connection) -> bool:
        """Whether search index and `sentences` say the same."""

    def search(self, connection: Connection, terms: Sequence[Term], limit: int) -> list[tuple[int, float]]:
        """Rows of `sentences` in which all terms occur, best first; the score grows with relevance."""

    def matching(self, terms: Sequence[Term], limit: int) -> Select[tuple[int]]:
        """The question for rows of `sentences` in which all terms occur, to be asked within another one."""

    def listed(self, values: Sequence[int] | Sequence[str], like: Any) -> Select[Any]:
        """The question for given values, of the kind of a column, however many, to be asked within another one."""

    def insert(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows that all have the same columns in the same order, at least one, as fast as can be."""

    def copy_in(self, connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows of all columns of a table as they are, with their numbers, however many."""

    def copied(self, connection: Connection, tables: Iterable[Table]) -> None:
        """Let everything go on from the rows of another archive that were copied into these tables."""

    def erase(self, engine: Engine) -> bool:
        """Remove what was deleted from the files; False when something keeps that from being completed."""

    def explain(self, error: DBAPIError, location: str) -> ArchiveUnusable:
        """Say in words what keeps the archive from being used, and what to do."""
