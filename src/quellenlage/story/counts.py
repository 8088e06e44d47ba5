"""Two speakers who count the same thing in one passage and come to figures that cannot both hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import combinations

from quellenlage.model import (
    Conflict,
    ConflictGrade,
    ConflictKind,
    Document,
    EntityKind,
    Event,
    EventMention,
    Figure,
    Member,
    Quantity,
    Sentence,
    Side,
    Span,
    Token,
    evidence,
)
from quellenlage.resources import load
from quellenlage.story.conflicts import make_conflict, with_sides
from quellenlage.story.figures import HARM, WORDS, apart, close, value_of, words
from quellenlage.story.tensions import Chains

_BREAKS = frozenset(";,:–—(")
_VOICES = frozenset({EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.GRP})
_SENTENCES = 2
"""Sentences after a figure in which another may be set against it."""

_COUNTED = HARM | {"PROTEST"}
"""Types of events whose people are counted in the sentence after the one that tells them."""

_REACH = 3
"""Words after a number among which its noun stands."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number as a passage gives it.

    `noun` is what is counted (None: what was counted before), `voice` the article's entities that give it, `contrast`
    says that its words set it against another, and `other` that its voice speaks of it ("sprach von 17 Toten").
    """

    span: Span
    figure: Figure
    noun: str | None
    voice: tuple[str, ...]
    contrast: bool
    other: bool = False


def find_counts(document: Document, event_of: Mapping[Member, Event], chains: Chains) -> Iterator[Conflict]:
    """Yield where two speakers give different numbers of one thing, in one sentence or within a paragraph.

    The conflict is of the event that one of the figures belongs to, else of the one told in the passage.
    """
    counted = [(s, list(_counts(document, s))) for s in document.read_sentences()]
    seen: set[tuple[int, int]] = set()
    for place, (sentence, own) in enumerate(counted):
        near = [(a, b, True) for a, b in combinations(own, 2)]
        for later, theirs in counted[place + 1 : place + 1 + _SENTENCES]:
            if "\n" in document.text[sentence.end : later.start]:
                break
            near += [(a, b, False) for a in own for b in theirs]
        for first, second, together in near:
            key = (first.span.start, second.span.start)
            if key in seen or not _against(document, first, second, together):
                continue
            seen.add(key)
            event = _event_of(document, (first, second), event_of)
            if event:
                yield _conflict(document, event, first, second, chains)


def joined_counts(found: Sequence[Conflict], counts: Sequence[Conflict]) -> list[Conflict]:
    """Put together what is said of one event's one figure: a count that shares a side with a conflict joins it."""
    listed = list(found)
    of_event: dict[tuple[str, ConflictKind], list[int]] = {}
    for at, other in enumerate(listed):
        of_event.setdefault((other.event, other.kind), []).append(at)
    for one in counts:
        places = {(s.evidence.article, s.evidence.start) for s in one.sides}
        same = of_event.setdefault((one.event, one.kind), [])
        for at in same:
            other = listed[at]
            shared = {(s.evidence.article, s.evidence.start) for s in other.sides} & places
            if shared or other.id == one.id:
                listed[at] = with_sides(other, one)
                break
        else:
            same.append(len(listed))
            listed.append(one)
    return listed


def _against(document: Document, first: Count, second: Count, together: bool) -> bool:
    """Whether two counts are of one thing, by two speakers, and exclude each other."""
    same = first.noun is not None and (first.noun == second.noun or (second.noun is None and together))
    speaks_of = bool(first.voice and second.other and (same or _alike(document, first, second)))
    if not (same or speaks_of) or set(first.voice) & set(second.voice) or not second.voice:
        return False
    if not second.contrast and not (first.voice and together) and not speaks_of:
        return False  # armies and police give figures of many things, one after the other
    return apart(first.figure, second.figure)


def _alike(document: Document, first: Count, second: Count) -> bool:
    """Whether two nouns mean the same people: those who died and "Tote", those who marched and "Teilnehmer"."""
    people = words("people") | _row("persons")
    if first.noun not in people | _row("marchers") | _row("dead") or second.noun is None:
        return False
    sentence = document.sentence_at(first.span.start)
    text = sentence.span.of(document.text).casefold() if sentence else ""
    if second.noun in _row("dead"):
        return first.noun in _row("dead") or any(word in text for word in _row("died"))
    return second.noun in _row("marchers") and any(word in text for word in _row("marched"))


def _conflict(document: Document, event: Event, first: Count, second: Count, chains: Chains) -> Conflict:
    origin = next((a.origin for a in event.accounts if a.member.article == document.article.id), "")
    sides = [
        Side(c.figure.evidence.exact, c.figure.evidence, chains.across(document, (c.voice,)), origin)
        for c in (first, second)
    ]
    small = close(first.figure, second.figure)
    grade = ConflictGrade.TENSION if small else ConflictGrade.CONTRADICTION
    reasons = ("figures:close" if small else "figures:apart", "figures:two-voices")
    return make_conflict(event.id, ConflictKind.NUMBER, first.noun or "", sides, (grade, reasons))


def _event_of(document: Document, counts: Sequence[Count], event_of: Mapping[Member, Event]) -> Event | None:
    """The event that has one of the figures, else the first told in the same sentence, else what these take part in."""
    article = document.article.id
    for has in (_has, _beside, partial(_right_before, document)):
        for count in counts:
            for mention in document.events:
                event = event_of.get(Member(article, mention.id))
                if event and has(mention, count):
                    return event
    return None


def _has(mention: EventMention, count: Count) -> bool:
    return any(quantity.span.overlaps(count.span) for quantity in mention.quantities)


def _beside(mention: EventMention, count: Count) -> bool:
    return mention.sentence.contains(count.span)


def _right_before(document: Document, mention: EventMention, count: Count) -> bool:
    """Whether the sentence before, of the same paragraph, tells an event of the kind that is counted so."""
    between = document.text[mention.sentence.end : count.span.start]
    if mention.event_type not in _COUNTED or mention.sentence.end > count.span.start or "\n" in between:
        return False
    sentence = document.sentence_at(count.span.start)
    return sentence is not None and not document.text[mention.sentence.end : sentence.start].strip()


def _counts(document: Document, sentence: Sentence) -> Iterator[Count]:
    tokens = document.tokens_in(sentence.span)
    low = [t.of(document.text).casefold() for t in tokens]
    for place, token in enumerate(tokens):
        value = value_of(low[place])
        if value is None:
            continue
        start, end = _segment(low, place)
        if set(low[start:place]) & (words("part") | words("updated")):
            continue
        noun = _noun(document, tokens, low, place)
        if noun is None and not _ends(tokens, low, place):
            continue
        if noun is not None and noun in _row("time"):
            continue
        voice = _voice(document, tokens[start:end], low[start:end], place - start, bare=noun is None)
        contrast = bool(set(low[start:end]) & _row("contrast"))
        known = _known(document, token)
        span = Span(known.start, known.end) if known else token.span
        ends = (known.low, known.high) if known else _range(low, place, value)
        article = document.article
        quoted = evidence(article.id, article.text, span, digest=article.text_sha256)
        lemmas = {(t.lemma or "").casefold() for t in tokens[start:end]}
        other = bool(lemmas & _row("verbs_of")) and low[max(start, place - 1)] == "von"
        yield Count(span, Figure(noun or "", *ends, quoted), noun, voice, contrast, other)


def _known(document: Document, token: Token) -> Quantity | None:
    """The quantity of an event that the annotation read at a number."""
    return next((q for m in document.events for q in m.quantities if q.span.overlaps(token.span)), None)


def _range(low: Sequence[str], place: int, value: float) -> tuple[float | None, float | None]:
    before = set(low[max(0, place - 2) : place])
    if before & {"mindestens", "wenigstens", "über", "mehr"}:
        return value, None
    if before & {"höchstens", "maximal"}:
        return None, value
    if before & words("rough"):
        return value * 0.9, value * 1.1
    return value, value


def _noun(document: Document, tokens: Sequence[Token], low: Sequence[str], place: int) -> str | None:
    """Casefolded lemma of the noun that a number counts, adjectives and a possessive before it passed over."""
    for at in range(place + 1, min(len(tokens), place + 1 + _REACH)):
        if tokens[at].upos == "NOUN":
            return (tokens[at].lemma or low[at]).casefold()
        if tokens[at].upos not in {"ADJ", "DET"}:
            return None
    return None


def _ends(tokens: Sequence[Token], low: Sequence[str], place: int) -> bool:
    """Whether a number without a noun ends its clause, but for a particle or verb ("räumt 40 ein")."""
    if place + 1 >= len(low) or low[place + 1] in {".", ";", ","}:
        return True
    particle = tokens[place + 1].upos in {"ADV", "VERB", "AUX", "ADP"} and low[place + 1].isalpha()
    return particle and (place + 2 >= len(low) or low[place + 2] in {".", ";", ","})


def _segment(low: Sequence[str], place: int) -> tuple[int, int]:
    start = next((at + 1 for at in range(place - 1, -1, -1) if low[at] in _BREAKS), 0)
    end = next((at for at in range(place + 1, len(low)) if low[at] in _BREAKS), len(low))
    return start, end


def _voice(
    document: Document, tokens: Sequence[Token], low: Sequence[str], place: int, *, bare: bool
) -> tuple[str, ...]:
    """Who gives a figure: after "laut", as the subject of a verb of counting, or right before a bare number."""
    named = [m for m in document.mentions if tokens and tokens[0].start <= m.start < tokens[-1].end]
    number = tokens[place]
    for at, word in enumerate(low):
        if word in _row("sources"):
            after = [m for m in named if m.start >= tokens[at].end and not m.span.overlaps(number.span)]
            return (after[0].entity,) if after else ()
    before = [m for m in named if m.end <= number.start and m.kind in _VOICES]
    lemmas = {(t.lemma or "").casefold() for t in tokens}
    counting = bool(lemmas & _row("verbs")) or (bool(lemmas & _row("verbs_of")) and "von" in low[:place])
    verbless = bare and not any(t.upos in {"VERB", "AUX"} for t in tokens)
    if before and (counting or verbless):
        return (before[0].entity,)
    for claim in document.claims:
        if claim.chain and any(part.contains(number.span) for part in claim.spans):
            return claim.chain[0]
    return ()


@cache
def _row(name: str) -> frozenset[str]:
    return frozenset(load(WORDS)["counted"][name].casefold().split())
