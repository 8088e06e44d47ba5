"""What tells of an article which story it belongs to: names, words of the report, shared events, copied text, days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quellenlage.model import Entity, EntityKind, Linked
from quellenlage.story.glance import Glance
from quellenlage.story.places import is_state

_KINDS: Mapping[EntityKind, float] = {
    EntityKind.PER: 1.0,
    EntityKind.ORG: 0.8,
    EntityKind.LOC: 0.8,
    EntityKind.GPE: 0.5,
    EntityKind.MISC: 0.6,
}
"""What a shared name of a kind is worth; groups ("Soldaten") and states name no course of events."""


@dataclass(frozen=True, slots=True)
class Features:
    """Keys of one article; everything about stories is looked up by these, so that no article meets all others.

    `names` are entity ids with what their kind is worth; `words` folded nouns; `first`/`last` the days on which it was
    published, as ordinals, or None; `ties` articles that tell the same event or share text with it, and why.
    """

    article: str
    names: Mapping[str, float]
    words: tuple[str, ...]
    first: int | None
    last: int | None
    ties: Mapping[str, str]


def read_features(glances: Mapping[str, Glance], linked: Linked) -> Iterator[Features]:
    """Features of each article, in order of capture; ties point to earlier articles only."""
    place = {article: at for at, article in enumerate(glances)}
    names: dict[str, dict[str, float]] = {}
    for entity in linked.entities:
        if worth := _worth(entity):
            for told in {member.article for member in entity.members}:
                names.setdefault(told, {})[entity.id] = worth
    ties = _ties(linked, place)
    for article, glance in glances.items():
        yield Features(
            article=article,
            names=names.get(article, {}),
            words=glance.words,
            first=glance.earliest.toordinal() if glance.earliest else None,
            last=glance.latest.toordinal() if glance.latest else None,
            ties=ties.get(article, {}),
        )


def _worth(entity: Entity) -> float:
    return 0.0 if is_state(entity.name) else _KINDS.get(entity.kind, 0.0)


def _ties(linked: Linked, place: Mapping[str, int]) -> dict[str, dict[str, str]]:
    """For each article those before it that tell an event with it, or share text with it."""
    found: dict[str, dict[str, str]] = {}
    for event in linked.events:
        told = sorted({account.member.article for account in event.accounts}, key=lambda one: place[one])
        # The first teller stands for all: a chain of ties is as good as a net of them, and stays linear.
        for article in told[1:]:
            found.setdefault(article, {}).setdefault(told[0], f"event:{event.id}")
    for reuse in linked.reuses:
        # Who was first is told by the days; what ties point to, by the order of capture.
        before, after = sorted((reuse.article, reuse.earlier), key=lambda one: place[one])
        found.setdefault(after, {})[before] = f"text:{before}"
    return found
