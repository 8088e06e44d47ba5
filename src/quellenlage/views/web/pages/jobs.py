"""Background work: what runs, what waits, what became of it; what nobody wants any more can be stopped."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from quellenlage.views.web.access.roles import User
from quellenlage.views.web.access.routes import requires
from quellenlage.views.web.jobs.kinds import BUILD, CHECK
from quellenlage.views.web.links import with_query
from quellenlage.views.web.page import Asked
from quellenlage.views.web.shown.jobs_told import following, shown_job

router = APIRouter(dependencies=[Depends(requires("editor"))])

PATH = "/jobs"
Editor = Annotated[User, Depends(requires("editor"))]


@router.get(PATH)
def jobs(page: Asked) -> Response:
    """What runs, waits and has ended, the newest first; checks of drafts are nobody else's business."""
    found = [one for one in page.workbench.jobs.recent() if one.kind != CHECK]
    shown = [shown_job(one, page.words, page.say) for one in found]
    return page.render("jobs.html", block="listed", reads=(), jobs=shown, busy=any(not one.ended for one in shown))


@router.get(f"{PATH}/{{identifier}}")
def job(page: Asked, identifier: str) -> Response:
    """One job with its report, and the analysis that follows it."""
    found = page.workbench.jobs.job(identifier)
    then = following(found, page.workbench.jobs.recent())
    shown = shown_job(found, page.words, page.say)
    after = shown_job(then, page.words, page.say) if then else None
    since = datetime.fromisoformat(found.submitted_at).date().isoformat()
    return page.render(
        "jobs_one.html",
        block="job",
        job=shown,
        then=after,
        waits=not shown.ended or bool(after and not after.ended),
        changes=with_query("/chronicle/changes", {"since": since, "by": "captured"}),
    )


@router.post(f"{PATH}/build")
def build(page: Asked, user: Editor) -> Response:
    """Analyse and link what is still missing."""
    made = page.workbench.jobs.submit(BUILD, {}, user.name)
    return RedirectResponse(f"{PATH}/{made.id}", status_code=303)


@router.post(f"{PATH}/{{identifier}}/cancel")
def cancel(page: Asked, identifier: str, _user: Editor) -> Response:
    """Stop a job; what it has finished stays."""
    page.workbench.jobs.cancel(identifier)
    return RedirectResponse(f"{PATH}/{identifier}", status_code=303)
