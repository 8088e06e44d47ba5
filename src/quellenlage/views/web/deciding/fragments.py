"""The fragment beside a thing, made again after its form was sent; whole pages make it by including its template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from quellenlage.errors import NotFound
from quellenlage.views.shelves import holdings_of_claims, holdings_of_conflicts, holdings_of_events
from quellenlage.views.web.deciding.form import Wish
from quellenlage.views.web.page import Page
from quellenlage.views.web.shown.accounts import by_article, shown_account
from quellenlage.views.web.shown.claims import shown_claim, shown_statement
from quellenlage.views.web.shown.conflicts import shown_conflict

Values = Mapping[str, Any]


def fragment(page: Page, wish: Wish, *, status: int = 200) -> Response:
    """The fragment that a form stands in, as it is now.

    Raises:
        NotFound: the archive no longer has what it is about.
    """
    template, values = _FRAGMENTS[wish.part]
    return page.render(template, status=status, **values(page, wish))


def _event(page: Page, wish: Wish) -> Values:
    now = page.archive.resolve(wish.about[0])
    holdings = holdings_of_events(page.archive, [now], whole=True)
    found = holdings.events.get(now)
    if found is None:
        raise NotFound("{reference}: no such event", reference=wish.about[0])
    return {
        "event": found,
        "accounts": by_article([shown_account(one, holdings, page.words) for one in found.accounts]),
    }


def _claim(page: Page, wish: Wish) -> Values:
    holdings = holdings_of_claims(page.archive, [wish.about[0]])
    found = next((one for one in holdings.claims if one.key == wish.about[0]), None)
    if found is None:
        raise NotFound("{reference}: no such claim", reference=wish.about[0])
    return {"one": shown_claim(found, holdings, page.words)}


def _statement(page: Page, wish: Wish) -> Values:
    now = page.archive.resolve(wish.about[0])
    parts = page.archive.parts_of([now]).statements
    if not parts:
        raise NotFound("{reference}: no such statement", reference=wish.about[0])
    holdings = holdings_of_claims(page.archive, [one.claim for one in parts[0].retellings])
    return {"one": shown_statement(holdings.statements.get(now, parts[0]), holdings, page.words)}


def _conflict(page: Page, wish: Wish) -> Values:
    now = page.archive.resolve(wish.about[0])
    holdings = holdings_of_conflicts(page.archive, [now])
    found = next((one for one in holdings.linked.conflicts if one.id == now), None)
    if found is None:
        raise NotFound("{reference}: no such conflict", reference=wish.about[0])
    return {"one": shown_conflict(found, holdings, page.words)}


def _origin(page: Page, wish: Wish) -> Values:
    now = page.archive.resolve(wish.about[0])
    found = next(iter(page.archive.parts_of([now]).origins), None)
    if found is None:
        raise NotFound("{reference}: no such origin", reference=wish.about[0])
    return {"origin": found}


def _article(page: Page, wish: Wish) -> Values:
    if not page.archive.citations(wish.about[:1]):
        raise NotFound("{reference}: no such article", reference=wish.about[0])
    return {"identifier": wish.about[0]}


def _entity(page: Page, wish: Wish) -> Values:
    now = page.archive.resolve(wish.about[0])
    found = next(iter(page.archive.parts_of([now]).entities), None)
    if found is None:
        raise NotFound("{reference}: no such name", reference=wish.about[0])
    return {"entity": found}


def _pair(_page: Page, wish: Wish) -> Values:
    if len(wish.about) < 2:
        raise NotFound("{reference}: no such identifier", reference=wish.subject)
    return {"pair": wish.about}


_FRAGMENTS: dict[str, tuple[str, Callable[[Page, Wish], Values]]] = {
    "event": ("parts/event_tools.html", _event),
    "article": ("parts/article_tools.html", _article),
    "claim": ("parts/claim_tools.html", _claim),
    "statement": ("parts/statement_tools.html", _statement),
    "conflict": ("parts/settle.html", _conflict),
    "origin": ("parts/grade.html", _origin),
    "entity": ("parts/entity_tools.html", _entity),
    "pair": ("parts/decide_pair.html", _pair),
}
"""Fragments by the name that their forms give, each with what it needs."""
