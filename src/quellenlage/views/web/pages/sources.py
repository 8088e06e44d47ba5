"""Sources: who obtained what first, who rests on whom, and each origin on a page of its own."""

from __future__ import annotations

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import NotFound
from quellenlage.model import Origin
from quellenlage.model.listing import ArticleQuestion, LineQuestion
from quellenlage.story.affiliations import Affiliations
from quellenlage.views.shelves import citation_of
from quellenlage.views.web.links import page_of, with_query
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.shown.paging import pager
from quellenlage.views.web.shown.resting import drawn, table
from quellenlage.views.wording.lines import camp_words, origin_counts, published_words

router = APIRouter()

PATH = "/sources"


@router.get(PATH)
def sources(page: Asked, q: str = Query("", max_length=200), offset: int = Query(0, ge=0)) -> Response:
    """Origins with how many articles rest on them, and the drawing of who rests on whom."""
    found = page.archive.origins(q, offset=offset)
    narrowed = bool(q or offset)
    rows = page.archive.resting([one.id for one in found.items] if narrowed else ()) if found.items else ()
    unknown = page.say("Outlet not known")
    return page.render(
        "sources.html",
        block="told",
        reads=(),
        q=q,
        origins=found.items,
        drawn=drawn(rows, page.words, unknown) if rows else None,
        rows=table(rows, unknown),
        where=pager(PATH, {"q": q}, found.total, offset, capped=found.more),
    )


@router.get(f"{PATH}/{{identifier}}")
def source(page: Asked, identifier: str, offset: int = Query(0, ge=0)) -> Response:
    """One origin: its articles, who prints them, and what it tells."""
    now = page.archive.resolve(identifier)
    if now != identifier:
        return RedirectResponse(page_of(now), status_code=303)
    found = next(iter(page.archive.parts_of([now]).origins), None)
    if found is None:
        raise NotFound("{reference}: no such origin", reference=identifier)
    words, unknown = page.words, page.say("Outlet not known")
    listed = page.archive.articles(ArticleQuestion(origins=(now,)), offset=offset)
    reprints, relayed = set(found.reprints), set(found.relayed)
    camp = Affiliations({}, {now: found}).of(now)
    return page.render(
        "source.html",
        origin=found,
        kind=words.code("origin", found.kind.value),
        counted=origin_counts(found, words),
        camp=camp_words((camp.key, camp.name), words) if camp else "",
        articles=[
            (
                citation_of(card),
                published_words(citation_of(card), words),
                page_of(card.article),
                "reprint" if card.article in reprints else "relayed" if card.article in relayed else "",
            )
            for card in listed.items
        ],
        where=pager(page_of(now), {}, listed.total, offset, capped=listed.more),
        rows=table(page.archive.resting([now]), unknown),
        taken=table([one for one in page.archive.resting((), [found.name]) if one.origin != now], unknown),
        told=_told(page, found),
    )


def _told(page: Page, origin: Origin) -> list[tuple[str, int, str]]:
    """Events that it tells, with others, and in conflict: (what, how many, address in the chronicle)."""
    mine = (origin.id,)
    asked: tuple[tuple[str, LineQuestion, dict[str, str]], ...] = (
        (page.say("Events that it tells"), LineQuestion(origins=mine), {}),
        (
            page.say("of them borne out by other origins, too"),
            LineQuestion(origins=mine, min_origins=2),
            {"certainty": "origins"},
        ),
        (page.say("of them in conflict"), LineQuestion(origins=mine, conflicting=True), {"certainty": "conflict"}),
    )
    return [
        (told, page.archive.lines(question, limit=1).total, with_query("/chronicle", {"origin": origin.id, **more}))
        for told, question, more in asked
    ]
