"""What is known of one article's entity when it is compared with those of other articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from quellenlage.link.entities.posts import LONGEST, NONE, Hull, Posts, hull_of, posts_of
from quellenlage.link.offices import state_hints
from quellenlage.model import Document, EntityKind, LocalEntity, Member, Mention, content_id, fold, seen
from quellenlage.names import name_key, surname_keys
from quellenlage.names.bodies import canonical_body, is_short
from quellenlage.names.comparison import known_groups
from quellenlage.names.parts import person
from quellenlage.places import place_key

_BODY = re.compile(r"^(?:\w+ )*?(?:\w+isch|deutsch)(?:e|en|er|es|em) \w*(?:ministerium|regierung|armee|parlament)s?$")

KEPT = "identifier:"
"""Reason of an entity that goes by the identifier that follows, since people took mentions out of it or made it so."""

Form = Literal["full", "short", "noun"]
"""Whether a name tells its bearer by itself, only beside a fuller one, or is no name at all."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A local entity with its place in capture order; `order` sorts all profiles of an archive.

    `posts` are the offices that the article gives to a person, `companions` keys of whatever else the article names;
    both speak for one bearer of a name rather than another. `days` are those of the article, where they are known to a
    year.
    """

    order: int
    member: Member
    identifier: str
    kind: EntityKind
    name: str
    surfaces: tuple[str, ...]
    form: Form
    posts: Posts = NONE
    companions: frozenset[str] = frozenset()
    place: str | None = None
    days: Hull = None

    @property
    def key(self) -> str:
        """Under what its name is the same letter by letter."""
        return name_key(self.name)


def potential_id(article: str, entity: LocalEntity, start: int) -> str:
    """The identifier that an entity across articles has if this is its first-captured member."""
    for reason in entity.reasons:
        if reason.startswith(KEPT):
            return reason.removeprefix(KEPT)
    return content_id("ent", article, entity.kind, fold(entity.name), start)


def profiles(documents: Iterable[Document], first: int = 0) -> Iterator[Profile]:
    """Profiles of all entities with at least one mention, in capture order, then in order of the text.

    `first` is the order of the first one: how many profiles earlier documents have.
    """
    order = first
    for document in documents:
        for profile in document_profiles(document, order):
            order += 1
            yield profile


def document_profiles(document: Document, first: int) -> list[Profile]:
    """Profiles of one document, numbered from `first` on."""
    mentions: dict[str, list[Mention]] = {}
    for mention in document.mentions:
        mentions.setdefault(mention.entity, []).append(mention)
    ordered = sorted((e for e in document.entities if e.id in mentions), key=lambda e: (mentions[e.id][0].start, e.id))
    companions = _companions(ordered, mentions)
    places = {r.entity: place_key(r) for r in document.places if r.mention is None and r.role == "place"}
    posts, days = _posts(document, ordered)
    return [
        replace(
            _profile(document, first + number, entity, mentions[entity.id], companions, places.get(entity.id)),
            posts=posts.get(entity.id, NONE),
            days=days,
        )
        for number, entity in enumerate(ordered)
    ]


def _posts(document: Document, entities: Sequence[LocalEntity]) -> tuple[dict[str, Posts], Hull]:
    """The offices of the persons of a document that have any, and its days."""
    dct = document.article.dct
    days = dct.interval if dct is not None and dct.interval.days <= LONGEST else None
    told = [entity for entity in entities if entity.kind is EntityKind.PER and entity.roles]
    states = state_hints(document) if told else frozenset[str]()
    return {e.id: posts_of(e.name, [role.text for role in e.roles], states, days) for e in told}, hull_of(days)


def _profile(
    document: Document,
    order: int,
    entity: LocalEntity,
    mentions: Sequence[Mention],
    companions: frozenset[str],
    place: str | None,
) -> Profile:
    names = [seen(document.text[m.start : m.end]) for m in mentions if m.form == "name"]
    return Profile(
        order,
        Member(document.article.id, entity.id),
        potential_id(document.article.id, entity, mentions[0].start),
        entity.kind,
        entity.name,
        tuple(dict.fromkeys([entity.name, *names])),
        form_of(entity.kind, entity.name) if names or _is_body_of_state(entity) else "noun",
        NONE,
        companions,
        place if entity.kind in {EntityKind.GPE, EntityKind.LOC} else None,
    )


def _is_body_of_state(entity: LocalEntity) -> bool:
    """Whether a noun names the one body of its kind that a state has: "russische Armee"."""
    return entity.kind is EntityKind.ORG and _BODY.match(entity.name.lower()) is not None


@lru_cache(maxsize=1 << 16)
def form_of(kind: EntityKind, name: str) -> Form:
    """Whether a name tells its bearer by itself: a person's with a given name, a body's that is no abbreviation."""
    if kind is EntityKind.GRP:
        return "noun"
    if kind is EntityKind.PER:
        taken = person(name)
        whole = sum(not part.initial for part in taken.parts)
        known = whole == 1 and (taken.numeral or taken.epithet or known_groups(kind, name))
        return "full" if whole > 1 or known else "short"
    if kind in {EntityKind.ORG, EntityKind.MISC} and is_short(name):
        return "full" if known_groups(kind, name) or canonical_body(name) is not None else "short"
    return "full"


def _companions(ordered: Sequence[LocalEntity], mentions: dict[str, list[Mention]]) -> frozenset[str]:
    """What a document names, as keys that are equal across articles without further linking."""
    found: set[str] = set()
    for entity in ordered:
        if entity.kind in {EntityKind.GRP, EntityKind.MISC} or not any(m.form == "name" for m in mentions[entity.id]):
            continue
        if entity.kind is EntityKind.PER:
            if form_of(entity.kind, entity.name) == "full":
                found.add(f"PER:{companion_key(entity.name)}")
        else:
            found.add(f"{'ORG' if entity.kind is EntityKind.ORG else 'GPE'}:{name_key(entity.name)}")
    return frozenset(found)


@lru_cache(maxsize=1 << 16)
def companion_key(name: str) -> str:
    """First letter of the given name and sounds of the surname: the same for most spellings."""
    parts = person(name).parts
    surname = next(iter(surname_keys(name)[-1:]), "")
    return f"{parts[0].folded[:1]} {surname}" if parts else name_key(name)
