"""What is known of one article's entity when it is compared with those of other articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from quellenlage.model import Document, EntityKind, LocalEntity, Member, Mention, content_id, fold
from quellenlage.resources import load

TITLES = "de/titles.toml"
_NO_OFFICE = frozenset({"der", "die", "das", "des", "dem", "den", "von", "vom", "im", "in", "am", "und", "fuer"})


@dataclass(frozen=True, slots=True)
class Profile:
    """A local entity with its place in capture order; `order` sorts all profiles of an archive."""

    order: int
    document: int
    member: Member
    identifier: str
    entity: LocalEntity
    mentions: tuple[Mention, ...]
    surfaces: tuple[str, ...]
    first: tuple[str, ...] = ()
    last: str = ""
    offices: frozenset[str] = frozenset()

    @property
    def kind(self) -> EntityKind:
        """Kind of the local entity."""
        return self.entity.kind

    @property
    def named(self) -> bool:
        """Whether any mention gives a name; what is only a noun is never one thing across articles by its words."""
        return any(m.form == "name" for m in self.mentions)


def potential_id(article: str, entity: LocalEntity, start: int) -> str:
    """The identifier that an entity across articles has if this is its first-captured member."""
    return content_id("ent", article, entity.kind, fold(entity.name), start)


def profiles(documents: Sequence[Document]) -> list[Profile]:
    """Profiles of all entities with at least one mention, in capture order, then in order of the text."""
    found: list[Profile] = []
    for number, document in enumerate(documents):
        mentions: dict[str, list[Mention]] = {}
        for mention in document.mentions:
            mentions.setdefault(mention.entity, []).append(mention)
        ordered = sorted(
            (e for e in document.entities if e.id in mentions), key=lambda e: (mentions[e.id][0].start, e.id)
        )
        for entity in ordered:
            found.append(_profile(document, number, len(found), entity, tuple(mentions[entity.id])))
    return found


def _profile(
    document: Document, number: int, order: int, entity: LocalEntity, mentions: tuple[Mention, ...]
) -> Profile:
    names = [document.text[m.start : m.end] for m in mentions if m.form == "name"]
    first, last = split_name(entity.name) if entity.kind is EntityKind.PER else ((), "")
    return Profile(
        order,
        number,
        Member(document.article.id, entity.id),
        potential_id(document.article.id, entity, mentions[0].start),
        entity,
        mentions,
        tuple(dict.fromkeys([entity.name, *names])),
        first,
        last,
        frozenset(word for role in entity.roles for word in fold(role.text).split()) - _NO_OFFICE,
    )


@lru_cache(maxsize=1 << 16)
def split_name(name: str) -> tuple[tuple[str, ...], str]:
    """First names and surname (with its particles) of a person's full name.

    Surnames that come first (Chinese, Korean, Vietnamese) are told by the table of such surnames.
    """
    words = name.split()
    if len(words) < 2:
        return (), name
    if words[0] in _first_surnames() and not _is_listed(words[0], words[-1]):
        return tuple(words[1:]), words[0]
    particles = _particles()
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in particles:
        cut -= 1
    return tuple(words[:cut]), " ".join(words[cut:])


@cache
def _first_surnames() -> frozenset[str]:
    return frozenset(load("de/first_names.toml")["surname_first"]["surnames"].split())


def _is_listed(first: str, last: str) -> bool:
    """Whether a word that can be a Chinese surname is rather a first name here ("Kim Schmidt")."""
    table = load("de/first_names.toml")
    return first in table["german"]["names"].split() and last in table["common_surnames"]["names"].split()


@cache
def _particles() -> frozenset[str]:
    return frozenset(load(TITLES)["particles"]["words"].split())


@cache
def _folded_particles() -> frozenset[str]:
    return frozenset(fold(word) for word in _particles()) | {"as", "ar", "an", "ash"}


@lru_cache(maxsize=1 << 16)
def bare_surname(last: str) -> str:
    """Surname without particles: "al-Assad" to "assad", "von der Leyen" to "leyen"."""
    words = fold(last).split(" ")
    while len(words) > 1 and words[0] in _folded_particles():
        words = words[1:]
    return " ".join(words)
