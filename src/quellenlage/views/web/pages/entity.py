"""Names: the index of people, organisations and places, and a page for each with all that the archive has on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import NotFound
from quellenlage.model import Entity, EntityKind
from quellenlage.model.listing import ConflictQuestion, EntityCard, EntityOrder
from quellenlage.views.holdings import Holdings
from quellenlage.views.shelves import holdings_of_entity
from quellenlage.views.web.links import page_of, with_query
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.shown import names_events, names_positions
from quellenlage.views.web.shown.asked import Given, addressed, read_given
from quellenlage.views.web.shown.names import TABS, completions, likely, question, shown_cards, tabs
from quellenlage.views.web.shown.names_alike import namesakes, quoted_doubts, shown_doubts, shown_references
from quellenlage.views.web.shown.names_company import introductions, shown_company, shown_outlets
from quellenlage.views.web.shown.names_offices import quoted_offices, shown_offices
from quellenlage.views.web.shown.names_positions import Asking, course
from quellenlage.views.web.shown.names_spelled import shown_place, shown_scripts
from quellenlage.views.web.shown.paging import Pager, pager
from quellenlage.views.wording.reasons import reason_words
from quellenlage.views.wording.spelled import spelled_in

router = APIRouter()

PATH = "/entities"
SIZE = 50
_ORDERS: tuple[EntityOrder, ...] = ("articles", "events", "name")
_LONGEST = 200  # code points of a name that is looked for


@router.get(PATH)
def entities(page: Asked, offset: int = Query(0, ge=0)) -> Response:
    """The index: one tab of it, words of any spelling, an order."""
    given = read_given(page.request.query_params, PATH, {"kind": tuple(TABS), "order": _ORDERS}, ("q",))
    query = given.single("q")[:_LONGEST]
    tab = given["kind"][0] if given["kind"] else "all"
    order: EntityOrder = next((one for one in _ORDERS if one in given["order"]), "articles")
    found = page.archive.entities(question(query, tab), offset=offset, limit=SIZE, order=order)
    elsewhere = 0
    if query and not found.total and tab != "all":
        elsewhere = page.archive.entities(question(query, "all"), limit=1).total
    answer = page.render(
        "entities.html",
        block="told",
        reads=given.reads - {"from", "to"},
        given=given,
        query=query,
        tabs=tabs(page.archive, tab, {one: given.address(kind=None if one == "all" else one) for one in TABS}),
        tab=tab,
        order=order,
        orders=[(one, given.address(order=None if one == "articles" else one)) for one in _ORDERS],
        cards=shown_cards(page.archive, found.items, page.words),
        meant=[] if found.total or elsewhere else likely(page.archive, query, page.words),
        elsewhere=(elsewhere, given.address(kind=None)),
        where=pager(PATH, given.query(), found.total, offset, size=SIZE, capped=found.more),
    )
    return addressed(answer, given.address(offset=offset or None), partial=page.partial)


@router.get(f"{PATH}/names")
def names(page: Asked) -> Response:
    """Names for completion: of whatever field was typed in, in any spelling."""
    query = page.request.query_params
    typed = next((query[name] for name in ("q", "speaker", "actor", "told") if query.get(name)), "")
    return page.render("entities_names.html", names=list(completions(page.archive, typed[:_LONGEST], page.words)))


@router.get(f"{PATH}/{{identifier}}")
def entity(page: Asked, identifier: str) -> Response:
    """The page of a name; an identifier that became part of another leads to that one."""
    now = page.archive.resolve(identifier)
    card = page.archive.entities_by_id([now]).get(now)
    if card is None:
        raise NotFound("{reference}: no such name", reference=identifier)
    if now != identifier:
        return RedirectResponse(with_query(page_of(now), dict(page.request.query_params)), status_code=303)
    holdings = holdings_of_entity(page.archive, now, events=(), claims=())
    asked = _asked(page, now)
    answer = page.render(
        "entity.html",
        reads=asked.given.reads | {"said", "told"},
        **_head(page, card, holdings.entities[now], holdings),
        **_sides(page, holdings.entities[now], holdings),
        **_said(page, asked),
        **_events(page, asked),
        provisional=set(page.archive.provisional()) & {m.article for m in holdings.entities[now].members},
    )
    return addressed(answer, asked.address(), partial=page.partial)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the address of an entity's page asks of its two lists."""

    entity: str
    given: Given
    part: str
    said: int
    told: int

    def address(self, **changed: object | None) -> str:
        return self.given.address(**{"said": self.said or None, "told": self.told or None, **changed})


def _asked(page: Page, now: str) -> _Wanted:
    lists = {"part": names_events.PARTS[1:], "only": ("changes",), "order": ("newest",)}
    given = read_given(page.request.query_params, page_of(now), lists, ("about",))
    offsets = (_number(page.request.query_params.get(name, "")) for name in ("said", "told"))
    return _Wanted(now, given, given["part"][0] if given["part"] else "all", *offsets)


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 7 else 0


def _head(page: Page, card: EntityCard, found: Entity, holdings: Holdings) -> dict[str, Any]:
    words, now = page.words, card.id
    clashes = page.archive.conflicts(ConflictQuestion(entities=(now,)), limit=1)
    lines = page.archive.lines(names_events.question(now, "all"), limit=1)
    place = found.kind in {EntityKind.GPE, EntityKind.LOC}
    return {
        "entity": found,
        "card": card,
        "kind": words.code("kind", card.kind.value),
        "figures": [
            ("articles", card.articles, False, with_query("/articles", {"entity": now})),
            ("events", lines.total, lines.more, "#events"),
            ("claims", card.claims, False, with_query("/claims", {"speaker": now})),
            ("conflicts", clashes.total, clashes.more, with_query("/conflicts", {"actor": now})),
        ],
        "chronicle": with_query("/chronicle", {"place" if place else "actor": now}),
        "map": with_query("/map", {"place" if place else "actor": now}),
        "scripts": shown_scripts(found, holdings.forms.get(now, {}), words),
        "place": shown_place(found.place, words),
        "reasons": reason_words(found.reasons, words, spelled_in(holdings.linked, found)),
    }


def _sides(page: Page, found: Entity, holdings: Holdings) -> dict[str, Any]:
    """Offices, doubts, namesakes, lists, company and outlets; the sentences around their words are read at once."""
    words, archive = page.words, page.archive
    introduced = introductions(found, holdings)
    shown = list(introduced.values())[:40]
    named = [*quoted_offices(found), *quoted_doubts(found, holdings), *shown]
    sentences = archive.sentences_at({(one.article, one.start) for one in named})
    return {
        "offices": shown_offices(found, holdings, sentences, words),
        "doubts": shown_doubts(found, holdings, sentences, words),
        "namesakes": namesakes(archive, found, holdings, words),
        "references": shown_references(archive, found, holdings, words),
        "company": shown_company(archive, found.id, words),
        "outlets": shown_outlets(archive, found.id, introduced, sentences, holdings, words),
    }


def _said(page: Page, asked: _Wanted) -> dict[str, Any]:
    given = asked.given
    asking = Asking(
        asked.entity,
        about=given.single("about"),
        changes=bool(given["only"]),
        newest=bool(given["order"]),
        offset=asked.said,
    )
    found = course(page.archive, asking, page.words)
    query = given.query(told=asked.told or None)
    where = pager(given.path, query, found.total, asked.said, size=names_positions.SIZE, capped=found.capped)
    return {
        "given": given,
        "asking": asking,
        "said": found,
        "said_where": _named(where, "said", "#said"),
        "said_order": asked.address(order=None if asking.newest else "newest", said=None) + "#said",
        "looked": names_positions.LOOKED,
    }


def _events(page: Page, asked: _Wanted) -> dict[str, Any]:
    found = names_events.shown_events(page.archive, asked.entity, (asked.part, asked.told), page.words, page.say)
    query = asked.given.query(said=asked.said or None)
    where = pager(asked.given.path, query, found.total, asked.told, size=names_events.SIZE, capped=found.capped)
    return {
        "events": found,
        "part": asked.part,
        "parts": [
            (one, asked.address(part=None if one.name == "all" else one.name, told=None) + "#events")
            for one in found.parts
        ],
        "events_where": _named(where, "told", "#events"),
    }


def _named(where: Pager, name: str, anchor: str) -> Pager:
    """A pager whose offset goes by another name, because its page has two lists; it opens at its own list."""

    def there(address: str) -> str:
        return address.replace("offset=", f"{name}=") + anchor if address else ""

    return replace(where, previous=there(where.previous), next=there(where.next))
