"""Taking mentions out of a name: they are somebody else's, or something else's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution import Split, mentions_of, split
from quellenlage.execution.around import LEAST
from quellenlage.execution.parting import Chosen, Placed, take_out
from quellenlage.model import Entity, Judgement
from quellenlage.model.listing import Wanted
from quellenlage.views.cli.clock import moment
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.shelves import holdings_of_articles
from quellenlage.views.web.deciding import recorded
from quellenlage.views.web.deciding.answering import Editor
from quellenlage.views.web.deciding.outcome import back_with
from quellenlage.views.web.links import page_of
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.shown.paging import pager
from quellenlage.views.web.shown.quotes import ShownQuote, shown_quote

router = APIRouter()

PATH = "/entities/{identifier}/split"
SIZE = 12
"""Articles on one page, each with all mentions in it."""


@dataclass(frozen=True, slots=True)
class ShownMention:
    """A mention with its sentence; `value` is how a form names it."""

    value: str
    quote: ShownQuote


@router.get(PATH)
def mentions(page: Asked, identifier: str, _editor: Editor, offset: int = Query(0, ge=0)) -> Response:
    """All mentions, article by article, to choose those that are meant otherwise."""
    entity = _entity(page, identifier)
    articles = list(dict.fromkeys(member.article for member in entity.members))
    here = articles[offset : offset + SIZE]
    holdings = holdings_of_articles(page.archive, here)
    placed = mentions_of(page.archive, _within(entity, here))
    told = {
        article: [
            ShownMention(
                f"{article}:{one.number}", shown_quote(one.sentence, holdings, page.words, mark=one.mention.span)
            )
            for one in placed
            if one.member.article == article
        ]
        for article in here
    }
    return page.render(
        "entity_split.html",
        entity=entity,
        told=told,
        where=pager(f"{page_of(entity.id)}/split", {}, len(articles), offset, size=SIZE),
    )


@router.post(PATH)
def take(
    page: Asked,
    identifier: str,
    _editor: Editor,
    mention: Annotated[tuple[str, ...], Form()] = (),
    note: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Take the chosen mentions out; where they are all of an article, the article leaves as a whole."""
    entity = _entity(page, identifier)
    made = _taken(page, entity, mention, note.strip())
    recorded(page, made)
    return RedirectResponse(back_with(page_of(entity.id), [made[0].id]), status_code=303)


def _taken(page: Page, entity: Entity, chosen: tuple[str, ...], note: str) -> tuple[Judgement, ...]:
    """The judgements that are needed.

    Raises:
        BadInput: nothing is chosen, or whole articles and single mentions are, or the archive is large.
        NotFound: no such mention.
    """
    numbers: dict[str, set[str]] = {}
    for one in chosen:
        article, _, number = one.rpartition(":")
        numbers.setdefault(article, set()).add(number)
    if not numbers:
        raise BadInput(entity.name, "no mention of it is meant", remedy="choose the mentions that are meant otherwise")
    if strange := numbers.keys() - {member.article for member in entity.members}:
        raise NotFound("{reference}: no such mention", reference=sorted(strange)[0] or chosen[0])
    part = _within(entity, numbers)
    every: dict[str, set[str]] = {}
    for placed in mentions_of(page.archive, part):
        every.setdefault(placed.member.article, set()).add(str(placed.number))
    whole = tuple(article for article, found in numbers.items() if found == every.get(article))
    if not whole:
        wanted = Chosen(tuple(f"{article}:{','.join(sorted(found, key=int))}" for article, found in numbers.items()))
        return take_out(page.archive, part, wanted, author=page.author, made_at=moment(), note=note)
    if len(whole) < len(numbers):
        raise BadInput(
            entity.name,
            "whole articles and single mentions cannot leave at once",
            remedy="take them out one after the other",
        )
    if page.archive.totals().articles >= LEAST:
        raise BadInput(
            entity.name,
            "taking whole articles out takes long in a large archive",
            remedy="use quellenlage judge split --out",
        )
    return split(page.archive, Split(entity.id, whole, note=note), author=page.author, made_at=moment())


def _entity(page: Page, identifier: str) -> Entity:
    now = page.archive.resolve(identifier)
    found = next((e for e in page.archive.portion(Wanted(entities=[now])).linked.entities if e.id == now), None)
    if found is None:
        raise NotFound("{reference}: no such name", reference=identifier)
    return found


def _shown(one: Placed, holdings: Holdings, words: Words) -> ShownMention:
    quote = shown_quote(one.sentence, holdings, words, mark=one.mention.span)
    return ShownMention(f"{one.member.article}:{one.number}", quote)


def _within(entity: Entity, articles: dict[str, set[str]] | list[str]) -> Entity:
    """The entity as some articles have it."""
    return replace(entity, members=tuple(one for one in entity.members if one.article in articles))
