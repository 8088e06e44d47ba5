"""One archive in one SQL database: SQLite in a file by default."""

from quellenlage.store.aliases import heirs, present
from quellenlage.store.archive import SqlArchive, open_archive
from quellenlage.store.redaction import digest_as_received
from quellenlage.store.referring import MIN_BEGINNING

__all__ = ["MIN_BEGINNING", "SqlArchive", "digest_as_received", "heirs", "open_archive", "present"]
