"""Which profile belongs to which database."""

from __future__ import annotations

from quellenlage.errors import ArchiveUnusable
from quellenlage.store.postgresql import PostgresProfile
from quellenlage.store.profile import Profile
from quellenlage.store.sqlite import SqliteProfile

_PROFILES: dict[str, Profile] = {"sqlite": SqliteProfile(), "postgresql": PostgresProfile()}


def profile_of(dialect: str) -> Profile:
    """Profile of a database by its SQLAlchemy name.

    Raises:
        ArchiveUnusable: no profile for it in this version.
    """
    try:
        return _PROFILES[dialect]
    except KeyError:
        raise ArchiveUnusable(
            "archives in {dialect} are not supported by this version", remedy="name a file instead", dialect=dialect
        ) from None
