"""What tells of an article which story it belongs to: names, words of the report, shared events, copied text, days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from quellenlage.model import Entity, EntityKind, Event, Linked, fold
from quellenlage.resources import load
from quellenlage.story.glance import Glance
from quellenlage.story.places import is_state

_KINDS: Mapping[EntityKind, float] = {
    EntityKind.PER: 1.0,
    EntityKind.ORG: 0.8,
    EntityKind.LOC: 0.8,
    EntityKind.GPE: 0.5,
    EntityKind.MISC: 0.6,
}
"""What a shared name of a kind is worth; groups ("Soldaten") name no course of events."""

STATE = 0.25
"""What a state is worth: two of them are in all that they do with each other."""

NAMED = 0.5
"""Worth from which a name tells one course of events from another."""

_BODY = 0.4
"""What a court or ministry is worth, through whose hands many cases go."""

RECALLED = "recalled"
"""Code of a tie by an event that one of both articles tells of as long past."""

_NEWS = 21
"""Days after which, or before which, an event is no news."""

_MANY = 10
"""Number from which an equal one says something."""

_STEM = 6
"""Letters of a noun that count: "Rakete" and "Raketenangriff", "Schleuser" and "Schleuserbande" are of one matter."""

WORDS = "de/story_words.toml"
"""Nouns that articles on any subject have."""


@dataclass(frozen=True, slots=True)
class Features:
    """Keys of one article; everything about stories is looked up by these, so that no article meets all others.

    `names` are entity ids with what their kind is worth; `words` what folded nouns begin with, and numbers;
    `first`/`last` the days on which it was published, as ordinals, or None; `ties` articles that tell the same event,
    share text with it or correct it, and why; `faint` nouns that any article may have, and kinds of events.
    """

    article: str
    names: Mapping[str, float]
    words: tuple[str, ...]
    first: int | None
    last: int | None
    ties: Mapping[str, str]
    faint: tuple[str, ...] = ()

    def all_keys(self) -> tuple[str, ...]:
        """All by which it is compared with a story."""
        return (*self.names, *self.words, *self.faint)


def read_features(glances: Mapping[str, Glance], linked: Linked) -> Iterator[Features]:
    """Features of each article, in order of capture; ties point to earlier articles only."""
    names: dict[str, dict[str, float]] = {}
    for entity in linked.entities:
        if worth := _worth(entity):
            name = fold(entity.name)
            for told in {member.article for member in entity.members}:
                glance = glances.get(told)
                if glance is None or name not in glance.words:  # what is a noun there as well is no name
                    names.setdefault(told, {})[entity.id] = worth
    ties = _ties(linked, glances)
    given = _told(linked)
    for article, glance in glances.items():
        numbers, kinds = given.get(article, ({}, {}))
        yield Features(
            article=article,
            names=names.get(article, {}),
            words=(*_stems(glance.words), *numbers),
            first=glance.earliest.toordinal() if glance.earliest else None,
            last=glance.latest.toordinal() if glance.latest else None,
            ties=ties.get(article, {}),
            faint=(*(word for word in glance.words if word in _any()), *kinds),
        )


def _worth(entity: Entity) -> float:
    if fold(entity.name) in _any():
        return 0.0
    worth = _KINDS.get(entity.kind, 0.0)
    if entity.kind is EntityKind.ORG and any(w.endswith(_bodies()) for w in fold(entity.name).split()):
        return _BODY
    return min(worth, STATE) if is_state(entity.name) else worth


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    """What the nouns begin with that say something, each once."""
    return tuple(dict.fromkeys(word[:_STEM] for word in words if word not in _any()))


def _told(linked: Linked) -> dict[str, tuple[dict[str, None], dict[str, None]]]:
    """For each article the numbers that its events give, and the kinds of its events."""
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for event in linked.events:
        for account in event.accounts:
            numbers, kinds = found.setdefault(account.member.article, ({}, {}))
            kinds[f"kind:{event.event_type}"] = None
            for f in account.figures:
                if f.low is not None and f.low == f.high and f.low >= _MANY:
                    numbers[f"number:{f.low:g}:{fold(f.unit)[:_STEM]}"] = None
    return found


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(fold(word) for word in load(WORDS)["bodies"]["heads"].split())


@cache
def _any() -> frozenset[str]:
    return frozenset(fold(word) for listed in load(WORDS)["any"].values() for word in listed.split())


def _ties(linked: Linked, glances: Mapping[str, Glance]) -> dict[str, dict[str, str]]:
    """For each article those before it that tell an event with it, share text with it or correct it, and why."""
    place = {article: at for at, article in enumerate(glances)}
    pairs: list[tuple[str, str, str]] = []
    for event in linked.events:
        told = sorted({account.member.article for account in event.accounts}, key=lambda one: place[one])
        news = [article for article in told if not _recalls(glances[article], event)]
        # The first for which it is news stands for all: a chain of ties is as good as a net of them, and stays linear.
        first = (news or told)[0]
        for article in told:
            if article != first:
                sure = article in news and (event.interval is not None or _near(glances[article], glances[first]))
                code = "event" if sure else RECALLED
                pairs.append((article, first, f"{code}:{event.id}"))
    pairs += [(reuse.article, reuse.earlier, "text") for reuse in linked.reuses]
    pairs += [(r.article, r.earlier, "revision") for r in linked.revisions if r.earlier is not None]
    found: dict[str, dict[str, str]] = {}
    for one, other, why in pairs:
        if one != other and one in place and other in place:
            # Who was first is told by the days; what ties point to, by the order of capture.
            before, after = sorted((one, other), key=lambda article: place[article])
            ties = found.setdefault(after, {})
            if not ties.get(before, "").startswith("event:"):
                ties[before] = why if ":" in why else f"{why}:{before}"
    return found


def _near(one: Glance, other: Glance) -> bool:
    """Whether two articles are known to have been published within weeks."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return False
    return max((one.earliest - other.latest).days, (other.earliest - one.latest).days) <= _NEWS


def _recalls(glance: Glance, event: Event) -> bool:
    """Whether an event lay long behind when the article was published: it is told of as what was before."""
    if glance.earliest is None or glance.latest is None or event.interval is None:
        return False
    after, before = glance.earliest - event.interval.latest, event.interval.earliest - glance.latest
    return max(after.days, before.days) > _NEWS
