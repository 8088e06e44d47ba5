"""The tools over HTTP: one address of the workbench, behind its guards, with the tokens of its accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from quellenlage.model import Archive
from quellenlage.views.mcp.server import make_server
from quellenlage.views.web.access.refusing import Problem, Refused, refuse, state_of, too_often

PATH = "/mcp"
_PER_MINUTE, _BURST = 240, 60


class McpOverHttp:
    """Answers the Model Context Protocol by streamable HTTP; every request stands by itself, nothing is kept."""

    def __init__(self, archive: Archive) -> None:
        """Serve nothing yet."""
        self._archive = archive
        self._app: ASGIApp | None = None

    @property
    def route(self) -> Route:
        """Where it answers; other methods than POST are refused here, not by the router."""
        return Route(PATH, endpoint=self, include_in_schema=False)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Answer as long as the application runs."""
        server = make_server(self._archive)
        # Which hosts and origins may ask is checked by the guards, for all addresses alike.
        unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        app = server.streamable_http_app(
            streamable_http_path=PATH, json_response=True, stateless_http=True, transport_security=unchecked
        )
        async with server.session_manager.run():
            self._app = app
            try:
                yield
            finally:
                self._app = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of whoever may read."""
        if scope["method"] != "POST":
            refused = Problem(405, "only POST is a method of this address", {"Allow": "POST"})
            await refused.response()(scope, receive, send)
            return
        state = state_of(scope)
        if state["user"] is None:
            await refuse(scope, receive, send, Refused(401, "login"))
            return
        if state["asker"] is not None:
            wait = state["access"].buckets.take(f"mcp {state['asker']}", per_minute=_PER_MINUTE, burst=_BURST)
            if wait:
                await refuse(scope, receive, send, too_often(wait))
                return
        if self._app is None:
            await Problem(503, "the server is starting or stopping").response()(scope, receive, send)
            return
        await self._app(scope, receive, send)
