"""What the archive tells: stories, the chronicle, how far each event is borne out, and where accounts conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quellenlage.families import RESOURCE as EVENT_FAMILIES
from quellenlage.model import (
    ChronicleEntry,
    Conflict,
    ConflictKind,
    Document,
    Entity,
    Event,
    Judgement,
    Linked,
    OfficeHeld,
    Verdict,
)
from quellenlage.model.filed import ByMember, Keyed, filed, lent
from quellenlage.model.identifiers import Identifiers, Joined
from quellenlage.model.partition import Mapper, each, in_process
from quellenlage.story.affiliations import RESOURCES as AFFILIATION_RESOURCES
from quellenlage.story.affiliations import Affiliations
from quellenlage.story.agents import find_agents
from quellenlage.story.blame import Blame
from quellenlage.story.chronicle import chronicle
from quellenlage.story.conflicts import by_weight, find_conflicts, settled, told_once
from quellenlage.story.corrections import gone, left_standing, not_taken_back, revise, taken_back
from quellenlage.story.corroboration import corroborate
from quellenlage.story.counts import joined_counts
from quellenlage.story.denials import joined
from quellenlage.story.features import WORDS as STORY_WORDS
from quellenlage.story.figures import WORDS as CONFLICT_WORDS
from quellenlage.story.figures import running
from quellenlage.story.glance import Glance
from quellenlage.story.parties import Parties
from quellenlage.story.penalties import Penalties
from quellenlage.story.plans import Journeys
from quellenlage.story.reading import Reading
from quellenlage.story.revisions import find_revisions
from quellenlage.story.rivals import Rivals
from quellenlage.story.stories import find_stories
from quellenlage.story.tensions import manner_tensions
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
    ids = Identifiers()
    entity_of = ByMember(ids)
    entities = Keyed(filed(Entity, _plain(linked.entities, ids, entity_of)), ids)
    affiliations = Affiliations(entities, {origin.id: origin for origin in linked.origins})
    parties = Parties(entities, affiliations)
    read = Reading(linked, entities, entity_of, parties)
    for document, glance in zip(documents, each(mapper, Glance.at, documents), strict=True):
        read.take(document, glance)
    weighed = filed(
        Event,
        (
            replace(
                event,
                corroboration=corroborate([a for a in event.accounts if a.revised is None], affiliations),
                running=tuple(running(event, read.printed, read.risen)),
            )
            for event in linked.events
        ),
    )
    linked = replace(linked, events=weighed)
    rejected = {j.subject for j in judgements if j.verdict is Verdict.REJECT}
    taken = taken_back(linked.revisions)
    firm = (not_taken_back(event, taken) for event in weighed if event.revised is None)
    standing = lent(filed(Event, map(read.granted.told, firm)))
    found = [c for event in standing for c in find_conflicts(event, entities, read.printed, read.risen)]
    found += (conflict for event in standing for conflict in find_agents(event, parties))
    found = _of_scenes(standing, read, found)
    found += joined([*read.denied, *read.answered, *read.afar.found()])
    found = joined_counts(found, read.counted)
    current = read.archive.documents
    found += (tension for event in standing for tension in manner_tensions(event, current, read.chains, read.ways))
    found += read.heads
    kept = [c for c in told_once(found) if c.id not in rejected]
    conflicts = tuple(by_weight(settled(kept, judgements)))
    glances = read.glances
    del read, parties, affiliations, standing, current, found, kept  # stories want their room
    stories, merged = find_stories(glances, linked, judgements)
    out = {event.id for event in weighed if gone(event)}
    left = left_standing(linked) if linked.revisions else linked
    told = chronicle(glances, left, stories)
    lines = filed(ChronicleEntry, (entry for entry in told if entry.event not in out))
    aliases = Joined(linked.aliases, merged)
    return replace(linked, conflicts=conflicts, stories=stories, chronicle=lines, aliases=aliases)


def _plain(entities: Iterable[Entity], ids: Identifiers, entity_of: ByMember[str]) -> Iterator[Entity]:
    """Entities without the thousand places where they stand; identifiers and members are noted."""
    for number, entity in enumerate(entities):
        ids.append(entity.id)
        for member in entity.members:
            entity_of.note(member, number)
        held: dict[str, OfficeHeld] = {}
        for office in entity.offices:
            held.setdefault(office.text, office)
        yield replace(entity, members=entity.members[:1], offices=tuple(held.values()), evidence=())


def _of_scenes(standing: Sequence[Event], read: Reading, found: list[Conflict]) -> list[Conflict]:
    """What was found, and what is read of scenes: what accounts of one event, or of several, disagree about.

    Each scene is read once for all, and what denials afar are held against while its document is at hand.
    """
    archive = read.archive
    penalties, rivals, tolls = Penalties(archive), Rivals(archive), Tolls()
    blame, journeys = Blame(archive), Journeys(archive)
    archive.take_scenes(standing, (penalties, rivals, tolls, blame, journeys), read.afar.hold)
    found += penalties.conflicts()
    found += rivals.conflicts()
    found = joined_counts(found, list(tolls.conflicts(standing, archive.entities, read.printed, read.risen)))
    found += blame.conflicts(standing)
    found += journeys.cancelled({c.event for c in found if c.kind is ConflictKind.HAPPENED})
    return found
