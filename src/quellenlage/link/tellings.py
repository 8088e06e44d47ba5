"""Event mentions made comparable: local identifiers resolved across articles, trigger lemmas, days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from sys import intern
from typing import NamedTuple

from quellenlage.families import families_among, modes_of
from quellenlage.link.corrected import Righted, as_corrected, corrections, righted, value_of
from quellenlage.link.signs import Signs, below_of, interned, reading_of, signs_of
from quellenlage.link.things import taken_of, things_of
from quellenlage.model import (
    AUTHOR,
    Account,
    DateInterval,
    Document,
    EntityKind,
    EventMention,
    Factuality,
    Figure,
    Judgement,
    Member,
    Span,
    Token,
    Verdict,
    evidence,
    fold,
)
from quellenlage.model.recent import recent
from quellenlage.places.words import telling_words

_NEWS = timedelta(days=7)
_BODIES = frozenset({EntityKind.PER, EntityKind.ORG})


@dataclass(frozen=True, slots=True)
class Telling:
    """One event mention with everything that tells whether another is of the same happening.

    `account` is what an event keeps of it, with an origin that is not known yet. The document is not kept, nor the
    mention: those of a large archive do not fit into memory.

    `news` are the days around publication in which an undated happening of the news most likely lies.

    `named` are participants with a name (entity id to kind); `interval` is what the text says, `bound` the last day
    it can have been since an article cannot report the future as past. `printed` are the days of publication.
    `families` are word families of the triggers, `modes` ways that exclude each other; `states` are those in which
    the place may lie, `whole_state` whether the place is no more than a state, `place_told` whether the passage itself
    names it. `company` are people, bodies and places with a name anywhere in the article, `things` nouns told with
    the trigger; `speakers` actors who are people or bodies with a name, `undergoing` people with a name whom it
    befalls.

    What people corrected (`righted`) is in the fields that it is compared by; the account says what the article does.
    """

    key: str
    account: Account
    event_type: str
    time: str | None
    named: Mapping[str, EntityKind]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    place_words: frozenset[str]
    lemmas: frozenset[str]
    interval: DateInterval | None
    bound: date | None
    news: DateInterval | None
    printed: DateInterval | None = None
    families: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    whole_state: bool = False
    place_told: bool = True
    company: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    speakers: frozenset[str] = frozenset()
    undergoing: frozenset[str] = frozenset()
    signs: Signs = field(default_factory=Signs)
    righted: tuple[Righted, ...] = ()

    @property
    def member(self) -> Member:
        """Article and local identifier of the mention."""
        return self.account.member

    @property
    def factuality(self) -> Factuality:
        """Whether it happened, is planned, denied, alleged."""
        return self.account.factuality


class Told(NamedTuple):
    """What an event keeps of a telling; what the others are compared by is in the cluster."""

    key: str
    account: Account
    event_type: str
    time: str | None
    interval: DateInterval | None
    bound: date | None
    righted: tuple[Righted, ...] = ()

    @classmethod
    def of(cls, telling: Telling) -> Told:
        """Take it from a telling."""
        return cls(
            telling.key,
            telling.account,
            telling.event_type,
            telling.time,
            telling.interval,
            telling.bound,
            telling.righted,
        )


def tellings(
    documents: Sequence[Document],
    entity_of: Mapping[Member, str],
    judgements: Sequence[Judgement],
    named: Mapping[str, str] | None = None,
    beside: Callable[[Document], None] | None = None,
) -> Iterator[Telling]:
    """Yield every event mention in order of capture, rejected ones left out, corrected ones corrected.

    `named` are the entities by folded name: among them is the place that people say is the right one. `beside` is
    given every document while it is at hand.
    """
    rejected = {j.subject for j in judgements if j.verdict is Verdict.REJECT}
    corrected = corrections(judgements)
    for document in documents:
        if beside is not None:
            beside(document)
        kinds = {entity.id: entity.kind for entity in document.entities}
        company, taken = _company(document, entity_of), taken_of(document)
        for mention in document.events:
            key = mention.key(document.article.id)
            if key in rejected:
                continue
            below = below_of(document, mention)
            said = corrected.get(key, {})
            place = (named or {}).get(fold(value_of(said, "place")))
            taken_for = as_corrected(_placed(document, mention, place, entity_of), said)
            telling = _telling(document, taken_for, key, kinds, entity_of, below)
            if place and telling.place != place:
                telling = _moved(telling, place, value_of(said, "place"))
            if said:
                account = replace(telling.account, time=_time(mention), place=_place(document, mention, entity_of))
                told = righted(said, mention, account.member, place)
                telling = replace(telling, account=account, righted=told)
            things = tuple(dict.fromkeys(map(intern, things_of(document, mention, below, taken))))
            yield replace(telling, company=company, things=things)


def _company(document: Document, entity_of: Mapping[Member, str]) -> tuple[str, ...]:
    """Entities with a name in an article; nothing is concluded from a state, which half of all articles name."""
    article = document.article.id
    found = (
        entity_of[Member(article, entity.id)]
        for entity in document.entities
        if entity.kind in {EntityKind.PER, EntityKind.ORG, EntityKind.LOC} and Member(article, entity.id) in entity_of
    )
    return tuple(dict.fromkeys(found))


def _placed(
    document: Document, mention: EventMention, place: str | None, entity_of: Mapping[Member, str]
) -> EventMention:
    """The telling with a place that people gave it, where its article names that place."""
    local = (e.id for e in document.entities if place and entity_of.get(Member(document.article.id, e.id)) == place)
    found = next(local, None)
    if found is None:
        return mention
    return replace(mention, place=found, reasons=tuple(r for r in mention.reasons if r != "completed:place"))


def _moved(telling: Telling, place: str, name: str) -> Telling:
    """The telling at a place that its article does not name."""
    return replace(
        telling,
        place=place,
        place_words=interned(intern(word) for word in telling_words(name)),
        place_told=True,
        states=frozenset(),
        whole_state=False,
    )


def _telling(
    document: Document,
    mention: EventMention,
    key: str,
    kinds: Mapping[str, EntityKind],
    entity_of: Mapping[Member, str],
    below: Sequence[int],
) -> Telling:
    article = document.article.id

    def known(local: Sequence[str]) -> tuple[str, ...]:
        ids = (entity_of.get(Member(article, one)) for one in local)
        return tuple(dict.fromkeys(one for one in ids if one))

    named = {
        entity_of[Member(article, one)]: kinds[one]
        for one in (*mention.actors, *mention.recipients)
        if Member(article, one) in entity_of and kinds[one] is not EntityKind.GRP
    }
    actors, recipients = known(mention.actors), known(mention.recipients)
    place = known([mention.place] if mention.place else [])
    dct = document.article.dct
    past = mention.factuality not in {Factuality.PLANNED, Factuality.HYPOTHETICAL}
    lemmas = interned(intern(trigger_lemma(document, span)) for span in (mention.trigger, *mention.also))
    reading = reading_of(document, mention.place)
    return Telling(
        key=key,
        account=_account(document, mention, actors, recipients, entity_of),
        event_type=intern(mention.event_type),
        time=intern(mention.time) if mention.time else None,
        named=named,
        actors=actors,
        recipients=recipients,
        place=place[0] if place else None,
        place_words=_place_words(document, mention.place),
        lemmas=lemmas,
        interval=_same(mention.interval) if mention.interval else None,
        bound=dct.latest if dct and past else None,
        news=_same(_news(dct.interval)) if dct and past and dct.interval.days <= 31 else None,
        printed=_same(dct.interval) if dct else None,
        families=interned(families_among(lemmas)),
        modes=interned(mode for lemma in lemmas for mode in modes_of(lemma)),
        states=interned(reading.state if reading else ()),
        place_told="completed:place" not in mention.reasons,
        whole_state=bool(reading and reading.key and reading.key.startswith("state:")),
        speakers=interned(one for one in actors if named.get(one) in _BODIES),
        undergoing=interned(one for one in recipients if named.get(one) is EntityKind.PER),
        signs=signs_of(document, mention, below),
    )


def _account(
    document: Document,
    mention: EventMention,
    actors: tuple[str, ...],
    recipients: tuple[str, ...],
    entity_of: Mapping[Member, str],
) -> Account:
    article = document.article
    figures = tuple(
        Figure(
            unit=quantity.unit,
            low=quantity.low,
            high=quantity.high,
            evidence=evidence(article.id, article.text, quantity.span, digest=article.text_sha256),
            word_of=chain_of(document, quantity.word_of, entity_of),
        )
        for quantity in mention.quantities
    )
    return Account(
        member=Member(article.id, intern(mention.id)),
        evidence=evidence(article.id, article.text, mention.sentence, digest=article.text_sha256),
        factuality=mention.factuality,
        chain=chain_of(document, mention.word_of, entity_of),
        origin="",
        claim=None if mention.word_of == AUTHOR else document.claim(mention.word_of).key(article.id),
        time=_time(mention),
        place=_place(document, mention, entity_of),
        figures=figures,
        actors=actors,
        recipients=recipients,
    )


def _time(mention: EventMention) -> str | None:
    """The days that a telling gives."""
    return mention.time or (mention.interval.value if mention.interval else None)


def _place(document: Document, mention: EventMention, entity_of: Mapping[Member, str]) -> str | None:
    """The place that a telling gives: what its passage says, no more."""
    if mention.place is None or "completed:place" in mention.reasons:
        return None
    return entity_of.get(Member(document.article.id, mention.place))


@recent(1 << 14)
def _same(days: DateInterval) -> DateInterval:
    """The same object for the same days."""
    return days


def _news(printed: DateInterval) -> DateInterval:
    """Days that the news of a paper are about; a text may claim to be from the first day of the calendar."""
    return DateInterval(max(printed.earliest, date.min + _NEWS) - _NEWS, printed.latest)


def _place_words(document: Document, place: str | None) -> frozenset[str]:
    """Words that tell a place from others; none for a place that only a common noun names ("der Hafen")."""
    if place is None or not any(m.entity == place and m.form == "name" for m in document.mentions):
        return frozenset()
    return interned(intern(word) for word in telling_words(document.entity(place).name))


def trigger_lemma(document: Document, trigger: Span) -> str:
    """Folded lemma of the trigger's longest token, its own words where no lemma is known."""
    tokens = document.tokens_in(trigger)
    if not tokens:
        return fold(trigger.of(document.text))
    longest = max(tokens, key=lambda token: token.end - token.start)
    lemma = fold(longest.lemma or longest.of(document.text))
    return _particle(document, trigger, longest) + lemma if longest.upos == "VERB" else lemma


def _particle(document: Document, trigger: Span, verb: Token) -> str:
    """The separated part of a verb ("tritt ... zurück"), where the trigger does not have it."""
    sentence = document.sentence_at(trigger.start)
    places = document.token_range(sentence.span) if sentence else range(0)
    parts = (document.tokens[n] for n in places if document.tokens[n].deprel == "compound:prt")
    return next((fold(p.of(document.text)) for p in parts if document.tokens[p.head or 0] is verb), "")


def chain_of(document: Document, word_of: str, entity_of: Mapping[Member, str]) -> tuple[tuple[str, ...], ...]:
    """Chain of the claim behind a statement as entity ids across articles; empty for the author's own word."""
    if word_of == AUTHOR:
        return ()
    article = document.article.id
    links = (
        tuple(entity_of[Member(article, one)] for one in link if Member(article, one) in entity_of)
        for link in document.claim(word_of).chain
    )
    return tuple(link for link in links if link)
