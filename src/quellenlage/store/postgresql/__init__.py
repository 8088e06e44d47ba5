"""All that only PostgreSQL knows: connections, the schema's own types, full text, locks, erasing, error codes."""

from quellenlage.store.postgresql.profile import PostgresProfile

__all__ = ["PostgresProfile"]
