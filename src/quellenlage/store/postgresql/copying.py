"""Many rows at once, by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    import psycopg


def write(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write rows with values for these columns, within the transaction of the connection.

    Raises:
        DBAPIError: the server refuses them.
    """
    import psycopg

    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    named = ", ".join(f'"{column}"' for column in columns)
    asked = f'COPY "{table}" ({named}) FROM STDIN'
    try:
        with raw.cursor() as cursor, cursor.copy(asked.encode()) as copy:
            for row in rows:
                copy.write_row(tuple(row))
    except psycopg.Error as error:
        raise DBAPIError.instance(asked, None, error, psycopg.Error, dialect=connection.dialect) from error
