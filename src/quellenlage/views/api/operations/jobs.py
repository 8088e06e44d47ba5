"""Background work: taking articles in, building, linking; each is a job that can be watched and stopped."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.concurrency import run_in_threadpool

from quellenlage.execution.drafting import DraftReport
from quellenlage.views.api.asking import Asked, Asking, Paged, bare, unknown
from quellenlage.views.api.content import Upload, json_only, multipart_only, read_options
from quellenlage.views.api.fields import JobId
from quellenlage.views.api.models.work import Job, NewAddresses, NewJob
from quellenlage.views.api.models.work import Jobs as JobList
from quellenlage.views.discretion import discreet, discreet_record, shown_source
from quellenlage.views.records import Record
from quellenlage.views.records_draft import draft_record
from quellenlage.views.web.access.roles import User
from quellenlage.views.web.access.routes import requires
from quellenlage.views.web.jobs import Job as Work
from quellenlage.views.web.jobs import Jobs
from quellenlage.views.web.jobs.job import phrase_from
from quellenlage.views.web.jobs.kinds import ADD, ADD_URL, BUILD, CHECK, LINK
from quellenlage.views.web.shown.jobs_upload import receive

router = APIRouter(tags=["Background work"])

Editor = Annotated[User, Depends(requires("editor"))]


@router.post(
    "/articles",
    response_model=Job,
    status_code=202,
    dependencies=[Depends(bare), Depends(multipart_only)],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {"$ref": "#/components/schemas/Upload"},
                    "encoding": {"files": {"contentType": "application/octet-stream"}},
                }
            },
        }
    },
)
async def add_articles(asked: Asked, user: Editor) -> Record:
    """Take files in: text, HTML, PDF, DOCX, mail, feeds, WARC, JSON Lines, archives, exports of another archive.

    They are written to disk as they come, read in the background, and deleted when the job ends; a build follows.
    """
    folder = await run_in_threadpool(Jobs.uploads)
    handed = False
    try:
        request = asked.request
        sent = await receive(request.stream(), request.headers.get("content-type", ""), folder)
        payload = {"files": sent.sources, **read_options(Upload, sent)}
        job = await run_in_threadpool(lambda: asked.jobs.submit(ADD, payload, user.name, folder=folder))
        handed = True
    finally:
        if not handed:
            await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)
    return _accepted(asked, job, user)


@router.get("/jobs", response_model=JobList)
def jobs(asked: Asked, query: Annotated[Paged, Query()]) -> Record:
    """List background work, the newest first: your own, and with the role editor that of others, too."""
    known = [job for job in asked.jobs.recent() if _may_see(job, asked.user)]
    part = [job_record(job, asked.user) for job in known[query.offset : query.offset + query.limit]]
    return asked.by_content(asked.part(query, part, len(known)))


@router.get("/jobs/{job}", response_model=Job, dependencies=[Depends(bare)])
def read_job(asked: Asked, job: JobId) -> Record:
    """Read how far a job is, and what it reports when it has ended."""
    return asked.by_content(job_record(_job(asked, job), asked.user))


@router.post("/jobs", response_model=Job, status_code=202, dependencies=[Depends(bare), Depends(json_only)])
def start_job(asked: Asked, user: Editor, body: NewAddresses | NewJob) -> Record:
    """Fetch web addresses, build what is new, or link what was decided; what waits for the same already is the job."""
    if isinstance(body, NewAddresses):
        payload = {"urls": list(dict.fromkeys(body.urls)), "follow_feed": body.follow_feed}
        job = asked.jobs.submit(ADD_URL, payload, user.name)
    else:
        job = asked.jobs.submit({"build": BUILD, "link": LINK}[body.kind], {}, user.name)
    return _accepted(asked, job, user)


@router.post("/jobs/{job}/cancel", response_model=Job, status_code=202, dependencies=[Depends(bare)])
def cancel_job(asked: Asked, user: Editor, job: JobId) -> Record:
    """Stop a job; what it finished is kept, and one that has ended stays as it is."""
    _job(asked, job)
    return job_record(asked.jobs.cancel(job), user)


def _job(asked: Asking, identifier: str) -> Work:
    job = asked.jobs.job(identifier)
    if not _may_see(job, asked.user):
        raise unknown(identifier)
    return job


def _may_see(job: Work, user: User) -> bool:
    return job.author == user.name or (job.kind != CHECK and user.may("editor"))


def _accepted(asked: Asking, job: Work, user: User) -> Record:
    asked.at(f"/jobs/{job.id}", 202)
    return job_record(job, user)


def job_record(job: Work, user: User) -> Record:
    """A job as it stands; what a draft check reports only to who asked for it."""
    report = job.report or {}
    return {
        "record": "job",
        "id": job.id,
        "kind": job.kind,
        "author": job.author,
        "submitted_at": job.submitted_at,
        "state": job.state.value,
        "started_at": job.started_at,
        "ended_at": job.ended_at,
        "step": {"label": job.step.label, "done": job.step.done, "total": job.step.total} if job.step else None,
        "cancelling": job.cancelling,
        "failure": {
            "code": job.failure.code,
            "message": str(discreet(job.failure.said)),
            "remedy": str(discreet(job.failure.advice)),
        }
        if job.failure
        else None,
        "added": _added(report) if "taken" in report else None,
        "built": _built(report) if "analysed" in report else None,
        "draft": _draft(report) if "draft" in report and job.author == user.name else None,
    }


def _built(report: Mapping[str, Any]) -> Record:
    return {**report, "rejected": [discreet_record(one) for one in report.get("rejected", ())]}


def _added(report: Mapping[str, Any]) -> Record:
    counts = {name: report[name] for name in ("taken", "known", "failed", "left_out")}
    return {**counts, "inputs": [_input(one) for one in report["inputs"]]}


def _input(one: Mapping[str, Any]) -> Record:
    told = {name: str(discreet(phrase_from(one[name]))) or None for name in ("message", "remedy") if name in one}
    return {"source": shown_source(one["source"]), "state": one["state"], "code": one.get("code"), **told,
            "warnings": list(one.get("warnings", ()))}  # fmt: skip


def _draft(report: Mapping[str, Any]) -> Record:
    return draft_record(msgspec.convert(report["draft"], DraftReport))
