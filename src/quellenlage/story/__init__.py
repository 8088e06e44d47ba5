"""What the archive tells: stories, the chronicle, how far each event is borne out, and where accounts conflict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quellenlage.model import Conflict, Document, Judgement, Linked, Verdict
from quellenlage.story.conflicts import find_conflicts
from quellenlage.story.corroboration import corroborate
from quellenlage.story.denials import find_denials, joined
from quellenlage.story.stories import chronicle, find_stories

__all__ = ["VERSION", "tell"]

VERSION = "1"
"""Raise whenever the same links would be told otherwise."""


def tell(documents: Sequence[Document], linked: Linked, judgements: Sequence[Judgement]) -> Linked:
    """Complete what `link` found with corroboration, conflicts, stories and the chronicle."""
    events = tuple(replace(event, corroboration=corroborate(event.accounts)) for event in linked.events)
    linked = replace(linked, events=events)
    entities = {entity.id: entity for entity in linked.entities}
    rejected = {j.subject for j in judgements if j.verdict is Verdict.REJECT}
    event_of = {account.member: event for event in events for account in event.accounts}
    entity_of = {member: entity.id for entity in linked.entities for member in entity.members}
    found = [conflict for event in events for conflict in find_conflicts(event, entities)]
    found += joined(conflict for document in documents for conflict in find_denials(document, event_of, entity_of))
    conflicts: tuple[Conflict, ...] = tuple(conflict for conflict in found if conflict.id not in rejected)
    stories = find_stories(documents, linked)
    return replace(linked, conflicts=conflicts, stories=stories, chronicle=chronicle(documents, linked, stories))
