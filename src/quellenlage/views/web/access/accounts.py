"""Accounts: who may log in, and as what. There is always somebody left who can manage them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from quellenlage.errors import BadInput, NotFound
from quellenlage.model import fold
from quellenlage.store.profile import WRITING
from quellenlage.views.web.access.roles import Role
from quellenlage.views.web.access.tables import accounts, sessions, tokens

Clock = Callable[[], float]
"""Seconds since 1970."""

_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Account:
    """An account without its hash."""

    id: int
    name: str
    role: Role
    created_at: int
    disabled_at: int | None
    sessions: int
    """How many have not ended; among them may be expired ones that nobody asked for since."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a login is checked against."""

    id: int
    name: str
    hash: str
    disabled: bool


class Accounts:
    """The accounts of a file; every change is one transaction."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Take the open file."""
        self._engine = engine
        self._writer = engine.execution_options(**{WRITING: True})
        self._clock = clock

    def add(self, name: str, kept: str, role: Role) -> None:
        """Make an account with the hash of its password. Raises BadInput for a name that is none or is taken."""
        shown = " ".join(name.split())
        if not fold(shown) or len(shown) > _LONGEST_NAME or not shown.isprintable():
            raise BadInput(
                name, "this cannot be the name of an account", remedy="letters and digits, at most {n}", n=_LONGEST_NAME
            )
        row = {"name": shown, "folded": fold(shown), "hash": kept, "role": role, "created_at": int(self._clock())}
        try:
            with self._writer.begin() as connection:
                connection.execute(accounts.insert(), row)
        except IntegrityError:
            raise BadInput(name, "there is an account of this name already", remedy="choose another name") from None

    def all(self) -> list[Account]:
        """Every account, by name."""
        open_sessions = (
            select(func.count()).select_from(sessions).where(sessions.c.account == accounts.c.id).scalar_subquery()
        )
        columns = (accounts.c.id, accounts.c.name, accounts.c.role, accounts.c.created_at, accounts.c.disabled_at)
        with self._engine.connect() as connection:
            rows = connection.execute(select(*columns, open_sessions).order_by(accounts.c.folded))
            return [Account(a, b, Role(c), d, e, int(f or 0)) for a, b, c, d, e, f in rows]

    def kept(self, name: str) -> Kept | None:
        """What is kept of an account, by its name however it is spelled."""
        columns = (accounts.c.id, accounts.c.name, accounts.c.hash, accounts.c.disabled_at)
        with self._engine.connect() as connection:
            row = connection.execute(select(*columns).where(accounts.c.folded == fold(name))).first()
        return Kept(row[0], row[1], row[2], row[3] is not None) if row else None

    def has_admin(self) -> bool:
        """Whether somebody can manage accounts."""
        with self._engine.connect() as connection:
            return _admins(connection) > 0

    def set_hash(self, name: str, kept: str, *, end_sessions: bool) -> None:
        """Keep the hash of a password: a new one ends all sessions and tokens, new parameters of the old one none.

        Who changes a password because somebody else knew it has no way to tell what that one made with it.

        Raises:
            NotFound: no account of this name.
        """
        with self._writer.begin() as connection:
            account = _id(connection, name)
            connection.execute(update(accounts).where(accounts.c.id == account).values(hash=kept))
            if end_sessions:
                connection.execute(delete(sessions).where(sessions.c.account == account))
                connection.execute(delete(tokens).where(tokens.c.account == account))

    def set_role(self, name: str, role: Role) -> None:
        """Change what somebody may do; it holds at once. Raises NotFound, BadInput for the last one who manages."""
        with self._writer.begin() as connection, _keeping_an_admin(connection, name):
            connection.execute(update(accounts).where(accounts.c.id == _id(connection, name)).values(role=role))

    def disable(self, name: str) -> None:
        """End all sessions and tokens of an account and let nobody in by it. Raises as `set_role`."""
        with self._writer.begin() as connection:
            account = _id(connection, name)
            with _keeping_an_admin(connection, name):
                disabled = update(accounts).where(accounts.c.id == account)
                connection.execute(disabled.values(disabled_at=int(self._clock())))
            connection.execute(delete(sessions).where(sessions.c.account == account))
            connection.execute(delete(tokens).where(tokens.c.account == account))

    def enable(self, name: str) -> None:
        """Let somebody in again. Raises NotFound."""
        with self._writer.begin() as connection:
            connection.execute(update(accounts).where(accounts.c.id == _id(connection, name)).values(disabled_at=None))

    def end_sessions(self, name: str) -> int:
        """Log somebody out everywhere; how many sessions there were. Raises NotFound."""
        with self._writer.begin() as connection:
            gone = connection.execute(delete(sessions).where(sessions.c.account == _id(connection, name)))
            return int(gone.rowcount)


def _id(connection: Connection, name: str) -> int:
    found: int | None = connection.scalar(select(accounts.c.id).where(accounts.c.folded == fold(name)))
    if found is None:
        raise no_account(name)
    return found


def no_account(name: str) -> NotFound:
    """The error that nobody has an account of a name."""
    return NotFound("{name}: there is no such account", remedy="quellenlage accounts list names them", name=name)


def _admins(connection: Connection) -> int:
    rule = (accounts.c.role == Role.ADMIN) & accounts.c.disabled_at.is_(None)
    return connection.scalar(select(func.count()).select_from(accounts).where(rule)) or 0


@contextmanager
def _keeping_an_admin(connection: Connection, name: str) -> Iterator[None]:
    """Undo a change after which nobody could manage accounts, where somebody could before. Raises BadInput."""
    before = _admins(connection)
    yield
    if before and not _admins(connection):
        raise BadInput(
            name, "nobody could manage the accounts any more", remedy="give somebody else the role admin first"
        )
