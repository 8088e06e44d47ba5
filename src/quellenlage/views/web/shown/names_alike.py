"""What may be the same as a name, what is not and bears it, too, and which entries of outside lists it may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from quellenlage.model import (
    Archive,
    Entity,
    EntityKind,
    Evidence,
    Judgement,
    Verdict,
    fold,
    in_force,
)
from quellenlage.model.listing import EntityCard, EntityQuestion
from quellenlage.views.doubting import DoubtSide
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.quotes import ShownQuote, shown_quote
from quellenlage.views.wording.reasons import reason_words
from quellenlage.views.wording.spelled import spelled_in

_BEARERS = 12
"""Namesakes that are listed."""


@dataclass(frozen=True, slots=True)
class ShownSide:
    """One side of a doubt with a sentence in which it is named."""

    id: str
    name: str
    href: str
    about: str
    quote: ShownQuote | None


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    """Two that may be one, or (`merged`) one that may be two: how alike they are, and what speaks for it."""

    merged: bool
    percent: int
    reasons: list[str]
    sides: list[ShownSide]
    pair: tuple[str, str]


def quoted_doubts(entity: Entity, holdings: Holdings) -> list[Evidence]:
    """The names in doubt, as they stand in the articles."""
    sides = (side for doubt in holdings.doubts_of.get(entity.id, ()) for side in holdings.sides(doubt) or ())
    return [side.evidence for side in sides if side.evidence is not None]


def shown_doubts(
    entity: Entity, holdings: Holdings, sentences: Mapping[tuple[str, int], Evidence], words: Words
) -> list[ShownDoubt]:
    """Doubts about an entity, the most valuable first; the side that it is stands first."""
    shown = []
    for doubt in holdings.doubts_of.get(entity.id, ()):
        sides = holdings.sides(doubt)
        if sides is None:
            continue
        ordered = sorted(sides, key=lambda side: side.entity.id != entity.id)
        spelled = spelled_in(holdings.linked, *(side.entity for side in ordered))
        shown.append(
            ShownDoubt(
                merged=doubt.merged,
                percent=round(100 * doubt.score),
                reasons=reason_words(doubt.reasons, words, spelled),
                sides=[_side(side, holdings, sentences, words) for side in ordered],
                pair=(doubt.one, doubt.other),
            )
        )
    return shown


def _side(
    side: DoubtSide, holdings: Holdings, sentences: Mapping[tuple[str, int], Evidence], words: Words
) -> ShownSide:
    about = ", ".join(part for part in (words.code("kind", side.entity.kind.value), side.office) if part)
    named = side.evidence
    quote = None
    if named is not None:
        around = sentences.get((named.article, named.start), named)
        quote = shown_quote(around, holdings, words, mark=named.span if around.span != named.span else None)
    return ShownSide(side.id, side.name, page_of(side.entity.id), about, quote)


@dataclass(frozen=True, slots=True)
class Namesake:
    """Another that bears the name; `judged` says who held the two to be different, empty where nobody decided it."""

    name: str
    href: str
    about: str
    judged: str


def namesakes(archive: Archive, entity: Entity, holdings: Holdings, words: Words) -> list[Namesake]:
    """Others of the same name or, of a person, surname; and those that a person said are others.

    Those that may be the same are in doubt and not among them.
    """
    apart = dict(_apart(archive, entity, in_force(archive.judgements())))
    doubtful = {
        holdings.linked.aliases.get(i, i) for d in holdings.doubts_of.get(entity.id, ()) for i in (d.one, d.other)
    }
    cards = {card.id: card for card in _bearers(archive, entity) if card.id not in doubtful}
    cards |= archive.entities_by_id(apart.keys() - cards.keys())
    cards.pop(entity.id, None)
    ordered = sorted(cards.values(), key=lambda card: (card.id not in apart, -card.articles, card.name))
    return [
        Namesake(card.name, page_of(card.id), _about(card, words), apart.get(card.id, ""))
        for card in ordered[:_BEARERS]
    ]


def _about(card: EntityCard, words: Words) -> str:
    return f"{words.code('kind', card.kind.value)}, {words.count('count.articles', card.articles)}"


def _bearers(archive: Archive, entity: Entity) -> Iterator[EntityCard]:
    """Proper names that are the same as a whole or, of people, in their last word."""
    if entity.kind in {EntityKind.GRP, EntityKind.MISC}:
        return
    whole, last = fold(entity.name), _surname(entity.name)
    living = entity.kind is EntityKind.PER
    kinds = (EntityKind.PER,) if living else (EntityKind.ORG, EntityKind.GPE, EntityKind.LOC)
    asked = EntityQuestion(words=last if living else entity.name, kinds=kinds)
    for card in archive.entities(asked, limit=5 * _BEARERS).items:
        if (living and _surname(card.name) == last) or fold(card.name) == whole:
            yield card


def _surname(name: str) -> str:
    return fold(name).split()[-1] if fold(name) else ""


def _apart(archive: Archive, entity: Entity, log: Iterable[Judgement]) -> Iterator[tuple[str, str]]:
    """Entities that a person said are others, with who said so."""
    for judgement in log:
        if judgement.verdict is Verdict.DIFFER and judgement.other:
            pair = [archive.resolve(one) for one in (judgement.subject, judgement.other)]
            if entity.id in pair and pair[0] != pair[1]:
                yield pair[pair[0] == entity.id], judgement.author


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of an outside list: "judged" by a person, "accepted", or "proposed" with so many per cent."""

    name: str
    source: str
    licence: str
    known_as: str
    stand: str
    percent: int
    reasons: list[str]


def shown_references(archive: Archive, entity: Entity, holdings: Holdings, words: Words) -> list[Listed]:
    """Entries of outside lists that it may be, the surest first."""
    matches = [one for one in holdings.linked.references if one.entity == entity.id]
    if not matches:
        return []
    lists = {one.name: one for one in archive.reference_lists()}
    spelled = spelled_in(holdings.linked, entity)
    matches.sort(key=lambda one: (not one.judged, not one.accepted, -one.score, one.name))
    return [
        Listed(
            name=one.name,
            source=one.list,
            licence=(lists[one.list].licence if one.list in lists else "") or words("references.no_licence"),
            known_as=one.wikidata or one.source_id,
            stand="judged" if one.judged else "accepted" if one.accepted else "proposed",
            percent=round(100 * one.score),
            reasons=reason_words(one.reasons, words, spelled.beside(one.name)),
        )
        for one in matches
    ]
