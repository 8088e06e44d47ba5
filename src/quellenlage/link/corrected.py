"""What people corrected about tellings: events and comparisons go by it, accounts go on saying what articles say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from quellenlage.model import Corrected, DateInterval, EventMention, Judgement, Member, Verdict

Said = Mapping[str, tuple[int, Judgement]]
"""The word on each field of a telling, with its place in the log."""


class Righted(NamedTuple):
    """A correction of a telling; `number` is its place in the log, `place` the entity of a place, where it is known."""

    number: int
    correction: Corrected
    place: str | None = None


def corrections(judgements: Sequence[Judgement]) -> dict[str, dict[str, tuple[int, Judgement]]]:
    """Corrections in force by the key of a telling, then by field."""
    said: dict[str, dict[str, tuple[int, Judgement]]] = {}
    for number, judgement in enumerate(judgements):
        if judgement.verdict is Verdict.CORRECT and judgement.field and judgement.value:
            said.setdefault(judgement.subject, {})[judgement.field] = (number, judgement)
    return said


def value_of(said: Said, field: str) -> str:
    """What somebody said about a field; empty where nobody did."""
    return said[field][1].value or "" if field in said else ""


def as_corrected(mention: EventMention, said: Said) -> EventMention:
    """A telling with the days and the type that people gave it."""
    if time := value_of(said, "time"):
        days = DateInterval.parse(time)
        mention = replace(mention, time=time, earliest=days.earliest, latest=days.latest)
    kind = value_of(said, "type")
    return replace(mention, event_type=kind) if kind in EventMention.TYPES else mention


def righted(said: Said, mention: EventMention, member: Member, place: str | None) -> tuple[Righted, ...]:
    """What people corrected about a telling, given as it was read; `place` is the entity of the place they named."""
    found = []
    for field in Corrected.FIELDS:
        if field not in said or (field == "type" and value_of(said, field) not in EventMention.TYPES):
            continue
        number, judgement = said[field]
        correction = Corrected(
            field=field,
            value=value_of(said, field),
            author=judgement.author,
            made_at=judgement.made_at,
            note=judgement.note,
            was=mention.event_type if field == "type" else "",
            members=(member,),
        )
        found.append(Righted(number, correction, place if field == "place" else None))
    return tuple(found)


def _decision(one: Corrected) -> tuple[str, str, str]:
    """What the corrections of all tellings of an event have in common, where one decision made them."""
    return one.value, one.author, one.made_at


def last_words(told: Iterable[Righted]) -> dict[str, Righted]:
    """The last word on each field of an event, with all the tellings for which it was said."""
    listed = list(told)
    last: dict[str, Righted] = {}
    for field in Corrected.FIELDS:
        said = [one for one in listed if one.correction.field == field]
        if not said:
            continue
        latest = max(said, key=lambda one: one.number)
        same = [one.correction for one in said if _decision(one.correction) == _decision(latest.correction)]
        members = tuple(dict.fromkeys(member for one in same for member in one.members))
        last[field] = latest._replace(correction=replace(latest.correction, members=members, was=same[0].was))
    return last
