"""Across articles: entities, text reuse and origins, events, statements. Deterministic in the order of capture."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.link.entities import RESOURCES, link_entities
from quellenlage.link.events import group, make_event
from quellenlage.link.origins import find_origins
from quellenlage.link.reuse import find_reuse
from quellenlage.link.statements import find_statements
from quellenlage.link.tellings import tellings
from quellenlage.model import Document, Judgement, Linked

__all__ = ["RESOURCES", "VERSION", "link"]

VERSION = "3"
"""Raise whenever the same documents would be linked otherwise."""


def link(documents: Sequence[Document], judgements: Sequence[Judgement], suppressed: frozenset[str]) -> Linked:
    """Find what the documents, given in order of capture, share: entities, copied text, origins, events and statements.

    `suppressed` holds digests of folded names of people whose data was deleted on request.
    """
    entities, entity_of, aliases = link_entities(documents, judgements, suppressed)
    reuses = find_reuse(documents)
    provenance = find_origins(documents, reuses)
    repeats = {reuse.article: reuse.earlier for reuse in reuses}
    clusters = group(tellings(documents, entity_of, judgements), repeats, judgements)
    names = {entity.id: entity.name for entity in entities}
    merged = {t.key: cluster.tellings[0].key for cluster in clusters for t in cluster.tellings[1:]}
    statements, same_statement = find_statements(documents, entity_of, provenance, reuses, judgements)
    return Linked(
        entities=entities,
        origins=provenance.origins,
        reuses=reuses,
        events=tuple(make_event(cluster, provenance, entity_of, names) for cluster in clusters),
        statements=statements,
        aliases={**aliases, **merged, **same_statement},
    )
