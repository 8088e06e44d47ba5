"""What the archive tells: stories, the chronicle, how far each event is borne out, and where accounts conflict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from quellenlage.families import RESOURCE as EVENT_FAMILIES
from quellenlage.model import Conflict, ConflictKind, Document, Entity, Event, Judgement, Linked, Verdict
from quellenlage.model.partition import Mapper, each, in_process
from quellenlage.story.afar import Afar
from quellenlage.story.affiliations import RESOURCES as AFFILIATION_RESOURCES
from quellenlage.story.affiliations import Affiliations
from quellenlage.story.agents import find_agents
from quellenlage.story.answers import find_answers
from quellenlage.story.blame import Blame
from quellenlage.story.chronicle import chronicle
from quellenlage.story.conflicts import by_weight, find_conflicts, settled, told_once
from quellenlage.story.corrections import gone, left_standing, not_taken_back, revise
from quellenlage.story.corroboration import corroborate
from quellenlage.story.counts import find_counts, joined_counts
from quellenlage.story.denials import Denied, find_denials, joined
from quellenlage.story.features import WORDS as STORY_WORDS
from quellenlage.story.figures import WORDS as CONFLICT_WORDS
from quellenlage.story.figures import Risen, risen_in, running
from quellenlage.story.glance import Glance
from quellenlage.story.parties import Parties
from quellenlage.story.penalties import find_penalties
from quellenlage.story.plans import Journeys
from quellenlage.story.rejections import as_granted
from quellenlage.story.revisions import find_revisions
from quellenlage.story.rivals import Rivals
from quellenlage.story.scenes import Archive
from quellenlage.story.stories import find_stories
from quellenlage.story.tensions import Chains, head_tensions, manner_tensions
from quellenlage.story.tolls import Tolls

__all__ = ["RESOURCES", "VERSION", "tell"]

RESOURCES = (*AFFILIATION_RESOURCES, CONFLICT_WORDS, EVENT_FAMILIES, STORY_WORDS)
"""Files whose content decides the result."""

VERSION = "7"
"""Raise whenever the same links would be told otherwise."""


def tell(
    documents: Sequence[Document], linked: Linked, judgements: Sequence[Judgement], mapper: Mapper = in_process
) -> Linked:
    """Complete what `link` found with corroboration, conflicts, stories and the chronicle.

    `mapper` reads what stories need of the documents, portion by portion.
    """
    linked = revise(linked, find_revisions(documents, linked.reuses, judgements))
    entities = {entity.id: entity for entity in linked.entities}
    affiliations = Affiliations(entities, {origin.id: origin for origin in linked.origins})
    counting = {a.member.article for event in linked.events for a in event.accounts if a.figures}
    by_id, printed, risen = _by_id(documents, counting)
    events = tuple(
        replace(
            event,
            corroboration=corroborate([a for a in event.accounts if a.revised is None], affiliations),
            running=tuple(running(event, printed, risen)),
        )
        for event in linked.events
    )
    linked = replace(linked, events=events)
    rejected = {j.subject for j in judgements if j.verdict is Verdict.REJECT}
    event_of = {account.member: event for event in events for account in event.accounts}
    entity_of = {member: entity.id for entity in linked.entities for member in entity.members}
    replaced = {r.earlier for r in linked.revisions if r.whole}
    current = {article: document for article, document in by_id.items() if article not in replaced}
    chains = Chains(entity_of)
    parties = Parties(entities, affiliations)
    archive = Archive(current, entities, entity_of, parties)
    firm = (not_taken_back(event, linked.revisions) for event in events if event.revised is None)
    standing = [as_granted(event, archive.documents) for event in firm]
    found = [conflict for event in standing for conflict in find_conflicts(event, entities, printed, risen)]
    found += (conflict for event in standing for conflict in find_agents(event, parties))
    found += (conflict for event in standing for conflict in find_penalties(event, archive))
    found = _of_scenes(standing, archive, found, entities, printed, risen)
    denied, answered = list[Denied](), list[Denied]()
    counted: list[Conflict] = []
    heads: list[Conflict] = []
    glances: dict[str, Glance] = {}
    reprints = {a.member.article for event in events for a in event.accounts if a.reprint_of is not None}
    afar = Afar(event_of, reprints, archive, chains)
    seen = each(mapper, Glance.at, documents)
    for document, glance in zip(documents, seen, strict=True):
        # One document after the other, all that is asked of it: each is read from the archive once.
        glances[glance.article] = glance
        if document.article.id in replaced:
            continue
        denied += find_denials(document, event_of, entity_of)
        answered += find_answers(document, event_of, chains)
        counted += find_counts(document, event_of, chains)
        heads += head_tensions(document, event_of, chains)
        afar.take(document)
    found += joined([*denied, *answered, *afar.found(current.values())])
    found = joined_counts(found, counted)
    found += (tension for event in standing for tension in manner_tensions(event, archive.documents, chains))
    found += heads
    kept = [c for c in told_once(found) if c.id not in rejected]
    conflicts = tuple(by_weight(settled(kept, judgements)))
    stories, merged = find_stories(glances, linked, judgements)
    out = {event.id for event in events if gone(event)}
    left = left_standing(linked) if linked.revisions else linked
    lines = tuple(entry for entry in chronicle(glances, left, stories) if entry.event not in out)
    aliases = {**linked.aliases, **merged}
    return replace(linked, conflicts=conflicts, stories=stories, chronicle=lines, aliases=aliases)


def _by_id(
    documents: Iterable[Document], counting: Collection[str]
) -> tuple[dict[str, Document], dict[str, date], Risen]:
    """Documents by their articles, last days of print, and what has risen in those `counting`: read once for all."""
    by_id: dict[str, Document] = {}
    printed: dict[str, date] = {}
    risen: dict[str, frozenset[float]] = {}
    for document in documents:
        article = document.article
        by_id[article.id] = document
        if article.dct:
            printed[article.id] = article.dct.latest
        if article.id in counting:
            risen[article.id] = risen_in(article.text)
    return by_id, printed, risen


def _of_scenes(
    standing: Sequence[Event],
    archive: Archive,
    found: list[Conflict],
    entities: Mapping[str, Entity],
    printed: Mapping[str, date],
    risen: Risen,
) -> list[Conflict]:
    """What was found, and what accounts of several events disagree about: each scene is read once for all."""
    rivals, tolls, blame, journeys = Rivals(archive), Tolls(), Blame(archive), Journeys(archive)
    archive.take_scenes(standing, (rivals, tolls, blame, journeys))
    found += rivals.conflicts()
    found = joined_counts(found, list(tolls.conflicts(standing, entities, printed, risen)))
    found += blame.conflicts(standing)
    found += journeys.cancelled({c.event for c in found if c.kind is ConflictKind.HAPPENED})
    return found
