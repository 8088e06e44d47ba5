"""A draft beside the archive; it is checked in the background process and not kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse
from pydantic import Field
from starlette.responses import Response

from quellenlage.views.api.asking import Asked
from quellenlage.views.api.asking import Query as Parameters
from quellenlage.views.api.content import json_only
from quellenlage.views.api.models.work import Draft, Job, NewDraft
from quellenlage.views.api.operations.jobs import job_record
from quellenlage.views.api.problems import problem
from quellenlage.views.web.access.roles import User
from quellenlage.views.web.access.routes import limited, requires
from quellenlage.views.web.jobs import State
from quellenlage.views.web.jobs.kinds import CHECK

router = APIRouter(tags=["Draft check"])


class WaitQuery(Parameters):
    """How long to wait."""

    wait: int = Field(default=30, ge=0, le=60, description="seconds to wait for the answer before 202")


@router.post(
    "/draft",
    response_model=Draft,
    responses={202: {"model": Job, "description": "it is not ready yet: read the job at Location"}},
    dependencies=[Depends(json_only), Depends(limited("draft", per_minute=20, burst=5))],
)
def check_draft(
    asked: Asked,
    user: Annotated[User, Depends(requires("reader"))],
    query: Annotated[WaitQuery, Query()],
    body: NewDraft,
) -> Response:
    """Compare each sentence of a German draft with the archive: borne out, contradicted, inexactly quoted, unknown.

    What is not `sure` is a perhaps. The draft is written nowhere.
    """
    job = asked.jobs.submit(CHECK, {"text": body.text, "dct": body.dct}, user.name)
    job = asked.jobs.wait(job.id, query.wait)
    record = job_record(job, user)
    if job.state is State.DONE and record["draft"] is not None:
        return JSONResponse(record["draft"])
    if not job.state.ended:
        location = f"{asked.request.scope['root_path']}/jobs/{job.id}"
        return JSONResponse(record, 202, headers={"Location": location})
    failure = record["failure"] or {"message": "the check was stopped", "remedy": "ask again"}
    return problem(asked.request, 503, failure["message"], remedy=failure["remedy"])
