"""With whom a name is told of, which outlets write of it, and by which words each introduces it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quellenlage.model import Archive, Entity, EntityKind, Evidence
from quellenlage.model.listing import ArticleQuestion
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of, with_query
from quellenlage.views.web.shown.quotes import ShownQuote, shown_quote

_COMPANY = 15
_OUTLETS = 12
_INTRODUCED = 6
"""Outlets whose introductions are quoted."""

_NAMED = frozenset({EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.LOC})


@dataclass(frozen=True, slots=True)
class Companion:
    """Another name: in how many events both take part, in how many articles both stand."""

    name: str
    href: str
    kind: str
    events: int
    articles: int


@dataclass(frozen=True, slots=True)
class Company:
    """Others with proper names, those of most shared events first; not `complete`: counted in a part only."""

    shown: list[Companion]
    complete: bool


def shown_company(archive: Archive, entity: str, words: Words) -> Company:
    """Whom an entity is told of with."""
    found = archive.co_mentions(entity, 6 * _COMPANY)
    named = [one for one in found.items if one.kind in _NAMED]
    named.sort(key=lambda one: (-one.events, -one.articles, one.name))
    return Company(
        [
            Companion(one.name, page_of(one.id), words.code("kind", one.kind.value), one.events, one.articles)
            for one in named[:_COMPANY]
        ],
        found.complete,
    )


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet with how many of its articles name it, and how the first of these introduces it."""

    name: str
    href: str
    articles: int
    quote: ShownQuote | None


@dataclass(frozen=True, slots=True)
class Outlets:
    """Outlets, those of most articles first; not `complete`: counted in a part of the articles."""

    shown: list[Outlet]
    complete: bool


def introductions(entity: Entity, holdings: Holdings) -> dict[str, Evidence]:
    """By outlet, the first words by which its first article names it; an office where that gives one."""
    offices = {office.evidence.article: office.evidence for office in reversed(entity.offices)}
    found: dict[str, Evidence] = {}
    for named in sorted(entity.evidence, key=lambda one: _day(one.article, holdings)):
        citation = holdings.cite(named.article)
        if citation.outlet:
            office = offices.get(named.article)
            found.setdefault(citation.outlet, office if office and office.start < named.end + 200 else named)
    return found


def shown_outlets(
    archive: Archive,
    entity: str,
    introduced: Mapping[str, Evidence],
    sentences: Mapping[tuple[str, int], Evidence],
    holdings: Holdings,
    words: Words,
) -> Outlets:
    """Which outlets write of it; `sentences` are those around the words of `introduced`."""
    found = archive.facets(ArticleQuestion(entities=(entity,)), "outlet", _OUTLETS)
    shown = []
    for place, facet in enumerate(found.values):
        first = introduced.get(facet.value) if place < _INTRODUCED else None
        quote = None
        if first is not None:
            around = sentences.get((first.article, first.start), first)
            quote = shown_quote(around, holdings, words, mark=first.span if around.span != first.span else None)
        href = with_query("/articles", {"entity": entity, "outlet": facet.value})
        shown.append(Outlet(facet.label or facet.value, href, facet.count, quote))
    return Outlets(shown, found.complete)


def _day(article: str, holdings: Holdings) -> tuple[bool, str, str]:
    published = holdings.cite(article).published
    return published is None, published.earliest.isoformat() if published else "", article
