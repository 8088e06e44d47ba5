"""An article with its layers: what the per-article pipeline hands from stage to stage."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from quellenlage.errors import Defect
from quellenlage.model.article import READ_ZONES, Article
from quellenlage.model.layers import (
    AUTHOR,
    Claim,
    Derived,
    EventMention,
    LocalEntity,
    Mention,
    PlaceReading,
    Quotation,
    Sentence,
    Timex,
    Token,
)
from quellenlage.model.spans import Span

LAYERS = (
    "sentences", "tokens", "timexes", "mentions", "entities", "derived", "places", "quotations", "claims", "events",
)  # fmt: skip
"""Names of the layers, in the order in which stages write them."""

_START, _END = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Document:
    """An article and its layers; construction checks that every offset and every reference holds."""

    article: Article
    sentences: tuple[Sentence, ...] = ()
    tokens: tuple[Token, ...] = ()
    timexes: tuple[Timex, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[LocalEntity, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[EventMention, ...] = ()
    derived: tuple[Derived, ...] = ()
    places: tuple[PlaceReading, ...] = ()

    def __post_init__(self) -> None:
        length = len(self.article.text)
        for owner, span in self._spans():
            if span.end > length:
                raise Defect(f"{self.article.id}: {owner} [{span.start}, {span.end}) lies beyond the text")
        self._check_order("sentences", self.sentences)
        self._check_order("tokens", self.tokens)
        self._check_heads()
        self._check_references()

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that covers a code point, if any."""
        low = bisect_right(self.sentences, offset, key=_END)
        found = self.sentences[low] if low < len(self.sentences) else None
        return found if found and found.start <= offset else None

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """Tokens that lie wholly inside a span."""
        found = self.token_range(span)
        return self.tokens[found.start : found.stop]

    def token_range(self, span: Span) -> range:
        """Indices, as `Token.head` counts them, of the tokens that lie wholly inside a span."""
        tokens = self.tokens
        first = bisect_left(tokens, span.start, key=_START)
        return range(first, bisect_right(tokens, span.end, lo=first, key=_END))

    def read_sentences(self) -> Iterator[Sentence]:
        """Sentences of headline, lead and body: the journalist's report without captions and offers."""
        zones = [z for z in self.article.zones if z.kind in READ_ZONES]
        at = 0
        for sentence in self.sentences:
            while at < len(zones) and zones[at].end <= sentence.start:
                at += 1
            if at < len(zones) and zones[at].start <= sentence.start:
                yield sentence

    def entity(self, entity_id: str) -> LocalEntity:
        """Return the entity with this local identifier."""
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise Defect(f"{self.article.id}: no entity {entity_id}")

    def claim(self, claim_id: str) -> Claim:
        """Return the claim with this local identifier."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise Defect(f"{self.article.id}: no claim {claim_id}")

    def _spans(self) -> Iterator[tuple[str, Span]]:
        for name in ("timexes", "mentions", "derived"):
            for item in getattr(self, name):
                yield name, item.span
        for entity in self.entities:
            for role in entity.roles:
                yield entity.id, Span(role.start, role.end)
                if self.article.text[role.start : role.end] != role.text:
                    raise Defect(f"{self.article.id}: role {role.text!r} is not what the text says")
        for quotation in self.quotations:
            for part in (
                quotation.quote,
                quotation.cue,
                quotation.speaker,
                quotation.addressee,
                quotation.frame,
            ):
                for span in part:
                    yield quotation.id, span
        for claim in self.claims:
            for span in (*claim.spans, *claim.chain_spans, *claim.cue, *claim.addressee):
                yield claim.id, span
        for event in self.events:
            for span in (event.trigger, event.sentence, *event.also, *(q.span for q in event.quantities)):
                yield event.id, span

    def _check_order(self, name: str, items: Sequence[Sentence] | Sequence[Token]) -> None:
        # By far the most items, checked with every stage: no `Span` is made for them. None of them is empty, so that
        # where each begins behind the one before it, the last end is the greatest.
        end = 0
        for item in items:
            if item.start < end:
                raise Defect(f"{self.article.id}: {name} overlap at {item.start}")
            end = item.end
        if end > len(self.article.text):
            raise Defect(f"{self.article.id}: {name} [{items[-1].start}, {end}) lies beyond the text")

    def _check_heads(self) -> None:
        count = len(self.tokens)
        for i, token in enumerate(self.tokens):
            if token.head is not None and not 0 <= token.head < count:
                raise Defect(f"{self.article.id}: token {i} depends on token {token.head}, which is not there")

    def _check_references(self) -> None:
        entities = {e.id for e in self.entities}
        mentions = {m.id for m in self.mentions}
        quotations = {q.id for q in self.quotations}
        claims = {c.id for c in self.claims} | {AUTHOR}
        referred = [(m.id, m.entity) for m in self.mentions]
        referred += [(f"derived at {d.start}", d.entity) for d in self.derived if d.entity]
        referred += [(f"place of {p.entity}", p.entity) for p in self.places]
        referred += [(q.id, e) for q in self.quotations for e in q.speaker_entities]
        referred += [(c.id, e) for c in self.claims for link in (*c.chain, c.told) for e in link]
        referred += [(q.id, one.entity) for q in self.quotations for one in q.candidates]
        referred += [(c.id, one.entity) for c in self.claims for one in c.candidates]
        referred += [
            (v.id, e) for v in self.events for e in (*v.actors, *v.recipients, *([v.place] if v.place else []))
        ]
        missing = [pair for pair in referred if pair[1] not in entities]
        missing += [(p.entity, p.mention) for p in self.places if p.mention and p.mention not in mentions]
        missing += [(c.id, c.quotation) for c in self.claims if c.quotation and c.quotation not in quotations]
        timexes = {t.id for t in self.timexes}
        missing += [(c.id, c.said) for c in self.claims if c.said and c.said not in timexes]
        missing += [(q.id, q.parent) for q in self.quotations if q.parent and q.parent not in quotations]
        missing += [
            (v.id, w) for v in self.events for w in (v.word_of, *(q.word_of for q in v.quantities)) if w not in claims
        ]
        if missing:
            raise Defect(f"{self.article.id}: dangling references {missing[:5]}")
