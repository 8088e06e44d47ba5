"""Adding: files and folders, addresses, pasted text; each becomes background work with a report of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from quellenlage.model import DateInterval
from quellenlage.model.listing import ArticleQuestion
from quellenlage.views.web.access.forms import access_of
from quellenlage.views.web.access.roles import User
from quellenlage.views.web.access.routes import requires
from quellenlage.views.web.jobs import Jobs
from quellenlage.views.web.jobs.kinds import ADD, ADD_URL
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.pages import jobs as jobs_page
from quellenlage.views.web.shown.jobs_told import shown_job
from quellenlage.views.web.shown.jobs_upload import MOST_FILES, receive
from quellenlage.views.web.translation import marked as _

router = APIRouter()
router.include_router(jobs_page.router)

PATH = "/add"
MOST_ADDRESSES = 200
MOST_LETTERS = 2_000_000
"""Code points of a text that is pasted."""
_MOST_OUTLETS = 200
_SHORT = 300
_RECENT = 5

Editor = Annotated[User, Depends(requires("editor"))]


ENCODINGS = {
    "cp1252": _("Windows (Western Europe)"),
    "iso-8859-15": _("Latin 9 (ISO 8859-15)"),
    "cp850": _("MS-DOS (code page 850)"),
    "mac_roman": _("Macintosh, old"),
    "utf-16": _("UTF-16"),
}
_PROBLEMS = {
    "full": (
        507,
        _("The disk of the server is full. Nothing was taken in; your files are where they were."),
        _("Make room there, or send fewer files at a time."),
    ),
    "broken": (
        507,
        _("The files could not be written on the server. Nothing was taken in; your files are where they were."),
        _("The folder for temporary files must be writable; the log of the server has the details."),
    ),
    "many": (
        413,
        _("These are too many files for one upload. Nothing was taken in; your files are where they were."),
        _("Send the folder in parts, or use the command line: quellenlage add FOLDER"),
    ),
    "form": (400, _("What arrived is no form with files."), _("Go back to the page and choose the files again.")),
    "nothing": (400, _("No file was chosen."), _("Choose files or a folder, or drop them on the page.")),
    "no-text": (400, _("The text is empty."), _("Paste the text of the article.")),
    "long": (413, _("The text is too long for one article."), _("Save it as a file and add that.")),
    "day": (400, _("The day is none."), _("Write it as 2026-11-23.")),
    "no-address": (400, _("No web address was given."), _("Addresses begin with http:// or https://, one a line.")),
    "addresses": (413, _("These are too many addresses at once."), _("Send them in parts.")),
}


@router.get(PATH)
def add(page: Asked, _user: Editor) -> Response:
    """The forms, and what was added last."""
    return _form(page)


@router.post(f"{PATH}/files")
async def files(page: Asked, user: Editor) -> Response:
    """Take files and folders as they come, and let them be read in the background."""
    folder = await run_in_threadpool(Jobs.uploads)
    handed = False
    try:
        sent = await receive(page.request.stream(), page.request.headers.get("content-type", ""), folder)
        problem = sent.problem or ("" if sent.files else "nothing")
        if problem:
            return await run_in_threadpool(_refused, page, problem)
        payload = {"files": sent.sources, **_options(sent.fields)}
        made = await run_in_threadpool(_submit, page, payload, user.name, folder)
        handed = True
        return made
    finally:
        if not handed:
            await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)


@router.post(f"{PATH}/text")
async def text(page: Asked, user: Editor) -> Response:
    """Take a pasted text as one article, with what is said about it."""
    given = await _fields(page.request)
    words = given.get("text", "").replace("\r\n", "\n")
    problem = "" if words.strip() else "no-text"
    if len(words) > MOST_LETTERS:
        problem = "long"
    if given.get("published", "").strip() and not _is_day(given["published"]):
        problem = "day"
    if problem:
        return await run_in_threadpool(_refused, page, problem, given)
    folder = await run_in_threadpool(Jobs.uploads)
    path, name = await run_in_threadpool(_written, Path(folder), words, given)
    return await run_in_threadpool(_submit, page, {"files": [(path, name)], **_options(given)}, user.name, folder)


@router.post(f"{PATH}/address")
async def address(page: Asked, user: Editor) -> Response:
    """Fetch web pages or feeds: the one thing for which this machine asks others."""
    given = await _fields(page.request)
    lines = list(dict.fromkeys(one.strip() for one in given.get("urls", "").splitlines() if one.strip()))
    urls = [one for one in lines if one.lower().startswith(("http://", "https://"))]
    problem = "" if urls else "no-address"
    if len(lines) > MOST_ADDRESSES:
        problem = "addresses"
    if problem:
        return await run_in_threadpool(_refused, page, problem, given)
    others = [one[:_SHORT] for one in lines if one not in urls]
    payload = {"urls": urls, "none": others, "follow_feed": bool(given.get("follow_feed")), **_options(given)}
    return await run_in_threadpool(_submit, page, payload, user.name, None)


def _form(page: Page, *, problem: str = "", given: Mapping[str, str] | None = None) -> Response:
    say, known = page.say, page.workbench.jobs.recent()
    status, message, remedy = _PROBLEMS[problem] if problem else (200, "", "")
    limit = access_of(page.request).settings.bounds.upload
    return page.render(
        "add.html",
        status=status,
        problem=(say(message), say(remedy)) if problem else None,
        given=given or {},
        encodings=[(code, say(told)) for code, told in ENCODINGS.items()],
        outlets=[one.value for one in page.archive.facets(ArticleQuestion(), "outlet", _MOST_OUTLETS).values],
        recent=[shown_job(one, page.words, say) for one in known if one.kind in {ADD, ADD_URL}][:_RECENT],
        limit=limit,
        most=MOST_FILES,
    )


def _refused(page: Page, problem: str, given: Mapping[str, str] | None = None) -> Response:
    """Say what is wrong: to a script in JSON, else on the page with all that was typed."""
    if not _scripted(page.request):
        return _form(page, problem=problem, given=given)
    status, message, remedy = _PROBLEMS[problem]
    return JSONResponse({"problem": page.say(message), "remedy": page.say(remedy)}, status)


def _submit(page: Page, payload: Mapping[str, Any], author: str, folder: str | None) -> Response:
    made = page.workbench.jobs.submit(ADD_URL if "urls" in payload else ADD, payload, author, folder=folder)
    where = f"{jobs_page.PATH}/{made.id}"
    return JSONResponse({"job": where}) if _scripted(page.request) else RedirectResponse(where, status_code=303)


def _scripted(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


async def _fields(request: Request) -> dict[str, str]:
    async with request.form(max_files=0, max_fields=12, max_part_size=8 * MOST_LETTERS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _options(given: Mapping[str, str]) -> dict[str, str]:
    outlet, encoding = given.get("outlet", "").strip()[:_SHORT], given.get("encoding", "")
    chosen = {"outlet": outlet, "encoding": encoding if encoding in ENCODINGS else ""}
    return {name: value for name, value in chosen.items() if value}


def _is_day(given: str) -> bool:
    try:
        return DateInterval.parse(given.strip()).days == 1
    except ValueError:
        return False


def _written(folder: Path, words: str, given: Mapping[str, str]) -> tuple[str, str]:
    """A pasted text as a file, and what it is called; with headline or day it is a record that says these."""
    told = {name: given.get(name, "").strip()[:_SHORT] for name in ("title", "published", "url")}
    said = {name: value for name, value in told.items() if value}
    first = said.get("title") or words.strip().partition("\n")[0].strip()
    name = " ".join(first.split())[:80] or "text"
    path = folder / ("pasted.json" if said else "pasted.txt")
    body = json.dumps({"text": words, **said}, ensure_ascii=False) if said else words
    path.write_text(body, encoding="utf-8", errors="replace")
    return str(path), name
