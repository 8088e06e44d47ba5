"""Whom pronouns and nouns mean, from left to right: what was resolved counts as a mention from then on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quellenlage.coreference.anaphors import Anaphor, noun_at, pronoun_at
from quellenlage.coreference.discourse import Discourse
from quellenlage.coreference.features import Context, candidates, empty
from quellenlage.coreference.lexicon import PERSONAL
from quellenlage.coreference.nouns import named_by
from quellenlage.coreference.ranker import Candidate, Choice, Features, model
from quellenlage.model.document import Document
from quellenlage.model.layers import LocalEntity
from quellenlage.model.spans import Span

Choose = Callable[[Anaphor, Sequence[Candidate], Features], Choice]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom a word means (None: unresolved), how probable that is, and all that it can mean, the likeliest first."""

    entity: str | None
    probability: float
    ranked: tuple[tuple[str, float], ...] = ()


def by_model(anaphor: Anaphor, listed: Sequence[Candidate], none: Features) -> Choice:
    """The packaged model's choice."""
    return model().choose(listed, none)


class References:
    """Resolves the words of one article that refer back, in the order in which they are asked for.

    Personal pronouns between the places asked for are followed on the way, so that a chain of them is not lost.
    """

    def __init__(self, document: Document, choose: Choose = by_model) -> None:
        self.discourse = Discourse(document)
        self._choose = choose
        self._at = 0
        self._followed: dict[int, Answer] = {}
        self._spoken: list[tuple[int, int, tuple[str, ...]]] = []

    def introduce(self, entity: LocalEntity) -> None:
        """Take in an entity that the article's layers did not have yet."""
        self.discourse.introduce(entity)

    def add(self, span: Span, entity: str, form: str) -> None:
        """Take in a mention that was found meanwhile."""
        self.discourse.add(span, entity, form)

    def spoken(self, quote: Sequence[Span], speakers: tuple[str, ...]) -> None:
        """Take in who speaks the words of a quotation: "er" in them, or after them, is often the same."""
        if speakers and quote:
            self._spoken.append((quote[0].start, quote[-1].end, speakers))

    def _context(self, offset: int) -> Context:
        """Speakers of the innermost words around a place, and of the last words before it."""
        around = [(end - start, speakers) for start, end, speakers in self._spoken if start <= offset < end]
        before = [(end, speakers) for start, end, speakers in self._spoken if end <= offset]
        return Context(min(around)[1] if around else (), max(before)[1] if before else ())

    def pronoun(self, span: Span, *, plural: bool | None = None) -> Answer | None:
        """Whom the pronoun at a span means; None where no pronoun that refers back stands there."""
        self._follow(span.start)
        index = self.discourse.index(span.start)
        anaphor = pronoun_at(self.discourse, index, plural=plural)
        return None if anaphor is None else self._resolve(anaphor, note=anaphor.group != "possessive")

    def noun(self, span: Span) -> str | None:
        """Whom a noun phrase with a definite article means, if its signs suffice."""
        anaphor = noun_at(self.discourse, span)
        if anaphor is None:
            return None
        return named_by(anaphor, candidates(self.discourse, anaphor, self._context(anaphor.start)))

    def _follow(self, offset: int) -> None:
        """Resolve the personal pronouns before an offset."""
        tokens = self.discourse.tokens
        while self._at < len(tokens) and tokens[self._at].start < offset:
            index, self._at = self._at, self._at + 1
            if self.discourse.word(index).lower() in PERSONAL and tokens[index].start not in self._followed:
                anaphor = pronoun_at(self.discourse, index)
                if anaphor is not None:
                    self._resolve(anaphor, note=True)

    def _resolve(self, anaphor: Anaphor, *, note: bool) -> Answer:
        known = self._followed.get(anaphor.start) if note else None
        if known is not None:
            return known
        listed = candidates(self.discourse, anaphor, self._context(anaphor.start))
        choice = self._choose(anaphor, listed, empty(anaphor, listed))
        threshold = model().thresholds.get(anaphor.group, 1.0) if self._choose is by_model else 0.0
        answer = Answer(choice.entity if choice.probability >= threshold else None, choice.probability, choice.ranked)
        if note:
            self._followed[anaphor.start] = answer
            if answer.entity is not None:
                self.discourse.add(anaphor.span, answer.entity, "pronoun")
        return answer
