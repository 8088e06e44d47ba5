"""What the layers of an article mark in its text, and how each mark is drawn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quellenlage.model import Document, EventMention, Mention, Span, ZoneKind
from quellenlage.views.web.shown.article_text import Mark
from quellenlage.views.web.translation import marked as _


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer that can be switched on: its name in the address, what it is called, its key."""

    name: str
    label: str
    key: str


LAYERS = (
    Layer("zones", _("Parts"), "1"),
    Layer("names", _("Names"), "2"),
    Layer("times", _("Times"), "3"),
    Layer("quotations", _("Quotations"), "4"),
    Layer("claims", _("Claims"), "5"),
    Layer("events", _("Events"), "6"),
)
ZONES = {
    ZoneKind.HEADLINE: _("Headline"),
    ZoneKind.LEAD: _("Lead"),
    ZoneKind.BODY: _("Body"),
    ZoneKind.CAPTION: _("Caption"),
    ZoneKind.BYLINE: _("Byline"),
    ZoneKind.DATELINE: _("Dateline"),
    ZoneKind.CREDIT: _("Credit"),
    ZoneKind.BOILERPLATE: _("Not part of the report"),
}
NONE = Layer("none", _("Text alone"), "7")
DEFAULT = ("quotations", "events")
"""Layers that are shown to who asks for none."""


def chosen_layers(asked: str | None) -> tuple[str, ...]:
    """Layers as an address names them ("names,events", "none"), in their order; what is none is passed over."""
    if asked is None:
        return DEFAULT
    wanted = set(asked.split(","))
    return tuple(layer.name for layer in LAYERS if layer.name in wanted)


def marks(document: Document, hidden: Iterable[str] = (), at: Span | None = None) -> list[Mark]:
    """All marks of an article; `hidden` are local entities that are not told, `at` is the passage asked for."""
    unseen = frozenset(hidden)
    found = [Mark(zone.start, zone.end, f"z z-{zone.kind}") for zone in document.article.zones]
    found += _names(document, unseen)
    found += (Mark(one.start, one.end, "t", one.id) for one in document.timexes)
    found += _quotations(document)
    found += (Mark(s.start, s.end, "c", claim.id) for claim in document.claims for s in claim.spans)
    found += _events(document, unseen)
    if at is not None:
        found.append(Mark(at.start, at.end, "at"))
    return found


def _names(document: Document, unseen: frozenset[str]) -> Iterator[Mark]:
    for mention in document.mentions:
        if mention.entity not in unseen:
            yield Mark(mention.start, mention.end, f"n n-{mention.kind} n-{mention.form}", mention.entity)
    kinds = {entity.id: entity.kind for entity in document.entities}
    for word in document.derived:
        if word.entity and word.entity not in unseen:
            yield Mark(word.start, word.end, f"n n-{kinds[word.entity]} n-derived", word.entity)


def _quotations(document: Document) -> Iterator[Mark]:
    for one in document.quotations:
        drawn = (("q", one.quote), ("qc", one.cue), ("qs", one.speaker), ("qa", one.addressee))
        for name, spans in drawn:
            for span in spans:
                yield Mark(span.start, span.end, name, one.id)


def _events(document: Document, unseen: frozenset[str]) -> Iterator[Mark]:
    mentions = sorted(document.mentions, key=lambda mention: mention.start)
    starts = [mention.start for mention in mentions]
    for event in document.events:
        for trigger in (event.trigger, *event.also):
            yield Mark(trigger.start, trigger.end, "v", event.id)
        first = bisect_left(starts, event.sentence.start)
        last = bisect_left(starts, event.sentence.end)
        for mention in mentions[first:last]:
            role = _role(event, mention)
            if role and mention.entity not in unseen:
                yield Mark(mention.start, mention.end, role, event.id)
        for quantity in event.quantities:
            yield Mark(quantity.start, quantity.end, "vx vn", event.id)


def _role(event: EventMention, mention: Mention) -> str:
    """How an argument is drawn: who does it, who undergoes it, where; empty for any other name."""
    if mention.entity in event.actors:
        return "vx va"
    if mention.entity in event.recipients:
        return "vx vr"
    return "vx vp" if mention.entity == event.place else ""
