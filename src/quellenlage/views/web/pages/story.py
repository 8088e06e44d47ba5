"""Stories: all of them, and each with its chronicle, its articles and why these belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import NotFound
from quellenlage.model import Archive, Belonging, Story
from quellenlage.model.listing import ArticleCard, ArticleQuestion, ConflictQuestion, StoryCard
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.shelves import holdings_of_articles
from quellenlage.views.web.links import page_of
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.shown.chronicle_asked import PARAMETERS, Filters, read_filters
from quellenlage.views.web.shown.chronicle_listed import listed
from quellenlage.views.web.shown.paging import pager
from quellenlage.views.web.shown.stories import HEIGHT, WIDTH, period_words, shown_stories
from quellenlage.views.wording.belonging import why_words
from quellenlage.views.wording.lines import citation_words

router = APIRouter()

STORIES = 25
"""Stories on one page of the list."""

_REASONED = ("text:", "revision:")
"""Reasons that name another article."""


@router.get("/stories")
def stories(page: Asked, q: str = "", offset: int = Query(0, ge=0)) -> Response:
    """All stories, those of most articles first."""
    found = page.archive.story_cards(q, offset=offset, limit=STORIES)
    return page.render(
        "stories.html",
        reads=(),
        q=q,
        stories=shown_stories(page.archive, found.items, page.words),
        where=pager("/stories", {"q": q or None}, found.total, offset, size=STORIES, capped=found.more),
        size=(WIDTH, HEIGHT),
    )


@router.get("/stories/{identifier}")
def story(page: Asked, identifier: str, offset: int = Query(0, ge=0), articles: int = Query(0, ge=0)) -> Response:
    """One story; of a part of the page that htmx asks for, the drawing and the list."""
    archive = page.archive
    now = archive.resolve(identifier)
    if now != identifier:
        return RedirectResponse(page_of(now), status_code=303)
    card = archive.stories_by_id([now]).get(now)
    if card is None:
        raise NotFound("{reference}: no such story", reference=identifier)
    filters = replace(read_filters(page.request.query_params, archive), story=(now,))
    found = listed(archive, filters.question, offset, page.words)
    here = filters.address(page_of(now), story=None)
    answer = page.render(
        "story.html",
        block="told",
        reads=PARAMETERS,
        card=card,
        period=period_words(card.earliest, card.latest, page.words),
        figures=_figures(archive, card, page),
        filters=filters,
        periods=found.periods,
        where=pager(page_of(now), filters.query(story=None), found.total, offset, capped=found.capped),
        drawn={
            "src": filters.address("/chronicle/marks"),
            "list": here,
            "strip": filters.address("/chronicle/strip.svg"),
        },
        chronicle=Filters(story=(now,)).address(),
        members=_members(archive, now, articles, page),
        related=_related(archive, now),
        provisional=None,
    )
    if page.partial:
        answer.headers["HX-Replace-Url"] = filters.address(page_of(now), story=None, offset=offset or None)
    return answer


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a story, and where what it counts is listed."""

    count: str
    label: str
    href: str


def _figures(archive: Archive, card: StoryCard, page: Page) -> list[Figure]:
    say, number = page.say, page.words.number
    clashing = archive.conflicts(ConflictQuestion(stories=(card.id,), settled=False), limit=1).total
    return [
        Figure(number(card.lines), say("Lines"), Filters(story=(card.id,)).address()),
        Figure(number(card.articles), say("Articles"), f"/articles?story={card.id}"),
        Figure(number(clashing), say("Open conflicts"), f"/conflicts?story={card.id}"),
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """An article of a story, and why it belongs to it."""

    href: str
    headline: str
    source: str
    why: list[str]


@dataclass(frozen=True, slots=True)
class Members:
    """A page of the articles of a story; `previous` and `next` are empty at the ends."""

    items: list[Told]
    total: int
    previous: str
    next: str


def _members(archive: Archive, story: str, offset: int, page: Page) -> Members:
    found = archive.articles(ArticleQuestion(stories=(story,)), offset=offset, limit=STORIES, order="time")
    known = _story(archive, story)
    why = {one.article: one for one in known.why} if known else {}
    named = {
        reason.partition(":")[2]
        for card in found.items
        if card.article in why
        for reason in why[card.article].reasons
        if reason.startswith(_REASONED)
    }
    holdings = holdings_of_articles(archive, {*(card.article for card in found.items), *named})
    where = pager(page_of(story), {}, found.total, offset, size=STORIES)
    return Members(
        [_told(card, why, holdings, page.words) for card in found.items],
        found.total,
        where.previous.replace("offset=", "articles="),
        where.next.replace("offset=", "articles="),
    )


def _told(card: ArticleCard, why: Mapping[str, Belonging], holdings: Holdings, words: Words) -> Told:
    citation = holdings.cite(card.article)
    reasons = list(why_words(why[card.article], holdings, words)) if card.article in why else []
    return Told(page_of(card.article), citation.headline or citation.label, citation_words(citation, words), reasons)


def _story(archive: Archive, story: str) -> Story | None:
    return next((one for one in archive.parts_of([story]).stories if one.id == story), None)


def _related(archive: Archive, story: str) -> list[tuple[str, str]]:
    """Stories that may be about the same, likeliest first."""
    known = _story(archive, story)
    cards = archive.stories_by_id(known.related) if known else {}
    return [(cards[one].title, page_of(one)) for one in (known.related if known else ()) if one in cards]
