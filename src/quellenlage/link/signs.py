"""Signs in the words around an event mention that tell which of several happenings of one kind is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import intern

from quellenlage.families import is_again, is_another, is_general, ordinal, people_of
from quellenlage.model import (
    READ_ZONES,
    Document,
    EntityKind,
    EventMention,
    Mention,
    PlaceReading,
    Span,
    Timex,
    ZoneKind,
    fold,
)
from quellenlage.model.recent import recent

_DAY_OF_YEAR = re.compile(r"XXXX-\d\d(?:-\d\d)?$")
_CLOCK = re.compile(r"T(\d\d):(\d\d)")
_PART = re.compile(r"T(MO|AF|EV|NI)$")
_DERIVED = re.compile(r"\w{3,}?isch(?=e|er|en|es|em|$)")
_BEFORE = 2
"""Words before the trigger in which "zweite" or "erneut" belongs to it."""

_OWNER = 5
"""Letters by which an adjective and the name that it is made from are compared ("perkonisch", "Perkonien")."""

_DEFINITE = frozenset("der die das dem den des dieser diese dieses diesem diesen beim zum zur vom im am".split())
_TIMES = frozenset({"Mal", "Male"})
_INDEFINITE = frozenset("ein eine einen einem einer eines".split())
_CONTENT = frozenset("NOUN VERB ADJ PROPN".split())
_HEADS = frozenset({ZoneKind.HEADLINE, ZoneKind.LEAD})
_OPENING = frozenset({ZoneKind.BYLINE, ZoneKind.DATELINE, ZoneKind.LEAD})


@dataclass(frozen=True, slots=True)
class Signs:
    """What the words around a mention say beside its participants, place and days.

    `people` are groups of people (`families.people_of`) among the participants, `around` those in the whole sentence,
    `owners` the beginnings of the adjectives beside participants; `days` are days or months without a year ("11-17",
    "11"); `clock` is the minute of the day, `part` the part of the day ("MO", "NI"); `content` the folded lemmas of
    the sentence (a tuple: a set of them takes four times the memory); `another` says that it was not the first,
    `definite` that the trigger is a noun which refers back ("der Angriff"), `indefinite` that it tells something new
    ("ein Angriff"), `general` that it stands for any harm ("das Unglück").
    """

    people: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    ordinal: int | None = None
    another: bool = False
    plural: bool = False
    definite: bool = False
    indefinite: bool = False
    general: bool = False
    heading: bool = False
    clock: int | None = None
    part: str = ""
    days: frozenset[str] = frozenset()
    content: tuple[str, ...] = ()


@recent(1 << 16)
def _first(words: frozenset[str]) -> frozenset[str]:
    return words


def interned(words: Iterable[str]) -> frozenset[str]:
    """A set of words, the same object as others with the same words: most mentions have few of them, or none."""
    return _first(frozenset(words))


def signs_of(document: Document, mention: EventMention, below: Sequence[int]) -> Signs:
    """Read the signs of one event mention; `below` are the tokens that depend on its triggers (`below_of`)."""
    before = list(_words_before(document, mention.trigger))
    trigger = document.tokens_in(mention.trigger)
    noun = any(token.upos == "NOUN" for token in trigger)
    zone = document.article.zone_at(mention.trigger.start)
    taking_part = {*mention.actors, *mention.recipients}
    nouns = [m for m in document.mentions if m.entity in taking_part and m.form == "noun"]
    return Signs(
        people=interned(_people(document, nouns, taking_part)),
        around=interned(
            group
            for token in document.tokens_in(mention.sentence)
            if token.upos == "NOUN"
            for group in people_of(fold(token.lemma or token.of(document.text)))
        ),
        owners=interned(owner for one in nouns for owner in _owners(document, one.span)),
        ordinal=(next((n for word in before if (n := ordinal(word))), None) if noun else None)
        or _time_of(document, below),
        another=_again(document, (mention.trigger, *mention.also), below),
        plural=noun and any("Number=Plur" in (token.feats or "") for token in trigger),
        definite=noun and bool(set(before) & _DEFINITE),
        indefinite=noun and bool(set(before) & _INDEFINITE),
        general=noun and any(is_general(fold(token.lemma or token.of(document.text))) for token in trigger),
        heading=zone is not None and zone.kind in _HEADS,
        clock=_clock(document, mention.sentence),
        part=_part(document, mention.sentence),
        days=interned(_days(document, mention)),
        content=tuple(dict.fromkeys(_content(document, mention))),
    )


def reading_of(document: Document, entity: str | None) -> PlaceReading | None:
    """How an entity is read as a place in general; None where it is none."""
    found = (p for p in document.places if p.entity == entity and p.mention is None and p.role == "place")
    return next(found, None)


def _words_before(document: Document, trigger: Span) -> Iterator[str]:
    tokens = document.token_range(trigger)
    for token in document.tokens[max(0, tokens.start - _BEFORE) : tokens.start]:
        yield fold(token.of(document.text))


def below_of(document: Document, mention: EventMention) -> tuple[int, ...]:
    """Numbers of the tokens that depend on a mention's triggers; none where there is no tree."""
    found: list[int] = []
    for trigger in (mention.trigger, *mention.also):
        places = document.token_range(trigger)
        sentence = document.sentence_at(trigger.start)
        around = document.token_range(sentence.span) if sentence else range(0)
        found += [n for n in around if document.tokens[n].head in places and n not in places]
    return tuple(found)


def _again(document: Document, told: Iterable[Span], below: Iterable[int]) -> bool:
    """Whether an adverb of the triggers' clauses, or a word just before one, says that it was not the first."""
    if any(is_another(word) for trigger in told for word in _words_before(document, trigger)):
        return True
    tokens = (document.tokens[n] for n in below)
    return any(token.deprel == "advmod" and is_again(fold(token.of(document.text))) for token in tokens)


def _time_of(document: Document, below: Iterable[int]) -> int | None:
    """Number of "zum zweiten Mal" in the clause of a trigger."""
    for n in below:
        if n and document.tokens[n].span.of(document.text) in _TIMES:
            return ordinal(fold(document.tokens[n - 1].of(document.text)))
    return None


def _people(document: Document, nouns: Iterable[Mention], taking_part: set[str]) -> Iterator[str]:
    for mention in nouns:
        for token in document.tokens_in(mention.span):
            if token.upos == "NOUN":
                yield from people_of(fold(token.lemma or token.of(document.text)))
                break
    for entity in document.entities:
        if entity.id in taking_part and entity.kind is EntityKind.PER:
            for role in entity.roles:
                for word in fold(role.text).split():
                    yield from people_of(word)


def _owners(document: Document, span: Span) -> Iterator[str]:
    for token in document.tokens_in(span):
        if token.upos == "ADJ" and _DERIVED.match(word := fold(token.of(document.text))):
            yield word[:_OWNER]


def _clock(document: Document, sentence: Span) -> int | None:
    for timex in _timexes(document, sentence):
        if found := _CLOCK.search(timex.value):
            return int(found[1]) * 60 + int(found[2])
    return None


def _part(document: Document, sentence: Span) -> str:
    """Part of the day that the sentence names; none where it names several."""
    told = {found[1] for timex in _timexes(document, sentence) if (found := _PART.search(timex.value))}
    return told.pop() if len(told) == 1 else ""


def _days(document: Document, mention: EventMention) -> Iterator[str]:
    """Days without a year in the sentence; where there are none, the one that heads an article without a date."""
    own = [t.value[5:] for t in _timexes(document, mention.sentence) if _DAY_OF_YEAR.match(t.value)]
    if own or document.article.dct:
        yield from own
        return
    for timex in document.timexes:
        zone = document.article.zone_at(timex.start)
        if _DAY_OF_YEAR.match(timex.value) and zone and (zone.kind in _OPENING or zone.kind not in READ_ZONES):
            yield timex.value[5:]
            return


def _timexes(document: Document, span: Span) -> Iterator[Timex]:
    return (t for t in document.timexes if span.start <= t.start and t.end <= span.end)


def _content(document: Document, mention: EventMention) -> Iterator[str]:
    for token in document.tokens_in(mention.sentence):
        if token.upos in _CONTENT and not mention.trigger.contains(token.span) and token.end - token.start > 3:
            yield intern(fold(token.lemma or token.of(document.text)))
