"""What an export is asked for: the whole archive, or what a page shows under the filters of its address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from quellenlage.errors import BadInput, NotFound
from quellenlage.model import Archive
from quellenlage.model.listing import ClaimOrder, ClaimQuestion, ConflictOrder, LineQuestion
from quellenlage.views.bearing import the_one
from quellenlage.views.dossier.excerpt import Excerpt
from quellenlage.views.shelves import holdings_of_claims, holdings_of_conflicts, holdings_of_events
from quellenlage.views.web.links import with_query
from quellenlage.views.web.page import Page
from quellenlage.views.web.pages.claims import given_of as given_of_claims
from quellenlage.views.web.pages.claims import named_in as question_of_claims
from quellenlage.views.web.pages.claims import unheard
from quellenlage.views.web.pages.conflicts import given_of as given_of_conflicts
from quellenlage.views.web.pages.conflicts import question_of as question_of_conflicts
from quellenlage.views.web.shown.asked import USUAL, Unread, must_be_read, strangers
from quellenlage.views.web.shown.chronicle_asked import PARAMETERS, bearers, read_filters
from quellenlage.views.web.shown.chronicle_filters import panel
from quellenlage.views.web.shown.names_meant import who
from quellenlage.views.wording.lines import citation_words, conflict_words, event_title

MOST = 5_000
"""Lines, claims or conflicts of a part; who wants more takes the whole archive."""

DIRECT, SETTING = 1_500, {"pdf": 400, "docx": 600, "uima": 150}
"""Entries up to which a file is made while the reader waits, and of formats that take longer."""

_TITLE = 160
_LEFT = frozenset({"page", "offset", "format", "full_text", *USUAL})
"""Parameters of an address that are none of the filters."""
_LISTS_OF_AN_ENTITY = frozenset({"part", "only", "order", "about", "said", "told", "from", "to"})
"""Parameters of the lists on the page of a name, of which an export has the whole."""
_CHRONICLE = "/chronicle"
_NAMED = 8
"""Bearers of a name that a refusal tells."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A part of the archive: its identifiers under a title; `total` is how many entries the page has.

    `weight` is how many lines a file of it has, where its entries are no lines but hold many.
    `count` is the key that words the total; `address` is the page itself, `query` what the address of an export says.
    Where it is only shown, not all of its identifiers are there.
    """

    excerpt: Excerpt
    total: int
    count: str
    address: str
    query: str
    weight: int = 0

    def slow(self, form: str) -> bool:
        """Whether nobody should wait for a file of this format."""
        return max(self.total, self.weight) > SETTING.get(form, DIRECT)

    @property
    def too_many(self) -> bool:
        """Whether it is more than one file takes."""
        return self.total > MOST


def wanted(page: Page, *, shown: bool = False) -> Wanted | None:
    """The part that the address asks for by `page`, the path of a page, and its filters; None for the whole archive.

    Filters without a page are those of the chronicle. With `shown` it is only counted: the identifiers are not all
    read.

    Raises:
        NotFound: there is nothing to export on such a page, or nothing of the identifier in it.
        BadInput: something in the address is not understood; without it, the file would hold more than was asked for.
    """
    given = page.request.query_params
    filters = {name: given.getlist(name) for name in given if name not in _LEFT}
    path = given.get("page", "") or (_CHRONICLE if filters else "")
    if not path:
        return None
    _, kind, *rest = [unquote(one) for one in f"{path}//".split("/")]
    making = _ONE.get(kind) if rest[0] else _LISTS.get(kind)
    if making is None:
        raise NotFound("{reference}: nothing of this page can be exported", reference=path)
    excerpt, total, count, *weight = making(_Asking(page, 1 if shown else MOST), rest[0])
    query = with_query("", {"page": path, **filters}).removeprefix("?")
    return Wanted(excerpt, total, count, with_query(path, filters), query, *weight)


@dataclass(frozen=True, slots=True)
class _Asking:
    """The page that asks, and how many entries it needs."""

    page: Page
    most: int

    def reads(self, names: Collection[str] = ()) -> None:
        """Say which filters the address may have. Raises BadInput where it has another one."""
        must_be_read(strangers(self.page.request.query_params, _LEFT.union(names)))


Made = tuple[Excerpt, int, str] | tuple[Excerpt, int, str, int]


def _chronicle(asking: _Asking, story: str) -> Made:
    page = asking.page
    filters = read_filters(page.request.query_params, page.archive)
    asking.reads(PARAMETERS | ({"articles"} if story else {"at", "line"}))
    must_be_read(filters.unknown)
    for name in ("actor", "place"):
        for one in page.request.query_params.getlist(name):
            _must_be_one(page.archive, one.strip())
    name = page.say("Chronicle")
    if story:
        now = page.archive.resolve(story)
        card = page.archive.stories_by_id([now]).get(now)
        if card is None:
            raise NotFound("{reference}: no such story", reference=story)
        name, filters = card.title, replace(filters, story=(now,))
    found = page.archive.lines(filters.question, limit=asking.most, order="time")
    chips = [chip.label for chip in panel(page.archive, filters, page.words, page.say).chips]
    told = [one for one in chips if one != name]
    events = tuple(line.event for line in found.items)
    return Excerpt("chronicle", _title(name, told), events=events), found.total, "count.events"


def _must_be_one(archive: Archive, name: str) -> None:
    """Refuse a name that several bear. Raises BadInput."""
    cards = bearers(archive, name)
    if len(cards) > 1 and the_one(cards, name) is None:
        raise BadInput(
            name,
            "several go by this name: {names}",
            remedy="write one of these names in full, or choose it on its page",
            names=", ".join(card.name for card in cards[:_NAMED]),
        )


def _event(asking: _Asking, identifier: str) -> Made:
    page = asking.page
    asking.reads()
    now = page.archive.resolve(identifier)
    holdings = holdings_of_events(page.archive, [now])
    event = holdings.events.get(now)
    if event is None:
        raise NotFound("{reference}: no such event", reference=identifier)
    claims = tuple(dict.fromkeys(account.claim for account in event.accounts if account.claim))
    conflicts = tuple(one.id for one in holdings.conflicts_of.get(now, ()))
    title = _title(event_title(event, holdings, page.words), ())
    return Excerpt("chronicle", title, events=(now,), claims=claims, conflicts=conflicts), 1, "count.events"


def _claims(asking: _Asking, key: str) -> Made:
    page = asking.page
    if key:
        asking.reads()
        holdings = holdings_of_claims(page.archive, [key])
        if not holdings.claims:
            raise NotFound("{reference}: no such claim", reference=key)
        cited = citation_words(holdings.cite(holdings.claims[0].article), page.words)
        return Excerpt("claims", _title(page.say("Claim"), [cited]), claims=(key,)), 1, "count.claims"
    given = given_of_claims(page)
    asking.reads(given.reads)
    names, question = question_of_claims(page, given)
    must_be_read([*given.unknown, *unheard(given, names)])
    order: ClaimOrder = "time" if given.single("order") == "time" else "-time"
    found = page.archive.claims(question, limit=asking.most, order=order)
    told = [names.get(one, one) for name in ("speaker", "voice", "told", "outlet") for one in given[name]]
    told += [page.words.code(name, one) for name in ("evidentiality", "polarity", "channel") for one in given[name]]
    told += [given.single("about")] if given.single("about") else []
    keys = tuple(card.key for card in found.items)
    return Excerpt("claims", _title(page.say("Claims"), told), claims=keys), found.total, "count.claims"


def _conflicts(asking: _Asking, identifier: str) -> Made:
    page = asking.page
    if identifier:
        asking.reads()
        now = page.archive.resolve(identifier)
        holdings = holdings_of_conflicts(page.archive, [now])
        one = next((c for c in holdings.linked.conflicts if c.id == now), None)
        if one is None:
            raise NotFound("{reference}: no such conflict", reference=identifier)
        title = _title(conflict_words(one, holdings, page.words), ())
        return Excerpt("conflicts", title, conflicts=(now,)), 1, "count.conflicts"
    given = given_of_conflicts(page)
    asking.reads(given.reads)
    heard = {one: who(page.archive, one, page.words) for one in given["actor"]}
    actors = tuple(meant for ids in heard.values() for meant in ids)
    must_be_read([*given.unknown, *(Unread("actor", one) for one, ids in heard.items() if not ids)])
    orders: dict[str, ConflictOrder] = {"time": "time", "-time": "-time"}
    order = orders.get(given.single("order"), "grade")
    found = page.archive.conflicts(question_of_conflicts(given, actors), limit=asking.most, order=order)
    told = [page.words.code("grade", one) for one in given["grade"]]
    told += [page.words.code("conflict", one) for one in given["kind"]] + list(given["actor"])
    ids = tuple(card.id for card in found.items)
    return Excerpt("conflicts", _title(page.say("Conflicts"), told), conflicts=ids), found.total, "count.conflicts"


def _statement(asking: _Asking, identifier: str) -> Made:
    page = asking.page
    asking.reads()
    parts = page.archive.parts_of([page.archive.resolve(identifier)]).statements
    if not parts:
        raise NotFound("{reference}: no such statement", reference=identifier)
    keys = tuple(dict.fromkeys(one.claim for one in parts[0].retellings))
    holdings = holdings_of_claims(page.archive, keys[:1])
    who = [words for one in parts[0].speakers if (words := holdings.name(one))]
    return Excerpt("claims", _title(page.say("Statement"), who), claims=keys), len(keys), "count.claims"


def _sources(asking: _Asking, identifier: str) -> Made:
    page = asking.page
    asking.reads(() if identifier else {"q"})
    if identifier:
        one = next(iter(page.archive.parts_of([page.archive.resolve(identifier)]).origins), None)
        if one is None:
            raise NotFound("{reference}: no such origin", reference=identifier)
        excerpt = Excerpt("sources", _title(one.name, ()), origins=(one.id,))
        return excerpt, 1, "count.origins", len(one.articles) + len(one.relayed)
    words = page.request.query_params.get("q", "")[:_TITLE]
    found = page.archive.origins(words, limit=MOST)
    excerpt = Excerpt(
        "sources", _title(page.say("Sources"), [words] if words else []), origins=tuple(one.id for one in found.items)
    )
    return excerpt, found.total, "count.origins", sum(one.articles + one.relayed for one in found.items)


def _entity(asking: _Asking, identifier: str) -> Made:
    page = asking.page
    asking.reads(_LISTS_OF_AN_ENTITY)
    now = page.archive.resolve(identifier)
    card = page.archive.entities_by_id([now]).get(now)
    if card is None:
        raise NotFound("{reference}: no such name", reference=identifier)
    lines = page.archive.lines(LineQuestion(entities=(now,), all=True), limit=asking.most, order="time")
    said = page.archive.claims(ClaimQuestion(voices=(now,)), limit=asking.most, order="time")
    events = tuple(line.event for line in lines.items)
    claims = tuple(one.key for one in said.items)
    excerpt = Excerpt("entity", card.name, events=events, claims=claims, entities=(now,))
    return excerpt, max(lines.total, said.total), "count.events"


_LISTS: dict[str, Callable[[_Asking, str], Made]] = {
    "chronicle": _chronicle,
    "map": _chronicle,
    "claims": _claims,
    "conflicts": _conflicts,
    "sources": _sources,
}
_ONE: dict[str, Callable[[_Asking, str], Made]] = {
    "stories": _chronicle,
    "events": _event,
    "claims": _claims,
    "conflicts": _conflicts,
    "statements": _statement,
    "sources": _sources,
    "entities": _entity,
}


def _title(name: str, told: Sequence[str]) -> str:
    whole = f"{name}: {', '.join(told)}" if told else name
    return whole if len(whole) <= _TITLE else whole[: _TITLE - 1].rstrip() + "…"
