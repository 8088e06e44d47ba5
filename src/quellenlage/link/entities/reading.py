"""One pass over the documents that takes along whatever linking their entities needs: a large archive is read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from sys import intern
from typing import NamedTuple

from quellenlage.link.entities.parting import BY_JUDGEMENT, parted_pairs
from quellenlage.link.entities.posts import LONGEST, NONE, Hull, Posts, hull_of, posts_of
from quellenlage.link.entities.profile import Asked, Profile, Shown, companion_key, form_of, potential_id
from quellenlage.link.entities.profiles import Profiles
from quellenlage.link.offices import OfficesTold, offices_told, state_hints
from quellenlage.model import (
    Article,
    Document,
    EntityKind,
    EntityPlace,
    Evidence,
    LocalEntity,
    Member,
    Mention,
    OfficeHeld,
    PlaceReading,
    Role,
    Span,
    evidence,
    seen,
)
from quellenlage.model.filed import Filed
from quellenlage.model.recent import recent
from quellenlage.names import name_key
from quellenlage.offices.phrase import is_relation
from quellenlage.places import place_key

_BODY = re.compile(r"^(?:\w+ )*?(?:\w+isch|deutsch)(?:e|en|er|es|em) \w*(?:ministerium|regierung|armee|parlament)s?$")
_DETERMINERS = frozenset("der die das den dem des ein eine einen einem einer eines".split())


class Reader:
    """What the documents read so far tell: `profiles` in capture order, then in order of the text; pairs of identifiers
    that people `parted` within an article; the `offices` that articles give to persons.

    What is shown of each profile is put to `shown`, under its order.
    """

    def __init__(self, shown: Filed[Shown]) -> None:
        self.profiles = Profiles()
        self.parted: list[tuple[str, str]] = []
        self.offices: list[OfficesTold] = []
        self.shown = shown

    def read(self, document: Document) -> None:
        """Take in a document; documents come in order of capture."""
        self.take(read_portion([document]))

    def take(self, read: Read) -> None:
        """Take in what was read of the documents that follow."""
        for profile, shown in read.profiles:
            self.profiles.add(profile)
            self.shown.add(shown)
        self.parted += read.parted
        self.offices += read.offices


class Read(NamedTuple):
    """What a portion of documents tells: profiles by their order in it, each with what is shown of it."""

    profiles: list[tuple[Profile, Shown]]
    parted: list[tuple[str, str]]
    offices: list[OfficesTold]


def read_portion(documents: Sequence[Document]) -> Read:
    """Read a portion of documents by themselves."""
    read = Read([], [], [])
    for document in documents:
        sight = _Sight(document, _one(state_hints(document)))
        for entity in sight.ordered:
            read.profiles.append((_profile(sight, entity, len(read.profiles)), _shown(sight, entity)))
        read.parted.extend(parted_pairs([document]))
        told = offices_told(document, sight.states)
        if told is not None:
            read.offices.append(told)
    return read


@recent(1 << 14)
def _one(states: frozenset[str]) -> frozenset[str]:
    """The first of equal sets: what articles repeat is kept once."""
    return states


def _profile(sight: _Sight, entity: LocalEntity, order: int) -> Profile:
    mentions = sight.mentions[entity.id]
    kind, name = entity.kind, intern(entity.name)
    names = [intern(seen(sight.text[m.start : m.end])) for m in mentions if m.form == "name"]
    form = form_of(kind, name) if names or _is_body_of_state(entity) else "noun"
    return Profile(
        order,
        Member(sight.article.id, intern(entity.id)),
        potential_id(sight.article.id, entity, mentions[0].start),
        kind,
        name,
        tuple(dict.fromkeys([name, *names])),
        form,
        sight.posts(entity),
        sight.companions,
        intern(place) if kind in _PLACES and (place := sight.places.get(entity.id)) is not None else None,
        sight.hull,
        BY_JUDGEMENT in entity.reasons,
        sight.asked(min(mentions, key=_start)) if form == "noun" and kind in _PEOPLE else None,
    )


def _shown(sight: _Sight, entity: LocalEntity) -> Shown:
    first = min(sight.mentions[entity.id], key=_start)
    return Shown(
        sight.evidence(first.span),
        tuple([sight.office(role) for role in entity.roles if not is_relation(role.text)]),
        tuple(sight.placed(entity)),
    )


_PLACES = frozenset({EntityKind.GPE, EntityKind.LOC})
_PEOPLE = frozenset({EntityKind.GRP, EntityKind.PER})


class _Sight:
    """A document while its entities are read, with what all of them share."""

    def __init__(self, document: Document, states: frozenset[str]) -> None:
        self.article: Article = document.article
        self.text = self.article.text
        self.states = states
        self.mentions: dict[str, list[Mention]] = {}
        for mention in document.mentions:
            self.mentions.setdefault(mention.entity, []).append(mention)
        named = (e for e in document.entities if e.id in self.mentions)
        self.ordered = sorted(named, key=lambda e: (self.mentions[e.id][0].start, e.id))
        self.companions = _companions(self.ordered, self.mentions)
        self.places: dict[str, str | None] = {}
        self._readings: dict[str, list[PlaceReading]] = {}
        for reading in document.places:
            if reading.mention is None and reading.role == "place":
                self.places[reading.entity] = place_key(reading)
                if reading.key:
                    self._readings.setdefault(reading.entity, []).append(reading)
        dct = self.article.dct
        self._interval = dct.interval if dct is not None else None
        self._days = self._interval if self._interval is not None and self._interval.days <= LONGEST else None
        self.hull: Hull = hull_of(self._days)

    def posts(self, entity: LocalEntity) -> Posts:
        """The offices of a person."""
        if entity.kind is not EntityKind.PER or not entity.roles:
            return NONE
        return posts_of(entity.name, [role.text for role in entity.roles], self.states, self._days)

    def office(self, role: Role) -> OfficeHeld:
        """An office with its words and the days of the article."""
        days = self._interval
        quoted = self.evidence(Span(role.start, role.end))
        return OfficeHeld(intern(role.text), quoted, days.earliest if days else None, days.latest if days else None)

    def evidence(self, span: Span) -> Evidence:
        """Words of the article."""
        return evidence(self.article.id, self.text, span, digest=self.article.text_sha256)

    def placed(self, entity: LocalEntity) -> Iterable[EntityPlace]:
        """The places that an entity is taken for, each as one article tells it."""
        for r in self._readings.get(entity.id, ()):
            yield EntityPlace(
                r.key or "", r.name or "", r.state, r.lat, r.lon, r.radius_km, r.precision, r.score, articles=1
            )

    def asked(self, mention: Mention) -> Asked | None:
        """A noun with its article, which tells one from some; None where the day of the text is not known."""
        if self._interval is None:
            return None
        before = self.text[max(0, mention.start - 12) : mention.start].split()
        word = before[-1] if before and self.text[mention.start - 1 : mention.start].isspace() else ""
        found = self.text[mention.start : mention.end]
        phrase = f"{word} {found}" if word.lower() in _DETERMINERS else found
        return Asked(intern(phrase), self.states, self._interval)


def _start(mention: Mention) -> int:
    return mention.start


def _is_body_of_state(entity: LocalEntity) -> bool:
    """Whether a noun names the one body of its kind that a state has: "russische Armee"."""
    return entity.kind is EntityKind.ORG and _BODY.match(entity.name.lower()) is not None


def _companions(ordered: Sequence[LocalEntity], mentions: Mapping[str, Sequence[Mention]]) -> frozenset[str]:
    """What a document names, as keys that are equal across articles without further linking."""
    named = (e for e in ordered if any(m.form == "name" for m in mentions[e.id]))
    return frozenset(key for e in named if (key := _companion(e.kind, e.name)))


@recent(1 << 15)
def _companion(kind: EntityKind, name: str) -> str:
    """The key of one thing that a document names; empty where it tells nothing."""
    if kind in {EntityKind.GRP, EntityKind.MISC}:
        return ""
    if kind is EntityKind.PER:
        return f"PER:{companion_key(name)}" if form_of(kind, name) == "full" else ""
    return f"{'ORG' if kind is EntityKind.ORG else 'GPE'}:{name_key(name)}"
