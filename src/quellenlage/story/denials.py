"""Accusations and reports that somebody denies: the denial stands beside what it denies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from quellenlage.model import (
    Claim,
    Conflict,
    ConflictGrade,
    ConflictKind,
    Document,
    Event,
    EventMention,
    Evidentiality,
    Factuality,
    Member,
    Polarity,
    Side,
    Span,
    evidence,
    fold,
)
from quellenlage.resources import load
from quellenlage.story.conflicts import make_conflict
from quellenlage.story.figures import WORDS
from quellenlage.story.rejections import denies_manner

_DENIALS = frozenset(
    "zurückweisen weisen dementieren bestreiten abstreiten leugnen widersprechen zurückgewiesen dementiert".split()
)
"""Lemmas (of the finite verb, where a particle is split off) whose subject says that it is not so."""

REACH = 600
"""Code points between an accusation and its denial in one article: a paragraph or two."""

ANAPHORIC_REACH = 300
"""The same for a report that is denied with "das" or "den Bericht": it stands right before."""


_CONTENT = frozenset("NOUN VERB PROPN ADJ".split())


@dataclass(frozen=True, slots=True)
class Denied:
    """A denial with what it denies; `denial` is the event of denying, None where it is told by a claim only."""

    denial: Event | None
    conflict: Conflict


def find_denials(
    document: Document, event_of: Mapping[Member, Event], entity_of: Mapping[Member, str]
) -> Iterator[Denied]:
    """Yield each denial with the accusation or report that it is about, if one stands before it."""
    article = document.article.id
    for mention in document.events:
        if not denies(document, mention):
            continue
        rejection = event_of.get(Member(article, mention.id))
        accusation = _accusation(document, mention)
        if rejection is None:
            continue
        denied = denial_side(
            document, Factuality.DENIED, mention.sentence, _speakers(document, mention, entity_of), rejection
        )
        if accusation is not None and (accused := event_of.get(Member(article, accusation.id))):
            speakers = _speakers(document, accusation, entity_of)
            told = denial_side(document, Factuality.ALLEGED, accusation.sentence, speakers, accused)
            yield Denied(rejection, denial_conflict(accused, told, denied, "accused"))
        elif report := _report(document, mention):
            chain = tuple(
                tuple(entity_of[Member(article, one)] for one in link if Member(article, one) in entity_of)
                for link in report.chain
            )
            words = Span(report.start, report.end)
            told = denial_side(document, Factuality.ALLEGED, words, chain, rejection)
            yield Denied(rejection, denial_conflict(rejection, told, denied, "reported"))


def _speakers(
    document: Document, mention: EventMention, entity_of: Mapping[Member, str]
) -> tuple[tuple[str, ...], ...]:
    """Who accuses or denies in this article, as a chain of one link."""
    members = (Member(document.article.id, one) for one in mention.actors)
    return (tuple(entity_of[member] for member in members if member in entity_of),)


def joined(found: Iterable[Denied]) -> list[Conflict]:
    """One conflict per denied event, however many articles tell of the denial; all their sentences are its sides.

    What one and the same denial answers is one matter, also where only one article names the accusation.
    """
    by_denial: dict[str, Conflict] = {}
    denials: dict[str, Event] = {}
    for one in found:
        if any(
            side.value == str(Factuality.DENIED) and denies_manner(side.evidence.exact) for side in one.conflict.sides
        ):
            continue  # how it went is denied, not that it happened: see `tensions.manner_tensions`
        own = one.denial.id if one.denial else one.conflict.event
        home = next((key for key, c in by_denial.items() if key == own or c.event == one.conflict.event), own)
        before = by_denial.get(home)
        more = one.conflict.sides
        by_denial[home] = replace(before, sides=(*before.sides, *more)) if before else one.conflict
        if one.denial:
            denials.setdefault(home, one.denial)
    return [_with_retellings(conflict, denials.get(home)) for home, conflict in by_denial.items()]


def _with_retellings(conflict: Conflict, denial: Event | None) -> Conflict:
    """Add what other articles tell of the same denial; a reprint adds nothing."""
    if denial is None:
        return conflict
    told = {side.evidence.article for side in conflict.sides}
    more = tuple(
        Side(str(Factuality.DENIED), account.evidence, account.chain or (denial.actors,), account.origin)
        for account in denial.accounts
        if account.member.article not in told and account.reprint_of is None and denial.actors
    )
    return replace(conflict, sides=(*conflict.sides, *more))


def denies(document: Document, mention: EventMention) -> bool:
    """Whether an event is somebody's saying that it is not so."""
    if mention.event_type != "REJECT":
        return False
    return any(token.lemma in _DENIALS for token in document.tokens_in(mention.trigger))


def _accusation(document: Document, denial: EventMention) -> EventMention | None:
    """Return the nearest accusation before the denial that its own subject did not raise."""
    before = [
        m
        for m in document.events
        if m.event_type == "ACCUSE"
        and 0 <= denial.trigger.start - m.trigger.end <= REACH
        and m.sentence != denial.sentence
        and not set(m.actors) & set(denial.actors)
        and not _criticises(document, m)
        and _may_answer(document, m, denial)
    ]
    return max(before, key=lambda m: m.trigger.start, default=None)


def _criticises(document: Document, mention: EventMention) -> bool:
    """Whether somebody finds fault rather than says that something is so: who rejects criticism denies no fact."""
    return any("kriti" in fold(token.lemma or token.of(document.text)) for token in document.tokens_in(mention.trigger))


def _may_answer(document: Document, accusation: EventMention, denial: EventMention) -> bool:
    """Whether a denial is by the accused or one of theirs, as far as both are named, or names what it answers."""
    accused, denying = set(accusation.recipients), set(denial.actors)
    if not accused or not denying or accused & denying or pointing_words(document, denial.sentence):
        return True
    roles = [fold(role.text) for one in denying for role in document.entity(one).roles]
    names = [fold(m.span.of(document.text)) for m in document.mentions if m.entity in accused and m.form == "name"]
    return any(name in role for name in names for role in roles)


def _report(document: Document, denial: EventMention) -> Claim | None:
    """Return the claim before the denial that somebody else made and that its words point back to.

    "das", "den Bericht" mean what was just said, a report rather than a remark; a denial that says itself what it
    denies ("eine Beteiligung") means a claim only if that tells of the same.
    """

    def others(claim: Claim) -> bool:
        return not claim.chain or not set(claim.chain[0]) & set(denial.actors)

    before = [
        c
        for c in document.claims
        if c.polarity is Polarity.AFFIRMED
        and c.evidentiality is not Evidentiality.DEMANDED
        and others(c)
        and 0 <= denial.trigger.start - c.end <= REACH
        and not any(part.contains(denial.trigger) for part in c.spans)
    ]
    pointing = pointing_words(document, denial.sentence)
    documents = [c for c in before if "bericht" in pointing and _by_a_report(document, c)]
    if (not documents and pointing) or (not pointing and _bare(document, denial)):
        before = [c for c in before if denial.trigger.start - c.end <= ANAPHORIC_REACH]
    elif not pointing:
        own = content(document, denial.sentence)
        before = [c for c in before if len(own & {w for part in c.spans for w in content(document, part)}) > 1]
    return max(documents or before, key=lambda c: c.end, default=None)


def _bare(document: Document, denial: EventMention) -> bool:
    """Whether a denial does not say what it denies ("Das Ministerium dementierte."): then it is what was just said.

    A heading ("Volksfront dementiert") stands before what it is about.
    """
    if not denial.sentence.of(document.text).rstrip('"»“«) ').endswith((".", "!", ";")):
        return False
    tokens = document.tokens
    inside = {k for k, token in enumerate(tokens) if denial.trigger.overlaps(token.span)}
    if not inside or any(tokens[k].head is None for k in inside):
        return False
    told = {"obj", "ccomp", "xcomp", "obl:arg", "nmod", "iobj"}
    return not any(token.head in inside and token.deprel in told for token in tokens)


def _by_a_report(document: Document, claim: Claim) -> bool:
    """Whether a report or a body of the press is the speaker of a claim."""
    names = (fold(document.entity(one).name) for link in claim.chain[:1] for one in link)
    return any(word.endswith("bericht") for name in names for word in name.split())


def pointing_words(document: Document, sentence: Span) -> set[str]:
    """Folded words of a denial's sentence that point back: a pronoun, or a noun for something said."""
    table = load(WORDS)["denied"]
    pronouns = set(table["pronouns"].split())
    found: set[str] = set()
    for token in document.tokens_in(sentence):
        word = token.of(document.text)
        if token.upos == "PRON" and fold(word) in pronouns:
            found.add(fold(word))
        elif token.upos == "NOUN" and fold(token.lemma or word) in _sayings():
            found.add(fold(token.lemma or word))
    return found


def content(document: Document, span: Span) -> set[str]:
    """Folded lemmas of the words of a passage that name something."""
    return {fold(t.lemma or t.of(document.text)) for t in document.tokens_in(span) if t.upos in _CONTENT}


@cache
def _sayings() -> frozenset[str]:
    return frozenset(map(fold, load(WORDS)["denied"]["nouns"].split()))


def denial_conflict(event: Event, told: Side, denied: Side, reason: str) -> Conflict:
    """Set a denial against what it denies."""
    graded = (ConflictGrade.CONTRADICTION, ("denied", reason))
    return make_conflict(event.id, ConflictKind.HAPPENED, "denial", (told, denied), graded)


def denial_side(
    document: Document, value: Factuality, span: Span, chain: tuple[tuple[str, ...], ...], event: Event
) -> Side:
    """One side of a denial, with the words that tell it."""
    article = document.article
    quoted = evidence(article.id, article.text, span, digest=article.text_sha256)
    origin = next((a.origin for a in event.accounts if a.member.article == article.id), "")
    return Side(str(value), quoted, tuple(link for link in chain if link), origin)
