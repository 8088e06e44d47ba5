"""The index of names: people, organisations and places, each with the spellings by which one may know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quellenlage.model import Archive, Entity, EntityKind, fold
from quellenlage.model.listing import EntityCard, EntityQuestion, Wanted
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.search_names import ShownEntity, fitting, meant

TABS: Mapping[str, tuple[EntityKind, ...]] = {
    "all": (EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.LOC),
    "people": (EntityKind.PER,),
    "organisations": (EntityKind.ORG,),
    "places": (EntityKind.GPE, EntityKind.LOC),
    "unnamed": (EntityKind.GRP, EntityKind.MISC),
}
"""Kinds on one tab; what has no proper name has one of its own."""

_FEW = 60
"""Articles up to which all of a name is read for a list."""

_OTHERS = 4
"""Other spellings that a list tells."""


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A name in the index: `spellings` are others than the name, `office` is the first that articles give."""

    id: str
    name: str
    href: str
    kind: str
    spellings: str
    office: str
    articles: int
    events: int
    claims: int


@dataclass(frozen=True, slots=True)
class Tab:
    """Names of one kind: how many there are, and where."""

    name: str
    href: str
    count: int
    here: bool


def tabs(archive: Archive, here: str, addresses: Mapping[str, str]) -> list[Tab]:
    """All tabs with how many names they have altogether."""
    totals = archive.totals().entities
    return [
        Tab(name, addresses[name], sum(totals.get(kind.value, 0) for kind in kinds), name == here)
        for name, kinds in TABS.items()
    ]


def shown_cards(archive: Archive, cards: Sequence[EntityCard], words: Words) -> list[ShownCard]:
    """Names of one page of the index."""
    # Of names in many articles the card alone is read, by the name.
    wanted = Wanted(
        entities=[card.id for card in cards if card.articles <= _FEW],
        names=[fold(card.name) for card in cards if card.articles > _FEW],
    )
    known = {entity.id: entity for entity in archive.portion(wanted).linked.entities} if cards else {}
    return [
        ShownCard(
            id=card.id,
            name=card.name,
            href=page_of(card.id),
            kind=words.code("kind", card.kind.value),
            spellings=", ".join(others(known[card.id])) if card.id in known else "",
            office=_office(known.get(card.id)),
            articles=card.articles,
            events=card.events,
            claims=card.claims,
        )
        for card in cards
    ]


def others(entity: Entity, most: int = _OTHERS) -> list[str]:
    """Spellings that differ from the name in more than capitals, the first ones; "…" where there are more."""
    found: dict[str, str] = {}
    for one in entity.spellings:
        if fold(one) != fold(entity.name):
            found.setdefault(fold(one), one)
    listed = list(found.values())
    return listed[:most] + ["…"] * (len(listed) > most)


def _office(entity: Entity | None) -> str:
    return entity.offices[0].text if entity and entity.kind is EntityKind.PER and entity.offices else ""


def likely(archive: Archive, query: str, words: Words) -> list[ShownEntity]:
    """Names that a spelling which the archive has not may mean, the likeliest first."""
    return meant(archive, query, words) if fold(query) else []


def completions(archive: Archive, query: str, words: Words) -> Iterator[str]:
    """Names that begin as what was typed, in any of their spellings; where none does, those that it may mean."""
    found = fitting(archive, query, words, limit=10)
    yield from dict.fromkeys(one.name for one in found or likely(archive, query, words))


def question(query: str, tab: str, least: int = 0) -> EntityQuestion:
    """What a tab and words ask for; the last word may be begun only."""
    return EntityQuestion(words=query, prefix=True, kinds=TABS[tab], min_articles=least)
