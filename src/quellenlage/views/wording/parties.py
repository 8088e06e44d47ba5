"""Who of an event's participants is told: one group once, people before the states they speak for, no place as a party.

An event keeps all that any account names; this is for lines and titles alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from quellenlage.model import EntityKind
from quellenlage.resources import load
from quellenlage.views.wording.counts import counted_as
from quellenlage.views.wording.phrases import TABLE, Name

_LIVING = frozenset({EntityKind.PER, EntityKind.GRP})
_MEETING = "CONSULT"
_MOVING = frozenset({"RETREAT", "MOBILIZE"})
_OWN = frozenset("eigene eigener eigenen seine ihre alle beide".split())
"""Words that set a group apart from nobody."""

Figures = Sequence[tuple[float | None, float | None, str]]
Sides = tuple[tuple[Name, ...], tuple[Name, ...]]


def parties(
    event_type: str, actors: Sequence[Name], recipients: Sequence[Name], place: Name | None, figures: Figures = ()
) -> Sides:
    """Actors and recipients as they are told; the order of those that stay is kept."""
    acting = [one for one in actors if one.kind is not EntityKind.LOC and one != place and not _victims(one)]
    undergoing = [one for one in recipients if place is None or not (one == place or one.kind is EntityKind.LOC)]
    if place is not None and any(one.kind in _LIVING for one in undergoing):
        undergoing = [one for one in undergoing if one.kind is not EntityKind.GPE]
    if event_type == _MEETING:
        acting = _meeting(acting)
    if event_type in _MOVING:
        forces = [one for one in (*acting, *undergoing) if _moved(one)]
        others = [one for one in acting if one not in forces]
        kept = _one_group(forces, figures)
        if others or not any(one in forces for one in acting):
            acting, undergoing = others, [*(one for one in undergoing if one not in forces), *kept]
        else:
            acting, undergoing = kept, [one for one in undergoing if one not in forces]
    return tuple(_once(acting)), tuple(_once(undergoing))


def _meeting(names: list[Name]) -> list[Name]:
    """Of a meeting of named people, those and bodies: a state beside its minister adds nothing."""
    persons = [one for one in names if one.kind is EntityKind.PER and one.proper]
    return [one for one in names if one in persons or one.kind is EntityKind.ORG] if len(persons) > 1 else names


def _one_group(forces: list[Name], figures: Figures) -> list[Name]:
    """The one name by which moved troops are told: with a number that the sources give, else with whose they are."""
    if len(forces) < 2:
        return forces
    counted = [one for one in forces if counted_as(one.name, figures)]
    described = [one for one in forces if _described(one)]
    return [(counted or described or forces)[0]]


def _described(name: Name) -> bool:
    first, _, rest = name.name.partition(" ")
    return bool(rest) and first[:1].islower() and first.casefold() not in _OWN


def _moved(name: Name) -> bool:
    return name.kind is EntityKind.GRP and name.name.rsplit(maxsplit=1)[-1] in _words("forces")


def _victims(name: Name) -> bool:
    return name.kind is EntityKind.GRP and name.name.rsplit(maxsplit=1)[-1] in _words("victims")


def _once(names: Sequence[Name]) -> list[Name]:
    """Each name once; of several counts of one noun ("14 Menschen", "19 Menschen") the first."""
    found: dict[str, Name] = {}
    for one in names:
        words = one.name.split()
        count = one.kind is EntityKind.GRP and len(words) == 2 and words[0][:1].isdigit()
        found.setdefault(words[-1] if count else one.id, one)
    return list(found.values())


@cache
def _words(part: str) -> frozenset[str]:
    return frozenset(load(TABLE)["parties"][part].split())
