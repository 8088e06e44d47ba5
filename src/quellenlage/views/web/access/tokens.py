"""Tokens of programs for the REST API and MCP: named, limited to a role, shown once and kept as a digest."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError

from quellenlage.errors import BadInput, NotFound
from quellenlage.model import fold
from quellenlage.store.profile import WRITING
from quellenlage.views.web.access.accounts import Clock, no_account
from quellenlage.views.web.access.roles import Role, User, lesser
from quellenlage.views.web.access.secret import digest_of, new_token, well_formed
from quellenlage.views.web.access.sessions import TOUCH, Session
from quellenlage.views.web.access.tables import accounts, tokens

_DAY = 24 * 3600
_LONGEST_LABEL = 64

_FIND = (
    select(
        accounts.c.id, accounts.c.name, accounts.c.role, tokens.c.role, tokens.c.expires_at, tokens.c.seen_at
    )
    .join_from(tokens, accounts, tokens.c.account == accounts.c.id)
    .where(tokens.c.digest == bindparam("digest"), accounts.c.disabled_at.is_(None))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret."""

    account: str
    label: str
    role: Role
    created_at: int
    expires_at: int | None
    seen_at: int | None


class Tokens:
    """What programs may use."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Take the open file."""
        self._engine = engine
        self._writer = engine.execution_options(**{WRITING: True})
        self._clock = clock

    def add(self, name: str, label: str, role: Role, *, days: int | None) -> str:
        """A new token of an account: it may never do more than the account. Raises NotFound, BadInput."""
        shown = " ".join(label.split())
        if not shown or len(shown) > _LONGEST_LABEL or not shown.isprintable():
            raise BadInput(label, "this cannot be the name of a token", remedy="say what will use it")
        token, now = new_token(), int(self._clock())
        try:
            with self._writer.begin() as connection:
                account = connection.scalar(_ENABLED, {"folded": fold(name)})
                if account is None:
                    raise no_account(name)
                row = {"digest": digest_of(token), "account": account, "label": shown, "role": role}
                ends = now + days * _DAY if days else None
                connection.execute(tokens.insert(), {**row, "created_at": now, "expires_at": ends})
        except IntegrityError:
            raise BadInput(
                label, "there is a token of this name already", remedy="revoke it first, or choose another name"
            ) from None
        return token

    def find(self, token: str) -> Session | None:
        """Whose token it is, with the lesser of the two roles."""
        if not well_formed(token):
            return None
        digest = digest_of(token)
        with self._engine.connect() as connection:
            row = connection.execute(_FIND, {"digest": digest}).first()
        if row is None:
            return None
        account, name, role, limit, ends, seen_at = row
        now = self._clock()
        if ends is not None and now >= ends:
            return None
        user = User(name, lesser(Role(role), Role(limit)), account)
        return Session(user, digest, stale=now - (seen_at or 0) >= TOUCH)

    def touch(self, digest: str) -> None:
        """Note that it was used just now."""
        with self._writer.begin() as connection:
            connection.execute(update(tokens).where(tokens.c.digest == digest).values(seen_at=int(self._clock())))

    def all(self) -> list[Token]:
        """Every token, by account and name."""
        columns = (tokens.c.label, tokens.c.role, tokens.c.created_at, tokens.c.expires_at, tokens.c.seen_at)
        found = select(accounts.c.name, *columns).join_from(tokens, accounts, tokens.c.account == accounts.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(found.order_by(accounts.c.folded, tokens.c.label))
            return [Token(name, label, Role(role), *times) for name, label, role, *times in rows]

    def revoke(self, name: str, label: str) -> None:
        """Let nothing in by it any more. Raises NotFound."""
        owner = select(accounts.c.id).where(accounts.c.folded == fold(name)).scalar_subquery()
        gone = delete(tokens).where(tokens.c.account == owner, tokens.c.label == " ".join(label.split()))
        with self._writer.begin() as connection:
            if not connection.execute(gone).rowcount:
                raise NotFound(
                    "{name}: there is no token {label}",
                    remedy="quellenlage accounts list names them",
                    name=name,
                    label=label,
                )


_ENABLED = select(accounts.c.id).where(accounts.c.folded == bindparam("folded"), accounts.c.disabled_at.is_(None))
