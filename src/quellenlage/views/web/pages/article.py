"""Articles: the list of them, and each as it was received, with what was found in it and in whose words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from quellenlage.model import Span
from quellenlage.model.listing import ArticleOrder
from quellenlage.views.web.links import page_of, with_query
from quellenlage.views.web.page import Asked
from quellenlage.views.web.shown import article_sources
from quellenlage.views.web.shown.article_head import head
from quellenlage.views.web.shown.article_held import find, hold
from quellenlage.views.web.shown.article_items import LIMIT, Items
from quellenlage.views.web.shown.article_marks import DEFAULT, LAYERS, NONE, ZONES, chosen_layers, marks
from quellenlage.views.web.shown.article_markup import markup
from quellenlage.views.web.shown.article_text import blocks, segments
from quellenlage.views.web.shown.article_versions import versions
from quellenlage.views.web.shown.articles import ORDERS, Filters, choices, shown_article, whole_year, years
from quellenlage.views.web.shown.paging import SIZE, pager

router = APIRouter()

LONG = 30_000
"""Code points from which on paragraphs out of sight are not drawn."""
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


@router.get("/articles")
def articles(page: Asked, filters: Annotated[Filters, Depends()]) -> Response:
    """All articles, or those that are asked for."""
    archive = page.archive
    unread = filters.unread(archive)
    filters = filters.without(unread)
    asked = filters.question(archive)
    order: ArticleOrder = next((one for one in ORDERS if one == filters.order), "-time")
    offset = max(0, filters.offset)
    listed = archive.articles(asked, offset=offset, limit=SIZE, order=order)
    given = filters.given()
    named = archive.entities_by_id([archive.resolve(filters.entity)]) if filters.entity else {}
    told = [(year, count, *whole_year(year)) for year, count in years(archive, replace(asked, first=None, last=None))]
    return page.render(
        "articles.html",
        reads=(),
        filters=filters,
        listed=[shown_article(card, page.words) for card in listed.items],
        where=pager("/articles", given, listed.total, offset, capped=listed.more),
        outlets=choices(archive, replace(asked, outlets=()), "outlet", filters.outlet),
        agencies=choices(archive, replace(asked, agencies=()), "agency", filters.agency),
        stories=choices(archive, replace(asked, stories=()), "story", filters.story),
        years=[
            (year, count, with_query("/articles", {**given, "since": first, "until": last}))
            for year, count, first, last in told
        ],
        unread=unread,
        days=[day.isoformat() if day else "" for day in (asked.first, asked.last)],
        entity=next((card.name for card in named.values()), filters.entity),
    )


@router.get("/articles/{identifier}")
def article(page: Asked, identifier: str, at: str = "", layers: str | None = None, all: bool = False) -> Response:
    """An article with its layers. `at` is a passage ("120-240", code points) that is marked."""
    document = find(page.archive, identifier)
    if document.article.id != identifier:
        query = {"at": at, "layers": layers, "all": "1" if all else None}
        return RedirectResponse(with_query(page_of(document.article.id), query) + ("#at" if at else ""))
    held = hold(page.archive, document)
    text, zones = held.document.text, held.document.article.zones
    place = _place(at, len(text))
    items = Items(held, page.words, page.say, None if all else LIMIT)
    listed = blocks(text, zones)
    cut = segments(listed, marks(held.document, held.hidden, place))
    labels = {kind: page.say(label) for kind, label in ZONES.items()}
    shown = head(held, items, page.words, page.say)
    here = page_of(identifier)
    active = chosen_layers(layers)
    return page.render(
        "article.html",
        head=shown,
        text=markup(text, listed, cut, labels, deleted=shown.deleted),
        groups=items.groups(),
        long=len(text) > LONG,
        layers=[(layer, layer.name in active, _switched(here, active, layer.name, at)) for layer in LAYERS],
        bare=(NONE, not active, with_query(here, {"layers": "none", "at": at})),
        active=active,
        sources=article_sources.sources(held, page.words),
        versions=versions(held, page.words, page.say),
        astray=bool(at) and place is None,
        identifier=identifier,
        everything=with_query(here, {"layers": layers, "at": at, "all": "1"}),
    )


def _place(at: str, length: int) -> Span | None:
    """The passage that an address names, where the text has one there."""
    match = _PLACE.fullmatch(at)
    start, end = (int(match[1]), int(match[2])) if match else (0, 0)
    return Span(start, end) if start < end <= length else None


def _switched(here: str, active: tuple[str, ...], name: str, at: str) -> str:
    """The address at which one layer is on instead of off, or off instead of on."""
    names = tuple(layer.name for layer in LAYERS if (layer.name in active) is not (layer.name == name))
    value = None if names == DEFAULT else ",".join(names) or NONE.name
    return with_query(here, {"layers": value, "at": at}).replace("%2C", ",")
