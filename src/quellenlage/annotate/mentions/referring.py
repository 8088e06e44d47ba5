"""Nouns that mean somebody or something named: "der Konzern", "die Politikerin"; they join the named entity."""

from __future__ import annotations

from dataclasses import replace

from quellenlage.coreference.nouns import bindings
from quellenlage.model import Document

_REASON = "refers:"


def with_referring(document: Document) -> Document:
    """Move such nouns to the entity that they mean; entities that have no mention left go."""
    bound = bindings(document)
    if not bound:
        return document
    kinds = {entity.id: entity.kind for entity in document.entities}
    mentions = tuple(
        replace(m, entity=bound[m.id], kind=kinds[bound[m.id]]) if m.id in bound else m for m in document.mentions
    )
    kept = {m.entity for m in mentions}
    text = document.text
    nouns: dict[str, list[str]] = {}
    for mention in document.mentions:
        if mention.id in bound:
            nouns.setdefault(bound[mention.id], []).append(text[mention.start : mention.end].split()[-1])
    entities = tuple(
        replace(e, reasons=tuple(dict.fromkeys([*e.reasons, *(_REASON + noun for noun in nouns.get(e.id, ()))])))
        for e in document.entities
        if e.id in kept
    )
    return replace(document, mentions=mentions, entities=entities)
