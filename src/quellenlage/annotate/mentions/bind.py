"""Whom a mention means: candidates of one article to its entities."""

from __future__ import annotations

from quellenlage.annotate.mentions import binding_bodies, binding_nouns
from quellenlage.annotate.mentions.binding_persons import Persons
from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.clusters import Cluster
from quellenlage.model import EntityKind, LocalEntity, Mention, Role, seen
from quellenlage.names import to_latin


def bind(text: str, candidates: list[Candidate]) -> tuple[tuple[Mention, ...], tuple[LocalEntity, ...]]:
    """Mentions in order of the text and the entities they mean, numbered by their first mention."""
    persons = Persons(text, [c for c in candidates if c.kind is EntityKind.PER]).clusters
    located = [c for c in candidates if c.kind in {EntityKind.GPE, EntityKind.LOC}]
    places = binding_bodies.places(text, located)
    organisations = binding_bodies.organisations(text, [c for c in candidates if c.kind is EntityKind.ORG], located)
    groups = binding_nouns.groups(text, [c for c in candidates if c.kind is EntityKind.GRP], persons)
    forms = binding_bodies.metonyms(places)
    clusters = [c for c in (*persons, *places, *organisations, *groups) if c.members]
    clusters.sort(key=lambda c: min(m.start for m in c.members))
    entities, placed = [], []
    for number, cluster in enumerate(clusters, 1):
        entities.append(_entity(text, f"e{number}", cluster))
        placed += [(m, cluster.kind, f"e{number}") for m in cluster.members]
    placed.sort(key=lambda item: (item[0].start, item[0].end))
    mentions = tuple(
        Mention(f"m{n}", c.start, c.end, kind, "noun" if id(c) in forms else c.form, entity)
        for n, (c, kind, entity) in enumerate(placed, 1)
    )
    return mentions, tuple(entities)


def _entity(text: str, identifier: str, cluster: Cluster) -> LocalEntity:
    named = [m for m in cluster.members if m.form == "name"] or cluster.members
    if cluster.kind is EntityKind.PER:  # in Latin letters where the article has them
        best = max(named, key=lambda m: (to_latin(m.name) == m.name, len(m.name.split()), len(m.name), -m.start))
    elif cluster.kind is EntityKind.GRP:
        best = named[0]
    else:
        best = max(named, key=lambda m: (len(m.name), -m.start))
    spans = sorted({role for m in cluster.members for role in m.roles})
    roles = tuple(Role(a, b, text[a:b]) for a, b in spans)
    return LocalEntity(
        identifier, cluster.kind, seen(best.name), roles, round(cluster.score, 2), tuple(cluster.reasons)
    )
