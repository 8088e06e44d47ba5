"""The archive as FollowTheMoney entities, one a line: names, offices, articles, events, claims and conflicts.

Schemata and properties are those of FollowTheMoney 4. Of the articles' words there are names, words for offices and
sentences up to the citation limit. Identifiers are ours, the same for the same archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from quellenlage.model import Entity, EntityKind, Event, ReferenceMatch, content_id, fold
from quellenlage.offices.words import office
from quellenlage.resources import load
from quellenlage.views.exports import ftm_told as told
from quellenlage.views.exports.facts import file_name, web_address
from quellenlage.views.exports.ftm_values import Record, dates, record
from quellenlage.views.exports.part import Part
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.offices import OfficeSpan, office_spans
from quellenlage.views.wording.quoting import quoted

_SCHEMATA = {
    EntityKind.PER: "Person",
    EntityKind.ORG: "Organization",
    EntityKind.GPE: "Address",
    EntityKind.LOC: "Address",
}
"""Kinds that are exported; people without a name and products have no schema that fits."""


def entities(part: Part, holdings: Holdings, words: Words) -> Iterator[Record]:
    """Articles with their origins, each name with its offices and where it is named, then what is told of them."""
    for article in part.articles:
        yield _article(article, holdings)
    articles = frozenset(part.articles)
    for origin in part.origins:
        yield from told.origin(origin, articles)
    seen: set[str] = set()
    matches: dict[str, list[ReferenceMatch]] = {}
    for match in holdings.linked.references:
        if match.accepted:
            matches.setdefault(match.entity, []).append(match)
    known: dict[str, str] = {}
    for entity in part.entities:
        schema = _schema(entity)
        if schema is None:
            continue
        known[entity.id] = schema
        yield _named(entity, schema, matches.get(entity.id, ()), articles, holdings)
        yield from _mentions(entity, schema, articles)
        if entity.kind is EntityKind.PER:
            yield from (one for one in _offices(entity, articles, holdings) if _is_new(one, seen))
    for event in part.events:
        yield told.event(event, known, holdings, words)
        yield from (one for one in _links(event, known, articles) if _is_new(one, seen))
    yield from (one for claim in part.claims if (one := told.claim(claim, known, holdings, words)))
    yield from (told.conflict(one, holdings, words) for one in part.conflicts if one.event in holdings.events)


def _is_new(one: Record, seen: set[str]) -> bool:
    if one["id"] in seen:
        return False
    seen.add(one["id"])
    return True


@cache
def _public_parts() -> tuple[str, ...]:
    listed: str = load("de/reference_words.toml")["public_bodies"]["parts"]
    return tuple(part for part in listed.replace("\n", "|").split("|") if part)


def _schema(entity: Entity) -> str | None:
    if entity.kind is EntityKind.ORG and any(part in fold(entity.name) for part in _public_parts()):
        return "PublicBody"
    return _SCHEMATA.get(entity.kind)


def _article(article: str, holdings: Holdings) -> Record:
    citation = holdings.cite(article)
    return record(
        article,
        "Article",
        {
            "name": [citation.headline],
            "title": [citation.headline],
            "fileName": [file_name(citation)],
            "publisher": [citation.outlet],
            "publishedAt": dates(citation.published),
            "sourceUrl": [web_address(citation)],
        },
    )


def _named(
    entity: Entity, schema: str, matches: Iterable[ReferenceMatch], part: frozenset[str], holdings: Holdings
) -> Record:
    articles = [a for a in dict.fromkeys(m.article for m in entity.members) if a in part]
    properties: dict[str, Iterable[str | None]] = {
        "name": [entity.name],
        "alias": [s for s in entity.spellings if s != entity.name],
        "wikidataId": [m.wikidata for m in matches],
        "notes": [f"{m.list}: {m.source_id or m.reference} ({m.name})" for m in matches],
        "proof": articles,
        "sourceUrl": [web_address(holdings.cite(a)) for a in articles],
    }
    if entity.kind is EntityKind.PER:
        properties["position"] = [span.text for span in office_spans(entity)]
    if schema == "Address":
        properties["full"] = [entity.name]
    if place := entity.place:
        properties["country"] = [code.lower() for code in place.state[:1]]
        if schema == "Address" and place.lat is not None and place.lon is not None:
            properties["latitude"], properties["longitude"] = [str(place.lat)], [str(place.lon)]
    made = record(entity.id, schema, properties)
    if ids := [m.source_id for m in matches if m.source_id]:
        made["referents"] = list(dict.fromkeys(ids))
    return made


def _mentions(entity: Entity, schema: str, part: frozenset[str]) -> Iterator[Record]:
    """Which article names it; a place is no legal entity, so that it is documented instead of mentioned."""
    for article in dict.fromkeys(m.article for m in entity.members):
        if article not in part:
            continue
        if schema == "Address":
            ends: dict[str, Iterable[str | None]] = {"document": [article], "entity": [entity.id]}
            yield record(content_id("ftm", "documentation", entity.id, article), "Documentation", ends)
            continue
        words = [e.exact for e in entity.evidence if e.article == article] or [entity.name]
        mention: dict[str, Iterable[str | None]] = {
            "document": [article],
            "resolved": [entity.id],
            "name": words,
            "detectedSchema": [schema],
        }
        yield record(content_id("ftm", "mention", entity.id, article), "Mention", mention)


def _offices(entity: Entity, part: frozenset[str], holdings: Holdings) -> Iterator[Record]:
    """Each office as a position, and that the person held it: the table's term, else the days of the articles."""
    for span in office_spans(entity):
        state = office(span.office).state if span.office else None
        post = content_id("ftm", "position", span.office or fold(span.text))
        country: list[str | None] = [state if state and len(state) == 2 else None]
        yield record(post, "Position", {"name": [span.text], "country": country})
        articles = [a for a in dict.fromkeys(g.evidence.article for g in span.given) if a in part]
        yield _occupancy(entity, span, post, articles, holdings)


def _occupancy(entity: Entity, span: OfficeSpan, post: str, articles: list[str], holdings: Holdings) -> Record:
    agreed = span.term if span.agreement == "agrees" else None
    begins = str(agreed.start) if agreed else ""
    return record(
        content_id("ftm", "occupancy", entity.id, post, span.agreement, begins),
        "Occupancy",
        {
            "holder": [entity.id],
            "post": [post],
            "startDate": [agreed.start.isoformat() if agreed and agreed.start else None],
            "endDate": [agreed.end.isoformat() if agreed and agreed.end else None],
            "date": [day for article in articles for day in dates(holdings.cite(article).published)],
            "status": ["former" if span.agreement == "former" else None],
            "summary": span.wordings,
            "proof": articles,
            "sourceUrl": [web_address(holdings.cite(a)) for a in articles],
        },
    )


def _links(event: Event, known: dict[str, str], part: frozenset[str]) -> Iterator[Record]:
    """An event as links between who acts and who is concerned, with the sentence that tells it."""
    account = event.accounts[0]
    articles = [a for a in dict.fromkeys(a.member.article for a in event.accounts) if a in part]
    for actor in event.actors:
        for other in event.recipients:
            if actor == other or actor not in known or other not in known:
                continue
            yield record(
                content_id("ftm", "link", event.id, actor, other),
                "UnknownLink",
                {
                    "subject": [actor],
                    "object": [other],
                    "role": [event.event_type],
                    "status": [event.factuality.value],
                    "date": dates(event.interval),
                    "summary": [quoted(account.evidence).exact],
                    "proof": articles,
                },
            )
