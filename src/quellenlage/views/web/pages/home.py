"""The front page of an archive, and how to begin with one that is empty."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from quellenlage.views.web.page import Asked
from quellenlage.views.web.shown.home import front, waiting
from quellenlage.views.web.shown.stories import HEIGHT, WIDTH, period_words
from quellenlage.views.web.shown.timeline_kept import kept

router = APIRouter()


@router.get("/")
def overview(page: Asked) -> Response:
    """The start page."""
    totals = kept(page.archive, "totals", page.archive.totals)
    if not totals.articles:
        return page.render("home_empty.html")
    found = kept(page.archive, ("front", page.lang), lambda: front(page.archive, totals, page.words, page.say))
    return page.render(
        "home.html",
        front=found,
        period=period_words(totals.earliest, totals.latest, page.words),
        size=(WIDTH, HEIGHT),
        provisional=len(page.archive.provisional()) or None,
    )


@router.get("/waiting")
def doubts(page: Asked) -> Response:
    """What waits for a decision: a part of the front page that is fetched when that is there already."""
    return page.render("home_waiting.html", waiting=waiting(page.archive, page.say))
