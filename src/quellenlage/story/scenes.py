"""What the accounts of an archive's events say in their own words, read once: for comparing events with each other."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, Protocol

from quellenlage.model import Account, DateInterval, Document, Entity, EntityKind, Event, EventMention, Member, Span
from quellenlage.model.filed import ByMember
from quellenlage.story.matter import matter
from quellenlage.story.parties import Parties

_PEOPLE = frozenset({EntityKind.PER, EntityKind.ORG})


@dataclass(frozen=True, slots=True)
class Scene:
    """One account with the event that it tells, its document and the mention behind it.

    `day` is the one day on which it says that it was, None where it gives none or several; `printed` the last one on
    which the article can have been printed.
    """

    event: Event
    account: Account
    document: Document
    mention: EventMention
    printed: date | None

    @property
    def day(self) -> date | None:
        """The single day of this account."""
        try:
            days = DateInterval.parse(self.account.time) if self.account.time else None
        except ValueError:
            return None
        return days.earliest if days and days.days == 1 else None


_THEIR_PLACE = itemgetter(0, 1, 2)


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
        for account in event.accounts:
            if scene := self.scene(event, account):
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
        read: list[tuple[int, int, int, Any]] = []
        for article, document in self.documents.items():
            if beside is not None:
                beside(document)
            places = iter(told.pop(article, ()))
            for number, place in zip(places, places, strict=True):
                if scene := self.scene(events[number], events[number].accounts[place]):
                    found = ((number, place, which, taker.read(scene)) for which, taker in enumerate(takers))
                    read += (one for one in found if one[-1] is not None)
        read.sort(key=_THEIR_PLACE, reverse=True)
        while read:
            _, _, which, one = read.pop()
            takers[which].take(one)

    def scene(self, event: Event, account: Account) -> Scene | None:
        """An account of an event; None for a reprint, or of an article that does not stand."""
        document = self.documents.get(account.member.article)
        if document is None or account.reprint_of is not None or account.revised is not None:
            return None
        mention = next((m for m in document.events if m.id == account.member.local), None)
        dct = document.article.dct
        return Scene(event, account, document, mention, dct.latest if dct else None) if mention else None

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
