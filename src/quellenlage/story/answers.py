"""Claims that deny what somebody else said or was accused of: "Das stimme nicht", "mit dem Angriff nichts zu tun"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from quellenlage.model import (
    Claim,
    Document,
    Event,
    EventMention,
    Evidentiality,
    Factuality,
    Member,
    Polarity,
    Sentence,
    Span,
    fold,
)
from quellenlage.resources import load
from quellenlage.story.denials import (
    ANAPHORIC_REACH,
    REACH,
    Denied,
    content,
    denial_conflict,
    denial_side,
    denies,
    pointing_words,
)
from quellenlage.story.figures import WORDS
from quellenlage.story.tensions import Chains

_THAT = frozenset({"Das", "das", "Dies", "dies"})

_LEAST = 2
"""Words that a denied claim must share with the one that it denies, and half of its own."""


def find_answers(document: Document, event_of: Mapping[Member, Event], chains: Chains) -> Iterator[Denied]:
    """Yield each claim that denies another speaker's claim or accusation before it, if that is of some event.

    Sentences whose verb denies are left to `find_denials`. A claim denies another if it points back and calls that
    untrue, if it announces that it tells otherwise, or if it negates largely the same words.
    """
    sentences = list(document.read_sentences())
    for place, sentence in enumerate(sentences):
        if any(m.sentence.overlaps(sentence.span) and denies(document, m) for m in document.events):
            continue
        if _otherwise(document, sentence):
            following = sentences[place + 1] if place + 1 < len(sentences) else None
            yield from _told_otherwise(document, sentence, following, event_of, chains)
            continue
        for claim in document.claims:
            if claim.chain and sentence.start <= claim.start < sentence.end:
                yield from _answer(document, claim, sentence, event_of, chains)


def _answer(
    document: Document, claim: Claim, sentence: Sentence, event_of: Mapping[Member, Event], chains: Chains
) -> Iterator[Denied]:
    speaker = claim.chain[0]
    accusation = _accused_of(document, claim, speaker) if claim.polarity is Polarity.DENIED else None
    told: Span | None = None
    chain: tuple[tuple[str, ...], ...] = ()
    reason = ""
    if _untrue(document, claim):
        before = _before(document, claim.start, speaker, ANAPHORIC_REACH)
        if before:
            told, chain, reason = Span(before[-1].start, before[-1].end), before[-1].chain, "untrue"
    elif accusation:
        told, chain, reason = accusation.sentence, (accusation.actors,), "accused"
    elif _negated(document, claim):
        own = {word for part in claim.spans for word in content(document, part)}
        before = [c for c in _before(document, claim.start, speaker, REACH) if not _negated(document, c)]
        same = [c for c in before if _same_words(document, own, c)]
        if same:
            told, chain, reason = Span(same[-1].start, same[-1].end), same[-1].chain, "same-words"
    event = told and _event_in(document, (told, sentence.span), event_of)
    if told and event:
        sides = (
            denial_side(document, Factuality.ALLEGED, told, chains.across(document, chain), event),
            denial_side(
                document,
                Factuality.DENIED,
                Span(claim.start, claim.end),
                chains.across(document, claim.chain),
                event,
            ),
        )
        yield Denied(None, denial_conflict(event, *sides, reason))


def _told_otherwise(
    document: Document,
    sentence: Sentence,
    following: Sentence | None,
    event_of: Mapping[Member, Event],
    chains: Chains,
) -> Iterator[Denied]:
    """What was said before a sentence such as "X stellte das anders dar", against what is said right after it."""
    if following is None:
        return
    answers = [c for c in document.claims if c.chain and following.start <= c.start < following.end]
    if not answers:
        return
    answer = answers[0]
    before = _before(document, sentence.start, answer.chain[0], ANAPHORIC_REACH)
    if not before:
        return
    told = Span(before[-1].start, before[-1].end)
    event = _event_in(document, (told, answer.spans[0]), event_of)
    if event:
        sides = (
            denial_side(document, Factuality.ALLEGED, told, chains.across(document, before[-1].chain), event),
            denial_side(document, Factuality.DENIED, answer.spans[0], chains.across(document, answer.chain), event),
        )
        yield Denied(None, denial_conflict(event, *sides, "told-otherwise"))


def _before(document: Document, at: int, speaker: tuple[str, ...], reach: int) -> list[Claim]:
    """Affirmed claims of others that end before a place, nearest last."""
    found = [
        c
        for c in document.claims
        if c.polarity is Polarity.AFFIRMED
        and c.evidentiality is not Evidentiality.DEMANDED
        and c.chain
        and not {one for link in c.chain for one in link} & set(speaker)
        and 0 <= at - c.end <= reach
    ]
    return sorted(found, key=lambda c: (c.end, -c.start))


def _accused_of(document: Document, claim: Claim, speaker: tuple[str, ...]) -> EventMention | None:
    """The last accusation by somebody else that shares a noun with a denied claim."""
    nouns = {word for part in claim.spans for word in _nouns(document, part)}
    found = [
        m
        for m in document.events
        if m.event_type == "ACCUSE"
        and m.actors
        and not set(m.actors) & set(speaker)
        and 0 <= claim.start - m.sentence.end <= REACH
        and nouns & _nouns(document, m.sentence)
    ]
    return max(found, key=lambda m: m.trigger.start, default=None)


def _nouns(document: Document, span: Span) -> set[str]:
    return {fold(t.lemma) for t in document.tokens_in(span) if t.upos == "NOUN" and t.lemma}


def _same_words(document: Document, own: set[str], claim: Claim) -> bool:
    shared = own & {word for part in claim.spans for word in content(document, part)}
    return len(shared) >= _LEAST and 2 * len(shared) >= len(own)


def _negated(document: Document, claim: Claim) -> bool:
    """Whether a claim is a denial by its verb or by its own words."""
    said = {fold(t.of(document.text)) for part in claim.spans for t in document.tokens_in(part)}
    return claim.polarity is Polarity.DENIED or bool(said & _row("negation")) or any(w.startswith("kein") for w in said)


def _untrue(document: Document, claim: Claim) -> bool:
    """Whether a claim says of what it points back to that it is not true."""
    span = Span(claim.start, claim.end)
    opening = document.tokens_in(span)[:2]
    # "Das stimme nicht": what opens a clause and is followed by its verb is a pronoun, however it was tagged.
    points = len(opening) > 1 and opening[1].upos in {"VERB", "AUX"} and opening[0].span.of(document.text) in _THAT
    if not points and not pointing_words(document, span):
        return False
    said = {t.of(document.text).casefold() for t in document.tokens_in(span)}
    negated = bool(said & _row("negation"))
    return bool(said & _row("true")) if negated else bool(said & _row("false"))


def _otherwise(document: Document, sentence: Sentence) -> bool:
    text = sentence.span.of(document.text).casefold()
    return any(phrase in text for phrase in load(WORDS)["denied"]["otherwise"])


def _event_in(document: Document, spans: tuple[Span, ...], event_of: Mapping[Member, Event]) -> Event | None:
    """Event told in the first passage that tells one."""
    for span in spans:
        for mention in document.events:
            event = event_of.get(Member(document.article.id, mention.id))
            if event and span.overlaps(mention.sentence):
                return event
    return None


@cache
def _row(name: str) -> frozenset[str]:
    return frozenset(load(WORDS)["denied"][name].casefold().split())
