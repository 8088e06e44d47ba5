"""Exports: what a page shows, or the whole archive, as a dossier for people or as data for programs."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO, Annotated

from fastapi import APIRouter, Depends, FastAPI, Form
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution.around import LEAST
from quellenlage.views.discretion import discreet
from quellenlage.views.exports.formats import FORMATS
from quellenlage.views.web.access.refusing import Refused
from quellenlage.views.web.access.roles import TEXTS, User
from quellenlage.views.web.access.routes import limited, requires
from quellenlage.views.web.links import with_query
from quellenlage.views.web.page import Asked as AskedPage
from quellenlage.views.web.page import Page
from quellenlage.views.web.shown.export_made import Asked, forms_of, write
from quellenlage.views.web.shown.export_runs import Runs
from quellenlage.views.web.shown.export_sent import file_name, saving
from quellenlage.views.web.shown.export_wanted import MOST, Wanted, wanted
from quellenlage.views.web.translation import marked as _

PATH = "/export"
_CHUNK = 1 << 18
_IN_MEMORY = 1 << 22
_WISHES = {"": False, "no": False, "0": False, "false": False, "yes": True, "1": True, "true": True}
_MAKING = threading.BoundedSemaphore(2)
"""Files that are made while readers wait: more at once would slow down every page."""

Reader = Annotated[User, Depends(requires("reader"))]


@asynccontextmanager
async def _making(app: FastAPI) -> AsyncIterator[None]:
    runs = Runs(app.state.workbench.archive.location)
    app.state.exports = runs
    try:
        yield
    finally:
        await run_in_threadpool(runs.close)


router = APIRouter(lifespan=_making)


@dataclass(frozen=True, slots=True)
class FormRow:
    """A format on the page: `group` is "people", "data" or "texts" (whole articles)."""

    form: str
    name: str
    told: str
    group: str


_ROWS = (
    FormRow("docx", "Word", _("Dossier with footnotes and boxes to tick"), "people"),
    FormRow("pdf", "PDF", _("Dossier to print and to hand on"), "people"),
    FormRow("html", "HTML", _("Dossier as one page that needs no network"), "people"),
    FormRow("md", "Markdown", _("Dossier for an editor or a wiki"), "people"),
    FormRow("csv", "CSV", _("Tables for a spreadsheet"), "data"),
    FormRow("json", "JSON", _("Records as the interface for programs has them"), "data"),
    FormRow("jsonl", "JSON Lines", _("All records, line by line; quotations up to the citation limit"), "data"),
    FormRow("parquet", "Parquet", _("Tables for data analysis"), "data"),
    FormRow("geojson", "GeoJSON", _("Events with their places for a map"), "data"),
    FormRow("timelinejs", "TimelineJS", _("A timeline for the web"), "data"),
    FormRow("ftm", "FollowTheMoney", _("Persons, bodies and events for Aleph and its kin"), "data"),
    FormRow("jsonld", "JSON-LD", _("Linked data with the provenance of each statement"), "data"),
    FormRow(
        "jsonl", "JSON Lines", _("A whole copy: all articles, lists and decisions, to be added elsewhere"), "texts"
    ),
    FormRow("uima", "UIMA CAS", _("Articles with all annotations for INCEpTION"), "texts"),
    FormRow("timeml", "TimeML", _("Articles with events and times"), "texts"),
)


@router.get(PATH)
def export(page: AskedPage) -> Response:
    """Formats for the whole archive, or for what a page shows; and a form that chooses a part."""
    asked = wanted(page, shown=True)
    _wish(page.request.query_params.get("full_text", ""))
    possible = forms_of(asked.excerpt if asked else None)
    rows = [row for row in _ROWS if row.form in possible and not (asked and row.form == "jsonl")]
    groups = ("people", "data", "texts" if _may_have_texts(page) else "")
    return page.render(
        "export.html",
        asked=asked,
        rows={group: [row for row in rows if row.group == group] for group in groups},
        slow={row.form for row in rows if _is_slow(page, asked, row.form)},
        wide=page.request.query_params.get("format", ""),
        totals=None if asked else page.archive.totals(),
        most=MOST,
        query=asked.query if asked else "",
    )


@router.post(f"{PATH}/run", dependencies=[Depends(limited("export", per_minute=6))])
def run(
    page: AskedPage, _user: Reader, form: Annotated[str, Form(alias="format")], full_text: Annotated[str, Form()] = ""
) -> Response:
    """Make a large file in the background."""
    part = wanted(page)
    asked = _checked(page, form, part, full_text=_wish(full_text))
    made = _runs(page.request).begin(asked, _title(page, part), _owner(page.request))
    return RedirectResponse(f"{PATH}/runs/{made.id}", status_code=303)


@router.get(f"{PATH}/runs/{{identifier}}")
def running(page: AskedPage, identifier: str) -> Response:
    """How far a large export is."""
    found = _runs(page.request).find(identifier, _owner(page.request))
    return page.render(
        "export_run.html",
        block="run",
        run=found,
        name=file_name(found.title, found.written.suffix) if found.written else "",
        size=_size(found.size, page),
        failure=page.words.phrase(discreet(found.failure.said)) if found.failure else "",
        remedy=page.words.phrase(discreet(found.failure.advice)) if found.failure else "",
    )


@router.get(f"{PATH}/runs/{{identifier}}/file")
def fetched(page: AskedPage, identifier: str) -> Response:
    """The file of a large export."""
    found = _runs(page.request).find(identifier, _owner(page.request))
    if found.written is None:
        raise NotFound("{reference}: no such export in this session", reference=identifier)
    return FileResponse(
        found.path, media_type=found.written.media_type, headers=saving(found.title, found.written.suffix)
    )


@router.post(f"{PATH}/runs/{{identifier}}/drop")
def drop(page: AskedPage, identifier: str, _user: Reader) -> Response:
    """Stop a large export, or delete its file."""
    _runs(page.request).drop(identifier, _owner(page.request))
    return RedirectResponse(PATH, status_code=303)


@router.get(f"{PATH}/{{form}}", dependencies=[Depends(limited("export", per_minute=20))])
def file(page: AskedPage, form: str, full_text: str = "") -> Response:
    """A file at once; what takes long is offered to be made in the background instead."""
    part = wanted(page)
    asked = _checked(page, form, part, full_text=_wish(full_text))
    if _is_slow(page, part, form):
        given = page.request.query_params
        query = {name: given.getlist(name) for name in given if name not in {"format", "full_text"}}
        return RedirectResponse(with_query(PATH, {**query, "format": form}), status_code=303)
    stream: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when it is sent
    try:
        with _MAKING:
            written = write(page.archive, asked, stream)  # type: ignore[arg-type]  # both stand in one table
        length = stream.tell()
        stream.seek(0)
    except BaseException:
        stream.close()
        raise
    headers = {**saving(_title(page, part), written.suffix), "Content-Length": str(length)}
    return StreamingResponse(_pieces(stream), media_type=written.media_type, headers=headers)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(_CHUNK):
            yield piece


def _checked(page: Page, form: str, part: Wanted | None, *, full_text: bool) -> Asked:
    """What is asked for, if it can be had. Raises BadInput, NotFound, Refused (403: whole texts for a reader)."""
    possible = forms_of(part.excerpt if part else None)
    if form not in possible:
        raise NotFound("{reference}: no such format", reference=form)
    if full_text and not _may_have_texts(page):
        raise Refused(403, "role")
    if form in FORMATS and FORMATS[form].needs_text and not full_text:
        raise BadInput(form, "it consists of whole articles", remedy="allow full texts, for your own use only")
    if part is not None and part.too_many:
        raise BadInput(
            part.excerpt.title,
            "these are more than {most} entries",
            remedy="narrow the filters, or export the whole archive",
            most=MOST,
        )
    return Asked(form, page.lang, full_text, part.excerpt if part else None, manages=page.manages)


def _wish(given: str) -> bool:
    """Whether whole texts are asked for. Raises BadInput for what is neither yes nor no."""
    if given not in _WISHES:
        raise BadInput(f"full_text={given}", "neither yes nor no", remedy="write full_text=yes or full_text=no")
    return _WISHES[given]


def _may_have_texts(page: Page) -> bool:
    """Whether who asks may take whole articles along: reading them one by one is another thing."""
    user: User | None = page.request.state.user
    return user is not None and user.role.covers(TEXTS)


def _is_slow(page: Page, part: Wanted | None, form: str) -> bool:
    """Whether nobody should wait for the file."""
    return part.slow(form) if part else page.archive.totals().articles >= LEAST


def _title(page: Page, part: Wanted | None) -> str:
    return part.excerpt.title if part else page.say("Archive")


def _size(size: int, page: Page) -> str:
    number, unit = (size / 1e6, "MB") if size >= 1e6 else (size / 1e3, "KB")
    return f"{page.words.number(round(number, 1) if number < 10 else round(number))} {unit}"


def _runs(request: Request) -> Runs:
    found: Runs = request.app.state.exports
    return found


def _owner(request: Request) -> str:
    owner: str | None = request.state.session
    return owner or ""
