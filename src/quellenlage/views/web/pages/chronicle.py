"""The chronicle: drawing and list of the same lines under the same filters; what is open; what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from quellenlage.errors import NotFound
from quellenlage.model import DateInterval
from quellenlage.views.web.links import with_query
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.shown.chronicle_asked import LANE_KINDS, PARAMETERS, PATH, Filters, read_filters
from quellenlage.views.web.shown.chronicle_changes import By, news_since
from quellenlage.views.web.shown.chronicle_filters import GROUPS, group, options, panel
from quellenlage.views.web.shown.chronicle_listed import listed
from quellenlage.views.web.shown.chronicle_open import open_ends
from quellenlage.views.web.shown.paging import SIZE, Pager, pager
from quellenlage.views.web.shown.timeline import Drawn, drawing
from quellenlage.views.web.shown.timeline_kept import kept, total
from quellenlage.views.web.shown.timeline_static import strip_image
from quellenlage.views.wording.dates import short_day

router = APIRouter()

MARKS = f"{PATH}/marks"
STRIP = f"{PATH}/strip.svg"


@router.get(PATH)
def chronicle(page: Asked, offset: int = Query(0, ge=0)) -> Response:
    """Lines of the chronicle with their drawing; the part that htmx exchanges has the filters in it."""
    if since := page.request.query_params.get("since"):
        return RedirectResponse(with_query(f"{PATH}/changes", {"since": since}), status_code=303)
    filters = read_filters(page.request.query_params, page.archive)
    found = listed(page.archive, filters.question, offset, page.words)
    answer = page.render(
        "chronicle.html",
        block="told",
        **_frame(page, filters, "lines"),
        reads=PARAMETERS,
        periods=found.periods,
        where=_at_list(pager(PATH, filters.query(), found.total, offset, capped=found.capped)),
        drawn=drawn_at(filters),
        lane_links=[(kind, filters.address(lanes=kind), kind == filters.lanes) for kind in LANE_KINDS],
        undated=_undated(page, filters),
    )
    return _addressed(answer, filters.address(offset=offset or None), page)


@router.get(f"{PATH}/open")
def unfinished(page: Asked) -> Response:
    """What is announced and was never reported as done, and where nothing is told for long."""
    filters = read_filters(page.request.query_params, page.archive)
    frame = _frame(page, filters, "open")
    key = ("open", filters, page.lang)
    found = kept(page.archive, key, lambda: open_ends(page.archive, filters, page.words))
    answer = page.render("chronicle/open.html", block="told", reads=PARAMETERS, **frame, open=found)
    return _addressed(answer, filters.address(f"{PATH}/open"), page)


@router.get(f"{PATH}/changes")
def changes(page: Asked, since: str = "", by: By = "captured") -> Response:
    """What changed since a day."""
    day = _day(since)
    return page.render(
        "chronicle/changes.html",
        reads=(),
        since=since,
        by=by,
        understood=day is not None,
        news=news_since(page.archive, day, by, page.words) if day else None,
        tabs=_tabs(Filters(), "changes", page),
        days=[(told, with_query(f"{PATH}/changes", {"since": one, "by": by})) for told, one in _recent(page)],
    )


@router.get(MARKS)
def marks(page: Asked, columns: int = Query(30, ge=4, le=200), strip: int = 1) -> JSONResponse:
    """What the drawing shows under the same filters."""
    filters = read_filters(page.request.query_params, page.archive)
    return JSONResponse(drawing(Drawn(page.archive, filters, page.words, page.say, columns), strip=bool(strip)))


@router.get(STRIP)
def strip(page: Asked) -> Response:
    """How the lines lie in time, as a picture, for browsers that run no script."""
    filters = read_filters(page.request.query_params, page.archive)
    return Response(strip_image(page.archive, filters), media_type="image/svg+xml")


@router.get(f"{PATH}/choices")
def choices(page: Asked, group_name: str = Query(alias="group")) -> HTMLResponse:
    """The choices of one filter with how many lines there are of each."""
    if group_name not in GROUPS:
        raise NotFound("{reference}: no such filter", reference=group_name)
    filters = read_filters(page.request.query_params, page.archive)
    found = group(page.archive, filters, page.words, page.say, group_name)
    return page.render("chronicle/choices.html", group=found)


@router.get(f"{PATH}/names")
def names(page: Asked) -> HTMLResponse:
    """Names that begin as what was typed, for completion."""
    query = page.request.query_params
    typed = next((query[name] for name in ("actor", "place") if query.get(name)), "")
    kinds = ("GPE", "LOC") if "place" in query else ("PER", "ORG", "GPE", "GRP")
    return page.render("chronicle/names.html", names=options(page.archive, typed, kinds))


def _addressed(answer: Response, address: str, page: Page) -> Response:
    """Tell htmx the address of what it exchanged; zooming, which comes in many small steps, replaces the last one."""
    if page.partial:
        zooming = "x-zoom" in page.request.headers
        answer.headers["HX-Replace-Url" if zooming else "HX-Push-Url"] = address
    return answer


@dataclass(frozen=True, slots=True)
class Apart:
    """Lines without a day, which no drawing and no period holds."""

    count: int
    href: str


def _undated(page: Page, filters: Filters) -> Apart | None:
    """How many lines have no day, and where the list tells them: at its end, over the whole time."""
    count, _ = total(page.archive, replace(filters.whole, dated=False))
    whole, _ = total(page.archive, filters.whole)
    first = max(0, whole - count) // SIZE * SIZE
    address = filters.address(**{"from": None, "to": None, "offset": first or None})
    return Apart(count, f"{address}#undated") if count else None


def _at_list(where: Pager) -> Pager:
    """The same pages, each opened at the list below the drawing."""
    previous, following = (address and f"{address}#list" for address in (where.previous, where.next))
    return replace(where, previous=previous, next=following)


def drawn_at(filters: Filters) -> dict[str, str]:
    """Addresses of the drawing of what is asked for."""
    return {"src": filters.address(MARKS), "list": filters.address(), "strip": filters.address(STRIP)}


def _frame(page: Page, filters: Filters, tab: str) -> dict[str, Any]:
    path = PATH if tab == "lines" else f"{PATH}/{tab}"
    return {
        "filters": filters,
        "path": path,
        "here_list": filters.address(path),
        "panel": panel(page.archive, filters, page.words, page.say),
        "tabs": _tabs(filters, tab, page),
        "provisional": len(page.archive.provisional()) or None,
    }


def _tabs(filters: Filters, tab: str, page: Page) -> list[tuple[str, str, bool]]:
    say = page.say
    told = (("lines", say("Lines"), PATH), ("open", say("Left open"), f"{PATH}/open"))
    tabs = [(label, filters.address(path), name == tab) for name, label, path in told]
    return [*tabs, (say("What changed"), f"{PATH}/changes", tab == "changes")]


def _day(given: str) -> date | None:
    try:
        return DateInterval.parse(given).earliest if given else None
    except ValueError:
        return None


def _recent(page: Page) -> list[tuple[str, str]]:
    """Days that one may ask about: those of the last captures."""
    activities = page.archive.activities()
    days = sorted({one.started_at[:10] for one in activities}, reverse=True)[:5]
    return [(short_day(date.fromisoformat(one), page.words), one) for one in days]
