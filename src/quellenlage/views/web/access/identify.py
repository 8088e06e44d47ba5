"""Who asks: whoever sits at the machine, the session of a cookie, the token of a program, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from quellenlage.views.discretion import hiding
from quellenlage.views.web.access.csrf import SAFE
from quellenlage.views.web.access.limits import network_of
from quellenlage.views.web.access.paths import local_path
from quellenlage.views.web.access.refusing import Refused, for_programs, refuse, state_of
from quellenlage.views.web.access.roles import Role, User
from quellenlage.views.web.access.secret import csrf_of, well_formed
from quellenlage.views.web.access.sessions import Session
from quellenlage.views.web.assets import PREFIX

if TYPE_CHECKING:
    from quellenlage.views.web.access.access import Access

LOGIN, HEALTH = "/login", "/health"
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="quellenlage"'}


class Identify:
    """Puts into `request.state`: `user`, `csrf`, `session` (its digest), `bearer`, `asker`, `form`, `access`."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        """Take what is inside."""
        self.app = app
        self._access = access
        self._local = access.settings.local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out, and send who has to log in to the login."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        client = scope.get("client")
        state = state_of(scope)
        state.update(access=self._access, user=None, csrf="", session=None, bearer=False, form=None)
        state["asker"] = None if self._local else network_of(client[0] if client else "")
        public = path in {LOGIN, HEALTH} or path.startswith(f"{PREFIX}/")
        headers = Headers(scope=scope)
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and for_programs(path):
            if not await self._by_token(scope, token.strip()):
                await refuse(scope, receive, send, Refused(401, "token", headers=_CHALLENGE))
                return
        elif self._local:
            state.update(user=self._access.local_user, csrf=csrf_of(self._access.local_secret))
        else:
            await self._by_cookie(scope, headers.get("cookie", ""))
        if state["user"] is None and not public:
            await self._ask_for_login(scope, receive, send, headers)
            return
        user: User | None = state["user"]
        with hiding(user is None or not user.role.covers(Role.ADMIN)):
            await self.app(scope, receive, send)

    async def _by_token(self, scope: Scope, token: str) -> bool:
        book = self._access.book()
        found = book.tokens.find(token) if book else None
        if book is None or found is None:
            return False
        if found.stale:
            await run_in_threadpool(book.tokens.touch, found.digest)
        _enter(scope, found, bearer=True)
        return True

    async def _by_cookie(self, scope: Scope, header: str) -> None:
        book = self._access.book()
        cookies = cookie_parser(header)
        secret = cookies.get(self._access.session_cookie, "")
        found = book.sessions.find(secret) if secret and book else None
        if book is not None and found is not None:
            if found.stale:
                await run_in_threadpool(book.sessions.touch, found.digest)
            _enter(scope, found, bearer=False)
            state_of(scope)["csrf"] = csrf_of(secret)
            return
        form = cookies.get(self._access.form_cookie, "")
        if well_formed(form):
            state_of(scope).update(form=form, csrf=csrf_of(form))

    async def _ask_for_login(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        if for_programs(scope["path"]):
            await refuse(scope, receive, send, Refused(401, "login", headers=_CHALLENGE))
        elif "hx-request" in headers:
            await refuse(scope, receive, send, Refused(401, "login", headers={"HX-Redirect": LOGIN}))
        elif scope["method"] in SAFE:
            query = scope["query_string"].decode("latin-1")
            wanted = local_path(scope["path"] + (f"?{query}" if query else ""))
            where = LOGIN if wanted == "/" else f"{LOGIN}?{urlencode({'next': wanted})}"
            await RedirectResponse(where, 303)(scope, receive, send)
        else:
            await refuse(scope, receive, send, Refused(401, "login"))


def _enter(scope: Scope, found: Session, *, bearer: bool) -> None:
    state_of(scope).update(user=found.user, session=found.digest, bearer=bearer, asker=found.digest)
