"""Mentions of one article that tell one happening: the headline and the text, the verb and "der Angriff" after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from quellenlage.link.apart import NEAR_DAYS
from quellenlage.link.cluster import PLANS
from quellenlage.link.kinds import WITH_TARGET
from quellenlage.link.tellings import Telling
from quellenlage.model import EntityKind

_NOTHING_ELSE = "article:nothing-else"
"""A telling of which nothing is told but the act is of the one happening of its kind that the article tells."""

_BODIES = frozenset({EntityKind.PER, EntityKind.ORG})


def units(told: Sequence[Telling], apart: frozenset[frozenset[str]]) -> list[tuple[list[Telling], str]]:
    """Put an article's tellings together, in order; each unit with the reason why its members are one.

    `apart` are pairs of keys that a person parted. A body's telling joins the first that it can; a headline joins the
    text below it, never another headline's through it, since a unit keeps what any of its members excludes.
    """
    found: list[tuple[list[Telling], str]] = []
    for telling in told:
        homes: list[tuple[int, str]] = []
        for place, (members, _) in enumerate(found):
            reason = next(filter(None, (_one(before, telling) for before in _speaking(members, telling))), "")
            if reason and not any(_excluded(b, telling) or frozenset((b.key, telling.key)) in apart for b in members):
                homes.append((place, reason))
        if not homes or (len(homes) > 1 and homes[0][1] == _NOTHING_ELSE):
            found.append(([telling], ""))
        else:
            place, reason = homes[0]
            members, known = found[place]
            found[place] = ([*members, telling], known or reason)
    return found


def by_article(told: Iterable[Telling]) -> Iterator[list[Telling]]:
    """Tellings article by article; those of an article follow each other."""
    for _, listed in groupby(told, key=lambda telling: telling.member.article):
        yield list(listed)


def _speaking(members: Sequence[Telling], telling: Telling) -> Iterator[Telling]:
    """Members that may say that a telling is of theirs: a headline speaks for the first of the text, or by its word."""
    told = any(not one.signs.heading and not _bare(one) for one in members)
    for one in members:
        if not (told and one.signs.heading and not telling.signs.heading) or one.lemmas & telling.lemmas:
            yield one


def _one(before: Telling, telling: Telling) -> str:
    """Why a telling is of the same happening as one before it in the text; empty where nothing says so."""
    if before.event_type != telling.event_type:
        return ""
    same_word = bool(before.lemmas & telling.lemmas or before.families & telling.families)
    who = bool(set(before.named) & set(telling.named))
    groups = bool(before.signs.people & telling.signs.people)
    where = before.place is not None and before.place == telling.place
    if before.signs.heading != telling.signs.heading and same_word and (who or groups or where or _bare(before)):
        return "article:heading"
    if same_word and telling.signs.definite and telling.interval is None and _fits(before, telling):
        return "article:refers-back"
    if not same_word or telling.signs.indefinite:
        return ""
    if before.interval is not None and before.interval == telling.interval and before.interval.days <= NEAR_DAYS:
        if where:
            return "article:same-day-and-place"
        unplaced = not before.place_words or not telling.place_words
        return "article:same-day" if unplaced and _brings_nobody(before, telling) else ""
    return _NOTHING_ELSE if _bare(telling) and telling.event_type in WITH_TARGET else ""


def _bare(telling: Telling) -> bool:
    return not telling.named and not telling.signs.people and telling.place is None and telling.interval is None


def _fits(before: Telling, telling: Telling) -> bool:
    """Whether "der Angriff" brings nobody and no place that the telling before it has not."""
    return _brings_nobody(before, telling) and telling.place in {None, before.place}


def _brings_nobody(before: Telling, telling: Telling) -> bool:
    return set(telling.named) <= set(before.named) and telling.signs.people <= before.signs.people


def _excluded(before: Telling, telling: Telling) -> bool:
    """Whether the words keep two mentions of one article apart."""
    signs, other = telling.signs, before.signs
    if signs.another or (signs.ordinal or 1) != (other.ordinal or 1) or signs.plural != other.plural:
        return True
    if (before.factuality in PLANS) != (telling.factuality in PLANS):
        return True
    if signs.part and other.part and signs.part != other.part:
        return True
    if signs.clock is not None and other.clock is not None and signs.clock != other.clock:
        return True
    if before.interval and telling.interval:
        narrow = min(before.interval.days, telling.interval.days) <= NEAR_DAYS
        if not before.interval.meets(telling.interval) or (narrow and before.interval != telling.interval):
            return True
    if before.place_words and telling.place_words and not before.place_words & telling.place_words:
        return not (before.whole_state or telling.whole_state)
    mine = {one for one, kind in telling.named.items() if kind in _BODIES}
    theirs = {one for one, kind in before.named.items() if kind in _BODIES}
    return bool(mine and theirs) and not mine & theirs
