"""The JSON-LD context: what every term of the export means, so that no context is loaded from anywhere.

Terms are those of schema.org and of the W3C's Web Annotation and Provenance vocabularies, and our own
(`urn:quellenlage:`) for what none of them has a word for.
"""

from __future__ import annotations

from typing import Any

ENTITY = "urn:quellenlage:"
"""Before every identifier of ours."""

_SCHEMA = (
    "headline", "name", "text", "description", "alternateName", "articleBody", "softwareVersion", "temporalCoverage",
    "additionalType", "jobTitle", "addressCountry", "geo", "geoMidpoint", "geoRadius",
)  # fmt: skip
_SCHEMA_IDS = (
    "publisher", "author", "agent", "recipient", "location", "subjectOf", "appearance", "hasPart", "about", "sameAs",
    "url", "isBasedOn", "actionStatus", "audience", "superEvent",
)  # fmt: skip
_SCHEMA_CLASSES = (
    "NewsArticle", "Event", "Action", "Claim", "Person", "Organization", "AdministrativeArea", "Place", "Thing",
    "Collection", "GeoCircle", "GeoCoordinates",
)  # fmt: skip
_PROV_IDS = ("wasAttributedTo", "wasDerivedFrom", "wasRevisionOf", "wasGeneratedBy", "wasAssociatedWith")
_PROV_CLASSES = ("Activity", "Agent", "SoftwareAgent")
_ANNOTATION_CLASSES = ("Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector")
_OWN = (
    "factuality", "revised", "evidentiality", "polarity", "score", "reprints", "reasons", "originKind", "kind", "value",
    "unit", "low", "high", "occasions", "printed", "form", "channel", "eventType", "precision", "placeScore",
    "textSha256", "publishedAs", "file", "grade", "settled", "stageVersion", "articles", "similarity", "time", "credit",
    "configHash", "field",
)  # fmt: skip
_OWN_IDS = ("inSeriesWith", "informant", "origin", "voice", "claim", "reprintOf", "place")
_OWN_NODES = ("account", "camp", "evidence", "side", "figure", "reuse", "speaker", "conflict", "corrected")
_OWN_CLASSES = ("Origin", "Conflict", "Account", "Figure", "Side", "Link", "Reuse", "Camp", "Correction")


def context() -> dict[str, Any]:
    """The context, in a fixed order."""
    return {
        "@version": 1.1,
        "id": "@id",
        "type": "@type",
        "schema": "https://schema.org/",
        "oa": "http://www.w3.org/ns/oa#",
        "prov": "http://www.w3.org/ns/prov#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "q": ENTITY,
        "ql": f"{ENTITY}term:",
        **{name: f"schema:{name}" for name in (*_SCHEMA_CLASSES, *_SCHEMA)},
        **{name: _link(f"schema:{name}") for name in _SCHEMA_IDS},
        "startDate": _typed("schema:startDate", "schema:Date"),
        "endDate": _typed("schema:endDate", "schema:Date"),
        "datePublished": _typed("schema:datePublished", "schema:Date"),
        "latitude": _typed("schema:latitude", "xsd:double"),
        "longitude": _typed("schema:longitude", "xsd:double"),
        **{name: f"prov:{name}" for name in _PROV_CLASSES},
        **{name: _link(f"prov:{name}") for name in _PROV_IDS},
        "startedAtTime": _typed("prov:startedAtTime", "xsd:dateTime"),
        "endedAtTime": _typed("prov:endedAtTime", "xsd:dateTime"),
        **{name: f"oa:{name}" for name in _ANNOTATION_CLASSES},
        "motivation": _link("oa:motivatedBy"),
        "body": _link("oa:hasBody"),
        "target": _link("oa:hasTarget"),
        "source": _link("oa:hasSource"),
        "selector": _link("oa:hasSelector"),
        "start": _typed("oa:start", "xsd:nonNegativeInteger"),
        "end": _typed("oa:end", "xsd:nonNegativeInteger"),
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        **{name: f"ql:{name}" for name in (*_OWN_CLASSES, *_OWN, *_OWN_NODES)},
        **{name: _link(f"ql:{name}") for name in _OWN_IDS},
        "earliest": _typed("ql:earliest", "xsd:date"),
        "latest": _typed("ql:latest", "xsd:date"),
        "chain": {"@id": "ql:chain", "@container": "@list"},
    }


def _link(iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": "@id"}


def _typed(iri: str, datatype: str) -> dict[str, str]:
    return {"@id": iri, "@type": datatype}
