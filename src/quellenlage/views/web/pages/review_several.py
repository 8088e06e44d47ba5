"""Several questions of one kind at once: a list to choose from, a summary to confirm, and all of it taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import QuellenlageError
from quellenlage.execution import resolve
from quellenlage.execution.queue import KINDS, Question
from quellenlage.views.cli.clock import moment
from quellenlage.views.discretion import discreet
from quellenlage.views.web.deciding import recorded
from quellenlage.views.web.deciding.answering import MOST, Answer, Answered, Editor, completed, of_name
from quellenlage.views.web.deciding.queueing import queue_of
from quellenlage.views.web.deciding.waiting import waiting
from quellenlage.views.web.links import with_query
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.shown.paging import pager
from quellenlage.views.web.shown.review import shown_questions
from quellenlage.views.web.shown.review_tabs import decided, tabs
from quellenlage.views.web.shown.review_words import ANSWERS

router = APIRouter()

PATH = "/review"


@router.get(f"{PATH}/list")
def listed(page: Asked, _editor: Editor, kind: str = "", offset: Annotated[int, Query(ge=0)] = 0) -> Response:
    """Open questions of one kind, to answer several alike."""
    counts = queue_of(page).standing(KINDS, page.author).counts
    chosen = next((one for one in KINDS if one == kind), next(iter(counts), KINDS[0]))
    still = queue_of(page).standing((chosen,), page.author)
    shown = still.open[offset : offset + MOST]
    told = shown_questions(page.archive, shown, page.words, page.say)
    return page.render(
        "review_list.html",
        reads=(),
        kind=chosen,
        kinds=tabs(page, (chosen,), f"{PATH}/list", everything=False),
        questions=[told[one.id] for one in shown if one.id in told],
        answers=_alike(page, shown),
        where=pager(f"{PATH}/list", {"kind": chosen}, len(still.open), offset, size=MOST),
    )


@router.post(f"{PATH}/summary")
def summary(page: Asked, given: Answered, _editor: Editor) -> Response:
    """What an answer to several questions would do, before it is given."""
    found = _found(page, given)
    told = shown_questions(page.archive, found, page.words, page.say)
    shown = [told[one.id] for one in found if one.id in told and of_name(one, given.choice)]
    kind = given.kinds[0] if given.kinds else "entity"
    label, does = ANSWERS.get((kind, given.choice), ("", ""))
    return page.render(
        "review_summary.html",
        kind=kind,
        choice=given.choice,
        label=page.say(label) if label else "",
        does=page.say(does) if does else "",
        questions=shown,
        note=given.note,
        back=with_query(f"{PATH}/list", {"kind": kind}),
    )


@router.post(f"{PATH}/several")
def several(page: Asked, given: Answered, _editor: Editor) -> Response:
    """Record one answer to several questions, each as a decision of its own; what cannot be recorded is named."""
    firsts: list[str] = []
    failed: list[tuple[Question, QuellenlageError]] = []
    for question in _found(page, given):
        choice = of_name(question, given.choice)
        decision = completed(choice, given) if choice else None
        if decision is None:
            continue
        try:
            made = resolve(page.archive, decision, author=page.author, made_at=moment())
            recorded(page, made)
        except QuellenlageError as error:
            failed.append((question, error))
            continue
        firsts.append(made[0].id)
    kind = given.kinds[0] if given.kinds else None
    if failed:
        return _done(page, firsts, kind, failed)
    return RedirectResponse(with_query(f"{PATH}/done", {"kind": kind, "made": firsts}), status_code=303)


@router.get(f"{PATH}/done")
def done(
    page: Asked,
    _editor: Editor,
    made: Annotated[list[str], Query(max_length=MOST)] = [],  # noqa: B006
    kind: str = "",
) -> Response:
    """What was just decided on several questions, to be taken back together or one by one."""
    return _done(page, made, kind if kind in KINDS else None)


def _done(
    page: Page, made: Sequence[str], kind: str | None, failed: Sequence[tuple[Question, QuellenlageError]] = ()
) -> Response:
    return page.render(
        "review_done.html",
        status=409 if failed else 200,
        shown=decided(page, made),
        failed=[_not_done(page, question, error) for question, error in failed],
        waiting=waiting(page),
        here_address=with_query(f"{PATH}/done", {"kind": kind, "made": made}),
        onward=with_query(f"{PATH}/list", {"kind": kind}),
    )


def _not_done(page: Page, question: Question, error: QuellenlageError) -> tuple[str, str]:
    """Where a question that was not answered stands, and why: what went wrong and what helps."""
    told = (page.words.phrase(discreet(one)) for one in (error.said, error.advice))
    return with_query(PATH, {"kind": question.kind, "question": question.id}), " – ".join(filter(None, told))


def _found(page: Page, given: Answer) -> list[Question]:
    queue = queue_of(page)
    kinds = given.kinds or KINDS
    still = {question.id: question for question in queue.standing(kinds, page.author).open}
    return [still[one] for one in dict.fromkeys(given.questions) if one in still]


def _alike(page: Page, shown: Sequence[Question]) -> list[tuple[str, str, str]]:
    """Answers that fit several questions: (name, words, what it does); a speaker fits one alone."""
    names = dict.fromkeys(
        (one.kind, choice.name)
        for one in shown
        for choice in one.choices
        if not choice.asks and choice.name != "speaker"
    )
    return [(name, page.say(ANSWERS[kind, name][0]), page.say(ANSWERS[kind, name][1])) for kind, name in names]
