"""What the archive tells: stories, the chronicle, how far each event is borne out, and where accounts conflict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quellenlage.model import Document, Judgement, Linked, Verdict
from quellenlage.story.affiliations import RESOURCES as AFFILIATION_RESOURCES
from quellenlage.story.affiliations import Affiliations
from quellenlage.story.answers import find_answers
from quellenlage.story.chronicle import chronicle
from quellenlage.story.conflicts import by_weight, find_conflicts, settled
from quellenlage.story.corrections import gone, left_standing, not_taken_back, revise
from quellenlage.story.corroboration import corroborate
from quellenlage.story.counts import find_counts, joined_counts
from quellenlage.story.denials import find_denials, joined
from quellenlage.story.figures import WORDS as CONFLICT_WORDS
from quellenlage.story.figures import running
from quellenlage.story.revisions import find_revisions
from quellenlage.story.stories import find_stories
from quellenlage.story.tensions import Chains, head_tensions, manner_tensions

__all__ = ["RESOURCES", "VERSION", "tell"]

RESOURCES = (*AFFILIATION_RESOURCES, CONFLICT_WORDS)
"""Files whose content decides the result."""

VERSION = "4"
"""Raise whenever the same links would be told otherwise."""


def tell(documents: Sequence[Document], linked: Linked, judgements: Sequence[Judgement]) -> Linked:
    """Complete what `link` found with corroboration, conflicts, stories and the chronicle."""
    linked = revise(linked, find_revisions(documents, linked.reuses, judgements))
    affiliations = Affiliations({e.id: e for e in linked.entities}, {o.id: o for o in linked.origins})
    events = tuple(
        replace(event, corroboration=corroborate([a for a in event.accounts if a.revised is None], affiliations))
        for event in linked.events
    )
    printed = {d.article.id: d.article.dct.latest for d in documents if d.article.dct}
    events = tuple(replace(event, running=tuple(running(event, printed))) for event in events)
    linked = replace(linked, events=events)
    entities = {entity.id: entity for entity in linked.entities}
    rejected = {j.subject for j in judgements if j.verdict is Verdict.REJECT}
    event_of = {account.member: event for event in events for account in event.accounts}
    entity_of = {member: entity.id for entity in linked.entities for member in entity.members}
    standing = [not_taken_back(event, linked.revisions) for event in events if event.revised is None]
    found = [conflict for event in standing for conflict in find_conflicts(event, entities, printed)]
    replaced = {r.earlier for r in linked.revisions if r.whole}
    current = [document for document in documents if document.article.id not in replaced]
    chains = Chains(entity_of)
    denied = [one for document in current for one in find_denials(document, event_of, entity_of)]
    denied += (one for document in current for one in find_answers(document, event_of, chains))
    found += joined(denied)
    found = joined_counts(found, [count for d in current for count in find_counts(d, event_of, chains)])
    by_id = {document.article.id: document for document in current}
    found += (tension for event in standing for tension in manner_tensions(event, by_id, chains))
    found += (tension for document in current for tension in head_tensions(document, event_of, chains))
    conflicts = tuple(by_weight(settled([c for c in found if c.id not in rejected], judgements)))
    stories, merged = find_stories(documents, linked, judgements)
    out = {event.id for event in events if gone(event)}
    lines = tuple(e for e in chronicle(documents, left_standing(linked), stories) if e.event not in out)
    aliases = {**linked.aliases, **merged}
    return replace(linked, conflicts=conflicts, stories=stories, chronicle=lines, aliases=aliases)
