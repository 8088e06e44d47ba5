"""Events: found by type and trigger, then who, whom, where, when, whether, and how many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from quellenlage.evaluation import claims, gold, spans
from quellenlage.evaluation.arguments import Arguments, count_quantities
from quellenlage.evaluation.assignment import assign
from quellenlage.evaluation.gold import Case, GoldEvent
from quellenlage.evaluation.matching import meanings, translated
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, worst
from quellenlage.evaluation.values import same_value
from quellenlage.model import AUTHOR, Document, EventMention, Span

Pairing = list[tuple[int, int]]

_RIGHT: dict[str, Callable[[GoldEvent, EventMention], bool]] = {
    "time": lambda g, e: same_value(g.time, e.time),
    "factuality": lambda g, e: g.factuality == e.factuality,
    "author-or-claim": lambda g, e: (g.word_of == AUTHOR) == (e.word_of == AUTHOR),
}
"""What can be right about an event whose trigger was found, counted over all events."""


def triggered(gold_event: GoldEvent, event: EventMention) -> bool:
    """Whether our event tells the gold one at the same words, in its trigger or a further place."""
    return any(place.overlaps(gold_event.trigger) for place in (event.trigger, *event.also))


def same_sentence(document: Document, gold_event: GoldEvent, event: EventMention) -> bool:
    """Whether our event is told in the sentence of the gold trigger."""
    if event.sentence.overlaps(gold_event.trigger):
        return True
    sentence = document.sentence_at(gold_event.trigger.start)
    return sentence is not None and any(place.overlaps(sentence.span) for place in event.also)


def by_trigger(case: Case) -> Pairing:
    """Pair events by their words; among several at the same words the one of the same type."""
    return assign(
        case.gold.events,
        case.document.events,
        lambda g, e: (1.0 + 0.5 * (g.type == e.event_type)) if triggered(g, e) else 0.0,
    )


def strictly(case: Case) -> Pairing:
    """Pair events of the same type at the same words."""
    return assign(
        case.gold.events,
        case.document.events,
        lambda g, e: 1.0 if g.type == e.event_type and triggered(g, e) else 0.0,
    )


def relaxedly(case: Case) -> Pairing:
    """Pair events of the same type in the same sentence, those at the same words first."""
    return assign(
        case.gold.events,
        case.document.events,
        lambda g, e: (
            1.0 + 0.5 * triggered(g, e) if g.type == e.event_type and same_sentence(case.document, g, e) else 0.0
        ),
    )


@dataclass(slots=True)
class Tally:
    """Counts over articles."""

    strict: Counter = field(default_factory=Counter)
    relaxed: Counter = field(default_factory=Counter)
    trigger: Counter = field(default_factory=Counter)
    types: dict[str, Counter] = field(default_factory=dict)
    whole: dict[str, Counter] = field(default_factory=dict)
    arguments: Arguments = field(default_factory=Arguments)

    def add(self, case: Case) -> list[Miss]:
        """Count one article and return its errors."""
        expected, found = case.gold.events, case.document.events
        strict, relaxed, trigger = strictly(case), relaxedly(case), by_trigger(case)
        for counter, paired in ((self.strict, strict), (self.relaxed, relaxed), (self.trigger, trigger)):
            counter.add(len(paired), len(found), len(expected))
        for item in expected:
            self.types.setdefault(item.type, Counter()).add(0, 0, 1)
        for event in found:
            self.types.setdefault(event.event_type, Counter()).add(0, 1, 0)
        for i, _ in strict:
            self.types[expected[i].type].add(1, 0, 0)
        means = meanings(case.gold.entities, case.document)
        self._whole(case, trigger, means)
        claim_of = {pair.found.id: pair.gold.id for pair in claims.pairs(case)}
        for i, j in trigger:
            self.arguments.add(case, expected[i], found[j], means)
            self.arguments.add_words(expected[i], found[j], claim_of)
        return _misses(case, trigger)

    def _whole(self, case: Case, trigger: Pairing, means: dict[str, str]) -> None:
        """Count over all events, found or not: attributes, participants, places, numbers."""
        expected, found = case.gold.events, case.document.events
        pairs = [(expected[i], found[j]) for i, j in trigger]
        counted = {
            label: Counter(sum(right(g, e) for g, e in pairs), len(found), len(expected))
            for label, right in _RIGHT.items()
        }
        counted["place"] = Counter(
            sum(e.place is not None and translated((e.place,), means) == {g.place} for g, e in pairs),
            sum(e.place is not None for e in found),
            sum(g.place is not None for g in expected),
        )
        counted["participants"] = Counter(
            sum(len(_ours(e, means) & _theirs(g)) for g, e in pairs),
            sum(len(_ours(e, means)) for e in found),
            sum(len(_theirs(g)) for g in expected),
        )
        numbers = Counter()
        for g, e in pairs:
            count_quantities(numbers, Counter(), g.quantities, e.quantities)
        counted["quantities"] = Counter(
            numbers.hits, sum(len(e.quantities) for e in found), sum(len(g.quantities) for g in expected)
        )
        for label, counter in counted.items():
            self.whole.setdefault(label, Counter()).include(counter)

    def metrics(self, guess: Counter) -> list[Metric]:
        """All figures; what belongs to an event only of those whose trigger was found, whatever their type."""
        listed = self.strict.metrics("found", trivial=guess.f1)
        listed += self.relaxed.metrics("found-in-sentence")
        listed += self.trigger.metrics("trigger")
        for type_, counter in sorted(self.types.items()):
            listed += counter.metrics(f"found.{type_}")
        for label, counter in self.whole.items():
            listed += counter.metrics(f"all-events.{label}")
        return listed + self.arguments.metrics()


def _ours(event: EventMention, means: dict[str, str]) -> set[tuple[str, str]]:
    roles = (("actor", event.actors), ("recipient", event.recipients))
    return {(role, entity) for role, ids in roles for entity in translated(ids, means)}


def _theirs(event: GoldEvent) -> set[tuple[str, str]]:
    roles = (("actor", event.actors), ("recipient", event.recipients))
    return {(role, entity) for role, ids in roles for entity in ids}


def _misses(case: Case, trigger: Pairing) -> list[Miss]:
    name, expected, found = case.gold.name, case.gold.events, case.document.events
    matched, used = {i for i, _ in trigger}, {j for _, j in trigger}

    def miss(span: Span, want: str, have: str) -> Miss:
        return Miss(name, span.start, span.end, want, have)

    missing = [miss(g.trigger, g.type, "nothing") for i, g in enumerate(expected) if i not in matched]
    missing += [miss(e.trigger, "nothing", e.event_type) for j, e in enumerate(found) if j not in used]
    return missing + [
        miss(expected[i].trigger, expected[i].type, found[j].event_type)
        for i, j in trigger
        if expected[i].type != found[j].event_type
    ]


def every_finite_verb(cases: Sequence[Case]) -> Counter:
    """Score a guess without knowledge: every finite verb tells an event of the most frequent type."""
    types = [event.type for case in cases for event in case.gold.events]
    common = max(sorted(set(types)), key=types.count, default="")
    total = Counter()
    for case in cases:
        want = [(e.trigger.start, e.trigger.end, e.type) for e in case.gold.events]
        verbs = [t for t in case.document.tokens if t.upos == "VERB" and "VerbForm=Fin" in (t.feats or "")]
        total.include(spans.relaxed(want, [(t.start, t.end, common) for t in verbs]))
    return total


def score(cases: Sequence[Case]) -> tuple[list[Metric], list[Miss]]:
    """Score the events of some articles."""
    tally = Tally()
    misses = [miss for case in cases for miss in tally.add(case)]
    return tally.metrics(every_finite_verb(cases)), misses


def evaluate() -> SuiteResult:
    """Score events against the gold folder."""
    metrics, misses = score(list(gold.cases()))
    return SuiteResult(
        name="events-gold",
        metrics=tuple(metrics),
        worst=worst(misses),
        data_sha256=gold.data_sha256(),
        notes=(
            "found: same type, and the trigger or a further place overlaps the gold trigger",
            "participants, time and the rest are scored on the events whose trigger was found, whatever their type",
            "trivial: every finite verb of the most frequent type; the entity named last; no place, no time",
        ),
    )
