"""The map: where the lines of the chronicle are told to have been, no more precisely than is known; an equal list."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response

from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.shown.chronicle_asked import PARAMETERS, Filters, read_filters
from quellenlage.views.web.shown.chronicle_asked import PATH as CHRONICLE
from quellenlage.views.web.shown.chronicle_filters import Panel, panel
from quellenlage.views.web.shown.paging import SIZE, pager
from quellenlage.views.web.shown.places import survey
from quellenlage.views.web.shown.places_drawn import drawn
from quellenlage.views.web.shown.places_listed import NOWHERE, Here, at_place, nowhere, rows, unplaced

router = APIRouter()

PATH = "/map"
PLACES = f"{PATH}/places"


@router.get(PATH)
def world(
    page: Asked, at: str = Query("", max_length=60), line: int = Query(0, ge=0), offset: int = Query(0, ge=0)
) -> Response:
    """The map under the filters of the chronicle; `at` asks for the lines of a place, or of none."""
    filters = read_filters(page.request.query_params, page.archive)
    found = survey(page.archive, filters.question)
    listed = found.cards[offset : offset + SIZE]
    address = filters.address(PATH, at=at or None, line=line or None, offset=offset or None)
    answer = page.render(
        "map.html",
        block="told",
        reads=PARAMETERS,
        filters=filters,
        path=PATH,
        here_list=filters.address(PATH, at=at or None),
        panel=_panel(page, filters),
        survey=found,
        rows=rows(page.archive, listed, filters, page.words, PATH),
        unplaced=unplaced(found, filters, PATH),
        where=pager(PATH, filters.query(at=at or None), len(found.cards), offset),
        spot=_here(page, filters, at, line),
        at=at,
        src=filters.address(PLACES),
        strip=filters.address(f"{CHRONICLE}/strip.svg"),
        nowhere=filters.address(PATH, at=NOWHERE),
        provisional=len(page.archive.provisional()) or None,
    )
    if page.partial:
        moving = "x-zoom" in page.request.headers
        answer.headers["HX-Replace-Url" if moving else "HX-Push-Url"] = address
    return answer


@router.get(PLACES)
def places(page: Asked, whole: int = 1) -> JSONResponse:
    """What the map shows under the same filters."""
    filters = read_filters(page.request.query_params, page.archive)
    return JSONResponse(drawn(page.archive, filters, page.words, page.say, whole=bool(whole)))


def _panel(page: Page, filters: Filters) -> Panel:
    """The filters of the chronicle, whose chips lead to this page."""
    made = panel(page.archive, filters, page.words, page.say)
    return replace(made, chips=[replace(one, href=PATH + one.href.removeprefix(CHRONICLE)) for one in made.chips])


def _here(page: Page, filters: Filters, at: str, line: int) -> Here | None:
    if at == NOWHERE:
        return nowhere(page.archive, filters, line, page.words, PATH)
    return at_place(page.archive, filters, at, page.words, PATH) if at else None
