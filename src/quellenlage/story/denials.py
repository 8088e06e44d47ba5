"""Accusations and reports that somebody denies: the denial stands beside what it denies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from quellenlage.model import (
    Claim,
    Conflict,
    ConflictKind,
    Document,
    Event,
    EventMention,
    Factuality,
    Member,
    Polarity,
    Side,
    Span,
    content_id,
    evidence,
)

_DENIALS = frozenset(
    "zurückweisen weisen dementieren bestreiten abstreiten leugnen widersprechen zurückgewiesen dementiert".split()
)
"""Lemmas (of the finite verb, where a particle is split off) whose subject says that it is not so."""

_REACH = 600
"""Code points between an accusation and its denial in one article: a paragraph or two."""

_ANAPHORIC_REACH = 300
"""The same for a report that is denied with "das" or "den Bericht": it stands right before."""


def find_denials(
    document: Document, event_of: Mapping[Member, Event], entity_of: Mapping[Member, str]
) -> Iterator[Conflict]:
    """Yield a conflict for each denial with the accusation or report that it is about, if one stands before it."""
    article = document.article.id
    for mention in document.events:
        if mention.event_type != "REJECT" or not _denies(document, mention):
            continue
        rejection = event_of.get(Member(article, mention.id))
        accusation = _accusation(document, mention)
        if rejection is None:
            continue
        denied = _side(document, Factuality.DENIED, mention.sentence, (rejection.actors,), rejection)
        if accusation is not None and (accused := event_of.get(Member(article, accusation.id))):
            told = _side(document, Factuality.ALLEGED, accusation.sentence, (accused.actors,), accused)
            yield _conflict(accused, told, denied)
        elif report := _report(document, mention):
            chain = tuple(
                tuple(entity_of[Member(article, one)] for one in link if Member(article, one) in entity_of)
                for link in report.chain
            )
            words = Span(report.start, report.end)
            yield _conflict(rejection, _side(document, Factuality.ALLEGED, words, chain, rejection), denied)


def joined(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """One conflict per denied event, however many articles tell of the denial; all their sentences are its sides."""
    by_event: dict[str, Conflict] = {}
    for conflict in conflicts:
        before = by_event.get(conflict.event)
        by_event[conflict.event] = replace(before, sides=(*before.sides, *conflict.sides)) if before else conflict
    return list(by_event.values())


def _denies(document: Document, mention: EventMention) -> bool:
    return any(token.lemma in _DENIALS for token in document.tokens_in(mention.trigger))


def _accusation(document: Document, denial: EventMention) -> EventMention | None:
    """Return the nearest accusation before the denial that its own subject did not raise."""
    before = [
        m
        for m in document.events
        if m.event_type == "ACCUSE"
        and 0 <= denial.trigger.start - m.trigger.end <= _REACH
        and m.sentence != denial.sentence
        and not set(m.actors) & set(denial.actors)
    ]
    return max(before, key=lambda m: m.trigger.start, default=None)


def _report(document: Document, denial: EventMention) -> Claim | None:
    """Return the claim before the denial that somebody else made."""

    def others(claim: Claim) -> bool:
        return not claim.chain or not set(claim.chain[0]) & set(denial.actors)

    before = [
        c
        for c in document.claims
        if c.polarity is Polarity.AFFIRMED
        and others(c)
        and 0 <= denial.trigger.start - c.end <= _ANAPHORIC_REACH
        and not any(part.contains(denial.trigger) for part in c.spans)
    ]
    return max(before, key=lambda c: c.end, default=None)


def _conflict(event: Event, told: Side, denied: Side) -> Conflict:
    places = (f"{side.evidence.article}:{side.evidence.start}:{side.evidence.end}" for side in (told, denied))
    return Conflict(content_id("cfl", event.id, "denial", *places), event.id, ConflictKind.HAPPENED, "", (told, denied))


def _side(document: Document, value: Factuality, span: Span, chain: tuple[tuple[str, ...], ...], event: Event) -> Side:
    article = document.article
    quoted = evidence(article.id, article.text, span, digest=article.text_sha256)
    origin = next((a.origin for a in event.accounts if a.member.article == article.id), "")
    return Side(str(value), quoted, tuple(link for link in chain if link), origin)
