"""Decisions: the form that every other page sends, and the log of who decided what."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution import logged
from quellenlage.execution.speaking import meant
from quellenlage.model import Verdict
from quellenlage.views.web.deciding import Outcome, Wish, Wished, made_of, outcome_of, recorded, standing_of
from quellenlage.views.web.deciding.answering import Editor
from quellenlage.views.web.deciding.fragments import fragment
from quellenlage.views.web.deciding.outcome import back_with, leave
from quellenlage.views.web.deciding.waiting import waiting
from quellenlage.views.web.jobs.kinds import LINK
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.shown.asked import Given, read_given
from quellenlage.views.web.shown.choices import chips
from quellenlage.views.web.shown.decisions import Entry, ShownDecision, entries, shown_decisions
from quellenlage.views.web.shown.decisions_listed import STATES, chosen, csv_of, groups, jsonl_of, labelled
from quellenlage.views.web.shown.paging import pager

router = APIRouter()

PATH = "/decisions"
SIZE = 50
_CHOICES = 12


@router.post(PATH)
def decide(page: Asked, wish: Wished, _editor: Editor) -> Response:
    """Record a decision; the answer is the fragment that its form stands in, or leads back to its page."""
    within = page.partial and bool(wish.part)
    try:
        made = made_of(page.archive, wish, page.author)
        recorded(page, made)
    except (BadInput, NotFound) as error:
        if not within:
            raise
        told = " – ".join(filter(None, (page.words.phrase(error.said), page.words.phrase(error.advice))))
        choices = _choices(page, wish)
        leave(page, Outcome(wish.back, (), told, True, wish.value or "", wish.note, choices))
        return fragment(page, wish, status=400)
    done = tuple(judgement.id for judgement in made)
    if within:
        leave(page, Outcome(wish.back, done, answering=True))
        return fragment(page, wish)
    return RedirectResponse(back_with(wish.back, done), status_code=303)


def _choices(page: Page, wish: Wish) -> tuple[str, ...]:
    """Who goes by the name that was typed for a speaker."""
    if wish.verdict is not Verdict.CORRECT or wish.field != "speaker" or not wish.value:
        return ()
    return tuple(dict.fromkeys(one.name for one in meant(page.archive, wish.value)))[:_CHOICES]


@router.post(f"{PATH}/link")
def link(page: Asked, editor: Editor) -> Response:
    """Bring in now what was decided."""
    page.workbench.jobs.submit(LINK, {}, editor.name)
    return RedirectResponse(PATH, status_code=303)


@router.get(PATH)
def decisions(page: Asked, offset: int = Query(0, ge=0)) -> Response:
    """The log, the newest first."""
    given, every = _asked(page)
    found = chosen(every, given)
    labels = {**labelled(page.say), "about": lambda one: _name(page, one)}
    return page.render(
        "decisions.html",
        block="told",
        reads=given.reads,
        given=given,
        logged=bool(every) or given.asks,
        groups=groups(every, given, page.words, page.say),
        chosen=list(chips(given, labels, page.words, page.say)),
        shown=_shown(page, found[offset : offset + SIZE]),
        done=outcome_of(page).done,
        waiting=waiting(page),
        exports=[(kind, _export(given, kind)) for kind in ("csv", "jsonl")],
        where=pager(PATH, given.query(), len(found), offset, size=SIZE),
    )


@router.get(f"{PATH}/export")
def export(page: Asked, kind: Annotated[Literal["csv", "jsonl"], Query(alias="format")] = "csv") -> Response:
    """The log under the same filters as a file, oldest first."""
    given, every = _asked(page)
    found = chosen(every, given)[::-1]
    shown = _shown(page, found)
    write, media = {"csv": (csv_of, "text/csv"), "jsonl": (jsonl_of, "application/x-ndjson")}[kind]
    name = f"decisions.{kind}"
    return Response(
        write(found, shown),
        media_type=f"{media}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked(page: Page) -> tuple[Given, list[Entry]]:
    """The filters, and the log that they are applied to: all of it, or what is about one thing."""
    lists = {"author": None, "verdict": tuple(Verdict), "state": STATES}
    given = read_given(page.request.query_params, PATH, lists, ("about",))
    every = entries(page.archive.judgements(), standing_of(page))
    about = given.single("about")
    if about:
        kept = {one.judgement.id for one in logged(page.archive, about)}
        every = [entry for entry in every if entry.judgement.id in kept]
    return given, every


def _shown(page: Page, listed: list[Entry]) -> list[ShownDecision]:
    return shown_decisions(page.archive, listed, standing_of(page), page.words, page.say)


def _name(page: Page, about: str) -> str:
    now = page.archive.resolve(about)
    card = page.archive.entities_by_id([now]).get(now)
    return card.name if card else about


def _export(given: Given, kind: str) -> str:
    return Given(f"{PATH}/export", given.lists, given.singles, given.first, given.last).address(format=kind)
