"""Names and stories that a request fits, and names that it may have meant where nothing was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quellenlage.execution import nearest, spelled_like
from quellenlage.model import Archive, fold
from quellenlage.model.listing import EntityCard, EntityQuestion, Wanted
from quellenlage.views.locale import Words
from quellenlage.views.shelves import citation_of
from quellenlage.views.web.links import page_of
from quellenlage.views.wording.lines import citation_words
from quellenlage.views.wording.states import state_name

FEW = 5
COMPLETED = 8
_CANDIDATES = 120
"""Names with one beginning that are compared letter by letter."""
_PREFIX = 3
_ALIKE = ("ckqg", "zscx", "jyi", "vwfb", "dt", "bp")
"""First letters that transcriptions of one name differ in."""


@dataclass(frozen=True, slots=True)
class ShownEntity:
    """A name as a link: what it is, how many articles have it.

    `about` tells it from another of the same name beside it: its states, its office, else who first writes of it.
    """

    name: str
    kind: str
    href: str
    articles: str
    about: str = ""


def fitting(archive: Archive, query: str, words: Words, limit: int = FEW) -> list[ShownEntity]:
    """Entities whose names have all words of a request, the last one perhaps begun only."""
    asked = fold(query)
    if not asked:
        return []
    found = archive.entities(EntityQuestion(words=asked, prefix=True), limit=limit)
    return _listed(archive, found.items, words)


def _listed(archive: Archive, cards: Sequence[EntityCard], words: Words) -> list[ShownEntity]:
    """Names as links; those that look alike are told apart."""
    alike = Counter((card.kind, fold(card.name)) for card in cards)
    twins = [card.id for card in cards if alike[card.kind, fold(card.name)] > 1]
    about = _told_apart(archive, twins, words) if twins else {}
    return [_shown(card, words, about.get(card.id, "")) for card in cards]


def _told_apart(archive: Archive, twins: Sequence[str], words: Words) -> dict[str, str]:
    """What tells entities of one name apart, by identifier."""
    entities = archive.portion(Wanted(entities=twins)).linked.entities
    cited = {card.article: citation_of(card) for card in archive.citations([e.members[0].article for e in entities])}
    found: dict[str, str] = {}
    for entity in entities:
        states = [state_name(code, words) for code in entity.place.state] if entity.place else []
        offices = [office.text for office in entity.offices[:1]]
        first = cited.get(entity.members[0].article)
        source = words("search.first_in", source=citation_words(first, words)) if first else ""
        found[entity.id] = words("list.and").join(states) or ", ".join(offices) or source
    told = Counter(found.values())
    for entity in entities:
        first = cited.get(entity.members[0].article)
        if first and told[found[entity.id]] > 1:
            source = words("search.first_in", source=citation_words(first, words))
            found[entity.id] = ", ".join(dict.fromkeys((found[entity.id], source)))
    return found


def _shown(card: EntityCard, words: Words, about: str = "") -> ShownEntity:
    kind = words.code("kind", card.kind.value)
    return ShownEntity(card.name, kind, page_of(card.id), words.count("count.articles", card.articles), about)


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
    return _listed(archive, [candidates[one] for one in dict.fromkeys(likely) if one in candidates][:FEW], words)


def _beginnings(asked: str) -> Iterator[str]:
    """How words of the request begin, and how another transcription of them would."""
    for word in asked.split()[:4]:
        if len(word) < _PREFIX:
            continue
        first = next((letters for letters in _ALIKE if word[0] in letters), word[0])
        for letter in dict.fromkeys((word[0], *first)):
            yield letter + word[1:_PREFIX]
