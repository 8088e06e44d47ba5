"""What belongs to an event that was found: who, whom, where, when, whether, on whose word, how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quellenlage.evaluation.assignment import assign
from quellenlage.evaluation.gold import Case, GoldEvent, GoldQuantity
from quellenlage.evaluation.matching import translated
from quellenlage.evaluation.results import Accuracy, Counter, Metric, rate
from quellenlage.evaluation.values import same_value, within
from quellenlage.model import AUTHOR, Document, EventMention, Quantity


@dataclass(slots=True)
class Arguments:
    """Counts over pairs of events at the same words."""

    actors: Counter = field(default_factory=Counter)
    recipients: Counter = field(default_factory=Counter)
    participants: Counter = field(default_factory=Counter)
    nearest: Counter = field(default_factory=Counter)
    place: Counter = field(default_factory=Counter)
    place_right: int = 0
    placeless: int = 0
    time: Counter = field(default_factory=Counter)
    time_right: int = 0
    timeless: int = 0
    within: int = 0
    quantities: Counter = field(default_factory=Counter)
    figures: Counter = field(default_factory=Counter)
    factuality: Accuracy = field(default_factory=Accuracy)
    word_of: Accuracy = field(default_factory=Accuracy)
    same_claim: int = 0
    both_claims: int = 0
    cases: int = 0

    def add(self, case: Case, expected: GoldEvent, event: EventMention, means: dict[str, str]) -> None:
        """Count one pair."""
        self.cases += 1
        actors, recipients = translated(event.actors, means), translated(event.recipients, means)
        self.actors.add(len(actors & expected.actors), len(actors), len(expected.actors))
        self.recipients.add(len(recipients & expected.recipients), len(recipients), len(expected.recipients))
        ours, theirs = actors | recipients, expected.actors | expected.recipients
        self.participants.add(len(ours & theirs), len(ours), len(theirs))
        guess = _nearest_name(case.document, event, means)
        self.nearest.add(len(guess & expected.actors), len(guess), len(expected.actors))
        place = next(iter(translated((event.place,), means)), None) if event.place else None
        self.place_right += place == expected.place
        self.placeless += expected.place is None
        hit = place is not None and place == expected.place
        self.place.add(hit, place is not None, expected.place is not None)
        self._add_time(expected, event)
        self.factuality.add(expected.factuality, str(event.factuality))
        count_quantities(self.quantities, self.figures, expected.quantities, event.quantities)

    def _add_time(self, expected: GoldEvent, event: EventMention) -> None:
        same = same_value(expected.time, event.time)
        self.time_right += same
        self.timeless += expected.time is None
        self.time.add(same and event.time is not None, event.time is not None, expected.time is not None)
        self.within += within(expected.time, event.interval)

    def add_words(self, expected: GoldEvent, event: EventMention, claim_of: dict[str, str]) -> None:
        """Count on whose word one pair stands; `claim_of` maps our claims to gold claims."""
        gold_side = AUTHOR if expected.word_of == AUTHOR else "claim"
        our_side = AUTHOR if event.word_of == AUTHOR else "claim"
        self.word_of.add(gold_side, our_side)
        if gold_side == our_side == "claim":
            self.both_claims += 1
            self.same_claim += claim_of.get(event.word_of) == expected.word_of

    def metrics(self) -> list[Metric]:
        """All figures."""
        none_place = self.placeless / self.cases if self.cases else 0.0
        none_time = self.timeless / self.cases if self.cases else 0.0
        dated = self.cases - self.timeless
        return [
            *self.actors.metrics("actors", trivial=self.nearest.f1),
            *self.recipients.metrics("recipients", trivial=0.0),
            *self.participants.metrics("participants", trivial=0.0),
            rate("place.accuracy", self.place_right, self.cases, trivial=none_place),
            *self.place.metrics("place"),
            rate("time.accuracy", self.time_right, self.cases, trivial=none_time),
            *self.time.metrics("time"),
            rate("time-interval-contains.recall", self.within, dated),
            *self.factuality.metrics("factuality"),
            *self.word_of.metrics("word-of"),
            rate("word-of-same-claim.accuracy", self.same_claim, self.both_claims),
            *self.quantities.metrics("quantities", trivial=0.0),
            *self.figures.metrics("quantities-any-range", trivial=0.0),
        ]


def _nearest_name(document: Document, event: EventMention, means: dict[str, str]) -> frozenset[str]:
    """Guess as the actor what is mentioned last before the trigger in its sentence."""
    before = [m for m in document.mentions if event.sentence.start <= m.start and m.end <= event.trigger.start]
    last = max(before, key=lambda m: m.start, default=None)
    return translated((last.entity,), means) if last else frozenset()


def count_quantities(
    exact: Counter, placed: Counter, expected: Sequence[GoldQuantity], found: Sequence[Quantity]
) -> None:
    """Count the numbers of one event: `exact` with their range, `placed` wherever the words overlap."""
    pairs = assign(
        expected,
        found,
        lambda g, q: (1.0 + ((g.low, g.high) == (q.low, q.high))) if g.span.overlaps(q.span) else 0.0,
    )
    same = sum((expected[i].low, expected[i].high) == (found[j].low, found[j].high) for i, j in pairs)
    exact.add(same, len(found), len(expected))
    placed.add(len(pairs), len(found), len(expected))
