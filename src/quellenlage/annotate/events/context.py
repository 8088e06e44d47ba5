"""What of a document concerns one sentence, found by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from quellenlage.annotate.events.arguments import Named
from quellenlage.annotate.events.negation import RULING_OUT
from quellenlage.annotate.events.roles import Roles
from quellenlage.annotate.events.tree import Tree
from quellenlage.annotate.events.words import Word
from quellenlage.model import Claim, Document, EntityKind, Mention, Quotation, Sentence, Span, Timex, hull

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """What of the document concerns one sentence."""

    document: Document
    sentence: Sentence
    before: Sentence | None
    words: list[Word]
    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    quotations: Sequence[Quotation]
    timexes: Sequence[Timex]
    kinds: dict[str, EntityKind]
    named: Named
    roles: Roles | None


class Over(Generic[T]):
    """Items by where they stand, so that those of one sentence are found without looking at all of them."""

    def __init__(self, items: Iterable[T], span_of: Callable[[T], Span]) -> None:
        self._items = sorted(((span_of(item), number, item) for number, item in enumerate(items)), key=lambda i: i[:2])
        self._starts = [span.start for span, _, _ in self._items]
        self._longest = max((len(span) for span, _, _ in self._items), default=0)

    def over(self, span: Span) -> list[T]:
        """Items whose hull overlaps the span, in order of place."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        return [item for own, _, item in self._items[first:last] if own.overlaps(span)]


@dataclass(frozen=True, slots=True)
class Index:
    """Layers of the document by place."""

    mentions: Over[Mention]
    claims: Over[Claim]
    quotations: Over[Quotation]
    timexes: Sequence[Timex]
    kinds: dict[str, EntityKind]
    named: Named
    roles: Roles | None

    @classmethod
    def of(cls, document: Document, kinds: dict[str, EntityKind], timexes: Sequence[Timex]) -> Index:
        """Sort the layers of a document; `timexes` are those of its running text."""
        tree = Tree(document)
        return cls(
            Over(document.mentions, lambda m: m.span),
            Over([c for c in document.claims if not is_position(c)], lambda c: hull(c.spans)),
            Over(document.quotations, lambda q: hull((*q.quote, *q.cue))),
            timexes,
            kinds,
            Named.of(document),
            Roles(document, tree, document.quotations) if tree.known else None,
        )


def is_position(claim: Claim) -> bool:
    """Whether the author tells what somebody holds ("lehnt die Mission ab"): its events are on the author's word.

    What somebody rules out ("schließt einen Anschlag aus") is denied on the word of that one.
    """
    return any(reason.startswith("told:") for reason in claim.reasons) and not rules_out(claim)


def rules_out(claim: Claim | None) -> bool:
    """Whether a claim tells of a happening that somebody rules out ("schließt einen Anschlag aus")."""
    return claim is not None and any(f"told:{verb}" in map(str.casefold, claim.reasons) for verb in RULING_OUT)
