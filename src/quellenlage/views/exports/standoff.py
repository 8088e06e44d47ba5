"""One article with its layers as one JSON object: what `annotate` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from quellenlage.model import (
    Article,
    Candidate,
    Claim,
    Dct,
    Document,
    EventMention,
    LocalEntity,
    PlaceReading,
    Quotation,
    Span,
)
from quellenlage.views.discretion import shown_source

Record = dict[str, Any]

LAYERS = (
    "zones", "sentences", "tokens", "timexes", "mentions", "entities", "derived", "quotations", "claims", "events",
)  # fmt: skip
"""Layers in the order in which they stand in the object."""


def standoff(document: Document, layers: Iterable[str] = LAYERS) -> Record:
    """The article and the layers asked for, in the form that `annotate` promises."""
    wanted = set(layers)
    made: dict[str, Callable[[], list[Record]]] = {
        "zones": lambda: [{"start": z.start, "end": z.end, "kind": z.kind.value} for z in document.article.zones],
        "sentences": lambda: [_place(s.span) for s in document.sentences],
        "tokens": lambda: [
            {
                **_place(t.span),
                "lemma": t.lemma,
                "upos": t.upos,
                "feats": t.feats,
                "head": t.head,
                "deprel": t.deprel,
            }
            for t in document.tokens
        ],
        "timexes": lambda: [
            {
                "id": t.id,
                **_place(t.span),
                "type": t.type,
                "value": t.value,
                "mod": t.mod,
                "anchor": t.anchor,
                "distance": t.distance,
            }
            for t in document.timexes
        ],
        "mentions": lambda: [
            {
                "id": m.id,
                **_place(m.span),
                "kind": m.kind.value,
                "form": m.form,
                "entity": m.entity,
                "score": m.score,
            }
            for m in document.mentions
        ],
        "entities": lambda: [_entity(e, document) for e in document.entities],
        "derived": lambda: [
            {**_place(d.span), "form": d.form, "base": d.base, "entity": d.entity, "score": d.score}
            for d in document.derived
        ],
        "quotations": lambda: [_quotation(q) for q in document.quotations],
        "claims": lambda: [_claim(c) for c in document.claims],
        "events": lambda: [_event(v) for v in document.events],
    }
    return {"article": _article(document.article), **{name: made[name]() for name in LAYERS if name in wanted}}


def _place(span: Span) -> Record:
    return {"start": span.start, "end": span.end}


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _article(article: Article) -> Record:
    return {
        "id": article.id,
        "source": shown_source(article.source),
        "text_sha256": article.text_sha256,
        "text": article.text,
        "offsets_in": article.offsets_in,
        "language": article.language,
        "headline": article.headline.value if article.headline else None,
        "outlet": article.outlet.value if article.outlet else None,
        "authors": [a.value for a in article.authors],
        "agencies": [a.value for a in article.agencies],
        "url": article.url,
        "dct": _dct(article.dct) if article.dct else None,
        "warnings": list(article.warnings),
    }


def _dct(dct: Dct) -> Record:
    return {
        "value": dct.value,
        "earliest": dct.earliest.isoformat(),
        "latest": dct.latest.isoformat(),
        "method": dct.method,
        "evidence": [_place(s) for s in dct.evidence],
        "reasons": list(dct.reasons),
    }


def _entity(entity: LocalEntity, document: Document) -> Record:
    read = [place for place in document.places if place.entity == entity.id]
    return {
        "id": entity.id,
        "kind": entity.kind.value,
        "name": entity.name,
        "roles": [role.text for role in entity.roles],
        "role_spans": [[role.start, role.end] for role in entity.roles],
        "reasons": list(entity.reasons),
        "place": next((_reading(place) for place in read if place.mention is None), None),
        "mention_places": [{"mention": p.mention, **_reading(p)} for p in read if p.mention is not None],
    }


def _reading(place: PlaceReading) -> Record:
    return {
        "role": place.role,
        "state": list(place.state),
        "key": place.key,
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "precision": place.precision,
        "score": place.score,
        "reasons": list(place.reasons),
        "candidates": [
            {"key": c.key, "name": c.name, "state": list(c.state), "score": c.score} for c in place.candidates
        ],
    }


def _quotation(quotation: Quotation) -> Record:
    return {
        "id": quotation.id,
        "type": quotation.type.value,
        "medium": quotation.medium,
        "quote": _pairs(quotation.quote),
        "cue": _pairs(quotation.cue),
        "speaker": _pairs(quotation.speaker),
        "addressee": _pairs(quotation.addressee),
        "frame": _pairs(quotation.frame),
        "speaker_entities": list(quotation.speaker_entities),
        "candidates": _candidates(quotation.candidates),
        "parent": quotation.parent,
        "score": quotation.score,
        "reasons": list(quotation.reasons),
    }


def _candidates(candidates: Iterable[Candidate]) -> list[Record]:
    return [{"entity": c.entity, "score": c.score} for c in candidates]


def _claim(claim: Claim) -> Record:
    return {
        "id": claim.id,
        "quotation": claim.quotation,
        "start": claim.start,
        "end": claim.end,
        "spans": _pairs(claim.spans),
        "chain": [list(link) for link in claim.chain],
        "evidentiality": claim.evidentiality.value,
        "polarity": claim.polarity.value,
        "told": list(claim.told),
        "channel": claim.channel.value if claim.channel else None,
        "channel_spans": _pairs(claim.channel_spans),
        "said": claim.said,
        "candidates": _candidates(claim.candidates),
        "score": claim.score,
        "reasons": list(claim.reasons),
    }


def _event(event: EventMention) -> Record:
    return {
        "id": event.id,
        "event_type": event.event_type,
        "trigger": [event.trigger.start, event.trigger.end],
        "also": _pairs(event.also),
        "sentence": [event.sentence.start, event.sentence.end],
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        "place": event.place,
        "time": event.time,
        "factuality": event.factuality.value,
        "word_of": event.word_of,
        "quantities": [
            {"start": q.start, "end": q.end, "low": q.low, "high": q.high, "unit": q.unit, "word_of": q.word_of}
            for q in event.quantities
        ],
        "score": event.score,
    }
