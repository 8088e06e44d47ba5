"""Names and stories that a request fits, and names that it may have meant where nothing was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quellenlage.execution import nearest, spelled_like
from quellenlage.model import Archive, fold
from quellenlage.model.listing import EntityCard, EntityQuestion, Wanted
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of

FEW = 5
COMPLETED = 8
_CANDIDATES = 120
"""Names with one beginning that are compared letter by letter."""
_PREFIX = 3
_ALIKE = ("ckqg", "zscx", "jyi", "vwfb", "dt", "bp")
"""First letters that transcriptions of one name differ in."""


@dataclass(frozen=True, slots=True)
class ShownEntity:
    """A name as a link: what it is, how many articles have it."""

    name: str
    kind: str
    href: str
    articles: str


def fitting(archive: Archive, query: str, words: Words, limit: int = FEW) -> list[ShownEntity]:
    """Entities whose names have all words of a request, the last one perhaps begun only."""
    asked = fold(query)
    if not asked:
        return []
    found = archive.entities(EntityQuestion(words=asked, prefix=True), limit=limit)
    return [_shown(card, words) for card in found.items]


def _shown(card: EntityCard, words: Words) -> ShownEntity:
    kind = words.code("kind", card.kind.value)
    return ShownEntity(card.name, kind, page_of(card.id), words.count("count.articles", card.articles))


def meant(archive: Archive, query: str, words: Words) -> list[ShownEntity]:
    """Entities that a request may mean in another spelling; they are looked for among those that begin alike."""
    asked = fold(query)
    candidates: dict[str, EntityCard] = {}
    for beginning in dict.fromkeys(_beginnings(asked)):
        listed = archive.entities(EntityQuestion(words=beginning, prefix=True), limit=_CANDIDATES)
        candidates |= {card.id: card for card in listed.items}
    entities = archive.portion(Wanted(entities=tuple(candidates))).linked.entities if candidates else ()
    likely = [like.entity.id for like in spelled_like(entities, query)]
    likely += [entity.id for entity in nearest(entities, query)]
    return [_shown(candidates[one], words) for one in dict.fromkeys(likely) if one in candidates][:FEW]


def _beginnings(asked: str) -> Iterator[str]:
    """How words of the request begin, and how another transcription of them would."""
    for word in asked.split()[:4]:
        if len(word) < _PREFIX:
            continue
        first = next((letters for letters in _ALIKE if word[0] in letters), word[0])
        for letter in dict.fromkeys((word[0], *first)):
            yield letter + word[1:_PREFIX]
