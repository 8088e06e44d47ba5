"""The profiles of an archive in columns: of two million, what each says for itself takes thirty bytes.

A profile is put together when it is asked for, and let go; whoever keeps many keeps their orders (`Chosen`).
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from typing import Generic, TypeVar

from quellenlage.link.entities.posts import Hull, Posts
from quellenlage.link.entities.profile import Asked, Form, Profile
from quellenlage.model import EntityKind, Member
from quellenlage.model.identifiers import Identifiers
from quellenlage.model.numbered import Numbered

T = TypeVar("T", bound=Hashable)

_KINDS = tuple(EntityKind)
_FORMS: tuple[Form, ...] = ("full", "short", "noun")


class _Column(Generic[T]):
    """Values of a row each, where few are different."""

    def __init__(self) -> None:
        self._numbers = array("I")
        self._values: list[T] = []
        self._number_of: dict[T, int] = {}

    def append(self, value: T) -> None:
        number = self._number_of.setdefault(value, len(self._values))
        if number == len(self._values):
            self._values.append(value)
        self._numbers.append(number)

    def __getitem__(self, row: int) -> T:
        return self._values[self._numbers[row]]


class Profiles(Numbered[Profile]):
    """All profiles of an archive, by their orders, which are their places here."""

    def __init__(self) -> None:
        self._identifiers = Identifiers()
        self._kinds = array("B")
        self._forms = array("B")
        self._locals: _Column[str] = _Column()
        self._names: _Column[str] = _Column()
        self._surfaces: _Column[tuple[str, ...]] = _Column()
        self._posts: _Column[Posts] = _Column()
        self._places: _Column[str | None] = _Column()
        self._asked: _Column[Asked | None] = _Column()
        self._parted: set[int] = set()
        # By article: those of one follow each other, and have these in common.
        self._article = array("I")
        self._articles: list[str] = []
        self._days: _Column[Hull] = _Column()
        self._companions: list[tuple[str, ...]] = []
        self._keys: dict[str, str] = {}
        self._last: tuple[int, frozenset[str]] = (-1, frozenset())

    def add(self, profile: Profile) -> Profile:
        """Put a profile behind all others; returns it with its order there."""
        order = len(self)
        self._note_article(profile)
        self._identifiers.append(profile.identifier)
        self._kinds.append(_KINDS.index(profile.kind))
        self._forms.append(_FORMS.index(profile.form))
        self._locals.append(profile.member.local)
        self._names.append(profile.name)
        self._surfaces.append(profile.surfaces)
        self._posts.append(profile.posts)
        self._places.append(profile.place)
        self._asked.append(profile.asked)
        if profile.parted:
            self._parted.add(order)
        self._article.append(len(self._articles) - 1)
        return replace(profile, order=order)

    def _note_article(self, profile: Profile) -> None:
        last = len(self._articles) - 1
        if (
            last >= 0
            and self._articles[last] == profile.member.article
            and self._days[last] == profile.days
            and self._shared(last) == profile.companions
        ):
            return
        self._articles.append(profile.member.article)
        self._days.append(profile.days)
        self._companions.append(tuple(sorted(self._keys.setdefault(key, key) for key in profile.companions)))

    def _shared(self, article: int) -> frozenset[str]:
        """The companions that the profiles of an article share."""
        if self._last[0] != article:
            self._last = (article, frozenset(self._companions[article]))
        return self._last[1]

    def __len__(self) -> int:
        return len(self._article)

    def at(self, order: int) -> Profile:
        """The profile of an order, put together."""
        article = self._article[order]
        return Profile(
            order,
            self.member(order),
            self._identifiers[order],
            _KINDS[self._kinds[order]],
            self._names[order],
            self._surfaces[order],
            _FORMS[self._forms[order]],
            self._posts[order],
            self._shared(article),
            self._places[order],
            self._days[article],
            order in self._parted,
            self._asked[order],
        )

    def member(self, order: int) -> Member:
        """Which local entity of which article one is of."""
        return Member(self._articles[self._article[order]], self._locals[order])

    @property
    def identifiers(self) -> Iterable[str]:
        """The identifiers of all."""
        return self._identifiers

    def identifier(self, order: int) -> str:
        """The identifier of one."""
        return self._identifiers[order]

    def asked(self, order: int) -> Asked | None:
        """What one asks for."""
        return self._asked[order]


class Chosen(Numbered[Profile]):
    """Some of all profiles, by their orders."""

    __slots__ = ("_of", "orders")

    def __init__(self, of: Profiles, orders: Iterable[int] = ()) -> None:
        self._of = of
        self.orders = array("I", orders)

    def append(self, profile: Profile) -> None:
        """Take one more."""
        self.orders.append(profile.order)

    def sort(self) -> None:
        """Put these in the order of all."""
        self.orders = array("I", sorted(self.orders))

    @property
    def identifiers(self) -> Iterator[str]:
        """The identifiers of these."""
        return map(self._of.identifier, self.orders)

    @property
    def members(self) -> Iterator[Member]:
        """The local entities that these are of."""
        return map(self._of.member, self.orders)

    def __len__(self) -> int:
        return len(self.orders)

    def at(self, number: int) -> Profile:
        """The profile that was chosen at this place."""
        return self._of.at(self.orders[number])

    def __iter__(self) -> Iterator[Profile]:
        return map(self._of.at, self.orders)
