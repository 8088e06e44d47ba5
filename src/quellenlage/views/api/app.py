"""The application of the REST API: its operations, how it refuses, and its description."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from quellenlage.views.api import problems
from quellenlage.views.api.asking import bare
from quellenlage.views.api.document import description, parameters_of
from quellenlage.views.api.freshness import settle, tag
from quellenlage.views.api.operations import (
    archive,
    articles,
    chronicle,
    decisions,
    drafts,
    entities,
    jobs,
    said,
    things,
)
from quellenlage.views.web.access.routes import check_routes
from quellenlage.views.web.workbench import Workbench

ROUTERS = (
    chronicle.router,
    said.router,
    things.conflicts_router,
    entities.router,
    articles.router,
    articles.search_router,
    things.stories_router,
    things.sources_router,
    decisions.router,
    drafts.router,
    jobs.router,
    archive.router,
)


def make_api(workbench: Workbench) -> FastAPI:
    """The API over an open archive, to be mounted at `PREFIX` within the guards of the workbench.

    Raises:
        Defect: an operation that changes something does not say who may.
    """
    app = routed()
    app.state.workbench = workbench
    check_routes(app)
    return app


def routed() -> FastAPI:
    """The operations without an archive, as they are described."""
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_name,
        strict_content_type=True,
    )
    problems.install(app, parameters_of)
    for router in ROUTERS:
        app.include_router(router)
    app.add_api_route("/openapi.json", _openapi, include_in_schema=False, dependencies=[Depends(bare)])
    return app


def _name(route: APIRoute) -> str:
    return route.name


def _openapi(request: Request, response: Response) -> JSONResponse:
    made = description()
    settle(request, response, tag(made))
    return JSONResponse(made, headers={"ETag": response.headers["ETag"]})
