"""People's decisions: the log, new ones, taking them back; and the doubts that wait for one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from quellenlage.errors import BadInput
from quellenlage.execution import Decision, logged, record, resolve, taking_back
from quellenlage.execution.pointing import member, present
from quellenlage.execution.queue import Choice, Kind, Question, candidates, undecided
from quellenlage.model import Archive, Judgement, Verdict, to_builtins
from quellenlage.views.api.asking import Asked, Paged, bare, first, unknown
from quellenlage.views.api.content import json_only
from quellenlage.views.api.fields import DecisionId, Identifier
from quellenlage.views.api.freshness import by_stand
from quellenlage.views.api.models.work import Decisions, Doubts, Logged, NewDecision, Recorded, Undoing, Undone
from quellenlage.views.api.problems import Conflicting
from quellenlage.views.cli.clock import moment
from quellenlage.views.records import Record
from quellenlage.views.web.access.roles import User
from quellenlage.views.web.access.routes import requires

router = APIRouter(tags=["Decisions"])

Editor = Annotated[User, Depends(requires("editor"))]


class LogQuery(Paged):
    """Which decisions."""

    about: Identifier | None = Field(default=None, description="only what is about this, or members of it")
    author: str | None = Field(default=None, min_length=1, max_length=200)
    in_force: bool = Field(default=False, description="only what counts")


class DoubtQuery(Paged):
    """Which doubts."""

    kind: list[Kind] = Field(
        default=["entity", "merged", "speaker", "event", "near-event", "conflict"], min_length=1, max_length=10
    )


@router.get("/doubts", response_model=Doubts, dependencies=[Depends(by_stand)])
def doubts(asked: Asked, query: Annotated[DoubtQuery, Query()]) -> Record:
    """List open questions for a person: may two be one, or one be two; whose words; is it a conflict.

    Each has the decisions that answer it, to be posted to /decisions.
    """
    found = undecided(asked.archive, candidates(asked.archive, query.kind))
    part = found[query.offset : query.offset + query.limit]
    return asked.part(query, _doubt_records(asked.archive, part), len(found))


@router.get("/decisions", response_model=Decisions)
def decisions(asked: Asked, query: Annotated[LogQuery, Query()]) -> Record:
    """List the log of decisions, the newest first: who decided what, and whether it counts."""
    if query.about is not None and not _is_there(asked.archive, query.about):
        raise unknown(query.about)
    log = logged(asked.archive, query.about)
    kept = [
        one
        for one in reversed(log)
        if query.author in {None, one.judgement.author} and (one.state == "in-force" or not query.in_force)
    ]
    part = [_logged(one.judgement, one.state, one.by) for one in kept[query.offset : query.offset + query.limit]]
    return asked.by_content(asked.part(query, part, len(kept)))


@router.get("/decisions/{decision}", response_model=Logged, dependencies=[Depends(bare)])
def read_decision(asked: Asked, decision: DecisionId) -> Record:
    """Read one decision of the log."""
    found = first((one for one in logged(asked.archive) if one.judgement.id == decision), decision)
    return asked.by_content(_logged(found.judgement, found.state, found.by))


@router.post("/decisions", response_model=Recorded, status_code=201, dependencies=[Depends(bare), Depends(json_only)])
def decide(asked: Asked, user: Editor, body: NewDecision) -> Record:
    """Record a decision; it is kept through every later build, under your name.

    A small archive is linked anew at once, in the background.
    """
    given = body.model_dump()
    _check_there(asked.archive, given["subject"], given.get("other"))
    decision = Decision(
        Verdict(given["verdict"]),
        given["subject"],
        other=given.get("other"),
        field=given.get("field"),
        value=given.get("value"),
        note=given["note"],
    )
    try:
        made = resolve(asked.archive, decision, author=user.name, made_at=moment())
    except BadInput as error:
        raise Conflicting(error) from error
    record(asked.archive, made)
    job = asked.jobs.decided(made, user.name)
    asked.at(f"/decisions/{made[0].id}", 201)
    return {"judgements": [_judgement(one) for one in made], "job": job.id if job else None}


@router.post(
    "/decisions/{decision}/undo",
    response_model=Undone,
    status_code=201,
    dependencies=[Depends(bare), Depends(json_only)],
)
def undo_decision(asked: Asked, user: Editor, decision: DecisionId, body: Undoing) -> Record:
    """Take a decision back, with all judgements that it made; the undo of an undo brings it back."""
    try:
        made, count = taking_back(asked.archive, decision, author=user.name, made_at=moment(), note=body.note)
    except BadInput as error:
        raise Conflicting(error) from error
    record(asked.archive, [made])
    job = asked.jobs.decided([made], user.name)
    asked.at(f"/decisions/{made.id}", 201)
    return {"judgement": _judgement(made), "concerned": count, "job": job.id if job else None}


def _check_there(archive: Archive, *identifiers: str | None) -> None:
    """Look whole identifiers up by keys: a wrong one must not cost the reading of the whole archive.

    Raises:
        NotFound: there is nothing under one of them.
    """
    for one in identifiers:
        if one is not None and not _is_there(archive, one):
            raise unknown(one)


def _is_there(archive: Archive, identifier: str) -> bool:
    return bool(present(archive, identifier) or member(archive, identifier))


def _judgement(one: Judgement) -> Record:
    return {"record": "judgement", **to_builtins(one)}


def _logged(one: Judgement, state: str, by: str | None) -> Record:
    return {**_judgement(one), "state": state, "by": by}


def _doubt_records(archive: Archive, questions: list[Question]) -> list[Record]:
    named = {one for q in questions for one in (q.subject, q.other) if one}
    now = {one: archive.resolve(one) for one in named}
    names = {card.id: card.name for card in archive.entities_by_id(set(now.values())).values()}
    part = archive.parts_of([one for one in now.values() if one.startswith("evm-")])
    names |= {event.id: event.accounts[0].evidence.exact for event in part.events}

    def about(identifier: str) -> Record:
        return {"id": identifier, "name": names.get(now[identifier], identifier)}

    return [
        {
            "record": "doubt",
            "id": q.id,
            "kind": q.kind,
            "one": about(q.subject),
            "other": about(q.other) if q.other else None,
            "value": q.value,
            "score": q.score,
            "reasons": list(q.reasons),
            "article": q.article or None,
            "choices": [_choice(one) for one in q.choices],
        }
        for q in questions
    ]


def _choice(choice: Choice) -> Record:
    decision = {name: value for name, value in to_builtins(choice.decision).items() if value}
    return {"name": choice.name, "label": choice.label, "asks": choice.asks, "decision": decision}
