"""The part of an archive that a draft is compared with: articles that its words lead to, read once."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

from quellenlage.execution.anchoring import is_forgotten
from quellenlage.execution.drafting.facts import CONTENT, Facts, part_of_speech, read_facts
from quellenlage.execution.drafting.locations import PLACES, described_by
from quellenlage.execution.drafting.people import Directory
from quellenlage.execution.drafting.report import Cited, Voice
from quellenlage.execution.drafting.stems import stem
from quellenlage.execution.reading import apply_judgements
from quellenlage.model import (
    Account,
    Archive,
    DateInterval,
    Derived,
    Document,
    Event,
    Evidence,
    Judgement,
    Member,
    Span,
    evidence,
    fold,
    in_force,
)
from quellenlage.model.ports import Placed
from quellenlage.store import digest_as_received

Place = tuple[str, int]
"""A sentence by its article and its number there."""


class Pool:
    """Articles with what stands across them, and their sentences as facts."""

    def __init__(self, archive: Archive, articles: Sequence[str]) -> None:
        judgements = in_force(archive.judgements())
        self.documents = _standing(archive.shelf_of(articles), judgements)
        self.placed: Placed = archive.placed(list(self.documents))
        parts = archive.parts_of({*self.placed.entity_of.values(), *self.placed.event_of.values()})
        self.directory = Directory(parts.entities)
        self.events: Mapping[str, Event] = {event.id: event for event in parts.events}
        self.accounts: Mapping[Member, Account] = {a.member: a for v in parts.events for a in v.accounts}
        origins = {*self.placed.origin_of.values()}
        self._origins = {one.id: one.name for one in archive.parts_of(origins).origins}
        self._origin_of: dict[str, str] = {}
        for member, origin in self.placed.origin_of.items():
            self._origin_of.setdefault(member.article, origin)
        self._digests: dict[str, str] = {}
        self._facts: dict[Place, Facts] = {}
        self._holders: dict[str, list[Place]] = {}
        self._wholes: dict[str, set[str]] | None = None
        self._sentences = 0
        for article, document in self.documents.items():
            self._note(article, document)

    def _note(self, article: str, document: Document) -> None:
        """Note under which names and stems the sentences of an article are found."""
        self._sentences += len(document.sentences)
        starts = [sentence.start for sentence in document.sentences]
        seen: set[tuple[str, int]] = set()

        def put(key: str, offset: int) -> None:
            number = bisect_right(starts, offset) - 1
            if number >= 0 and (key, number) not in seen:
                seen.add((key, number))
                self._holders.setdefault(key, []).append((article, number))

        for token in document.tokens:
            if part_of_speech(document, token) in CONTENT:
                put(stem(fold(token.lemma or token.of(document.text))), token.start)
        for mention in document.mentions:
            for one in self._meant(article, mention.entity):
                put(one, mention.start)

    def _meant(self, article: str, local: str) -> frozenset[str]:
        one = self.placed.entity_of.get(Member(article, local))
        return frozenset((one,)) if one and self.directory.is_named(one) else frozenset()

    def facts(self, place: Place) -> Facts:
        """What a sentence says."""
        known = self._facts.get(place)
        if known is None:
            article, number = place
            document = self.documents[article]
            known = read_facts(
                document, document.sentences[number].span, partial(self._meant, article), self.directory.called
            )
            self._facts[place] = known
        return known

    def _there(self, place: Place) -> bool:
        return 0 <= place[1] < len(self.documents[place[0]].sentences)

    def around(self, place: Place, count: int = 2) -> Iterable[Facts]:
        """The sentences before and behind one, the nearest first, then the first of its article."""
        article, number = place
        for distance in range(1, count + 1):
            for at in (number - distance, number + distance):
                if self._there((article, at)):
                    yield self.facts((article, at))
        if number > count:
            yield self.facts((article, 0))

    def after(self, place: Place) -> Facts | None:
        """The sentence behind one."""
        following = (place[0], place[1] + 1)
        return self.facts(following) if self._there(following) else None

    def place_at(self, article: str, offset: int) -> Place | None:
        """The sentence that covers a code point of an article."""
        document = self.documents.get(article)
        found = document.sentence_at(offset) if document else None
        return (article, document.sentences.index(found)) if document and found else None

    def weight(self, key: str) -> float:
        """How telling a name or a stem is: the rarer among these sentences, the more."""
        return math.log(1 + (20 + self._sentences) / (1 + len(self._holders.get(key, ()))))

    def sharing(self, keys: Iterable[str], most: int) -> list[Place]:
        """Sentences that share most of these names and stems, the likeliest first."""
        found: dict[Place, float] = {}
        for key in keys:
            weight = self.weight(key)
            for place in self._holders.get(key, ()):
                found[place] = found.get(place, 0.0) + weight
        return sorted(found, key=lambda place: (-round(found[place], 6), place))[:most]

    def quote(self, article: str, span: Span) -> Evidence:
        """Words of an article as evidence that `verify` accepts."""
        document = self.documents[article]
        if article not in self._digests:
            self._digests[article] = digest_as_received(document)
        return evidence(article, document.text, span, digest=self._digests[article])

    def cite(self, facts: Facts, told: Span | None = None) -> Cited:
        """A sentence with what is needed to cite it, its origin and on whose word it stands there."""
        article = facts.document.article
        return Cited(
            evidence=self.quote(article.id, facts.span),
            source=article.source,
            outlet=article.outlet.value if article.outlet else None,
            headline=article.headline.value if article.headline else None,
            dct=article.dct.value if article.dct else None,
            told=self.quote(article.id, told) if told else None,
            origin=self._origin(article.id),
            informants=self._informants(facts),
        )

    def _origin(self, article: str) -> Voice | None:
        origin = self._origin_of.get(article)
        document = self.documents[article]
        if origin:
            name = self._origins.get(origin, origin)
            return Voice(origin, name if name != document.article.source else name.rstrip("/").rpartition("/")[2])
        found = document.article.outlet
        return Voice("", found.value) if found else None

    def _informants(self, facts: Facts) -> tuple[Voice, ...]:
        return tuple(dict.fromkeys(v for c in facts.claims for v in self.speakers(facts.document, c.chain[:1])))

    def speakers(self, document: Document, chain: Sequence[Sequence[str]]) -> tuple[Voice, ...]:
        """Links of a chain as voices: entities across articles, or names that no entity stands for."""
        found = []
        for local in (local for link in chain for local in link):
            one = self.placed.entity_of.get(Member(document.article.id, local))
            name = self.directory.name(one) if one else document.entity(local).name
            found.append(Voice(one or "", name))
        return tuple(found)

    def lies_in(self, inner: Collection[str], outer: Collection[str]) -> bool:
        """Whether these articles say that a place lies in another ("die karvenische Hafenstadt Miren")."""
        if self._wholes is None:
            self._wholes = {}
            for article, document in self.documents.items():
                for mention in document.mentions:
                    if mention.form == "name" and mention.kind in PLACES:
                        ids = self._meant(article, mention.entity)
                        for derived in described_by(document, mention):
                            for one in ids:
                                self._wholes.setdefault(one, set()).update(self._bearing(article, derived))
        return any(not self._wholes.get(one, set()).isdisjoint(outer) for one in inner)

    def _bearing(self, article: str, derived: Derived) -> frozenset[str]:
        found = self._meant(article, derived.entity) if derived.entity else frozenset[str]()
        return found or self.directory.called(derived.base or derived.span.of(self.documents[article].text))

    def told(self, facts: Facts) -> frozenset[str]:
        """The happenings across articles that a sentence tells."""
        article = facts.document.article.id
        found = (self.placed.event_of.get(Member(article, event.id)) for event in facts.events)
        return frozenset(one for one in found if one is not None)

    def event_days(self, facts: Facts) -> DateInterval | None:
        """The days of what a sentence tells, by all accounts of it together; of several happenings the first dated."""
        dated = (self.events[one].interval for one in sorted(self.told(facts)) if one in self.events)
        return next((days for days in dated if days), None)

    def corrected_days(self, facts: Facts, at: int | None) -> DateInterval | None:
        """The days that a person gave what a sentence tells, at a place of it where something is told there."""
        there = [e for e in facts.events if at is not None and e.trigger.start <= at < e.trigger.end]
        for event in there or facts.events:
            found = self.events.get(self.placed.event_of.get(Member(facts.document.article.id, event.id), ""))
            if found is not None and found.correction("time") is not None:
                return found.interval
        return None

    def revised(self, facts: Facts) -> bool:
        """Whether what a sentence tells was corrected or withdrawn since."""
        article = facts.document.article.id
        told = (self.accounts.get(Member(article, event.id)) for event in facts.events)
        return any(account is not None and account.revised is not None for account in told)


def _standing(documents: Iterable[Document], judgements: Sequence[Judgement]) -> dict[str, Document]:
    return {d.article.id: apply_judgements(d, judgements) for d in documents if not is_forgotten(d)}
