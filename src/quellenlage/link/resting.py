"""On whom single accounts rest, where that is somebody else than their article's origin.

A sentence within a copied passage rests on the article that it was taken from. One that is told on the word of an
agency or outlet ("wie die dpa meldet", "laut Interfax") rests on that house, wherever it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import is_
from typing import NamedTuple

from quellenlage.link.houses import house_named
from quellenlage.link.origins import Provenance, house_key
from quellenlage.model import (
    Account,
    Document,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Member,
    Origin,
    OriginKind,
    Reuse,
    Span,
    Statement,
    fold,
)
from quellenlage.model.filed import Filed, filed

_MOST = 0.5
"""Share of a sentence that lies in a copied passage from which it was taken with it."""

_BODIES = frozenset({EntityKind.ORG, EntityKind.MISC})
_AGENCY = re.compile(r"\b(?:[Nn]achrichten|[Ss]taats|[Pp]resse)agentur\s+[„\"»]?$")
_REACH = 24
"""Code points before a name in which the word for an agency stands."""

Chain = tuple[tuple[str, ...], ...]
House = tuple[OriginKind, str]


@dataclass(frozen=True, slots=True)
class Rested:
    """Events and statements with the origin of each account, and all origins, those told of by others among them."""

    events: Sequence[Event]
    statements: Sequence[Statement]
    origins: tuple[Origin, ...]


class _Chains(NamedTuple):
    """The claims of an article that are told on somebody's word, each with whose."""

    article: str
    claims: tuple[tuple[str, Chain], ...]


class Named:
    """What articles tell by themselves of agencies and outlets: `read` every document, in order of capture, and once.

    `credited` are the houses of the credits by folded name, `called` entities that a text calls an agency, `paragraphs`
    the places of the zones of the articles that take text from others (`taking`); `chains` are the claims of each
    article that are told on somebody's word, with the entities in between.
    """

    def __init__(self, taking: Container[str]) -> None:
        self._taking = taking
        self.chains: Filed[_Chains] = Filed(_Chains)
        self.credited: dict[str, House] = {}
        self.called: set[Member] = set()
        self.paragraphs: dict[str, tuple[Span, ...]] = {}

    @classmethod
    def of(cls, documents: Iterable[Document], provenance: Provenance) -> Named:
        """Read all documents."""
        named = cls(provenance.reuses)
        for document in documents:
            named.read(document)
        return named

    def read(self, document: Document) -> None:
        """Take a document in."""
        article = document.article
        chains = tuple([(claim.id, claim.chain) for claim in document.claims if claim.chain])
        if chains:
            self.chains.add(_Chains(article.id, chains))
        for agency in article.agencies:
            self.credited.setdefault(fold(agency.value), (OriginKind.AGENCY, agency.value))
        if article.outlet:
            self.credited.setdefault(fold(article.outlet.value), (OriginKind.OUTLET, article.outlet.value))
        self.called.update(_called_agencies(document))
        if article.id in self._taking:
            self.paragraphs[article.id] = tuple(zone.span for zone in article.zones)


def rest(
    named: Named,
    entities: Sequence[Entity],
    provenance: Provenance,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> Rested:
    """Give every account of an event and every print of a statement the origin that it rests on."""
    resting = _Resting(named, entities, provenance)
    return Rested(
        filed(Event, map(resting.event, events)),
        filed(Statement, map(resting.statement, statements)),
        resting.origins(),
    )


class _Resting:
    """Finds the origin of single sentences, and keeps which houses were named."""

    def __init__(self, named: Named, entities: Sequence[Entity], provenance: Provenance) -> None:
        self._named = named
        self._provenance = provenance
        self._houses = _houses(named, entities)
        self._claimed = self._claims(entities)
        self._told: dict[House, dict[str, None]] = {}

    def event(self, event: Event) -> Event:
        """The event, each account with the origin that it rests on."""
        accounts = tuple([self.account(account) for account in event.accounts])
        unchanged = all(map(is_, accounts, event.accounts))
        return event if unchanged else replace(event, accounts=accounts)

    def account(self, account: Account) -> Account:
        """The account with the origin that it rests on, and the article that its sentence was taken from."""
        article = account.member.article
        source = self._source(article, account.evidence.span)
        origin = self._origin(article, source, account.chain)
        if (origin, source) == (account.origin, account.reprint_of):
            return account
        return replace(account, origin=origin, reprint_of=source)

    def statement(self, statement: Statement) -> Statement:
        """The statement, each print with the origin that it rests on."""
        retellings = []
        for told in statement.retellings:
            article = told.member.article
            source = self._source(article, told.evidence[0].span)
            origin = self._from(article, source, self._claimed.get(told.member))
            retellings.append(replace(told, origin=origin) if origin != told.origin else told)
        unchanged = all(map(is_, retellings, statement.retellings))
        return statement if unchanged else replace(statement, retellings=tuple(retellings))

    def origins(self) -> tuple[Origin, ...]:
        """The origins of the articles, then the houses that are only told of, each with the articles that do."""
        told = {house_key(*house): (house, tuple(articles)) for house, articles in self._told.items()}
        known = [
            replace(o, relayed=tuple(a for a in told[o.id][1] if a not in o.articles)) if o.id in told else o
            for o in self._provenance.origins
        ]
        have = {origin.id for origin in known}
        more = [
            Origin(identifier, kind, name, (), relayed=articles)
            for identifier, ((kind, name), articles) in told.items()
            if identifier not in have
        ]
        return (*known, *more)

    def _origin(self, article: str, source: str | None, chain: Chain) -> str:
        house = next((self._houses[one] for link in chain for one in link if one in self._houses), None)
        return self._from(article, source, house)

    def _from(self, article: str, source: str | None, house: House | None) -> str:
        if house:
            self._told.setdefault(house, {}).setdefault(article)
            return house_key(*house)
        return self._provenance.origin_of[source or article]

    def _claims(self, entities: Sequence[Entity]) -> dict[Member, House]:
        """Claims that stand on the word of a house, with the first that their chain names."""
        named: dict[str, dict[str, House]] = {}
        for entity in entities:
            if house := self._houses.get(entity.id):
                for member in entity.members:
                    named.setdefault(member.article, {})[member.local] = house
        found: dict[Member, House] = {}
        for article, claims in self._named.chains:
            known = named.get(article, {})
            for claim, chain in claims if known else ():
                if house := next((known[one] for link in chain for one in link if one in known), None):
                    found[Member(article, claim)] = house
        return found

    def _source(self, article: str, sentence: Span) -> str | None:
        """The article that a sentence was taken from: by the passage that holds it, or with the article as a whole.

        Of a reprint, a paragraph that has nothing of any source is the desk's own.
        """
        taken = self._provenance.reuses.get(article, ())
        for reuse in reversed(taken):
            if reuse.kind != "revision" and _covered(sentence, reuse.passages) >= _MOST * (
                sentence.end - sentence.start
            ):
                return reuse.earlier
        whole = self._provenance.reprint_of.get(article)
        return None if whole and taken and self._added(article, sentence, taken) else whole

    def _added(self, article: str, sentence: Span, taken: Sequence[Reuse]) -> bool:
        if any(reuse.kind == "revision" for reuse in taken):
            return False
        zones = [zone for zone in self._named.paragraphs[article] if zone.overlaps(sentence)]
        return not any(p.span.overlaps(zone) for reuse in taken for p in reuse.passages for zone in zones)


def _covered(sentence: Span, passages: Sequence[Evidence]) -> int:
    return sum(max(0, min(sentence.end, p.end) - max(sentence.start, p.start)) for p in passages)


def _houses(told: Named, entities: Sequence[Entity]) -> dict[str, House]:
    """Agencies and outlets among entities: by our tables, by the credits of the archive, or called so by a text.

    People and places are none, whatever they are called.
    """
    found: dict[str, House] = {}
    for entity in entities:
        if entity.kind not in _BODIES:
            continue
        names = (entity.name, *entity.spellings)
        house = next((h for name in names if (h := told.credited.get(fold(name)) or house_named(name))), None)
        if house is None and not told.called.isdisjoint(entity.members):
            house = (OriginKind.AGENCY, entity.name)
        if house:
            found[entity.id] = house
    return found


def _called_agencies(document: Document) -> Iterator[Member]:
    """Names that a text puts behind "Nachrichtenagentur"."""
    text = document.text
    if "agentur" in text:
        for mention in document.mentions:
            if mention.form == "name" and _AGENCY.search(text, max(0, mention.start - _REACH), mention.start):
                yield Member(document.article.id, mention.entity)
