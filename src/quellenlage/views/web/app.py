"""The application that `quellenlage serve` runs: pages, files, errors, each from its own module."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from quellenlage import __version__
from quellenlage.model import Archive
from quellenlage.views.api import PREFIX as API
from quellenlage.views.api.app import make_api
from quellenlage.views.discretion import Manner
from quellenlage.views.locale import Lang
from quellenlage.views.mcp.http import McpOverHttp
from quellenlage.views.web import failures
from quellenlage.views.web.access import Access
from quellenlage.views.web.access.routes import check_routes
from quellenlage.views.web.assets import PREFIX, static_folder
from quellenlage.views.web.heads import Heads
from quellenlage.views.web.jobs import Jobs
from quellenlage.views.web.shown.search_encoder import RESIDENT
from quellenlage.views.web.standing import Standing, watched
from quellenlage.views.web.veiling import Veiling
from quellenlage.views.web.workbench import Workbench

PAGES = (
    "home", "chronicle", "event", "entity", "entity_split", "claims", "conflicts", "sources", "map", "search",
    "article", "story",
    "review", "add", "draft", "export", "decisions", "reference", "health",
)  # fmt: skip
"""Modules of `views.web.pages`; each has the `router` of its pages."""


class _Lasting(StaticFiles):
    """Built files: their names change with their content, so a browser may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if answer.status_code == 200:
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


def make_app(archive: Archive, access: Access, *, lang: Lang = "de", pseudonyms: Manner | None = None) -> FastAPI:
    """The workbench over an open archive, behind its guards; with `pseudonyms` without names of private persons.

    Raises:
        MissingResource: scripts and styles were not built.
        Defect: a page that changes something does not say who may.
    """
    jobs = Jobs(archive)
    assistants = McpOverHttp(archive)

    @asynccontextmanager
    async def working(_app: FastAPI) -> AsyncIterator[None]:
        RESIDENT.start()
        archive.complete_lists()  # those of an archive of an earlier version, once
        jobs.catch_up(access.local_user.name)
        try:
            async with assistants.running(), watched(archive):
                yield
        finally:
            jobs.close()

    app = FastAPI(
        title="Quellenlage", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=working
    )
    app.state.workbench = Workbench(archive, jobs, lang)
    app.add_middleware(Heads)
    if pseudonyms:
        app.add_middleware(Veiling, archive=archive, manner=pseudonyms)
    app.add_middleware(Standing, archive=archive)
    access.install(app)
    for name in PAGES:
        app.include_router(import_module(f"quellenlage.views.web.pages.{name}").router, include_in_schema=False)
    app.mount(API, make_api(app.state.workbench))
    app.router.routes.append(assistants.route)
    app.mount(PREFIX, _Lasting(directory=static_folder()))
    app.add_exception_handler(Exception, failures.unexpected)
    app.add_exception_handler(HTTPException, failures.refused)
    for kind in failures.KNOWN:
        app.add_exception_handler(kind, failures.known)
    check_routes(app)
    return app
