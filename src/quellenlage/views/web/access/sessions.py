"""Sessions of browsers: a random secret in a cookie, of which only a digest is kept; they end by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, bindparam, delete, select, update

from quellenlage.store.profile import WRITING
from quellenlage.views.web.access.accounts import Clock
from quellenlage.views.web.access.roles import Role, User
from quellenlage.views.web.access.secret import digest_of, new_secret, well_formed
from quellenlage.views.web.access.settings import Bounds
from quellenlage.views.web.access.tables import accounts, sessions

_FIND = (
    select(accounts.c.id, accounts.c.name, accounts.c.role, sessions.c.created_at, sessions.c.seen_at)
    .join_from(sessions, accounts, sessions.c.account == accounts.c.id)
    .where(sessions.c.digest == bindparam("digest"), accounts.c.disabled_at.is_(None))
)

TOUCH = 60
"""Seconds between two notes of when somebody was last seen: not every page writes."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that holds; `stale` says that its last use should be noted."""

    user: User
    digest: str
    stale: bool


class Sessions:
    """Who is logged in."""

    def __init__(self, engine: Engine, clock: Clock, bounds: Bounds) -> None:
        """Take the open file and how long sessions last."""
        self._engine = engine
        self._writer = engine.execution_options(**{WRITING: True})
        self._clock = clock
        self._bounds = bounds

    def start(self, account: int) -> str:
        """A new session of an account: its secret. What expired meanwhile is cleared away."""
        secret, now = new_secret(), int(self._clock())
        row = {"digest": digest_of(secret), "account": account, "created_at": now, "seen_at": now}
        old = (sessions.c.seen_at <= now - self._bounds.idle) | (sessions.c.created_at <= now - self._bounds.absolute)
        with self._writer.begin() as connection:
            connection.execute(delete(sessions).where(old))
            connection.execute(sessions.insert(), row)
        return secret

    def find(self, secret: str) -> Session | None:
        """The session of a secret, if it holds: not ended, not too old, not idle too long, the account not disabled."""
        if not well_formed(secret):
            return None
        digest = digest_of(secret)
        with self._engine.connect() as connection:
            row = connection.execute(_FIND, {"digest": digest}).first()
        if row is None:
            return None
        account, name, role, created_at, seen_at = row
        now = self._clock()
        if now - created_at >= self._bounds.absolute or now - seen_at >= self._bounds.idle:
            return None
        return Session(User(name, Role(role), account), digest, stale=now - seen_at >= TOUCH)

    def touch(self, digest: str) -> None:
        """Note that it was used just now."""
        with self._writer.begin() as connection:
            connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=int(self._clock())))

    def end(self, digest: str) -> None:
        """Log out."""
        with self._writer.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest))
