"""What the archive tells: stories, the chronicle, how far each event is borne out, and where accounts conflict."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

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
from quellenlage.story.corrections import gone, left_standing, not_taken_back, revise, taken_back
from quellenlage.story.corroboration import corroborate
from quellenlage.story.counts import find_counts, joined_counts
from quellenlage.story.denials import Denied, find_denials, joined
from quellenlage.story.features import WORDS as STORY_WORDS
from quellenlage.story.figures import WORDS as CONFLICT_WORDS
from quellenlage.story.figures import Risen, risen_in, running
from quellenlage.story.glance import Glance
from quellenlage.story.parties import Parties
from quellenlage.story.penalties import Penalties
from quellenlage.story.plans import Journeys
from quellenlage.story.rejections import Granted
from quellenlage.story.revisions import find_revisions
from quellenlage.story.rivals import Rivals
from quellenlage.story.scenes import Archive
from quellenlage.story.stories import find_stories
from quellenlage.story.tensions import Chains, head_tensions, manner_tensions
from quellenlage.story.tolls import Tolls
from quellenlage.story.ways import Ways

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
    replaced = {r.earlier for r in linked.revisions if r.whole}
    granted, ways = Granted(linked.events), Ways(linked.events)
    current, printed, risen = _current(documents, replaced, counting, (granted.read, ways.read))
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
    chains = Chains(entity_of)
    parties = Parties(entities, affiliations)
    archive = Archive(current, entities, entity_of, parties)
    taken = taken_back(linked.revisions)
    standing = [granted.told(not_taken_back(event, taken)) for event in events if event.revised is None]
    found = [conflict for event in standing for conflict in find_conflicts(event, entities, printed, risen)]
    found += (conflict for event in standing for conflict in find_agents(event, parties))
    reprints = {a.member.article for event in events for a in event.accounts if a.reprint_of is not None}
    afar = Afar(event_of, reprints, archive, chains)
    found = _of_scenes(standing, archive, found, _Told(entities, printed, risen), afar.take)
    denied, answered = list[Denied](), list[Denied]()
    counted: list[Conflict] = []
    heads: list[Conflict] = []
    glances: dict[str, Glance] = {}
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
        afar.hold(document)
    found += joined([*denied, *answered, *afar.found()])
    found = joined_counts(found, counted)
    found += (tension for event in standing for tension in manner_tensions(event, archive.documents, chains, ways))
    found += heads
    kept = [c for c in told_once(found) if c.id not in rejected]
    conflicts = tuple(by_weight(settled(kept, judgements)))
    stories, merged = find_stories(glances, linked, judgements)
    out = {event.id for event in events if gone(event)}
    left = left_standing(linked) if linked.revisions else linked
    lines = tuple(entry for entry in chronicle(glances, left, stories) if entry.event not in out)
    aliases = {**linked.aliases, **merged}
    return replace(linked, conflicts=conflicts, stories=stories, chronicle=lines, aliases=aliases)


def _current(
    documents: Iterable[Document],
    replaced: Collection[str | None],
    counting: Collection[str],
    readers: Sequence[Callable[[Document], None]],
) -> tuple[dict[str, Document], dict[str, date], Risen]:
    """Documents that are not `replaced` by their articles, last days of print, and what has risen in those `counting`.

    Each is read once for all: `readers` are given those that are not replaced.
    """
    current: dict[str, Document] = {}
    printed: dict[str, date] = {}
    risen: dict[str, frozenset[float]] = {}
    for document in documents:
        article = document.article
        if article.id not in replaced:
            current[article.id] = document
            for read in readers:
                read(document)
        if article.dct:
            printed[article.id] = article.dct.latest
        if article.id in counting:
            risen[article.id] = risen_in(article.text)
    return current, printed, risen


class _Told(NamedTuple):
    """What comparing events asks besides their scenes: entities, last days of print, and what has risen."""

    entities: Mapping[str, Entity]
    printed: Mapping[str, date]
    risen: Risen


def _of_scenes(
    standing: Sequence[Event],
    archive: Archive,
    found: list[Conflict],
    told: _Told,
    beside: Callable[[Document], None],
) -> list[Conflict]:
    """What was found, and what is read of scenes: what accounts of one event, or of several, disagree about.

    Each scene is read once for all; `beside` is given every document meanwhile.
    """
    penalties, rivals, tolls = Penalties(archive), Rivals(archive), Tolls()
    blame, journeys = Blame(archive), Journeys(archive)
    archive.take_scenes(standing, (penalties, rivals, tolls, blame, journeys), beside)
    found += penalties.conflicts()
    found += rivals.conflicts()
    found = joined_counts(found, list(tolls.conflicts(standing, told.entities, told.printed, told.risen)))
    found += blame.conflicts(standing)
    found += journeys.cancelled({c.event for c in found if c.kind is ConflictKind.HAPPENED})
    return found
