"""Across articles: entities, text reuse and origins, events, statements. Deterministic in the order of capture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quellenlage.families import RESOURCE as EVENT_FAMILIES
from quellenlage.link.entities import RESOURCES as ENTITY_RESOURCES
from quellenlage.link.entities import link_entities
from quellenlage.link.events import group, make_event
from quellenlage.link.houses import RESOURCES as HOUSE_RESOURCES
from quellenlage.link.origins import Provenance, find_origins
from quellenlage.link.references import RESOURCES as REFERENCE_RESOURCES
from quellenlage.link.references import match_references
from quellenlage.link.resting import Named, rest
from quellenlage.link.reuse import find_reuse
from quellenlage.link.statements import find_statements
from quellenlage.link.tellings import Telling, tellings
from quellenlage.model import Document, Entity, Event, Judgement, Linked, References, Reuse, fold
from quellenlage.model.filed import Keyed, filed
from quellenlage.model.identifiers import Identifiers, Joined
from quellenlage.model.partition import Mapper, in_process
from quellenlage.model.recent import forget_recent

__all__ = ["RESOURCES", "VERSION", "link"]

RESOURCES = tuple(dict.fromkeys((*ENTITY_RESOURCES, *REFERENCE_RESOURCES, EVENT_FAMILIES, *HOUSE_RESOURCES)))
"""Files whose content decides the result."""

VERSION = "10"
"""Raise whenever the same documents would be linked otherwise."""


def link(
    documents: Sequence[Document],
    judgements: Sequence[Judgement],
    suppressed: frozenset[str],
    references: References | None = None,
    copies: Sequence[Reuse] | None = None,
    mapper: Mapper = in_process,
) -> Linked:
    """Find what the documents, given in order of capture, share: entities, copied text, origins, events and statements.

    `suppressed` holds digests of folded names of people whose data was deleted on request; `references` are the lists
    from outside, if there are any; `copies` what the documents take from each other, where that is known already.

    `mapper` does what can be done side by side, here or elsewhere (see `model.partition`): it reads portions of the
    documents, and makes the statements of some speakers. What comes of it is put together in order of capture, so that
    it is the same with any of them.
    """
    forget_recent()  # what analysing articles again has left
    identified = link_entities(documents, judgements, suppressed, mapper)
    forget_recent()
    entities, entity_of = identified.entities, identified.entity_of
    reuses = find_reuse(documents, mapper) if copies is None else tuple(copies)
    provenance = find_origins(documents, reuses)
    repeats = {reuse.article: reuse.earlier for reuse in reuses}
    named = _by_name(entities) if any(j.field == "place" for j in judgements) else {}
    houses = Named(provenance.reuses)
    told = tellings(documents, entity_of, judgements, named, houses.read)
    events, merged = _events(told, provenance, repeats, _names(entities), judgements)
    forget_recent()
    statements, same_statement = find_statements(documents, entity_of, provenance, reuses, judgements, mapper)
    matches = match_references(entities, documents, judgements, references, identified.aliases) if references else ()
    forget_recent()
    rested = rest(houses, entities, provenance, events, statements)
    return Linked(
        entities=entities,
        origins=rested.origins,
        reuses=reuses,
        events=rested.events,
        statements=rested.statements,
        doubts=tuple(identified.doubts),
        references=matches,
        aliases=Joined(identified.aliases, merged, same_statement),
    )


def _by_name(entities: Sequence[Entity]) -> dict[str, str]:
    """Identifiers by folded name, then by spelling; of several the first."""
    found: dict[str, str] = {}
    for entity in entities:
        found.setdefault(fold(entity.name), entity.id)
    for entity in entities:
        for spelling in entity.spellings:
            found.setdefault(fold(spelling), entity.id)
    return found


def _events(
    told: Iterable[Telling],
    provenance: Provenance,
    repeats: Mapping[str, str],
    names: Mapping[str, str],
    judgements: Sequence[Judgement],
) -> tuple[Sequence[Event], dict[str, str]]:
    """Events, and identifiers that other tellings would have given them; what they were compared by is let go."""
    clusters = group(told, repeats, judgements)
    merged: dict[str, str] = {}
    for keys in ([t.key for t in cluster.tellings] for cluster in clusters if len(cluster.tellings) > 1):
        merged.update((key, keys[0]) for key in keys[1:])
    return filed(Event, (make_event(cluster, provenance, names, clusters) for cluster in clusters)), merged


def _names(entities: Sequence[Entity]) -> Mapping[str, str]:
    """Names of entities by their identifiers."""
    ids = Identifiers()
    return Keyed(filed(str, _noted(entities, ids)), ids)


def _noted(entities: Iterable[Entity], ids: Identifiers) -> Iterator[str]:
    """Names, one by one, whose entities' identifiers are put to others."""
    for entity in entities:
        ids.append(entity.id)
        yield entity.name
