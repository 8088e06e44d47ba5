"""Review: one doubt at a time beside its sources, in few keys; or a list of them, to answer several alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution import resolve
from quellenlage.execution.queue import KINDS, Kind, Question
from quellenlage.model import Judgement, Span
from quellenlage.model.listing import ArticleCard
from quellenlage.views.cli.clock import moment
from quellenlage.views.locale import Words
from quellenlage.views.shelves import citation_of
from quellenlage.views.web.deciding import Wished, made_of, recorded
from quellenlage.views.web.deciding.answering import SKIP, Answer, Answered, Editor, completed, numbered
from quellenlage.views.web.deciding.queueing import kinds_of, queue_of
from quellenlage.views.web.deciding.waiting import waiting
from quellenlage.views.web.links import with_query
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.pages import review_several
from quellenlage.views.web.shown.review import ShownQuestion, shown_questions
from quellenlage.views.web.shown.review_effect import affordable, shown_effect
from quellenlage.views.web.shown.review_tabs import decided, tabs
from quellenlage.views.web.shown.review_text import shown_text
from quellenlage.views.web.shown.review_words import ANSWERS
from quellenlage.views.wording.lines import published_words

router = APIRouter()
router.include_router(review_several.router)

PATH = "/review"
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")

Kinds = Annotated[list[str], Query(alias="kind", max_length=12)]


@router.get(PATH)
def review(
    page: Asked,
    _editor: Editor,
    kind: Kinds = [],  # noqa: B006
    question: str = "",
    done: str = "",
    was: str = "",
) -> Response:
    """The most valuable open question of some kinds, or the one that the address names.

    `done` is a judgement that was just made, `was` the question that it answered.
    """
    return _page(page, kinds_of(kind) if kind else (), wanted=question, done=done, answered=was)


@router.post(PATH)
def answer(page: Asked, given: Answered, _editor: Editor) -> Response:
    """Record an answer, or put the question off, and show the next question."""
    queue = queue_of(page)
    question = queue.question(given.question) if given.questions else None
    if question is None:
        return _go_on(page, given, error=page.say("This question has been settled by a linking."))
    if given.choice == SKIP:
        queue.put_off(question.id, page.author)
        return _go_on(page, given)
    choice = numbered(question, given.choice)
    if choice is None:
        raise HTTPException(400)
    decision = completed(choice, given)
    if decision is None:
        told = page.say("Give the name.") if choice.asks == "name" else page.say("Give the reason.")
        return _again(page, given, told)
    try:
        made = resolve(page.archive, decision, author=page.author, made_at=moment())
    except (BadInput, NotFound) as error:
        told = " – ".join(filter(None, (page.words.phrase(error.said), page.words.phrase(error.advice))))
        return _again(page, given, told)
    recorded(page, made)
    return _go_on(page, given, made)


@router.post(f"{PATH}/undo")
def undo(page: Asked, wish: Wished, kind: Kinds = [], question: str = "", *, _editor: Editor) -> Response:  # noqa: B006
    """Take an answer back, and ask its question again."""
    recorded(page, made_of(page.archive, wish, page.author))
    kinds = kinds_of(kind) if kind else ()
    if page.partial:
        return _page(page, kinds, wanted=question, undone=True)
    return RedirectResponse(_address(kinds, question=question), status_code=303)


@router.post(f"{PATH}/again")
def again(page: Asked, given: Answered, _editor: Editor) -> Response:
    """Ask what was put off once more."""
    queue_of(page).bring_back(page.author)
    return RedirectResponse(_address(given.kinds), status_code=303)


@router.get(f"{PATH}/preview")
def effect(page: Asked, _editor: Editor, question: str, choice: str) -> Response:
    """What an answer would change, tried out in memory."""
    found = queue_of(page).question(question)
    taken = numbered(found, choice) if found else None
    if found is None or taken is None:
        raise NotFound("{reference}: no such identifier", reference=question)
    changed = None
    if affordable(page.archive) and not taken.asks:
        made = resolve(page.archive, taken.decision, author=page.author, made_at=moment())
        changed = shown_effect(page.archive, made, page.words)
    label, does = ANSWERS[found.kind, taken.name]
    return page.render(
        "review_preview.html",
        block="told",
        changed=changed,
        answer=taken.label or page.say(label),
        does=page.say(does),
        back=_address((), question=question),
    )


@router.get(f"{PATH}/text/{{identifier}}")
def text(page: Asked, identifier: str, at: str = "") -> Response:
    """The text of an article, to be read beside a question."""
    document = next(iter(page.archive.documents_of([identifier])), None)
    if document is None:
        raise NotFound("{reference}: no such article", reference=identifier)
    match = _PLACE.fullmatch(at)
    start, end = (int(match[1]), int(match[2])) if match else (0, 0)
    card = next(iter(page.archive.citations([identifier])), None)
    return page.render(
        "review_text.html",
        block="told",
        identifier=identifier,
        paragraphs=shown_text(document, Span(start, end) if start < end else None),
        headline=card.headline or "" if card else "",
        cited=_cited(card, page.words) if card else identifier,
        at=at,
    )


def _cited(card: ArticleCard, words: Words) -> str:
    """An article by outlet and day, worded as beside the question."""
    citation = citation_of(card)
    return f"{citation.label}, {published_words(citation, words)}"


def _address(kinds: Sequence[Kind], **more: object | None) -> str:
    return with_query(PATH, {"kind": list(kinds) if len(kinds) < len(KINDS) else None, **more})


def _go_on(page: Page, given: Answer, made: Sequence[Judgement] = (), *, error: str = "") -> Response:
    """The next question; without a script by way of its address."""
    first = made[0].id if made else ""
    if page.partial or error:
        return _page(page, given.kinds, done=first, answered=given.question if made else "", error=error)
    return RedirectResponse(
        _address(given.kinds, done=first or None, was=given.question if made else None), status_code=303
    )


def _again(page: Page, given: Answer, error: str) -> Response:
    return _page(page, given.kinds, wanted=given.question, error=error, given=given, status=400)


def _page(page: Page, kinds: Sequence[Kind], *, wanted: str = "", status: int = 200, **said: Any) -> Response:
    queue = queue_of(page)
    still = queue.standing(kinds or KINDS, page.author)
    question = queue.question(wanted) if wanted else None
    shown, question = _first(page, [question] if question else [], still.open)
    last = decided(page, [said["done"]]) if said.get("done") else []
    return page.render(
        "review.html",
        block="told",
        status=status,
        one=shown,
        question=question,
        kinds=tabs(page, kinds, PATH),
        chosen=list(kinds),
        still=still,
        place=next((n for n, one in enumerate(still.open, 1) if question and one.id == question.id), 0),
        last=last[0] if last else None,
        answered=said.get("answered", ""),
        undone=said.get("undone", False),
        error=said.get("error", ""),
        given=said.get("given"),
        waiting=waiting(page),
        here_address=_address(kinds),
        tried=affordable(page.archive),
    )


def _first(
    page: Page, named: Sequence[Question], still: Sequence[Question]
) -> tuple[ShownQuestion | None, Question | None]:
    """The first question whose things are still there."""
    for question in (*named, *still):
        shown = shown_questions(page.archive, [question], page.words, page.say).get(question.id)
        if shown is not None:
            return shown, question
    return None, None
