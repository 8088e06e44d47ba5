"""Events that were kept apart and are perhaps one: then what keeps them apart is what their accounts disagree about.

Nothing is put together here: a pair is named as a tension, with `event:perhaps` among its reasons.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import combinations
from struct import Struct
from typing import NamedTuple

import numpy as np

from quellenlage.model import (
    Conflict,
    ConflictGrade,
    ConflictKind,
    Document,
    Entity,
    EntityKind,
    Event,
    Factuality,
    Side,
    evidence,
    fold,
)
from quellenlage.resources import load
from quellenlage.story.agents import agents_conflict, doer_side, doers_of, may_be_rivals, one_doer
from quellenlage.story.conflicts import HELD_TRUE, make_conflict
from quellenlage.story.figures import WORDS, Told, by_unit, differ
from quellenlage.story.matter import happenings, things, towns_apart
from quellenlage.story.places import is_state
from quellenlage.story.scenes import Archive, Scene

PERHAPS = "event:perhaps"
_NAMED = frozenset({EntityKind.PER, EntityKind.ORG})
_CROWDED = 40
"""Events under one key above which nothing is compared: such a key tells nothing."""

_KEPT = 256
"""Scenes that are kept at hand while pairs are compared."""

_NEWS = 4
"""Days between two papers that tell the same news."""

_FEW, _MANY = 3, 10
"""Numbers from which an equal one binds two accounts, with other words in common and by itself."""

_NEAR = 7
"""Days by which accounts of a thing that happens once to a person may differ."""

_WORDS = 2
"""Things that two passages must have in common to be of one place and moment."""


_MARKS = Struct("<I?IIII")
"""How marks are noted: number of the account, held, days of account and print (0 for none), numbers of sets."""


class _Marks(NamedTuple):
    """What of a scene tells without its document whether another may be of the same event.

    `held` says that its account is of something held true; `words` are what its trigger is about, `hours` the hours
    that its sentence gives.
    """

    event: Event
    held: bool
    day: date | None
    printed: date | None
    words: frozenset[str]
    hours: frozenset[str]


class Rivals:
    """Events that are perhaps one: first `take` what was `read` of every scene, then ask for the `conflicts`.

    A large archive has millions of keys: they lie as numbers in arrays, twelve bytes each. Pairs are many, and their
    documents lie anywhere: what most pairs are told apart by is noted when a scene is taken, in 21 bytes.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._events: list[Event] = []
        self._told = bytearray()
        self._keys = array("Q")
        self._places = array("I")
        self._sets: list[frozenset[str]] = []
        self._number_of: dict[frozenset[str], int] = {}

    def read(self, scene: Scene) -> tuple[Event, bytes] | None:
        """The event of a scene, and what it is compared by with the keys under which it is; None for a denial."""
        if scene.factuality is Factuality.DENIED:
            return None
        words = self._archive.matter(scene.document, scene.mention.trigger)
        keys = array("Q", (_number("\x1f".join(key)) for key in _keys(scene, words, self._archive)))
        days = (day.toordinal() if day else 0 for day in (scene.day, scene.printed))
        sets = (self._one(words), self._one(_hours(scene)))
        return scene.event, _MARKS.pack(scene.number, scene.factuality in HELD_TRUE, *days, *sets) + keys.tobytes()

    def take(self, read: tuple[Event, bytes]) -> None:
        """Note a scene."""
        event, noted = read
        self._keys.frombytes(noted[_MARKS.size :])
        self._places.extend([len(self._events)] * (len(self._keys) - len(self._places)))
        self._told += noted[: _MARKS.size]
        self._events.append(event)

    def _one(self, words: frozenset[str]) -> int:
        """The number of a set; equal ones have the same."""
        number = self._number_of.setdefault(words, len(self._sets))
        if number == len(self._sets):
            self._sets.append(words)
        return number

    def _marks(self, place: int) -> _Marks:
        _, held, day, printed, words, hours = _MARKS.unpack_from(self._told, place * _MARKS.size)
        on, until = (date.fromordinal(one) if one else None for one in (day, printed))
        return _Marks(self._events[place], held, on, until, self._sets[words], self._sets[hours])

    def _read(self, place: int) -> Scene | None:
        number, *_ = _MARKS.unpack_from(self._told, place * _MARKS.size)
        return self._archive.scene(self._events[place], number)

    def conflicts(self) -> Iterator[Conflict]:
        """Yield what pairs of events that are perhaps one disagree about: the doer, the place, the day, a number."""
        seen: set[frozenset[str]] = set()
        scene = lru_cache(maxsize=_KEPT)(self._read)
        for block in self._blocks():
            if not 1 < len({self._events[place].id for place in block}) <= _CROWDED:
                continue
            told = {place: self._marks(place) for place in block}
            for one, other in combinations(block, 2):
                pair = frozenset((self._events[one].id, self._events[other].id))
                if len(pair) == 2 and pair not in seen and _may_be_one(told[one], told[other]):
                    a, b = scene(one), scene(other)
                    if a and b and (found := list(_disagree(a, b, self._archive))):
                        seen.add(pair)
                        yield from found

    def _blocks(self) -> Iterator[list[int]]:
        """Places of the scenes under each key that several have, in the order in which the keys came first."""
        if not self._keys:
            return
        keys, places = np.frombuffer(self._keys, np.uint64), np.frombuffer(self._places, np.uint32)
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.concatenate(([True], np.diff(keys[order]) != 0)))
        ends = np.append(starts[1:], len(keys))
        several = ends - starts > 1
        starts, ends = starts[several], ends[several]
        for block in np.argsort(order[starts], kind="stable").tolist():
            yield places[order[starts[block] : ends[block]]].tolist()


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _keys(scene: Scene, words: frozenset[str], archive: Archive) -> Iterator[tuple[str, ...]]:
    """What two scenes must share to be compared: type and day with the place, a name or a number; or a person.

    `words` are what its trigger is about. What no day is told of is compared with the news of these days, by a name or
    the place.
    """
    account, kind, day = scene.account, scene.event.event_type, str(scene.day)
    for one in sorted(_named_beside(scene, archive)):
        yield (kind, day, one)
    place = archive.entities.get(account.place or "")
    if place and not is_state(place.name):
        yield (kind, day, place.id)
    if scene.day is None:
        return
    for figure in account.figures:
        if figure.low == figure.high and (figure.low or 0) >= _FEW:
            yield (kind, day, "figure", figure.unit, str(figure.low))
    for family in sorted(happenings(words) & _once()):
        yield from ((family, one) for one in sorted(_people(scene, archive)))


def _disagree(a: Scene, b: Scene, archive: Archive) -> Iterator[Conflict]:
    if a.day is None or b.day is None or a.account.factuality not in HELD_TRUE:
        if a.day == b.day:
            yield from _figures(a, b, _bonds(a, b, archive))
        return
    if a.day != b.day:
        yield from _days(a, b, archive)
        return
    bonds = _bonds(a, b, archive)
    yield from _agents(a, b, bonds, archive)
    yield from _towns(a, b, bonds, archive)
    yield from _figures(a, b, bonds)


def _may_be_one(a: _Marks, b: _Marks) -> bool:
    """Whether nothing tells two events from each other but what they may be in conflict about."""
    if a.held != b.held:
        return False
    # Of one day papers tell for years; without one, or of two, it must be the same news.
    if (a.day is None or a.day != b.day) and not _same_news(a, b):
        return False
    if a.words.isdisjoint(b.words) or (a.hours and b.hours and not a.hours & b.hours):
        return False
    if {x.member.article for x in a.event.accounts} & {x.member.article for x in b.event.accounts}:
        return False  # an article that tells both knows two
    linked = (link for one, other in ((a, b), (b, a)) for link in one.event.links if link.event == other.event.id)
    return not any(reason.startswith(("ordinal", "word:another")) for link in linked for reason in link.reasons)


def _same_news(a: _Marks, b: _Marks) -> bool:
    return a.printed is not None and b.printed is not None and abs((a.printed - b.printed).days) <= _NEWS


def _hours(scene: Scene) -> frozenset[str]:
    """Hours and parts of the day that the sentence gives."""
    values = (t.value for t in scene.document.timexes if t.span.overlaps(scene.mention.sentence))
    return frozenset(value.partition("T")[2] for value in values if "T" in value and not value.startswith("P"))


def _bonds(a: Scene, b: Scene, archive: Archive) -> frozenset[str]:
    """What two scenes of one day have in common: "place", "who", "persons", "figure", "number", "words".

    "who" is a name in both sentences, "persons" are two people who take part, "number" is a figure that is not small.
    """
    one, other = a.account, b.account
    bonds: set[str] = set()
    if one.place and one.place == other.place and not is_state(archive.parties.name(one.place)):
        bonds.add("place")
    if _named_beside(a, archive) & _named_beside(b, archive):
        bonds.add("who")
    if len(_people(a, archive) & _people(b, archive)) > 1:
        bonds.add("persons")
    equal = {
        f.low or 0.0
        for f in one.figures
        for g in other.figures
        if f.unit == g.unit and f.low == f.high == g.low == g.high
    }
    bonds |= {"figure"} if any(value >= _FEW for value in equal) else set()
    bonds |= {"number"} if any(value >= _MANY for value in equal) else set()
    if len(_things(a, archive) & _things(b, archive)) >= _WORDS:
        bonds.add("words")
    return frozenset(bonds)


def _named_beside(scene: Scene, archive: Archive) -> frozenset[str]:
    """Folded names of people, bodies and works in the sentence: not of states and towns, which many reports name.

    Names rather than entities: that two papers mean one person is here no more than likely, and what follows says so.
    """
    named = archive.named_in(scene.document, scene.mention.sentence)
    known = (archive.entities[one] for one in named if one in archive.entities)
    return frozenset(
        fold(e.name)
        for e in known
        if e.kind in _NAMED and not is_state(e.name) and archive.parties.named((e.id,)) and not _speaks(scene, e.id)
    )


def _people(scene: Scene, archive: Archive) -> frozenset[str]:
    """Folded names of people who take part, surnames alone left out."""
    taking_part = (archive.entities.get(one) for one in (*scene.account.actors, *scene.account.recipients))
    return frozenset(fold(e.name) for e in taking_part if e and e.kind is EntityKind.PER and " " in e.name)


def _speaks(scene: Scene, one: str) -> bool:
    """Whether somebody merely says it."""
    return any(one in link for link in scene.account.chain)


def _things(scene: Scene, archive: Archive) -> frozenset[str]:
    """Things in the sentence, without the words of the place's name."""
    place = archive.entities.get(scene.account.place or "")
    named = {word for name in ((place.name, *place.spellings) if place else ()) for word in name.casefold().split()}
    return things(archive.matter(scene.document, scene.mention.sentence)) - named


def _agents(a: Scene, b: Scene, bonds: frozenset[str], archive: Archive) -> Iterator[Conflict]:
    """Two doers of one act: the same place or victim, and a number or words besides."""
    doers = doers_of(a.account, archive.parties), doers_of(b.account, archive.parties)
    shared = _named_beside(a, archive) & _named_beside(b, archive)
    beside = shared - {fold(archive.parties.name(one)) for one in (*doers[0], *doers[1])}
    bound = beside or "place" in bonds
    if a.event.event_type not in one_doer() or not bound or not bonds & {"figure", "words"}:
        return
    undergoing = (*a.account.recipients, *b.account.recipients)
    if may_be_rivals(*doers, undergoing, archive.parties):
        sides = [doer_side(s.account, d, archive.parties) for s, d in zip((a, b), doers, strict=True)]
        yield agents_conflict(a.event, sides, (PERHAPS, *_why(bonds)))


def _towns(a: Scene, b: Scene, bonds: frozenset[str], archive: Archive) -> Iterator[Conflict]:
    """Two towns: bound by a number that is not small, or a small one with words, or by two people."""
    if not ("number" in bonds or {"figure", "words"} <= bonds or "persons" in bonds):
        return
    places = [archive.entities.get(s.account.place or "") for s in (a, b)]
    if places[0] and places[1] and towns_apart(places[0].place, places[1].place):
        sides = [_place_side(s, p, archive) for s, p in zip((a, b), places, strict=True) if p]
        graded = (ConflictGrade.TENSION, ("places:apart", PERHAPS, *_why(bonds)))
        yield make_conflict(a.event.id, ConflictKind.PLACE, "", sides, graded)


def _days(a: Scene, b: Scene, archive: Archive) -> Iterator[Conflict]:
    """Two days for what happens once to a person: a resignation, a death, a sentence."""
    families = [happenings(archive.matter(s.document, s.mention.trigger)) & _once() for s in (a, b)]
    people = [_people(s, archive) for s in (a, b)]
    gap = abs((a.day - b.day).days) if a.day and b.day else 0
    if families[0] & families[1] and people[0] == people[1] and len(people[0]) == 1 and 0 < gap <= _NEAR:
        sides = [_side(s, str(s.day)) for s in (a, b)]
        graded = (ConflictGrade.TENSION, (f"days:{gap}", PERHAPS))
        yield make_conflict(a.event.id, ConflictKind.TIME, "", sorted(sides, key=lambda s: s.value), graded)


def _figures(a: Scene, b: Scene, bonds: frozenset[str]) -> Iterator[Conflict]:
    """Two numbers of one thing, bound by two of place, name and words, or by two people."""
    if len(bonds & {"place", "who", "words"}) < 2 and "persons" not in bonds:
        return
    printed = {s.account.member.article: day for s in (a, b) if (day := s.printed)}
    told = [t for s in (a, b) for listed in by_unit(_only(s), printed) for t in listed]
    for one, other in combinations(told, 2):
        if one.account is other.account or one.figure.unit != other.figure.unit:
            continue
        difference = differ(one, other, a.event.event_type)
        if difference and difference.grade in {ConflictGrade.CONTRADICTION, ConflictGrade.TENSION}:
            graded = (ConflictGrade.TENSION, (f"figures:{difference.reason}", PERHAPS, *_why(bonds)))
            yield make_conflict(a.event.id, ConflictKind.NUMBER, one.figure.unit, _figure_sides((one, other)), graded)
            return


def _only(scene: Scene) -> Event:
    event = scene.event
    return Event(event.id, event.event_type, (scene.account,))


def _figure_sides(told: Sequence[Told]) -> list[Side]:
    return [
        Side(t.figure.evidence.exact, t.figure.evidence, t.figure.word_of or t.account.chain, t.account.origin)
        for t in told
    ]


def _side(scene: Scene, value: str) -> Side:
    return Side(value, scene.account.evidence, scene.account.chain, scene.account.origin)


def _place_side(scene: Scene, place: Entity, archive: Archive) -> Side:
    """A side with the sentence that names the place: this one, or the last before it that does."""
    document, told = scene.document, scene.mention.sentence
    article = document.article
    named = [m.start for m in document.mentions if m.start < told.end and _is(m.entity, place, document, archive)]
    sentence = document.sentence_at(max(named)) if named else None
    quoted = evidence(article.id, article.text, sentence.span if sentence else told, digest=article.text_sha256)
    return Side(place.name, quoted, scene.account.chain, scene.account.origin)


def _is(local: str, place: Entity, document: Document, archive: Archive) -> bool:
    return place.id in archive.across(document, (local,))


def _why(bonds: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"shared:{bond}" for bond in sorted(bonds))


@cache
def _once() -> frozenset[str]:
    return frozenset(f"family:{name}" for name in load(WORDS)["afar"]["once"].split())
