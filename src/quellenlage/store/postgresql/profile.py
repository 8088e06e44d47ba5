"""PostgreSQL as a database of archives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Connection, Engine, Select, Table, Text, bindparam, func, select
from sqlalchemy.exc import DBAPIError

from quellenlage.errors import ArchiveUnusable
from quellenlage.store.postgresql import copying, ddl, troubles, words
from quellenlage.store.postgresql.erasing import erase
from quellenlage.store.profile import Term


class PostgresProfile:
    """PostgreSQL with a GIN index over the words of sentences."""

    def create_extras(self, connection: Connection) -> None:
        """Create what finds sentences and the trigger that keeps judgements as they are."""
        ddl.create_extras(connection)

    def settle(self, connection: Connection) -> None:
        """Let words of new columns be compared as those of the old ones are."""
        ddl.settle(connection)

    def protect_judgements(self, connection: Connection) -> None:
        """Create the trigger that refuses a change."""
        ddl.protect(connection)

    def release_judgements(self, connection: Connection) -> None:
        """Drop the trigger; if the transaction fails, it is there again."""
        ddl.release(connection)

    def index_article(self, connection: Connection, article: str) -> None:
        """Count an article's rows of `sentences`; the server indexes them by itself."""
        words.count(connection, article, 1)

    def unindex_article(self, connection: Connection, article: str) -> None:
        """Count them no more."""
        words.count(connection, article, -1)

    def rebuild_index(self, connection: Connection) -> None:
        """Count anew; `erase` writes the index without what was deleted."""
        words.recount(connection)

    def index_holds(self, connection: Connection) -> bool:
        """Whether search index and `sentences` say the same."""
        return words.holds(connection)

    def search(self, connection: Connection, terms: Sequence[Term], limit: int) -> list[tuple[int, float]]:
        """Rank by BM25, sentences of the report before what stands beside it, then in order of capture."""
        return words.search(connection, terms, limit)

    def matching(self, terms: Sequence[Term], limit: int) -> Select[tuple[int]]:
        """The question for rows in which all terms occur, without a rank."""
        return words.matching(terms, limit)

    def listed(self, values: Sequence[int] | Sequence[str], like: Any) -> Select[Any]:
        """The question for given values: one parameter, an array."""
        type_ = ARRAY(Text if like.type.python_type is str else BigInteger)
        return select(func.unnest(bindparam("values", list(values), type_, unique=True)))

    def insert(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows that all have the same columns by COPY."""
        copying.write(connection, table.name, list(rows[0]), (row.values() for row in rows))

    def copy_in(self, connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows of all columns of a table by COPY, however many."""
        copying.write(connection, table.name, [column.name for column in table.columns], rows)

    def copied(self, connection: Connection, tables: Iterable[Table]) -> None:
        """Let numbers go on from the rows that came with theirs, count sentences, tell the planner what came."""
        ddl.copied(connection, tables)
        words.recount(connection)
        connection.exec_driver_sql("ANALYZE")

    def erase(self, engine: Engine) -> bool:
        """Write the tables anew without what was deleted."""
        return erase(engine)

    def explain(self, error: DBAPIError, location: str) -> ArchiveUnusable:
        """Words for PostgreSQL's codes."""
        return troubles.explain(error, location)
