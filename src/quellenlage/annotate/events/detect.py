"""From sentences to events: triggers and what they tell; then one event per happening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quellenlage.annotate.events.arguments import Phrase, phrases
from quellenlage.annotate.events.clauses import Clause, clauses
from quellenlage.annotate.events.completing import complete, in_one_place
from quellenlage.annotate.events.context import Context, Index
from quellenlage.annotate.events.dealing import deal
from quellenlage.annotate.events.margins import Margins
from quellenlage.annotate.events.merge import Known, heads_as_told, merge
from quellenlage.annotate.events.quantities import find_amounts
from quellenlage.annotate.events.telling import event_of
from quellenlage.annotate.events.triggers import Trigger, find_triggers, particle_of
from quellenlage.annotate.events.words import Word, sentence_words
from quellenlage.model import Document, EntityKind, EventMention, Factuality, Sentence, ZoneKind, fold

_LONGEST_SENTENCE = 400
"""Words beyond which a "sentence" is a table or broken markup; it is not read for events."""
_DYING = "DEATH"
_SHORT = 3
"""Letters of words that say nothing of a place ("von", "bei", "der")."""


def detect_events(document: Document) -> Document:
    """Write the `events` layer."""
    kinds = {entity.id: entity.kind for entity in document.entities}
    margins = Margins(document)
    index = Index.of(document, kinds, margins.running(document.timexes))
    told: list[tuple[EventMention, frozenset[str]]] = []
    before: Sentence | None = None
    for sentence in document.read_sentences():
        if any(notice.start <= sentence.start < notice.end for notice in document.article.notices):
            continue  # a note on what was wrong before is no report
        if margins.caption(sentence):
            continue
        told += _in_sentence(document, sentence, before, index)
        before = sentence
    dct = document.article.dct
    known = Known(kinds, place_words(document), dct.interval if dct else None, state_words(document))
    heads = [zone.span for zone in document.article.zones if zone.kind is ZoneKind.HEADLINE]
    events = merge(heads_as_told(complete(told, document.text), heads, known), known)
    events = [_with_the_dead(event, document) for event in in_one_place(events, document.text, _towns(document))]
    events.sort(key=lambda event: event.trigger)
    return replace(document, events=tuple(replace(event, id=f"v{n}") for n, event in enumerate(events, start=1)))


def _with_the_dead(event: EventMention, document: Document) -> EventMention:
    """The dead that are counted, where the trigger is their name and nobody else undergoes it: "drei Tote bei Brand".

    Only once all is told: one article gives the dead of one happening several names.
    """
    if event.event_type != _DYING or event.recipients or event.factuality is Factuality.DENIED:
        return event
    named = [m for m in document.mentions if m.span.contains(event.trigger) and m.kind is EntityKind.GRP]
    return replace(event, recipients=(named[0].entity,)) if named else event


def _in_sentence(
    document: Document, sentence: Sentence, before: Sentence | None, index: Index
) -> Iterator[tuple[EventMention, frozenset[str]]]:
    words = sentence_words(document, sentence)
    if not words or len(words) > _LONGEST_SENTENCE:
        return
    found = clauses(words)
    triggers = [trigger for clause in found for trigger in find_triggers(clause)]
    if not triggers:
        return
    span = sentence.span
    context = Context(
        document=document,
        sentence=sentence,
        before=before,
        words=words,
        mentions=[m for m in index.mentions.over(span) if span.contains(m.span)],
        claims=[c for c in index.claims.over(span) if any(s.overlaps(span) for s in c.spans)],
        quotations=[q for q in index.quotations.over(span) if any(s.overlaps(span) for s in (*q.quote, *q.cue))],
        timexes=index.timexes,
        kinds=index.kinds,
        named=index.named,
        roles=index.roles,
    )
    amounts = list(find_amounts(words))
    subjects: dict[int, list[Phrase]] = {}
    for number, clause in enumerate(found):
        told = phrases(index.named, clause, context.mentions, ())
        subjects[number] = [p for p in told if not p.preposition and not p.genitive][:1]
    for trigger, own in zip(triggers, deal(context.roles, words, triggers, amounts), strict=True):
        number = found.index(trigger.clause)
        inherited = _inherited(trigger.clause, number, found, subjects)
        mention = event_of(context, trigger, inherited, own)
        if mention:
            yield mention, frozenset(_lemma(trigger, word) for word in (trigger.word, *trigger.also))


def _lemma(trigger: Trigger, word: Word) -> str:
    """Lemma of a word of the trigger, of a verb with its separated particle: "greift ... an" is "angreifen"."""
    particle = particle_of(trigger.clause, word) if word.is_verb else None
    return word.lemma if particle is None or word.lemma.startswith(particle.low) else particle.low + word.lemma


def _inherited(
    clause: Clause, number: int, found: Sequence[Clause], subjects: dict[int, list[Phrase]]
) -> Sequence[Phrase]:
    """Subject of a clause that has none: of the clause it is joined to by "und"."""
    if clause.shares_subject_with >= 0:
        return subjects.get(clause.shares_subject_with, ())
    return ()


def _towns(document: Document) -> frozenset[str]:
    """Towns and regions that the article names; no states, and no buildings or other sites."""
    states = {reading.entity for reading in document.places if (reading.key or "").startswith("state:")}
    named = {m.entity for m in document.mentions if m.form == "name" and m.kind is EntityKind.GPE}
    return frozenset(named - states)


def state_words(document: Document) -> dict[str, frozenset[str]]:
    """For each place within one state the folded words of that state's name, where the article names it."""
    words = place_words(document)
    named = {reading.key: words.get(reading.entity, frozenset()) for reading in document.places if reading.key}
    return {
        reading.entity: named.get(f"state:{reading.state[0]}", frozenset())
        for reading in document.places
        if len(reading.state) == 1 and not (reading.key or "").startswith("state:")
    }


def place_words(document: Document) -> dict[str, frozenset[str]]:
    """Folded words of each place that has a name of its own."""
    named = {mention.entity for mention in document.mentions if mention.form == "name"}
    return {
        entity.id: frozenset(word for word in fold(entity.name).split() if len(word) > _SHORT)
        for entity in document.entities
        if entity.kind in {EntityKind.GPE, EntityKind.LOC} and entity.id in named
    }
