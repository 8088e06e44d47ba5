"""The figures of one disaster: one paper counts the dead with the attack, another in a sentence of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from quellenlage.model import Conflict, Entity, Event, Span
from quellenlage.story.conflicts import find_numbers
from quellenlage.story.figures import Risen
from quellenlage.story.scenes import Scene

_HARM = frozenset({"ASSAULT", "ACCIDENT", "DISASTER", "CRIME"})
_TOLL = frozenset({"DEATH", "OTHER", *_HARM})
_BESIDE = 200
"""Code points between an attack and the sentence that counts its dead: the next one, as a rule."""


class _Told(NamedTuple):
    """What of a scene tells whether it is a harm, or the toll of one that is told beside it.

    `sentence` and `trigger` are where it stands in its article; `counts` says that it has figures.
    """

    event: Event
    article: str
    sentence: Span
    trigger: int
    day: date | None
    place: str | None
    counts: bool


class Tolls:
    """Harms and their tolls: first `take` what was `read` of every scene, then ask for the `conflicts`."""

    def __init__(self) -> None:
        self._harms: dict[str, list[_Told]] = {}
        self._others: list[_Told] = []

    def read(self, scene: Scene) -> _Told | None:
        """What is to be known of a scene, if it is a harm or may be the toll of one."""
        event, account, mention = scene.event, scene.account, scene.mention
        counts = bool(account.figures)
        if event.event_type not in _HARM and not (event.event_type in _TOLL and counts):
            return None
        article = account.member.article
        return _Told(event, article, mention.sentence, mention.trigger.start, scene.day, account.place, counts)

    def take(self, told: _Told) -> None:
        """Note a harm, or what may be the toll of one."""
        kind = told.event.event_type
        if kind in _HARM:
            self._harms.setdefault(told.article, []).append(told)
        if kind in _TOLL and told.counts:
            self._others.append(told)

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
    events: Sequence[Event], harms: Mapping[str, Sequence[_Told]], others: Sequence[_Told]
) -> dict[str, tuple[Event, ...]]:
    """For each harm the events that give its toll; those that might be of several harms are of none."""
    found: dict[str, dict[str, Event]] = {}
    for toll in others:
        beside = {harm.event.id: harm.event for harm in harms.get(toll.article, ()) if _beside(harm, toll)}
        beside.pop(toll.event.id, None)
        found.setdefault(toll.event.id, {}).update(beside)
    by_harm: dict[str, list[Event]] = {}
    by_id = {event.id: event for event in events if event.id in found}
    for event, of in found.items():
        if len(of) == 1:
            by_harm.setdefault(next(iter(of)), []).append(by_id[event])
    return {harm: tuple(tolls) for harm, tolls in by_harm.items()}


def _beside(harm: _Told, toll: _Told) -> bool:
    """Whether a toll is told in the sentence of a harm or right after it, of the same day and place."""
    same = toll.sentence == harm.sentence or toll.sentence.start >= harm.sentence.end
    near = toll.trigger - harm.sentence.end <= _BESIDE
    places = {harm.place, toll.place} - {None}
    return same and near and harm.day is not None and harm.day == toll.day and len(places) < 2
