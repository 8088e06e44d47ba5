"""Kinds of happenings as far as they tell what may be one: kinds that go by two names, harm, what befalls a person."""

from __future__ import annotations

from collections.abc import Mapping

HARM = frozenset({"ASSAULT", "DEATH", "ACCIDENT", "DISASTER", "CRIME"})
ONE_PERSON = frozenset({"JUSTICE", "COERCE", "PERSONNEL", "DEATH"})
"""Types that befall a person: a judgement on one and a judgement on another are two, whatever court and day."""

SAYING = frozenset({"REJECT", "REQUEST", "ACCUSE", "THREATEN"})
WITH_TARGET = frozenset({"ASSAULT", "ACCIDENT", "DISASTER", "CRIME", "PROTEST"})
"""Types that strike something, or that someone joins: other things in the one telling speak for another happening."""

_COMPATIBLE = frozenset(
    frozenset(pair.split())
    for pair in (
        "RETREAT MOVEMENT",
        "MOBILIZE MOVEMENT",
        "ASSAULT DEATH",
        "ASSAULT CRIME",
        "CRIME DEATH",
        "ACCIDENT DEATH",
        "DISASTER DEATH",
        "DISASTER ACCIDENT",
        "COERCE JUSTICE",
        "CONSULT MOVEMENT",
        "AGREE COOPERATE",
        "REJECT SANCTION",
    )
)
"""Types that one happening goes by, depending on the words chosen: a retreat is a movement, an attack costs lives."""
_BY_WORD = frozenset(
    frozenset(pair.split()) for pair in ("ASSAULT DISASTER", "ASSAULT ACCIDENT", "COERCE CRIME", "AGREE ECONOMY")
)
"""Types that one happening goes by where the word for it is the same: whose explosion it was, the first papers do not
know; but a fire and the attack that lit it are two."""


_LIKE: Mapping[str, tuple[str, ...]] = {
    name: tuple(
        other for pair in sorted(map(sorted, _COMPATIBLE | _BY_WORD)) if name in pair for other in pair if other != name
    )
    for name in sorted({name for pair in _COMPATIBLE | _BY_WORD for name in pair})
}


def types_like(name: str) -> tuple[str, ...]:
    """The type itself, then those by which the same happening may go."""
    return (name, *_LIKE.get(name, ()))


def by_word_only(mine: str, theirs: frozenset[str]) -> bool:
    """Whether a happening of this type is one with those of the others only if it is told in the same word."""
    return all(frozenset((mine, one)) not in _COMPATIBLE and one != mine for one in theirs)
