"""From sentences to events: triggers, their arguments, time, factuality and numbers; then one event per happening."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from quellenlage.annotate.events.arguments import Arguments, Phrase, assign, phrases
from quellenlage.annotate.events.clauses import Clause, clauses
from quellenlage.annotate.events.completing import complete
from quellenlage.annotate.events.dealing import deal
from quellenlage.annotate.events.factuality import RULING_OUT, factuality
from quellenlage.annotate.events.lexicon import Pattern
from quellenlage.annotate.events.merge import Known, merge
from quellenlage.annotate.events.quantities import Amount, find_amounts
from quellenlage.annotate.events.reading import meets_nobody, read
from quellenlage.annotate.events.roles import Roles
from quellenlage.annotate.events.times import When, ahead, of_agreement, present, when
from quellenlage.annotate.events.tree import Tree
from quellenlage.annotate.events.triggers import Trigger, find_triggers
from quellenlage.annotate.events.words import Word, sentence_words
from quellenlage.model import (
    AUTHOR,
    Claim,
    Document,
    EntityKind,
    EventMention,
    Factuality,
    Mention,
    Polarity,
    Quantity,
    Quotation,
    QuotationType,
    Sentence,
    Span,
    fold,
    hull,
)

T = TypeVar("T")
_SPEECH_ACTS = frozenset({"REQUEST", "THREATEN", "ACCUSE", "REJECT", "AGREE", "SUPPORT", "CONCEDE", "CONSULT"})
_LONGEST_SENTENCE = 400
"""Words beyond which a "sentence" is a table or broken markup; it is not read for events."""

_BASE_SCORE = 0.4
_SHORT = 3
"""Letters of words that say nothing of a place ("von", "bei", "der")."""

_TOLD = frozenset({Factuality.HAPPENED, Factuality.ONGOING, Factuality.PLANNED})
_ANTECEDENT = 3
"""Code points between a noun and the relative clause that is on it: comma and space."""

_PRONOUNS = {
    "er": frozenset({EntityKind.PER, EntityKind.GRP}),
    "sie": frozenset({EntityKind.PER, EntityKind.GRP, EntityKind.ORG}),
    "es": frozenset({EntityKind.ORG, EntityKind.GPE}),
    "wir": frozenset(EntityKind),
    "ich": frozenset({EntityKind.PER, EntityKind.GRP}),
    "man": frozenset(EntityKind),
}
"""Subject pronouns and the kinds of speakers that they can mean."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What of the document concerns one sentence."""

    document: Document
    sentence: Sentence
    before: Sentence | None
    words: list[Word]
    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    quotations: Sequence[Quotation]
    kinds: dict[str, EntityKind]
    roles: Roles | None


def place_words(document: Document) -> dict[str, frozenset[str]]:
    """Folded words of each place that has a name of its own."""
    named = {mention.entity for mention in document.mentions if mention.form == "name"}
    return {
        entity.id: frozenset(word for word in fold(entity.name).split() if len(word) > _SHORT)
        for entity in document.entities
        if entity.kind in {EntityKind.GPE, EntityKind.LOC} and entity.id in named
    }


@dataclass(frozen=True, slots=True)
class _Act:
    """Who performs an act of speech, and the quotations and claims that it introduces."""

    speakers: tuple[str, ...]
    introduced: frozenset[str]


class _Over(Generic[T]):
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
class _Index:
    """Layers of the document by place."""

    mentions: _Over[Mention]
    claims: _Over[Claim]
    quotations: _Over[Quotation]
    kinds: dict[str, EntityKind]
    roles: Roles | None

    @classmethod
    def of(cls, document: Document, kinds: dict[str, EntityKind]) -> _Index:
        tree = Tree(document)
        return cls(
            _Over(document.mentions, lambda m: m.span),
            _Over([c for c in document.claims if not _is_position(c)], lambda c: hull(c.spans)),
            _Over(document.quotations, lambda q: hull((*q.quote, *q.cue))),
            kinds,
            Roles(document, tree, document.quotations) if tree.known else None,
        )


def detect_events(document: Document) -> Document:
    """Write the `events` layer."""
    kinds = {entity.id: entity.kind for entity in document.entities}
    index = _Index.of(document, kinds)
    told: list[tuple[EventMention, frozenset[str]]] = []
    before: Sentence | None = None
    for sentence in document.read_sentences():
        if any(notice.start <= sentence.start < notice.end for notice in document.article.notices):
            continue  # a note on what was wrong before is no report
        told += _in_sentence(document, sentence, before, index)
        before = sentence
    dct = document.article.dct
    events = merge(complete(told, document.text), Known(kinds, place_words(document), dct.interval if dct else None))
    events.sort(key=lambda event: event.trigger)
    return replace(document, events=tuple(replace(event, id=f"v{n}") for n, event in enumerate(events, start=1)))


def _in_sentence(
    document: Document, sentence: Sentence, before: Sentence | None, index: _Index
) -> Iterator[tuple[EventMention, frozenset[str]]]:
    words = sentence_words(document, sentence)
    if not words or len(words) > _LONGEST_SENTENCE:
        return
    span = sentence.span
    context = _Context(
        document=document,
        sentence=sentence,
        before=before,
        words=words,
        mentions=[m for m in index.mentions.over(span) if span.contains(m.span)],
        claims=[c for c in index.claims.over(span) if any(s.overlaps(span) for s in c.spans)],
        quotations=[q for q in index.quotations.over(span) if any(s.overlaps(span) for s in (*q.quote, *q.cue))],
        kinds=index.kinds,
        roles=index.roles,
    )
    found = clauses(words)
    amounts = list(find_amounts(words))
    triggers = [trigger for clause in found for trigger in find_triggers(clause)]
    subjects: dict[int, list[Phrase]] = {}
    for number, clause in enumerate(found):
        told = phrases(document, clause, context.mentions, ())
        subjects[number] = [p for p in told if not p.preposition and not p.genitive][:1]
    for trigger, own in zip(triggers, deal(context.roles, words, triggers, amounts), strict=True):
        number = found.index(trigger.clause)
        inherited = _inherited(trigger.clause, number, found, subjects)
        mention = _mention(context, trigger, inherited, own)
        if mention:
            yield mention, frozenset(word.lemma for word in (trigger.word, *trigger.also))


def _inherited(
    clause: Clause, number: int, found: Sequence[Clause], subjects: dict[int, list[Phrase]]
) -> Sequence[Phrase]:
    """Subject of a clause that has none: of the clause it is joined to by "und"."""
    if clause.shares_subject_with >= 0:
        return subjects.get(clause.shares_subject_with, ())
    return ()


def _mention(
    context: _Context, trigger: Trigger, inherited: Sequence[Phrase], amounts: Sequence[Amount]
) -> EventMention | None:
    act = _act(context, trigger)
    claim = _claim_around(context, trigger, act)
    how = factuality(trigger, claim)
    if how in _TOLD and claim is None and context.words[-1].form == "?":
        how = Factuality.HYPOTHETICAL  # the author asks
    if how in _TOLD and _by_nobody(context, claim):
        how = Factuality.ALLEGED
    if how is None or (act and trigger.reading.event_type == "CONSULT"):
        return None
    barred = _frames(context, trigger, act)
    told = phrases(context.document, trigger.clause, context.mentions, barred)
    speaker = _antecedent(context, trigger) if trigger.clause.relative else _speaking_subject(context, trigger, claim)
    arguments = assign(trigger, told, inherited, pronoun=speaker is not None)
    if speaker and not arguments.actors:
        arguments = _with_subject(trigger, arguments, speaker)
    completed: tuple[str, ...] = ()
    if context.roles is not None and meets_nobody(context.roles, trigger):
        return None
    if context.roles is not None:
        arguments, completed = read(context.roles, trigger, arguments, barred)
        if (
            speaker
            and how is not Factuality.HYPOTHETICAL
            and trigger.reading.symmetric
            and not trigger.noun
            and not trigger.passive
        ):
            # "sie sei bereit, mit X zusammenzuarbeiten": who speaks is the other side.
            arguments = replace(arguments, actors=tuple(dict.fromkeys((*speaker, *arguments.actors))))
    if act and not arguments.actors:
        arguments = replace(arguments, actors=act.speakers)
    told_in = claim.spans if claim and not act else None
    before = context.before.span if context.before else None
    time = when(trigger, context.sentence.span, context.document.timexes, context.document.text, told_in, before)
    dct = context.document.article.dct
    if of_agreement(trigger, time, how, dct):
        time = When()
    if time == When():
        time = present(dct, how, (word.low for word in trigger.clause.words))
    time, how = ahead(trigger, time, how, dct)
    quantities = tuple(_quantity(context, amount, claim) for amount in amounts)
    ruled_out = how is Factuality.DENIED and _rules_out(claim)
    if not (trigger.told or ruled_out or arguments.actors or arguments.recipients or arguments.place or quantities):
        return None
    score, reasons = _score(trigger, arguments, time, quantities)
    return EventMention(
        id="v",
        event_type=trigger.reading.event_type,
        trigger=trigger.word.token.span,
        sentence=context.sentence.span,
        actors=arguments.actors,
        recipients=arguments.recipients,
        place=arguments.place,
        time=time.value,
        earliest=time.earliest,
        latest=time.latest,
        factuality=how,
        word_of=claim.id if claim else AUTHOR,
        also=tuple(sorted({word.token.span for word in (*trigger.also, *trigger.parts)})),
        quantities=quantities,
        score=score,
        reasons=(*reasons, *completed),
    )


def _is_position(claim: Claim) -> bool:
    """Whether the author tells what somebody holds ("lehnt die Mission ab"): its events are on the author's word.

    What somebody rules out ("schließt einen Anschlag aus") is denied on the word of that one.
    """
    return any(reason.startswith("told:") for reason in claim.reasons) and not _rules_out(claim)


def _rules_out(claim: Claim | None) -> bool:
    return claim is not None and any(f"told:{verb}" in map(str.casefold, claim.reasons) for verb in RULING_OUT)


def _act(context: _Context, trigger: Trigger) -> _Act | None:
    """Whether the trigger is the saying itself ("wies zurück", "drohte"): the speaker acts, on the author's word."""
    if trigger.reading.event_type not in _SPEECH_ACTS:
        return None
    span = trigger.word.token.span
    said = [q for q in context.quotations if any(cue.overlaps(span) for cue in q.cue)]
    held = [c for c in context.claims if any(cue.overlaps(span) for cue in c.cue) or _tells_itself(c, trigger)]
    said += [q for q in context.quotations if any(c.quotation == q.id for c in held)]
    if not said and not held:
        return None
    speakers = said[0].speaker_entities if said else ()
    if not speakers and held and held[0].chain:
        speakers = held[0].chain[0]
    return _Act(speakers, frozenset([*(q.id for q in said), *(c.id for c in held)]))


def _by_nobody(context: _Context, claim: Claim | None) -> bool:
    """Whether the words are quoted and no speaker is named at all, as in a list of voices from the net."""
    if claim is None or claim.chain:
        return False
    quotation = next((q for q in context.quotations if q.id == claim.quotation), None)
    return quotation is not None and quotation.type is QuotationType.DIRECT and not quotation.speaker


def _tells_itself(claim: Claim, trigger: Trigger) -> bool:
    """Whether the claim is the whole sentence that tells the act: "Das Ministerium wies den Bericht zurück."

    It then has no cue of its own, and its speaker stands inside it, in the trigger's clause.
    """
    if trigger.noun or claim.cue or not any(part.contains(trigger.word.token.span) for part in claim.spans):
        return False
    here = [word.token.span for word in trigger.clause.words]
    return any(
        part.contains(name) and any(name.overlaps(word) for word in here)
        for name in claim.chain_spans
        for part in claim.spans
    )


def _speaking_subject(context: _Context, trigger: Trigger, claim: Claim | None) -> tuple[str, ...] | None:
    """Whom a pronoun as subject means: within somebody's words, "er" and "es" are the speaker as a rule.

    Nothing where the clause has no such pronoun; empty where it has one but nobody is known to speak.
    """
    pronouns = [word.low for word in trigger.clause.words if word.low in _PRONOUNS]
    joined = trigger.reading.symmetric and any(word.low == "mit" for word in trigger.clause.words)
    if not pronouns and joined and not trigger.noun and not trigger.clause.conjunction:
        pronouns = [word.low for word in trigger.clause.governor if word.low in _PRONOUNS]
    if not pronouns:
        return None
    if claim is None or not claim.chain or claim.quotation is None:
        return ()
    kinds = {context.kinds[one] for one in claim.chain[0]}
    return claim.chain[0] if kinds <= _PRONOUNS[pronouns[0]] else ()


def _antecedent(context: _Context, trigger: Trigger) -> tuple[str, ...] | None:
    """Whom a relative pronoun in the nominative means: the name or noun right before the clause."""
    if trigger.clause.words[0].low not in {"der", "die", "das", "welcher", "welche", "welches"}:
        return None
    start = trigger.clause.words[0].token.start
    before = [m for m in context.mentions if m.end <= start]
    last = max(before, key=lambda m: (m.end, m.start), default=None)
    return (last.entity,) if last and start - last.end <= _ANTECEDENT else None


def _with_subject(trigger: Trigger, arguments: Arguments, subject: tuple[str, ...]) -> Arguments:
    undergoes = trigger.reading.pattern is Pattern.UNDERGOES or trigger.passive
    return replace(arguments, recipients=subject) if undergoes else replace(arguments, actors=subject)


def _claim_around(context: _Context, trigger: Trigger, act: _Act | None) -> Claim | None:
    """Return the narrowest claim that tells the event, but none that the event itself puts forward."""
    span = trigger.word.token.span
    own = act.introduced if act else frozenset()
    around = [c for c in context.claims if c.id not in own and any(s.contains(span) for s in c.spans)]
    around = [c for c in around if not _on_speaker(context, trigger, c)]
    # Of a report and its denial over the same words, the event is what is denied.
    return min(around, key=lambda c: (c.end - c.start, c.polarity is not Polarity.DENIED, c.id), default=None)


def _on_speaker(context: _Context, trigger: Trigger, claim: Claim) -> bool:
    """Whether a relative clause on the speaker tells it: "Die USA, die dort Angriffe fliegen, warnten Russland"."""
    if context.roles is None:
        return False
    tree = context.roles.tree
    at = tree.at(trigger.word.token.span)
    for step in (at, *tree.above(at)):
        head = tree.head(step)
        if head is not None and tree.relation(step).startswith("acl"):
            named = context.roles.mention(head)
            return named is not None and any(named.entity in link for link in claim.chain) and step > head
    return False


def _frames(context: _Context, trigger: Trigger, act: _Act | None) -> list[Span]:
    """Words that name on whose word the trigger is told: no participants of what is told."""
    at = trigger.word.token.span
    beside = [c for c in context.claims if _on_speaker(context, trigger, c)]
    own = act.introduced if act else frozenset()
    own |= {c.id for c in beside} | {c.quotation for c in beside if c.quotation}
    frames = [
        span
        for q in context.quotations
        if q.id not in own and any(part.contains(at) for part in q.quote)
        for span in (*q.speaker, *q.addressee)
    ]
    frames += [
        span
        for c in context.claims
        if c.id not in own and any(part.contains(at) for part in c.spans)
        for span in (*c.chain_spans, *c.addressee)
    ]
    return frames


def _quantity(context: _Context, amount: Amount, claim: Claim | None) -> Quantity:
    return Quantity(
        start=amount.span.start,
        end=amount.span.end,
        low=amount.low,
        high=amount.high,
        unit=amount.unit,
        word_of=claim.id if claim else AUTHOR,
    )


def _score(
    trigger: Trigger, arguments: Arguments, time: When, quantities: Sequence[Quantity]
) -> tuple[float, tuple[str, ...]]:
    parts = {
        "verb": 0.0 if trigger.noun else 0.1,
        "actors": 0.15 * min(2, len(arguments.actors)),
        "recipients": 0.1 * bool(arguments.recipients),
        "place": 0.15 * bool(arguments.place),
        "time": 0.15 * bool(time.earliest),
        "quantity": 0.1 * bool(quantities),
    }
    reasons = tuple(name for name, weight in parts.items() if weight)
    return round(min(1.0, _BASE_SCORE + sum(parts.values())), 2), (f"trigger:{trigger.word.lemma}", *reasons)
