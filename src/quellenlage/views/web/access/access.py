"""The guards of an application, in their order, and what they share."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from quellenlage.errors import ArchiveUnusable
from quellenlage.views.cli.person import user_name
from quellenlage.views.web.access.accounts import Clock
from quellenlage.views.web.access.book import Book
from quellenlage.views.web.access.csrf import Csrf
from quellenlage.views.web.access.entrance import Bodies, Entrance
from quellenlage.views.web.access.headers import SecurityHeaders
from quellenlage.views.web.access.identify import Identify
from quellenlage.views.web.access.limits import Buckets, Delays
from quellenlage.views.web.access.passwords import Passwords
from quellenlage.views.web.access.refusing import Refused, response_to
from quellenlage.views.web.access.roles import Role, User
from quellenlage.views.web.access.secret import new_secret
from quellenlage.views.web.access.settings import Settings

_HASHES_AT_ONCE, _HASHES_WAITING = 2, 32


@dataclass(frozen=True, slots=True)
class Clocks:
    """Seconds since 1970, and seconds that never run backwards."""

    wall: Clock = time.time
    steady: Clock = time.monotonic


class Access:
    """Who may do what on one server. Made by `make_access`."""

    def __init__(self, settings: Settings, passwords: Passwords, clocks: Clocks) -> None:
        """Open the accounts, where there are any. Raises ArchiveUnusable, BadInput."""
        self.settings = settings
        self._wall = clocks.wall
        self.passwords = passwords
        self.delays = Delays(clocks.steady)
        self.buckets = Buckets(clocks.steady)
        self.local_user = User(user_name(), Role.ADMIN)
        self.local_secret = new_secret()
        prefix = "__Host-" if settings.https else ""
        # Browsers keep cookies by host: the port tells two servers of one machine apart.
        self.session_cookie = f"{prefix}quellenlage-{settings.port}"
        self.form_cookie = f"{prefix}quellenlage-form-{settings.port}"
        self._book: Book | None = None
        self._hashing: CapacityLimiter | None = None

    def book(self, *, create: bool = False) -> Book | None:
        """The accounts; on this machine there may be none until somebody makes one. Raises ArchiveUnusable."""
        if self._book is None:
            path = self.settings.accounts_path()
            if create or path.exists():
                self._book = Book(path, create=create, bounds=self.settings.bounds, clock=self._wall)
        return self._book

    def install(self, app: FastAPI) -> None:
        """Put the guards before an application and add the pages of logins and accounts.

        A middleware that is added later stands outside the guards, a page that is added later within.
        """
        from quellenlage.views.web.access.pages import router

        app.include_router(router, include_in_schema=False)
        app.add_exception_handler(Refused, _refused)
        # The last one added is the first one asked.
        app.add_middleware(Csrf, settings=self.settings)
        app.add_middleware(Identify, access=self)
        app.add_middleware(Bodies, settings=self.settings)
        app.add_middleware(Entrance, settings=self.settings)
        app.add_middleware(SecurityHeaders, settings=self.settings)

    async def matches(self, password: str, kept: str | None) -> bool:
        """Check a password beside the requests of others. Raises Refused where too many wait for that."""
        if self._hashing is None:
            self._hashing = CapacityLimiter(_HASHES_AT_ONCE)
        if self._hashing.statistics().tasks_waiting >= _HASHES_WAITING:
            raise Refused(503, "busy", headers={"Retry-After": "5"})
        return await to_thread.run_sync(self.passwords.check, password, kept, limiter=self._hashing)

    def set_cookie(self, answer: Response, name: str, value: str) -> None:
        """Give a browser a secret that no script reads, no other site sends, and that goes when the browser closes."""
        answer.set_cookie(name, value, path="/", secure=self.settings.https, httponly=True, samesite="lax")

    def drop_cookie(self, answer: Response, name: str) -> None:
        """Let a browser forget a secret."""
        answer.delete_cookie(name, path="/", secure=self.settings.https, httponly=True, samesite="lax")


def make_access(settings: Settings, *, passwords: Passwords | None = None, clocks: Clocks | None = None) -> Access:
    """The guards of a server.

    Raises:
        ArchiveUnusable: other machines reach it, and there is no account that manages the others.
        BadInput: it is not said under which names it is reached, or a name or a proxy is none.
    """
    access = Access(settings, passwords or Passwords(), clocks or Clocks())
    Entrance(_nothing, settings)
    if settings.local:
        return access
    book = access.book()
    if book is None or not book.accounts.has_admin():
        raise ArchiveUnusable(
            "other machines can reach {host}, and there is no account with the role admin",
            remedy="make one: quellenlage accounts add NAME --role admin; or leave --host out",
            host=settings.host,
        )
    access.passwords.check("", None)  # computes what a login for nobody is compared with
    return access


async def _nothing(_scope: Any, _receive: Any, _send: Any) -> None:
    """Stand in for an application while settings are checked."""


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101 - registered for it alone
    return response_to(request, error)


def server_options(settings: Settings) -> dict[str, Any]:
    """What uvicorn has to know: whom to believe is decided by `Entrance` alone, and nobody holds a connection open."""
    return {
        "host": settings.host,
        "port": settings.port,
        "proxy_headers": False,
        "server_header": False,
        "timeout_keep_alive": 15,
        "h11_max_incomplete_event_size": settings.bounds.headers + settings.bounds.address,
    }
