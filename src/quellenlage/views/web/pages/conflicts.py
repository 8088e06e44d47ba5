"""Conflicts: accounts that cannot both hold, listed under filters, and each on a page of its own."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import NotFound
from quellenlage.model import ConflictGrade, ConflictKind, EntityKind, Event
from quellenlage.model.listing import ConflictField, ConflictOrder, ConflictQuestion, Facets
from quellenlage.views.holdings import Holdings
from quellenlage.views.shelves import holdings_of_conflicts
from quellenlage.views.web.links import page_of
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.shown.asked import Given, addressed, read_given
from quellenlage.views.web.shown.choices import Group, Label, chips, group, named
from quellenlage.views.web.shown.clashes_course import course, history
from quellenlage.views.web.shown.conflicts import behind, shown_conflict
from quellenlage.views.web.shown.names_meant import told, who
from quellenlage.views.web.shown.paging import pager
from quellenlage.views.web.shown.quotes import shown_name
from quellenlage.views.wording.lines import event_date

router = APIRouter()

PATH = "/conflicts"
SIZE = 25
_STATES = ("open", "settled")
_NAMED = frozenset({EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.LOC})
_ORDERS: tuple[ConflictOrder, ...] = ("grade", "-time", "time")


@router.get(PATH)
def conflicts(page: Asked, offset: int = Query(0, ge=0)) -> Response:
    """The list, the most serious first."""
    given = given_of(page)
    names = {one: who(page.archive, one, page.words) for one in given["actor"]}
    asked = question_of(given, tuple(one for ids in names.values() for one in ids))
    order: ConflictOrder = next((one for one in _ORDERS if one == given.single("order")), "grade")
    found = page.archive.conflicts(asked, offset=offset, limit=SIZE, order=order)
    holdings = holdings_of_conflicts(page.archive, [card.id for card in found.items])
    known = {conflict.id: conflict for conflict in holdings.linked.conflicts}
    words = page.words
    shown = [
        (shown_conflict(known[card.id], holdings, words), event_date(holdings.events[card.event], holdings, words))
        for card in found.items
        if card.id in known and card.event in holdings.events
    ]
    labels: dict[str, Label] = {
        "kind": lambda one: words.code("conflict", one),
        "grade": lambda one: words.code("grade", one),
        "state": lambda one: _state(one, page),
        "story": lambda one: _stories(page, given).get(one, one),
        "actor": lambda one: told(one, names[one]),
    }
    answer = page.render(
        "conflicts.html",
        block="told",
        reads=given.reads,
        given=given,
        narrowed=replace(given, singles={}).asks,
        groups=_groups(page, given, asked),
        chosen=list(chips(replace(given, singles={}), labels, words, page.say)),
        unheard=[one for one, ids in names.items() if not ids],
        order=order,
        orders=[(one, given.address(order=None if one == "grade" else one)) for one in _ORDERS],
        shown=shown,
        where=pager(PATH, given.query(), found.total, offset, size=SIZE, capped=found.more),
    )
    return addressed(answer, given.address(offset=offset or None), partial=page.partial)


@router.get(f"{PATH}/{{identifier}}")
def conflict(page: Asked, identifier: str) -> Response:
    """One conflict with all its sides."""
    now = page.archive.resolve(identifier)
    if now != identifier:
        return RedirectResponse(page_of(now), status_code=303)
    holdings = holdings_of_conflicts(page.archive, [now])
    found = next((one for one in holdings.linked.conflicts if one.id == now), None)
    if found is None:
        raise NotFound("{reference}: no such conflict", reference=identifier)
    event = holdings.events.get(found.event)
    return page.render(
        "conflict.html",
        one=shown_conflict(found, holdings, page.words),
        behind=behind(found, holdings, page.words),
        when=event_date(event, holdings, page.words) if event else "",
        course=course(found, holdings, page.words),
        history=history(page.archive, now, page.say("this conflict"), page.words),
        actors=[shown_name(one, holdings) for one in _parties(event, holdings)] if event else [],
        others=[
            shown_conflict(c, holdings, page.words) for c in holdings.conflicts_of.get(found.event, ()) if c.id != now
        ],
    )


def given_of(page: Page) -> Given:
    """The filters of the address."""
    lists = {
        "grade": tuple(ConflictGrade),
        "kind": tuple(ConflictKind),
        "state": _STATES,
        "story": None,
        "actor": None,
    }
    return read_given(page.request.query_params, PATH, lists, ("order",))


def question_of(given: Given, actors: tuple[str, ...]) -> ConflictQuestion:
    """The conflicts that are asked for; `actors` are identifiers of who takes part."""
    state = given["state"]
    return ConflictQuestion(
        kinds=tuple(ConflictKind(one) for one in given["kind"]),
        grades=tuple(ConflictGrade(one) for one in given["grade"]),
        settled=None if len(state) != 1 else state[0] == "settled",
        first=given.first,
        last=given.last,
        stories=given["story"],
        # A name that nobody bears takes part in nothing.
        entities=actors or given["actor"],
    )


def _groups(page: Page, given: Given, asked: ConflictQuestion) -> list[Group]:
    words, say = page.words, page.say
    cleared: dict[ConflictField, ConflictQuestion] = {
        "grade": replace(asked, grades=()),
        "kind": replace(asked, kinds=()),
        "settled": replace(asked, settled=None),
        "story": replace(asked, stories=()),
    }
    counted = {name: page.archive.facets(question, name, 12) for name, question in cleared.items()}
    return [
        group("grade", say("How serious"), given, counted["grade"], words, lambda one: words.code("grade", one)),
        group("kind", say("About what"), given, counted["kind"], words, lambda one: words.code("conflict", one)),
        group("state", say("Settled or not"), given, _states(counted["settled"]), words, lambda one: _state(one, page)),
        named(group("story", say("Story"), given, counted["story"], words), _stories(page, given)),
    ]


def _parties(event: Event, holdings: Holdings) -> list[str]:
    """Who takes part in an event by a name of their own."""
    parties = dict.fromkeys((*event.actors, *event.recipients))
    return [one for one in parties if one in holdings.entities and holdings.entities[one].kind in _NAMED]


def _states(counted: Facets) -> Facets:
    """Open and settled, as the address says them."""
    values = [replace(one, value=_STATES[one.value not in {"0", "False", ""}]) for one in counted.values]
    return replace(counted, values=tuple(values))


def _state(state: str, page: Page) -> str:
    return page.say("Open") if state == "open" else page.say("Settled")


def _stories(page: Page, given: Given) -> dict[str, str]:
    return {one.id: one.title for one in page.archive.stories_by_id(given["story"]).values()}
