"""The archive as FollowTheMoney entities, one a line: names, offices, articles and what links them.

Schemata and properties are those of FollowTheMoney 4. Of the articles' words there are names, words for offices and,
with events, one sentence up to the citation limit. Identifiers are ours, the same for the same archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from quellenlage.model import DateInterval, Entity, EntityKind, Event, ReferenceMatch, content_id, fold
from quellenlage.offices.words import office
from quellenlage.resources import load
from quellenlage.views.holdings import Holdings
from quellenlage.views.wording.offices import OfficeSpan, office_spans
from quellenlage.views.wording.quoting import quoted

Record = dict[str, Any]

_SCHEMATA = {
    EntityKind.PER: "Person",
    EntityKind.ORG: "Organization",
    EntityKind.GPE: "Address",
    EntityKind.LOC: "Address",
}
"""Kinds that are exported; people without a name and products have no schema that fits."""
_WEB = ("http://", "https://")


def entities(holdings: Holdings) -> Iterator[Record]:
    """Articles, then each name with its offices and where it is named, then what links names by events."""
    for article in holdings.citations:
        yield _article(article, holdings)
    told: set[str] = set()
    matches: dict[str, list[ReferenceMatch]] = {}
    for match in holdings.linked.references:
        if match.accepted:
            matches.setdefault(match.entity, []).append(match)
    known: dict[str, str] = {}
    for entity in holdings.linked.entities:
        schema = _schema(entity)
        if schema is None:
            continue
        known[entity.id] = schema
        yield _named(entity, schema, matches.get(entity.id, ()), holdings)
        yield from _mentions(entity, schema, holdings)
        if entity.kind is EntityKind.PER:
            yield from (one for one in _offices(entity, holdings) if _is_new(one, told))
    for event in holdings.linked.events:
        yield from (one for one in _links(event, known, holdings) if _is_new(one, told))


def _is_new(record: Record, told: set[str]) -> bool:
    if record["id"] in told:
        return False
    told.add(record["id"])
    return True


def _record(identifier: str, schema: str, properties: dict[str, Iterable[str | None]]) -> Record:
    """An entity; properties without a value are left out, as are values that come twice."""
    tidy = {name: _values(values) for name, values in properties.items()}
    return {"id": identifier, "schema": schema, "properties": {name: found for name, found in tidy.items() if found}}


def _values(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(text for value in values if value and (text := " ".join(value.split()))))


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
    return _record(
        article,
        "Article",
        {
            "name": [citation.headline],
            "title": [citation.headline],
            # A path tells of the machine; the name of the file is enough to find it again.
            "fileName": [PurePosixPath(citation.source.replace("\\", "/").rstrip("/")).name or article],
            "publisher": [citation.outlet],
            "publishedAt": _dates(citation.published),
            "sourceUrl": _web([citation.url]),
        },
    )


def _web(urls: Iterable[str | None]) -> list[str]:
    return [url for url in urls if url and url.startswith(_WEB)]


def _dates(days: DateInterval | None) -> list[str]:
    """Days as FollowTheMoney writes them: a day, a month or a year; what fits none is left out."""
    if days is None or days.earliest.year != days.latest.year:
        return []
    return [days.value] if "/" not in days.value else [f"{days.earliest.year:04d}"]


def _named(entity: Entity, schema: str, matches: Iterable[ReferenceMatch], holdings: Holdings) -> Record:
    articles = list(dict.fromkeys(m.article for m in entity.members))
    properties: dict[str, Iterable[str | None]] = {
        "name": [entity.name],
        "alias": [s for s in entity.spellings if s != entity.name],
        "wikidataId": [m.wikidata for m in matches],
        "notes": [f"{m.list}: {m.source_id or m.reference} ({m.name})" for m in matches],
        "proof": articles,
        "sourceUrl": _web(holdings.cite(a).url for a in articles),
    }
    if entity.kind is EntityKind.PER:
        properties["position"] = [span.text for span in office_spans(entity)]
    if schema == "Address":
        properties["full"] = [entity.name]
    if place := entity.place:
        properties["country"] = [code.lower() for code in place.state[:1]]
        if schema == "Address" and place.lat is not None and place.lon is not None:
            properties["latitude"], properties["longitude"] = [str(place.lat)], [str(place.lon)]
    record = _record(entity.id, schema, properties)
    if ids := [m.source_id for m in matches if m.source_id]:
        record["referents"] = list(dict.fromkeys(ids))
    return record


def _mentions(entity: Entity, schema: str, holdings: Holdings) -> Iterator[Record]:
    """Which article names it; a place is no legal entity, so that it is documented instead of mentioned."""
    for article in dict.fromkeys(m.article for m in entity.members):
        if article not in holdings.citations:
            continue
        if schema == "Address":
            ends: dict[str, Iterable[str | None]] = {"document": [article], "entity": [entity.id]}
            yield _record(content_id("ftm", "documentation", entity.id, article), "Documentation", ends)
            continue
        words = [e.exact for e in entity.evidence if e.article == article] or [entity.name]
        mention: dict[str, Iterable[str | None]] = {
            "document": [article],
            "resolved": [entity.id],
            "name": words,
            "detectedSchema": [schema],
        }
        yield _record(content_id("ftm", "mention", entity.id, article), "Mention", mention)


def _offices(entity: Entity, holdings: Holdings) -> Iterator[Record]:
    """Each office as a position, and that the person held it: the table's term, else the days of the articles."""
    for span in office_spans(entity):
        state = office(span.office).state if span.office else None
        post = content_id("ftm", "position", span.office or fold(span.text))
        country: list[str | None] = [state if state and len(state) == 2 else None]
        yield _record(post, "Position", {"name": [span.text], "country": country})
        yield _occupancy(entity, span, post, holdings)


def _occupancy(entity: Entity, span: OfficeSpan, post: str, holdings: Holdings) -> Record:
    articles = [a for a in dict.fromkeys(g.evidence.article for g in span.given) if a in holdings.citations]
    agreed = span.term if span.agreement == "agrees" else None
    begins = str(agreed.start) if agreed else ""
    return _record(
        content_id("ftm", "occupancy", entity.id, post, span.agreement, begins),
        "Occupancy",
        {
            "holder": [entity.id],
            "post": [post],
            "startDate": [agreed.start.isoformat() if agreed and agreed.start else None],
            "endDate": [agreed.end.isoformat() if agreed and agreed.end else None],
            "date": [day for article in articles for day in _dates(holdings.cite(article).published)],
            "status": ["former" if span.agreement == "former" else None],
            "summary": span.wordings,
            "proof": articles,
            "sourceUrl": _web(holdings.cite(a).url for a in articles),
        },
    )


def _links(event: Event, known: dict[str, str], holdings: Holdings) -> Iterator[Record]:
    """An event as links between who acts and who is concerned, with the sentence that tells it."""
    account = event.accounts[0]
    articles = [a for a in dict.fromkeys(a.member.article for a in event.accounts) if a in holdings.citations]
    for actor in event.actors:
        for other in event.recipients:
            if actor == other or actor not in known or other not in known:
                continue
            yield _record(
                content_id("ftm", "link", event.id, actor, other),
                "UnknownLink",
                {
                    "subject": [actor],
                    "object": [other],
                    "role": [event.event_type],
                    "status": [event.factuality.value],
                    "date": _dates(event.interval),
                    "summary": [quoted(account.evidence).exact],
                    "proof": articles,
                },
            )
