"""Identifiers that people keep: what an identifier of an earlier link stands for now.

Entities, events, statements and stories take the identifier of their first-captured member, so it changes when that
member is forgotten, split off or merged. Whatever took over most of the old one's places in the texts
inherits its identifier as an alias. A present identifier always stands for itself; every alias points at a
present identifier, so there are neither chains nor cycles in what is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping

from quellenlage.model import Conflict, Entity, Event, Linked, Statement, Story
from quellenlage.model.identifiers import IdentifierSet, Joined

_Key = tuple[Hashable, ...]


def present(linked: Linked) -> Collection[str]:
    """Identifiers that stand for something now."""
    groups = (linked.entities, linked.origins, linked.events, linked.conflicts, linked.stories, linked.statements)
    return IdentifierSet(item.id for group in groups for item in group)


def follow(identifier: str, aliases: Mapping[str, str], here: Collection[str] = frozenset()) -> str:
    """Follow aliases until one of `here`, or the last; a cycle ends where it would begin again."""
    seen = {identifier}
    while identifier not in here and identifier in aliases:
        following = aliases[identifier]
        if following in seen:
            break
        seen.add(following)
        identifier = following
    return identifier


def remember(previous: Linked, current: Linked, history: Mapping[str, str]) -> dict[str, str]:
    """The history of identifiers after `current` replaces `previous`.

    Left out are identifiers that are present again, those that `current` itself gives as aliases, and those
    of which nothing is left.
    """
    here = present(current)
    moved = {**history, **previous.aliases, **_taken_over(previous, current, here)}
    known = Joined(moved, current.aliases)
    result: dict[str, str] = {}
    for old in sorted(moved):
        if old in here or old in current.aliases:
            continue
        end = follow(old, known, here)
        if end in here:
            result[old] = end
    return result


def heirs(previous: Linked, current: Linked) -> dict[str, str]:
    """Identifiers that stood for something in `previous` and do no more, and what took over most of it."""
    taken = _taken_over(previous, current, present(current))
    return {old: new for old, new in taken.items() if old not in current.aliases}


def _taken_over(previous: Linked, current: Linked, here: Collection[str]) -> dict[str, str]:
    gone = [(identifier, keys) for identifier, keys in _places(previous) if identifier not in here]
    wanted = {key for _, keys in gone for key, _ in keys}
    if not wanted:
        return {}
    claimants: dict[_Key, list[str]] = {}
    order: dict[str, int] = {}
    for identifier, keys in _places(current):
        order.setdefault(identifier, len(order))
        for key, _ in keys:
            if key in wanted:
                claimants.setdefault(key, []).append(identifier)
    result: dict[str, str] = {}
    for identifier, keys in gone:
        votes: Counter[str] = Counter()
        for key, weight in keys:
            for heir in claimants.get(key, ()):
                votes[heir] += weight
        if votes:
            result[identifier] = min(votes, key=lambda heir: (-votes[heir], order[heir]))
    return result


def _places(linked: Linked) -> Iterator[tuple[str, list[tuple[_Key, int]]]]:
    """Every item with the keys by which its heir is recognised, and how much each counts.

    Places in the text count most, since the number of a local item ("e3") may shift when an article is analysed
    anew; texts never do.
    """
    for entity in linked.entities:
        yield entity.id, _entity_keys(entity)
    for event in linked.events:
        yield event.id, _event_keys(event)
    for conflict in linked.conflicts:
        yield conflict.id, _conflict_keys(conflict)
    for statement in linked.statements:
        yield statement.id, _statement_keys(statement)
    for story in linked.stories:
        yield story.id, _story_keys(story)
    for origin in linked.origins:
        yield origin.id, [(("origin", origin.kind, origin.name), 1)]


def _entity_keys(entity: Entity) -> list[tuple[_Key, int]]:
    keys: list[tuple[_Key, int]] = [(("entity", m.article, m.local), 1) for m in entity.members]
    return keys + [(("entity", e.article, e.start, e.end), 4) for e in entity.evidence]


def _event_keys(event: Event) -> list[tuple[_Key, int]]:
    keys: list[tuple[_Key, int]] = []
    for account in event.accounts:
        place = (account.evidence.article, account.evidence.start, account.evidence.end)
        keys.append((("account", account.member.local, *place), 4))
        keys.append((("account", event.event_type, *place), 1))
    return keys


def _conflict_keys(conflict: Conflict) -> list[tuple[_Key, int]]:
    sides = [(s.evidence.article, s.evidence.start, s.evidence.end) for s in conflict.sides]
    return [(("conflict", conflict.kind, *side), 1) for side in sides]


def _statement_keys(statement: Statement) -> list[tuple[_Key, int]]:
    quoted = [e for retelling in statement.retellings for e in retelling.evidence]
    return [(("statement", e.article, e.start, e.end), 1) for e in quoted]


def _story_keys(story: Story) -> list[tuple[_Key, int]]:
    return [(("story", article), 1) for article in story.articles]
