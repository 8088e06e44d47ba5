"""One line for an event, made of its fields by the frames of `resources/de/event_lines.toml`: German and English.

Nothing stands in a line but names, days and numbers of the event and words of its frame; where a name cannot be put
into a sentence correctly, or no frame fits, there is no line, and the views show the short title instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quellenlage.model import DateInterval, EntityKind, Factuality
from quellenlage.views.locale import Words
from quellenlage.views.wording import sentences_de, sentences_en
from quellenlage.views.wording.counts import count_words
from quellenlage.views.wording.frames import Frame, Nominal, frames_for
from quellenlage.views.wording.parts import Parts
from quellenlage.views.wording.phrases import Name, Phrase, phrase, place_phrase, source_phrase
from quellenlage.views.wording.placing import Way

LONGEST = 240
"""Characters from which a line is none."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a line is made of: the fields of an event, with the words that tell it.

    `way` is how the text puts the place: in it, near it, to it, from it, without a preposition ("bare"), or not known.
    `sources` is the chain from whose words they are to the last relay; `claimed` that it rests on words of somebody not
    named; `mutual` that the sentence says that they did it to each other.
    """

    event_type: str
    triggers: tuple[str, ...]
    factuality: Factuality = Factuality.HAPPENED
    actors: tuple[Name, ...] = ()
    recipients: tuple[Name, ...] = ()
    place: Name | None = None
    way: Way | Literal["bare"] | None = None
    interval: DateInterval | None = None
    sources: tuple[tuple[Name, ...], ...] = ()
    claimed: bool = False
    figures: tuple[tuple[float | None, float | None, str], ...] = ()
    mutual: bool = False


def sentence(told: Told, words: Words, *, dated: bool = True) -> str | None:
    """The line, with its date unless `dated` is False; None where the fields give no correct sentence."""
    if told.factuality is Factuality.HYPOTHETICAL:
        return None
    for frame in frames_for(told.event_type, told.triggers):
        parts = _parts(frame, told, words, dated=dated)
        if parts is None:
            continue
        made = sentences_de.make(frame, parts, words) if words.lang == "de" else sentences_en.make(frame, parts, words)
        if made and len(made) <= LONGEST:
            return made
    return None


def _parts(frame: Frame, told: Told, words: Words, *, dated: bool) -> Parts | None:
    """Subject, object, place and source of a frame; None where it does not fit or a name has no phrase."""
    if isinstance(frame.de, Nominal):
        if told.actors or told.recipients:
            return None
        sides: tuple[list[Phrase], list[Phrase]] | None = ([], [])
    else:
        sides = _sides(frame, told, words)
    if sides is None or frame.mutual > told.mutual:
        return None
    subject, target = sides
    if len(subject) > 1 and (frame.alone or _apart(frame, told, target)):
        return None
    where = _where(frame, told, words)
    if where is None or (isinstance(frame.de, Nominal) and not where):
        return None
    if frame.who == "stationed" and not where:
        return None
    own = _own_word(told)
    sources = _sources(told.sources, words)
    denied = told.factuality is Factuality.DENIED
    if denied and not sources:
        return None
    return Parts(
        factuality=told.factuality,
        subject=tuple(subject),
        object=tuple(target),
        where=where,
        interval=told.interval if dated else None,
        sources=() if own else sources,
        denies=sources[0] if denied else (),
        self_denied=own and denied,
        own=own and not frame.speech,
        unnamed=(bool(told.sources) and not sources) or (told.claimed and not told.sources),
        willing=frame.who == "actors" and all(n.kind is not EntityKind.GRP for n in told.actors),
        person=len(told.actors) == 1 and told.actors[0].kind is EntityKind.PER,
    )


def _apart(frame: Frame, told: Told, target: Sequence[Phrase]) -> bool:
    """Whether several blame, and whom is not told: two who blame each other did not do it together."""
    return frame.event_type == "ACCUSE" and not frame.mutual and not target and len(told.actors) > 1


def _sides(frame: Frame, told: Told, words: Words) -> tuple[list[Phrase], list[Phrase]] | None:
    if frame.who == "joint":
        return _joint(frame, told, words)
    actors = _phrases(told.actors, told, words)
    recipients = _phrases(told.recipients, told, words)
    if frame.who in {"sufferers", "stationed"}:
        chosen, names = (recipients, told.recipients) if told.recipients else (actors, told.actors)
        if not chosen or (told.actors and told.recipients) or not _fitting(frame, chosen, names):
            return None
        return chosen, []
    if frame.object == "no":
        half = frame.alone and bool(told.recipients)
        return (actors, []) if actors and not half and _fitting(frame, actors, told.actors) else None
    if (told.recipients and not recipients) or (told.actors and not actors):
        return None
    if not recipients:
        if frame.object == "must" or not actors or not _fitting(frame, actors, told.actors):
            return None
        return actors, []
    if not _fitting(frame, recipients, told.recipients):
        return None
    return actors or [], recipients


def _fitting(frame: Frame, phrases: Sequence[Phrase], names: Sequence[Name]) -> bool:
    """Whether these are named persons, or groups, where the frame wants such."""
    if frame.persons and any(name.kind is not EntityKind.PER for name in names):
        return False
    return not frame.forces or all(one.common and one.plural for one in phrases)


def _joint(frame: Frame, told: Told, words: Words) -> tuple[list[Phrase], list[Phrase]] | None:
    """All participants as one subject. Where two persons are named, states and role nouns beside them are theirs."""
    names = list(dict.fromkeys((*told.actors, *told.recipients)))
    persons = [n for n in names if n.kind is EntityKind.PER and n.proper]
    if len(persons) > 1:
        names = [n for n in names if n in persons or n.kind is EntityKind.ORG]
    found = [phrase(n, words.lang) for n in names]
    phrases = [one for one in found if one]
    if len(phrases) < len(names) or (persons and any(one.common for one in phrases)):
        return None
    if len(persons) == 1 and any(n.kind is EntityKind.GPE for n in names):
        return None  # a person beside a state: whose side the person is on is not told
    if len(phrases) > 1 or (phrases and ((phrases[0].plural and phrases[0].common) or frame.single)):
        return phrases, []
    return None


def _phrases(names: Sequence[Name], told: Told, words: Words) -> list[Phrase] | None:
    """Phrases of all names; role nouns without one may be missing beside a named person. Else None where one lacks."""
    found = [(n, phrase(n, words.lang, count_words(n.name, told.figures, words))) for n in names]
    if any(one is None for _, one in found):
        persons = [one for n, one in found if one and n.kind is EntityKind.PER]
        nouns = all(n.kind is EntityKind.GRP for n, one in found if one is None)
        return persons if persons and nouns else None
    return list({_noun(n): one for n, one in reversed(found) if one}.values())[::-1]


def _noun(name: Name) -> str:
    """What several counts of the same have in common: "14 Menschen", "viele Menschen"."""
    return name.name.rsplit(maxsplit=1)[-1] if name.kind is EntityKind.GRP else name.id


def _where(frame: Frame, told: Told, words: Words) -> str | None:
    """The place as a phrase; empty where none is to be told, None where it must be told and cannot."""
    place = told.place
    if frame.place == "no":
        return ""
    if frame.place in {"left", "visited"}:
        here = phrase(place, words.lang) if place and (told.way == "bare" or frame.place == "visited") else None
        return here.acc if here and place not in told.actors else None
    if place is None:
        return None if frame.place == "way!" else ""
    if frame.place in {"way", "way!"}:
        return place_phrase(place, words.lang, told.way) if told.way in {"to", "from"} else None
    if place in (*told.actors, *told.recipients):
        return ""
    return place_phrase(place, words.lang, "near" if told.way == "near" else "in")


def _own_word(told: Told) -> bool:
    """Whether those who did it tell it."""
    return len(told.sources) == 1 and set(told.sources[0]) <= set(told.actors)


def _sources(chain: Sequence[Sequence[Name]], words: Words) -> tuple[tuple[Phrase, ...], ...]:
    """Phrases along a chain; empty where the first link has none, relays without one are left out."""
    links: list[tuple[Phrase, ...]] = []
    for at, link in enumerate(chain):
        found = [source_phrase(name, words.lang) for name in link]
        phrases = tuple(one for one in found if one)
        if len(phrases) < len(found) or not phrases:
            if at == 0:
                return ()
            continue
        links.append(phrases)
    return tuple(links)
