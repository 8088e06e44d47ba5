"""Identifiers of the members of entities: by them people decide about one article's part of an entity."""

from __future__ import annotations

from quellenlage.link.entities.profile import potential_id
from quellenlage.model import Document


def member_ids(document: Document) -> dict[str, str]:
    """Of each local entity with a mention the identifier that stands for it across articles, or is an alias there."""
    first: dict[str, int] = {}
    for mention in document.mentions:
        first.setdefault(mention.entity, mention.start)
    return {e.id: potential_id(document.article.id, e, first[e.id]) for e in document.entities if e.id in first}
