"""What is known of one article's entity when it is compared with those of other articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from quellenlage.link.entities.posts import NONE, Hull, Posts
from quellenlage.model import (
    DateInterval,
    EntityKind,
    EntityPlace,
    Evidence,
    LocalEntity,
    Member,
    OfficeHeld,
    content_id,
    fold,
)
from quellenlage.model.recent import recent
from quellenlage.names import name_key, surname_keys
from quellenlage.names.bodies import canonical_body, is_short
from quellenlage.names.comparison import known_groups
from quellenlage.names.parts import person

KEPT = "identifier:"
"""Reason of an entity that goes by the identifier that follows, since people took mentions out of it or made it so."""

Form = Literal["full", "short", "noun"]
"""Whether a name tells its bearer by itself, only beside a fuller one, or is no name at all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A role noun as it first stands in its article, with its determiner; the states and days of the article."""

    phrase: str
    states: frozenset[str]
    days: DateInterval


class Shown(NamedTuple):
    """What the entity shows of an article's, and nothing is compared by: where it is first mentioned, its offices with
    their places, the places that are meant."""

    first: Evidence
    offices: tuple[OfficeHeld, ...] = ()
    placed: tuple[EntityPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """A local entity with its place in capture order; `order` sorts all profiles of an archive.

    `posts` are the offices that the article gives to a person, `companions` keys of whatever else the article names;
    both speak for one bearer of a name rather than another. `days` are those of the article, where they are known to a
    year. The rest is for the entity that it becomes part of, so that no document is read a second time: whether people
    parted it from another one, and of a noun for people what it asks for.
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
    parted: bool = False
    asked: Asked | None = None

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


@recent(1 << 14)
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


@recent(1 << 14)
def companion_key(name: str) -> str:
    """First letter of the given name and sounds of the surname: the same for most spellings."""
    parts = person(name).parts
    surname = next(iter(surname_keys(name)[-1:]), "")
    return f"{parts[0].folded[:1]} {surname}" if parts else name_key(name)
