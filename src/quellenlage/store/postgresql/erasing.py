"""Deleted words out of the files of the server."""

from __future__ import annotations

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

from quellenlage.store.postgresql.connecting import WAIT_WRITING_SECONDS
from quellenlage.store.postgresql.troubles import BUSY, code_of

_NOT_YET = BUSY | {"53100", "57014"}
_NOT_ALLOWED = "42501"


def erase(engine: Engine) -> bool:
    """Write every table and its indexes anew, without dead rows; False where somebody reads them all the while.

    The server's log of changes still has them until it is used again: a checkpoint, where we may ask for one, lets that
    begin. Copies, replicas and kept logs are the business of who runs the server.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = {round(WAIT_WRITING_SECONDS * 1000)}")
        try:
            for table in sorted(inspect(connection).get_table_names()):
                connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{table}"')
        except DBAPIError as error:
            if code_of(error) in _NOT_YET:
                return False
            raise
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
        try:
            connection.exec_driver_sql("CHECKPOINT")
        except DBAPIError as error:
            if code_of(error) != _NOT_ALLOWED:
                raise
    return True
