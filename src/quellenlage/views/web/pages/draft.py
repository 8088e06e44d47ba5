"""The draft check: a text beside the archive, sentence by sentence; it is kept for the session and never taken in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Form
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution.drafting import DraftReport
from quellenlage.execution.drafting.checking import MOST_SENTENCES
from quellenlage.intake import IntakeOptions, capture_bytes
from quellenlage.model import DateInterval
from quellenlage.views.cli.clock import now
from quellenlage.views.holdings import Holdings
from quellenlage.views.shelves import holdings_of_articles
from quellenlage.views.web.access.roles import User
from quellenlage.views.web.access.routes import limited, requires
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.shown.draft_desk import Check, Checks, Draft
from quellenlage.views.web.shown.draft_file import FORMS, CheckedFile
from quellenlage.views.web.shown.draft_told import TONES, articles_of, shown_draft, shown_sentence
from quellenlage.views.web.shown.export_sent import saving
from quellenlage.views.web.shown.jobs_told import local_time
from quellenlage.views.web.translation import marked as _
from quellenlage.views.wording.lines import time_value

PATH = "/draft"
MOST_LETTERS = 400_000
_TITLE = 80

Reader = Annotated[User, Depends(requires("reader"))]


@asynccontextmanager
async def _checking(app: FastAPI) -> AsyncIterator[None]:
    checks = Checks(app.state.workbench.archive.location)
    app.state.checks = checks
    try:
        yield
    finally:
        await run_in_threadpool(checks.close)


router = APIRouter(lifespan=_checking)


_PROBLEMS = {
    "empty": (_("There is no draft."), _("Paste a text, or choose a file.")),
    "long": (_("The draft is too long."), _("Check it in parts.")),
    "day": (_("The day of the draft is none."), _("Write it as 2026-11-23.")),
    "several": (_("The file holds several articles."), _("Save the draft in a file of its own.")),
}


class Desk:
    """The drafts of the session that asks."""

    def __init__(self, request: Request) -> None:
        """Find out whose they are; without a login there is one session, that of who sits at the machine."""
        self.checks: Checks = request.app.state.checks
        self.owner: str = request.state.session or ""

    def find(self, identifier: str) -> Check:
        """A draft of this session. Raises NotFound."""
        return self.checks.find(identifier, self.owner)


Mine = Annotated[Desk, Depends(Desk)]


@router.get(PATH)
def draft(page: Asked, desk: Mine, again: str = "") -> Response:
    """The form; `again` names a draft of this session whose text is changed."""
    found = next((one for one in desk.checks.of(desk.owner) if one.id == again), None)
    return _form(page, desk, found.draft if found else None)


@router.post(PATH, dependencies=[Depends(limited("draft", per_minute=6))])
async def begin(page: Asked, desk: Mine, user: Reader) -> Response:
    """Take a draft, pasted or as a file, and let it be checked."""
    async with page.request.form(max_files=1, max_fields=8, max_part_size=4 * MOST_LETTERS) as form:
        text, day = str(form.get("text") or ""), str(form.get("day") or "").strip()
        title = " ".join(str(form.get("title") or "").split())[:_TITLE]
        file = form.get("file")
        read = (file.filename or "", await file.read()) if isinstance(file, UploadFile) and file.filename else None
    return await run_in_threadpool(_begun, page, desk, user.name, (text.replace("\r\n", "\n"), title, day), read)


@router.get(f"{PATH}/{{identifier}}")
def checked(page: Asked, desk: Mine, identifier: str) -> Response:
    """How far the check is, then the draft with what was found."""
    check = desk.find(identifier)
    shown = None
    if check.report is not None:
        shown = shown_draft(check, check.report, _holdings(page, check.report), page.words)
    return page.render(
        "draft_one.html",
        block="checked",
        check=check,
        title=_title(check),
        shown=shown,
        tones=TONES,
        forms=[(form, one.name) for form, one in FORMS.items()],
        begun=local_time(check.begun_at, page.words),
        day=_day_words(check, page),
        ahead=desk.checks.ahead(identifier),
        failure=page.words.phrase(check.failure.said) if check.failure else "",
        remedy=page.words.phrase(check.failure.advice) if check.failure else "",
        most=MOST_SENTENCES,
    )


@router.post(f"{PATH}/{{identifier}}/tick")
def tick(
    page: Asked, desk: Mine, user: Reader, identifier: str, number: Annotated[int, Form()], on: Annotated[str, Form()]
) -> Response:
    """Tick a sentence off, as a documentation desk does on paper, or take it back."""
    check = desk.checks.tick(identifier, desk.owner, number - 1, user.name if on == "yes" else None)
    report = check.report
    if report is None or not page.partial:
        return RedirectResponse(f"{PATH}/{identifier}#s{number}", status_code=303)
    one = shown_sentence(number - 1, report, _holdings(page, report), page.words, check.ticks)
    return page.render("draft_row.html", check=check, one=one, ticked=len(check.ticks), total=len(report.sentences))


@router.post(f"{PATH}/{{identifier}}/forget")
def forget(desk: Mine, identifier: str, _user: Reader) -> Response:
    """Let go of a draft before the session ends."""
    desk.checks.forget(identifier, desk.owner)
    return RedirectResponse(PATH, status_code=303)


@router.get(f"{PATH}/{{identifier}}/{{form}}")
def saved(page: Asked, desk: Mine, identifier: str, form: str) -> Response:
    """The checked draft as a file, with who ticked off what and when."""
    check = desk.find(identifier)
    kind = FORMS.get(form)
    if kind is None or check.report is None:
        raise NotFound("{reference}: no such format", reference=form)
    made = _file(page, check, check.report)
    return Response(kind.make(made), media_type=kind.media_type, headers=saving(made.title, f".{form}"))


def _form(page: Page, desk: Desk, given: Draft | None, problem: tuple[str, str] | None = None) -> Response:
    return page.render(
        "draft.html",
        status=400 if problem else 200,
        given=given,
        problem=problem,
        mine=[(one, _title(one), local_time(one.begun_at, page.words)) for one in desk.checks.of(desk.owner)],
        articles=page.archive.totals().articles,
        most=MOST_SENTENCES,
    )


def _begun(
    page: Page, desk: Desk, author: str, given: tuple[str, str, str], file: tuple[str, bytes] | None
) -> Response:
    text, title, day = given
    problem = "" if not day or _is_day(day) else "day"
    if file is not None:
        try:
            text, title = _read(*file), title or file[0]
        except BadInput as error:
            told = (page.words.phrase(error.said), page.words.phrase(error.advice))
            return _form(page, desk, Draft(text, title, day), told)
        except ValueError:
            problem = "several"
    if not problem:
        problem = "empty" if not text.strip() else "long" if len(text) > MOST_LETTERS else ""
    wanted = Draft(text, title, day or None)
    if problem:
        message, remedy = _PROBLEMS[problem]
        return _form(page, desk, wanted, (page.say(message), page.say(remedy)))
    made = desk.checks.begin(wanted, desk.owner, author)
    return RedirectResponse(f"{PATH}/{made.id}", status_code=303)


def _read(name: str, data: bytes) -> str:
    """The text of a file. Raises BadInput where it cannot be read, ValueError where it holds several articles."""
    found = capture_bytes(name, data, IntakeOptions(now(), network=False))
    if len(found) != 1:
        raise ValueError("several articles")
    if isinstance(found[0], BadInput):
        raise found[0]
    return found[0].text


def _is_day(given: str) -> bool:
    try:
        return DateInterval.parse(given).days == 1
    except ValueError:
        return False


def _holdings(page: Page, report: DraftReport) -> Holdings:
    return holdings_of_articles(page.archive, articles_of(report))


def _title(check: Check) -> str:
    if check.draft.title:
        return check.draft.title
    line = " ".join(check.draft.text.strip().partition("\n")[0].split())
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"


def _day_words(check: Check, page: Page) -> str:
    return time_value(check.draft.day, page.words) if check.draft.day else ""


def _file(page: Page, check: Check, report: DraftReport) -> CheckedFile:
    say, words = page.say, page.words
    shown = shown_draft(check, report, _holdings(page, report), words)
    facts = [
        (say("Checked"), f"{local_time(check.ended_at or check.begun_at, words)}, {check.author}"),
        (say("Day of the draft"), _day_words(check, page) or say("not given")),
        (say("Compared with"), words.count("count.articles", page.archive.totals().articles)),
        (say("Ticked off"), say("%(n)s of %(total)s sentences") % {"n": shown.ticked, "total": len(shown.sentences)}),
        (say("Findings"), "; ".join(f"{told}: {count}" for told, _tone, count, _first in shown.counts)),
    ]
    title = say("Checked draft: %(title)s") % {"title": _title(check)}
    return CheckedFile(title, facts, shown, words.count("draft.checked", len(shown.sentences)), words, say)
