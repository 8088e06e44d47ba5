"""Whether the archive that is served still lies where it lay: followed where another took its place, missed aloud."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from quellenlage.errors import ArchiveUnusable
from quellenlage.model import Archive
from quellenlage.views.api.problems import problem
from quellenlage.views.discretion import discreet
from quellenlage.views.web import failures
from quellenlage.views.web.access.refusing import for_programs
from quellenlage.views.web.assets import PREFIX

EVERY = 1.0
"""Seconds between two looks while nobody asks: what SQLite left beside a file that is gone must not lie there long."""

_WITHOUT = (PREFIX, "/login", "/logout", "/account", "/accounts")
"""Paths, with all below them, that need no archive."""


class Standing:
    """Looks before each request; without an archive every page says so."""

    def __init__(self, app: ASGIApp, archive: Archive) -> None:
        """Take what is inside, and what it reads."""
        self.app = app
        self._archive = archive

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what can be answered."""
        path: str = scope.get("path", "")
        if scope["type"] == "http" and not any(path == one or path.startswith(f"{one}/") for one in _WITHOUT):
            try:
                await run_in_threadpool(self._archive.renew)
            except ArchiveUnusable as error:
                answer = _told(Request(scope, receive), error)
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _told(request: Request, error: ArchiveUnusable) -> Response:
    if for_programs(request.url.path):
        return problem(request, 503, str(discreet(error.said)), remedy=str(discreet(error.advice)))
    return failures.known(request, error)


@asynccontextmanager
async def watched(archive: Archive) -> AsyncIterator[None]:
    """Look every now and then as long as this lasts."""

    async def look() -> None:
        while True:
            await asyncio.sleep(EVERY)
            with suppress(ArchiveUnusable):  # the next request tells it
                await run_in_threadpool(archive.renew)

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
