"""The archive as JSON-LD: articles, events, claims and their evidence as linked data, with no context to be loaded.

Articles, people, events and claims are of schema.org. An event is both an Event (when and where) and an Action (who
did it to whom). Claims are `Claim` and never `ClaimReview`: nothing here says whether they are true. Evidence is a Web
Annotation target with the position in code points and the quoted words, up to the citation limit. Origins, reprints and
the runs of the program are told with PROV. Labels are German and English whatever the language of the call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quellenlage import __version__
from quellenlage.model import Activity, Entity, EntityKind, Origin, OriginKind, ReferenceMatch, Story
from quellenlage.views.exports.areas import shape
from quellenlage.views.exports.facts import file_name, name_of, web_address
from quellenlage.views.exports.jsonld_terms import context
from quellenlage.views.exports.jsonld_told import Teller
from quellenlage.views.exports.part import Part
from quellenlage.views.exports.streams import listed
from quellenlage.views.holdings import Holdings

Record = dict[str, Any]

SOFTWARE = "q:software"
_TYPES = {
    EntityKind.PER: "Person",
    EntityKind.ORG: "Organization",
    EntityKind.GPE: "AdministrativeArea",
    EntityKind.LOC: "Place",
}
_ORGANISATIONS = frozenset({OriginKind.AGENCY, OriginKind.OUTLET})
_WIKIDATA = "http://www.wikidata.org/entity/"


def document(
    part: Part, holdings: Holdings, activities: Iterable[Activity] = (), texts: Iterable[tuple[str, str]] = ()
) -> Iterator[bytes]:
    """The file in pieces; `texts` are whole articles by identifier, where they are wanted."""
    return listed({"@context": context()}, "@graph", nodes(part, holdings, activities, texts))


def nodes(
    part: Part, holdings: Holdings, activities: Iterable[Activity] = (), texts: Iterable[tuple[str, str]] = ()
) -> Iterator[Record]:
    """Every node of the graph, in a fixed order."""
    last: dict[str, str] = {}
    yield {"id": SOFTWARE, "type": "SoftwareAgent", "name": "Quellenlage", "softwareVersion": __version__}
    for activity in activities:
        last[activity.stage] = f"q:{activity.id}"
        yield _activity(activity)
    articles, told = frozenset(part.articles), frozenset(event.id for event in part.events)
    teller = Teller(holdings, last, told)
    yield from (_origin(origin, articles, holdings) for origin in part.origins)
    yield from (_article(article, holdings, teller) for article in part.articles)
    yield from ({"id": f"q:{article}", "articleBody": text} for article, text in texts)
    yield from _reuses(part, holdings, teller)
    matches: dict[str, list[ReferenceMatch]] = {}
    for match in holdings.linked.references:
        if match.accepted:
            matches.setdefault(match.entity, []).append(match)
    yield from (_entity(entity, matches.get(entity.id, ()), last) for entity in part.entities)
    yield from (_story(story, part, articles, told) for story in part.stories)
    yield from (teller.event(event) for event in part.events)
    yield from (teller.claim(claim) for claim in part.claims)
    yield from (teller.conflict(conflict) for conflict in part.conflicts)


def _activity(activity: Activity) -> Record:
    return {
        "id": f"q:{activity.id}",
        "type": "Activity",
        "name": activity.stage,
        "stageVersion": activity.version,
        "configHash": activity.config_hash,
        "articles": activity.articles,
        "startedAtTime": activity.started_at,
        "endedAtTime": activity.ended_at,
        "wasAssociatedWith": SOFTWARE,
    }


def _origin(origin: Origin, articles: frozenset[str], holdings: Holdings) -> Record:
    return {
        "id": f"q:{origin.id}",
        "type": ["Origin", "Agent", *(["Organization"] if origin.kind in _ORGANISATIONS else [])],
        "name": name_of(origin.id, holdings),
        "originKind": origin.kind.value,
        "subjectOf": [f"q:{one}" for one in origin.articles if one in articles],
    }


def _article(article: str, holdings: Holdings, teller: Teller) -> Record:
    """Citation of an article; only days, months and years are dates of publication, intervals are told beside them."""
    citation = holdings.cite(article)
    published = citation.published
    node: Record = {"id": f"q:{article}", "type": "NewsArticle", "file": file_name(citation)}
    if citation.headline:
        node["headline"] = " ".join(citation.headline.split())
    if citation.outlet:
        node["publisher"] = {"type": "Organization", "name": citation.outlet}
    if citation.agencies:
        node["credit"] = list(citation.agencies)
    if url := web_address(citation):
        node["url"] = url
    if published:
        node |= {"earliest": published.earliest.isoformat(), "latest": published.latest.isoformat()}
        node["publishedAs"] = citation.dct_method
        if "/" not in published.value and not citation.open_end:
            node["datePublished"] = published.value
    return node | teller.origins_of(article) | teller.made("article")


def _reuses(part: Part, holdings: Holdings, teller: Teller) -> Iterator[Record]:
    """Which article repeats which: derived from it, or a later version of it."""
    told = set(part.articles)
    for reuse in holdings.linked.reuses:
        if reuse.article in told and reuse.earlier in told:
            relation = "wasRevisionOf" if reuse.kind == "revision" else "wasDerivedFrom"
            yield {
                "id": f"q:{reuse.article}",
                relation: f"q:{reuse.earlier}",
                "reuse": {
                    "type": "Reuse",
                    "kind": reuse.kind,
                    "isBasedOn": f"q:{reuse.earlier}",
                    "similarity": round(reuse.similarity, 4),
                    "evidence": [teller.target(one) for one in reuse.passages],
                },
            }


def _entity(entity: Entity, matches: Iterable[ReferenceMatch], last: dict[str, str]) -> Record:
    node: Record = {"id": f"q:{entity.id}", "type": _TYPES.get(entity.kind, "Thing"), "name": entity.name}
    if others := [s for s in entity.spellings if s != entity.name]:
        node["alternateName"] = others
    if entity.kind is EntityKind.PER and entity.offices:
        node["jobTitle"] = list(dict.fromkeys(" ".join(office.text.split()) for office in entity.offices))
    if known := list(dict.fromkeys(m.wikidata for m in matches if m.wikidata)):
        node["sameAs"] = [_WIKIDATA + one for one in known]
    node |= _position(entity)
    if "link" in last:
        node["wasGeneratedBy"] = last["link"]
    return node


def _position(entity: Entity) -> Record:
    """Where a place is: a point or a circle, as precise as it is known; nothing where it is not sure."""
    place = entity.place
    if entity.kind not in {EntityKind.GPE, EntityKind.LOC} or place is None:
        return {}
    told: Record = {"placeScore": place.score}
    if place.state:
        told["addressCountry"] = list(place.state)
    known = shape(place)
    if known is None:
        return told
    middle: Record = {"type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    if known["type"] != "Point":
        # schema.org counts the radius in metres.
        metres = round(1000 * (place.radius_km or 0.1))
        middle = {"type": "GeoCircle", "geoMidpoint": middle, "geoRadius": metres}
    return {**told, "precision": place.precision, "geo": middle}


def _story(story: Story, part: Part, articles: frozenset[str], told: frozenset[str]) -> Record:
    return {
        "id": f"q:{story.id}",
        "type": "Collection",
        "name": part.titles[story.id],
        "hasPart": [f"q:{one}" for one in story.articles if one in articles],
        "about": [f"q:{one}" for one in story.events if one in told],
    }
