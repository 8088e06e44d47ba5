"""What an event lacks and the sentence before it tells: place and day of a story that goes on, who is answered.

Whatever is completed is named in the reasons, so that nobody takes it for what the sentence itself says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from quellenlage.model import EventMention, Factuality

Told = tuple[EventMention, frozenset[str]]

_ONE_PLACE = frozenset({"ASSAULT", "DEATH", "ACCIDENT", "DISASTER", "CRIME", "AID", "OTHER", "COERCE"})
_LOCAL = _ONE_PLACE | {"PROTEST", "MOVEMENT"}
_PLACED = 2
"""Happenings with a place from which on their place is that of the article."""
_NEXT = 250
"""Code points between two sentences of one story: one short sentence may stand between."""

_LOOKED_BACK = 3
"""Events before one among which is what it answers."""

_ANSWERED = {
    "REJECT": frozenset({"ACCUSE", "REQUEST", "THREATEN"}),
    "AGREE": frozenset({"REQUEST"}),
}
"""Acts that answer another, with those that they can answer."""

_REFERS = re.compile(
    r"\b(?:das|dies|beides|dem|Vorw[uü]rfe?|Vorwurfs|Anschuldigung(?:en)?|Beschuldigung(?:en)?|Kritik|Forderung(?:en)?|"
    r"Behauptung(?:en)?|Darstellung|Drohung(?:en)?|Ultimatum|Bitte|Vorschlag|Verdacht)\b"
)
"""Words by which an answer names what it answers."""

_TOLD = frozenset({Factuality.HAPPENED, Factuality.ALLEGED})
_GOES_ON = re.compile(
    r"(?:Anschließend|Danach|Daraufhin|Dabei|Dort|Zuvor war|Kurz darauf|Wenig später|Auch|Außerdem|Zudem|Ferner|"
    r"Weitere|Bei dem (?:Vorfall|Angriff|Unglück|Unfall|Brand|Einsatz)|Nach Polizeiangaben|Nach Angaben der Polizei)\b"
)
_BEFORE = re.compile(r"\b(?:hatte|hatten|war|waren)\b[^.!?]*\b(?:ge\w+|\w+iert|worden)\b")
"""The pluperfect: what was before the story."""
_WIDEST = 4
"""Days of an interval that a story is told of."""


def complete(told: Iterable[Told], text: str) -> list[Told]:
    """Complete events in order of the text; before merging, so that the dead of one day are not those of another."""
    done: list[Told] = []
    for event, lemmas in told:
        whole = _answering(event, [before for before, _ in done[-_LOOKED_BACK:]], text)
        if done:
            whole = _going_on(whole, done[-1][0], text)
        done.append((whole, lemmas))
    return done


def in_one_place(events: list[EventMention], text: str, towns: Collection[str]) -> list[EventMention]:
    """Give the place to what an article tells without any, where all that it tells with one was in one place.

    Only of harm, protest, help and journeys without a day, or of the same day: another day may have been elsewhere, as
    may what was before the story. `towns` are the places that are small enough for that, no states.
    """
    placed = [event for event in events if event.place and event.event_type in _LOCAL]
    places = {event.place for event in events if event.place}
    if len(places) != 1 or len(placed) < _PLACED or not places & set(towns):
        return events
    (place,) = places
    return [_put(event, place, placed, text) for event in events]


def _put(event: EventMention, place: str | None, placed: list[EventMention], text: str) -> EventMention:
    days = [one.interval for one in placed if one.interval]
    own = event.interval
    same = own is None or any(own.meets(day) for day in days)
    taking_part = place in {*event.actors, *event.recipients}
    before = _BEFORE.search(text, event.sentence.start, event.sentence.end) is not None
    if event.place or event.event_type not in _LOCAL or event.factuality not in _TOLD:
        return event
    if not same or taking_part or (before and own is None):
        return event
    return replace(event, place=place, reasons=(*event.reasons, "completed:place"))


def _near(event: EventMention, before: EventMention, text: str) -> bool:
    gap = event.sentence.start - before.sentence.end
    return gap <= _NEXT and (gap <= 0 or text.count("\n\n", before.sentence.end, event.sentence.start) <= 1)


def _answering(event: EventMention, before: list[EventMention], text: str) -> EventMention:
    """Give a rejection the accuser: "X beschuldigte Y. Y wies das zurück." """
    answered = _ANSWERED.get(event.event_type, frozenset())
    if event.recipients or not answered or not _REFERS.search(text, event.sentence.start, event.sentence.end):
        return event
    for one in reversed(before):
        others = tuple(actor for actor in one.actors if actor not in event.actors)
        if one.event_type in answered and others and event.sentence.start - one.sentence.end <= _NEXT:
            return replace(event, recipients=others, reasons=(*event.reasons, "completed:recipients"))
    return event


def _going_on(event: EventMention, before: EventMention, text: str) -> EventMention:
    """Give an event place and day of the one right before it, where both tell one story."""
    if not _near(event, before, text):
        return event
    harm = {event.event_type, before.event_type} <= _ONE_PLACE
    if not event.place and before.place and harm:
        event = replace(event, place=before.place, reasons=(*event.reasons, "completed:place"))
    if event.earliest or not before.interval or not (harm or _one_story(event, before, text)):
        return event
    if event.sentence == before.sentence and "verb" not in before.reasons:
        return event  # "nach dem Angriff vom Freitag hat das Gericht ... erlassen": the day is the noun's alone
    return replace(
        event,
        time=before.time,
        earliest=before.earliest,
        latest=before.latest,
        reasons=(*event.reasons, "completed:time"),
    )


def _one_story(event: EventMention, before: EventMention, text: str) -> bool:
    """Whether both are told as done, one after the other, of the same people or with a word that goes on."""
    if not {event.factuality, before.factuality} <= _TOLD or before.interval is None or before.interval.days > _WIDEST:
        return False
    sentence = text[event.sentence.start : event.sentence.end]
    if _BEFORE.search(sentence) and not _BEFORE.search(text[before.sentence.start : before.sentence.end]):
        return False
    mine, theirs = ({*one.actors, *one.recipients} for one in (event, before))
    return bool(mine & theirs) or _GOES_ON.match(sentence) is not None
