"""Claims: who said it, on whose word; each claim and each statement has a page of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import NotFound
from quellenlage.model import Channel, EntityKind, Evidentiality, Polarity, QuotationType
from quellenlage.model.listing import (
    ClaimCard,
    ClaimField,
    ClaimOrder,
    ClaimQuestion,
    Wanted,
)
from quellenlage.views.shelves import holdings_of_claims
from quellenlage.views.web.links import page_of
from quellenlage.views.web.page import Asked, Page
from quellenlage.views.web.shown import statements
from quellenlage.views.web.shown.asked import Given, Unread, addressed, read_given
from quellenlage.views.web.shown.choices import Group, Label, chips, group, named
from quellenlage.views.web.shown.claims import ShownClaim, shown_claim, shown_statement
from quellenlage.views.web.shown.claims_links import told_by
from quellenlage.views.web.shown.names_meant import told, who
from quellenlage.views.web.shown.paging import pager
from quellenlage.views.web.translation import marked as _

router = APIRouter()

PATH = "/claims"
SIZE = 40
_VIEWS = ("claims", "statements")
_WHO = ("speaker", "voice", "told")
_SPEAKING = (EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.GRP)


@router.get(PATH)
def claims(page: Asked, offset: int = Query(0, ge=0)) -> Response:
    """The list, newest first unless asked otherwise."""
    given = given_of(page)
    names, asked = named_in(page, given)
    order: ClaimOrder = "time" if given.single("order") == "time" else "-time"
    grouped = given.single("view") == "statements"
    size = statements.SIZE if grouped else SIZE
    found = page.archive.claims(asked, offset=offset, limit=size, order=order)
    said, apart = statements.said_in(page.archive, asked, order, found.items, page.words) if grouped else ([], 0)
    answer = page.render(
        "claims.html",
        block="told",
        reads=given.reads,
        given=given,
        narrowed=_filters(given).asks,
        groups=_groups(page, given, asked, names),
        chosen=list(chips(_filters(given), _labels(page, names), page.words, page.say)),
        unheard=[one.value for one in unheard(given, names)],
        order=order,
        views=[(one, given.address(view=None if one == "claims" else one)) for one in _VIEWS],
        view="statements" if grouped else "claims",
        shown=[] if grouped else _listed(page, found.items),
        said=said,
        apart=apart,
        where=pager(PATH, given.query(), found.total, offset, size=size, capped=found.more),
    )
    return addressed(answer, given.address(offset=offset or None), partial=page.partial)


def _listed(page: Page, cards: Sequence[ClaimCard]) -> list[ShownClaim]:
    holdings = holdings_of_claims(page.archive, [card.key for card in cards])
    known = {claim.key: claim for claim in holdings.claims}
    return [shown_claim(known[card.key], holdings, page.words) for card in cards if card.key in known]


def _filters(given: Given) -> Given:
    """What of an address narrows the list; view and order do not."""
    return replace(given, singles={name: value for name, value in given.singles.items() if name == "about"})


@router.get(f"{PATH}/{{key}}")
def claim(page: Asked, key: str) -> Response:
    """One claim: its words in their sentence, its chain, whom unclear words may mean, how often it was printed."""
    holdings = holdings_of_claims(page.archive, [key])
    found = next((one for one in holdings.claims if one.key == key), None)
    if found is None:
        raise NotFound("{reference}: no such claim", reference=key)
    statement = holdings.statement_of.get(key)
    if statement:
        holdings = holdings_of_claims(page.archive, [key, *(one.claim for one in statement.retellings)])
        statement = holdings.statement_of.get(key)
    line = next(c for c in holdings.claims if c.key == key)
    return page.render(
        "claim.html",
        one=shown_claim(line, holdings, page.words),
        told=told_by(page.archive, line, holdings, page.words),
        statement=shown_statement(statement, holdings, page.words) if statement else None,
        events=_events_on_its_word(page, found.article, key),
    )


@router.get("/statements/{identifier}")
def statement(page: Asked, identifier: str) -> Response:
    """One statement with all its occasions and prints."""
    now = page.archive.resolve(identifier)
    if now != identifier:
        return RedirectResponse(page_of(now), status_code=303)
    parts = page.archive.parts_of([now]).statements
    if not parts:
        raise NotFound("{reference}: no such statement", reference=identifier)
    keys = [one.claim for one in parts[0].retellings]
    related = [one.statement for one in parts[0].related]
    keys += [one.claim for other in page.archive.parts_of(related).statements for one in other.retellings[:1]]
    holdings = holdings_of_claims(page.archive, keys)
    found = holdings.statements.get(now, parts[0])
    return page.render("statement.html", one=shown_statement(found, holdings, page.words))


def given_of(page: Page) -> Given:
    """The filters of the address."""
    lists = {
        "speaker": None,
        "voice": None,
        "told": None,
        "evidentiality": tuple(Evidentiality),
        "polarity": tuple(Polarity),
        "channel": tuple(Channel),
        "type": tuple(QuotationType),
        "outlet": None,
        "story": None,
        "article": None,
        "unclear": ("yes",),
    }
    return read_given(page.request.query_params, PATH, lists, ("about", "order", "view"))


def named_in(page: Page, given: Given) -> tuple[dict[str, str], ClaimQuestion]:
    """Names of who is asked for, and the question; a name stands for everybody who goes by it."""
    names: dict[str, str] = {}

    def meant(name: str) -> tuple[str, ...]:
        found: list[str] = []
        for value in given[name]:
            ids = who(page.archive, value, page.words, _SPEAKING)
            if ids:
                names[value] = told(value, ids)
            found += ids or [value]
        return tuple(found)

    question = ClaimQuestion(
        speakers=meant("speaker"),
        voices=meant("voice"),
        told=meant("told"),
        evidentialities=tuple(Evidentiality(one) for one in given["evidentiality"]),
        polarities=tuple(Polarity(one) for one in given["polarity"]),
        channels=tuple(Channel(one) for one in given["channel"]),
        types=tuple(QuotationType(one) for one in given["type"]),
        outlets=given["outlet"],
        stories=given["story"],
        articles=given["article"],
        first=given.first,
        last=given.last,
        about=given.single("about"),
        unresolved=True if given["unclear"] else None,
    )
    return names, question


def unheard(given: Given, names: Mapping[str, str]) -> list[Unread]:
    """Names that are asked for and that the archive does not know."""
    return [Unread(name, one) for name in _WHO for one in given[name] if one not in names]


def _labels(page: Page, names: dict[str, str]) -> dict[str, Label]:
    words, say = page.words, page.say
    stories = lambda one: next((s.title for s in page.archive.stories_by_id([one]).values()), one)  # noqa: E731
    return {
        "speaker": lambda one: names.get(one, one),
        "voice": lambda one: names.get(one, one),
        "told": lambda one: words("claims.told", who=names.get(one, one)),
        "evidentiality": lambda one: words.code("evidentiality", one),
        "polarity": lambda one: words.code("polarity", one),
        "channel": lambda one: words.code("channel", one),
        "type": lambda one: say(QUOTATION_TYPES[one]),
        "story": stories,
        "unclear": lambda _: say("Speaker unclear"),
        "about": lambda one: one,
    }


QUOTATION_TYPES = {
    QuotationType.DIRECT: _("word for word"),
    QuotationType.INDIRECT: _("in indirect speech"),
    QuotationType.REPORTED: _("reported"),
    QuotationType.FREE_INDIRECT: _("free indirect"),
    QuotationType.INDIRECT_FREE_INDIRECT: _("indirect, then free"),
}


def _groups(page: Page, given: Given, asked: ClaimQuestion, names: dict[str, str]) -> list[Group]:
    words, say = page.words, page.say
    labels = _labels(page, {})

    def counted(name: str, field: ClaimField, cleared: str, heading: str, most: int = 8) -> Group:
        open_question = replace(asked, **{cleared: ()})  # type: ignore[arg-type]  # all hold tuples
        facets = page.archive.facets(open_question, field, most)
        label = labels[name] if name in {"evidentiality", "polarity", "channel", "type"} else None
        made = group(name, heading, given, facets, words, label)
        return named(made, names) if name in _WHO else made

    return [
        counted("speaker", "speaker", "speakers", say("Who says it")),
        counted("evidentiality", "evidentiality", "evidentialities", say("How firmly")),
        counted("polarity", "polarity", "polarities", say("Affirmed or denied")),
        counted("voice", "relay", "voices", say("Passed on by")),
        counted("channel", "channel", "channels", say("By which way")),
        counted("type", "type", "types", say("In which form")),
        counted("outlet", "outlet", "outlets", say("Outlet")),
    ]


def _events_on_its_word(page: Page, article: str, key: str) -> list[tuple[str, str]]:
    """Events that the article tells on the word of this claim: (sentence, address)."""
    portion = page.archive.portion(Wanted(events=page.archive.events_in([article])))
    return [
        (account.evidence.exact, page_of(event.id))
        for event in portion.linked.events
        for account in event.accounts
        if account.claim == key
    ]
