"""The figures of one disaster: one paper counts the dead with the attack, another in a sentence of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from quellenlage.model import Conflict, Entity, Event
from quellenlage.story.conflicts import find_numbers
from quellenlage.story.figures import Risen
from quellenlage.story.scenes import Scene

_HARM = frozenset({"ASSAULT", "ACCIDENT", "DISASTER", "CRIME"})
_TOLL = frozenset({"DEATH", "OTHER", *_HARM})
_BESIDE = 200
"""Code points between an attack and the sentence that counts its dead: the next one, as a rule."""


class Tolls:
    """Harms and their tolls: first `take` what was `read` of every scene, then ask for the `conflicts`."""

    def __init__(self) -> None:
        self._harms: dict[str, list[Scene]] = {}
        self._others: list[Scene] = []

    def read(self, scene: Scene) -> Scene | None:
        """The scene, if it is a harm or may be the toll of one."""
        kind = scene.event.event_type
        return scene if kind in _HARM or (kind in _TOLL and scene.account.figures) else None

    def take(self, scene: Scene) -> None:
        """Note a harm, or what may be the toll of one."""
        kind = scene.event.event_type
        if kind in _HARM:
            self._harms.setdefault(scene.account.member.article, []).append(scene)
        if kind in _TOLL and scene.account.figures:
            self._others.append(scene)

    def conflicts(
        self,
        events: Sequence[Event],
        entities: Mapping[str, Entity],
        printed: Mapping[str, date],
        risen: Risen | None = None,
    ) -> Iterator[Conflict]:
        """Yield where figures differ that belong to a harm and to what an article tells right beside it as its toll.

        What conflicts within one of the events is left to the others.
        """
        of_harm = _tolls(events, self._harms, self._others)
        yield from _conflicts(events, of_harm, entities, printed, risen)


def _conflicts(
    events: Sequence[Event],
    of_harm: Mapping[str, Sequence[Event]],
    entities: Mapping[str, Entity],
    printed: Mapping[str, date],
    risen: Risen | None,
) -> Iterator[Conflict]:
    for harm in events:
        tolls = of_harm.get(harm.id, ())
        if not tolls:
            continue
        accounts = (*harm.accounts, *(a for toll in tolls for a in toll.accounts if a.figures))
        home = {a.member: toll.id for toll in (harm, *tolls) for a in toll.accounts}
        for conflict in find_numbers(replace(harm, accounts=accounts), entities, printed, risen):
            spans = {(s.evidence.article, s.evidence.start) for s in conflict.sides}
            told = {
                home[a.member] for a in accounts for f in a.figures if (f.evidence.article, f.evidence.start) in spans
            }
            if len(told) > 1 and len({article for article, _ in spans}) > 1:
                yield replace(conflict, reasons=(*conflict.reasons, "toll:beside"))


def _tolls(
    events: Sequence[Event], harms: Mapping[str, Sequence[Scene]], others: Sequence[Scene]
) -> dict[str, tuple[Event, ...]]:
    """For each harm the events that give its toll; those that might be of several harms are of none."""
    found: dict[str, dict[str, Event]] = {}
    for scene in others:
        beside = {s.event.id: s.event for s in harms.get(scene.account.member.article, ()) if _beside(s, scene)}
        beside.pop(scene.event.id, None)
        found.setdefault(scene.event.id, {}).update(beside)
    by_harm: dict[str, list[Event]] = {}
    by_id = {event.id: event for event in events if event.id in found}
    for toll, of in found.items():
        if len(of) == 1:
            by_harm.setdefault(next(iter(of)), []).append(by_id[toll])
    return {harm: tuple(tolls) for harm, tolls in by_harm.items()}


def _beside(harm: Scene, toll: Scene) -> bool:
    """Whether a toll is told in the sentence of a harm or right after it, of the same day and place."""
    gap = toll.mention.sentence.start - harm.mention.sentence.end
    same = toll.mention.sentence == harm.mention.sentence or gap >= 0
    near = toll.mention.trigger.start - harm.mention.sentence.end <= _BESIDE
    places = {harm.account.place, toll.account.place} - {None}
    return same and near and harm.day is not None and harm.day == toll.day and len(places) < 2
