"""What the accounts of an archive's events say in their own words, read once: for comparing events with each other."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Any, Protocol

import numpy as np

from quellenlage.model import (
    Account,
    DateInterval,
    Document,
    Entity,
    EntityKind,
    Event,
    EventMention,
    Factuality,
    Member,
    Span,
)
from quellenlage.model.filed import ByMember
from quellenlage.story.matter import matter
from quellenlage.story.parties import Parties

_PEOPLE = frozenset({EntityKind.PER, EntityKind.ORG})


@dataclass(frozen=True, slots=True)
class Scene:
    """One account with the event that it tells, its document and the mention behind it.

    Millions may be kept until they are compared: account and mention are named by their numbers, and asked of the event
    and the document when they are needed. `factuality` is that of the account, `article` the document's identifier;
    `printed` the last day on which the article can have been printed.
    """

    event: Event
    number: int
    factuality: Factuality
    article: str
    document: Document
    told: int
    printed: date | None

    @property
    def account(self) -> Account:
        """The account of the event."""
        return self.event.accounts[self.number]

    @property
    def mention(self) -> EventMention:
        """What of the document it rests on."""
        return self.document.events[self.told]

    @property
    def day(self) -> date | None:
        """The single day on which this account says that it was, None where it gives none or several."""
        time = self.account.time
        try:
            days = DateInterval.parse(time) if time else None
        except ValueError:
            return None
        return days.earliest if days and days.days == 1 else None


_ACCOUNTS, _TAKERS = 28, 4
"""Bits for the number of an account within its event, and for who takes it."""


class Taker(Protocol):
    """Compares scenes: what it takes of each is read first, whenever its document is at hand."""

    def read(self, scene: Scene) -> Any | None:
        """What it is compared by; None where it is not compared."""

    def take(self, read: Any, /) -> None:
        """Take in what was read of a scene; scenes come event by event."""


def by_account(events: Sequence[Event]) -> ByMember[Event]:
    """Events by the members that are their accounts."""
    found = ByMember(events)
    for number, event in enumerate(events):
        for account in event.accounts:
            found.note(account.member, number)
    return found


class Archive:
    """Documents, entities and events, with what passages are about."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        entities: Mapping[str, Entity],
        entity_of: Mapping[Member, str],
        parties: Parties,
    ) -> None:
        self.documents, self.entities, self.entity_of, self.parties = documents, entities, entity_of, parties
        self._people: tuple[str, frozenset[str]] = ("", frozenset())

    def scenes(self, event: Event) -> Iterator[Scene]:
        """Accounts of an event that are no reprints, of articles that stand."""
        for number in range(len(event.accounts)):
            if scene := self.scene(event, number):
                yield scene

    def take_scenes(
        self, events: Sequence[Event], takers: Sequence[Taker], beside: Callable[[Document], None] | None = None
    ) -> None:
        """Let all scenes of some events be taken, event by event.

        They are read document by document: accounts of one event may stand in any, and a large archive is read in its
        order many times as fast. `beside` is given every document while it is at hand.
        """
        told: dict[str, array[int]] = {}
        for number, event in enumerate(events):
            for place, account in enumerate(event.accounts):
                told.setdefault(account.member.article, array("I")).extend((number, place))
        read: list[Any] = []
        order = array("Q")
        for article, document in self.documents.items():
            if beside is not None:
                beside(document)
            places = iter(told.pop(article, ()))
            for number, place in zip(places, places, strict=True):
                scene = self.scene(events[number], place)
                for which, taker in enumerate(takers if scene else ()):
                    if scene and (one := taker.read(scene)) is not None:
                        read.append(one)
                        order.append(((number << _ACCOUNTS | place) << _TAKERS) | which)
        for at in map(int, np.argsort(np.frombuffer(order, np.uint64))) if order else ():
            takers[order[at] & ((1 << _TAKERS) - 1)].take(read[at])
            read[at] = None

    def scene(self, event: Event, number: int) -> Scene | None:
        """An account of an event; None for a reprint, or of an article that does not stand."""
        account = event.accounts[number]
        document = self.documents.get(account.member.article)
        if document is None or account.reprint_of is not None or account.revised is not None:
            return None
        told = next((n for n, m in enumerate(document.events) if m.id == account.member.local), None)
        if told is None:
            return None
        article = document.article
        printed = article.dct.latest if article.dct else None
        return Scene(event, number, account.factuality, intern(article.id), document, told, printed)

    def matter(self, document: Document, span: Span) -> frozenset[str]:
        """What a passage is about; names of people and bodies are no part of it, those of places are."""
        return matter(document, span, self._people_of(document))

    def _people_of(self, document: Document) -> frozenset[str]:
        """People and bodies of an article; those of the last one asked for are kept."""
        article = document.article.id
        if article != self._people[0]:
            self._people = article, frozenset(e.id for e in document.entities if e.kind in _PEOPLE)
        return self._people[1]

    def named_in(self, document: Document, span: Span) -> frozenset[str]:
        """Entities across articles that a passage names."""
        article = document.article.id
        local = {m.entity for m in document.mentions if m.span.overlaps(span)}
        return frozenset(
            self.entity_of[Member(article, one)] for one in local if Member(article, one) in self.entity_of
        )

    def across(self, document: Document, local: Sequence[str]) -> tuple[str, ...]:
        """An article's own entities as those across articles."""
        found = (self.entity_of.get(Member(document.article.id, one)) for one in local)
        return tuple(one for one in found if one)
