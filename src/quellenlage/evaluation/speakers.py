"""Speakers: whether the one whose words they are is the right entity of the article.

Two questions are kept apart. `given`: the quotations and the words that name their speakers are those of the corpus,
and only the way from words to entity is ours. `found`: all is ours, scored on the quotations that we found.

Our entities are aligned one to one with the gold ones, by the mentions that they share: a pronoun or noun that is made
an entity of its own does not count as the person it means. `given-shared` counts it where it is: each entity of ours
stands for the gold entity that it shares most mentions with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quellenlage.annotate.quotations.speakers import Phrase, resolve_all
from quellenlage.evaluation import data, gold
from quellenlage.evaluation.assignment import assign
from quellenlage.evaluation.gold import Case, GoldArticle, GoldEntity
from quellenlage.evaluation.matching import covered, meanings, overlap, shared_mentions, translated, words
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, rate, worst
from quellenlage.model import Document, EntityKind, Span

FORMS = ("name", "noun", "pronoun", "other")
"""How the speaker is named: by the gold mention in the phrase; `other` where the gold has no mention there."""
ENOUGH = 0.5
"""Token F1 from which a quotation counts as found."""


@dataclass(frozen=True, slots=True)
class Told:
    """A gold quotation: its words, the words that name its speaker, and whom they mean (empty: nobody known)."""

    phrase: Phrase
    entities: frozenset[str]
    form: str


def told(article: GoldArticle, raw: Mapping[str, Any]) -> list[Told]:
    """The gold quotations of one article in the order of the text; `raw` is its record in the quotation corpus."""
    speakers = {claim.spans: claim.chain[0] if claim.chain else frozenset[str]() for claim in article.claims}
    items = sorted(raw["annotations"], key=lambda item: _order(_spans(item["quote"])))
    items = [item for item in items if tuple(_spans(item["quote"])) in speakers]
    quotes = [_spans(item["quote"]) for item in items]
    found = []
    for item, quote in zip(items, quotes, strict=True):
        speaker, entities = _spans(item["speaker"]), speakers[tuple(quote)]
        found.append(Told(Phrase(speaker, quote, _spans(item["cue"])), entities, form_of(article, speaker, entities)))
    return found


def _order(spans: Sequence[Span]) -> tuple[int, int]:
    return spans[0].start, -spans[-1].end


def _spans(raw: Mapping[str, Any]) -> list[Span]:
    return sorted(Span(item["charBegin"], item["charEnd"]) for item in raw["spans"])


def form_of(article: GoldArticle, speaker: Sequence[Span], entities: frozenset[str]) -> str:
    """How the phrase names the speaker; a name beside a noun ("Minister X") is a name."""
    forms = {
        mention.form
        for entity in article.entities
        if entity.id in entities
        for mention in entity.mentions
        if any(span.overlaps(Span(mention.start, mention.end)) for span in speaker)
    }
    return next((form for form in FORMS if form in forms), "other")


def one_to_one(entities: Sequence[GoldEntity], document: Document) -> dict[str, str]:
    """Align our entities with the gold ones so that the mentions in common are most."""
    shared = shared_mentions(entities, document)
    left, right = [e.id for e in entities], [e.id for e in document.entities]
    pairs = assign(left, right, lambda a, b: float(shared.get((a, b), 0)))
    return {right[j]: left[i] for i, j in pairs}


@dataclass(slots=True)
class Score:
    """Counts of one way of asking, per form."""

    forms: dict[str, Counter] = field(default_factory=lambda: {form: Counter() for form in FORMS})

    def add(self, form: str, expected: frozenset[str], answered: frozenset[str]) -> bool:
        """Count one speaker and return whether the answer is right; no answer costs recall alone."""
        right = bool(expected) and expected == answered
        self.forms[form].add(right, bool(answered), bool(expected))
        return right

    def total(self) -> Counter:
        """All forms together."""
        counter = Counter()
        for part in self.forms.values():
            counter.include(part)
        return counter

    def metrics(self, name: str, trivial: float | None = None) -> list[Metric]:
        """Accuracy (share of the known speakers that are right), precision of what was answered, and per form."""
        total = self.total()
        listed = [rate(f"{name}.accuracy", total.hits, round(total.gold), trivial=trivial)]
        listed += total.metrics(name)
        for form, counter in self.forms.items():
            if counter.gold:
                listed += counter.metrics(f"{name}.{form}")[:2]
        return listed


@dataclass(slots=True)
class Tally:
    """Counts over articles."""

    given: Score = field(default_factory=Score)
    shared: Score = field(default_factory=Score)
    last: Score = field(default_factory=Score)
    frequent: Score = field(default_factory=Score)
    found: Score = field(default_factory=Score)
    found_shared: Score = field(default_factory=Score)
    missed: int = 0

    def add(self, case: Case, items: Sequence[Told]) -> list[Miss]:
        """Count one article and return its errors."""
        return [*self._given(case, items), *self._found(case, items)]

    def _given(self, case: Case, items: Sequence[Told]) -> list[Miss]:
        answers, document = resolve_all(case.document, [item.phrase for item in items])
        aligned, means = one_to_one(case.gold.entities, document), meanings(case.gold.entities, document)
        misses = []
        for item, answer in zip(items, answers, strict=True):
            if not item.phrase.speaker:
                continue
            self.last.add(item.form, item.entities, translated(_last_person(document, item.phrase), aligned))
            self.frequent.add(item.form, item.entities, translated(_frequent_person(document), aligned))
            self.shared.add(item.form, item.entities, translated(answer.entities, means))
            have = translated(answer.entities, aligned)
            if not self.given.add(item.form, item.entities, have) and (item.entities or have):
                misses.append(_miss(case, item, have, "given"))
        return misses

    def _found(self, case: Case, items: Sequence[Told]) -> list[Miss]:
        places = words(case.document.text)
        quotations = case.document.quotations
        left = [covered(places, item.phrase.quote) for item in items]
        right = [covered(places, quotation.quote) for quotation in quotations]
        aligned = one_to_one(case.gold.entities, case.document)
        means = meanings(case.gold.entities, case.document)
        pairs = [(i, j) for i, j in assign(left, right, overlap) if overlap(left[i], right[j]) >= ENOUGH]
        self.missed += sum(bool(item.entities) for item in items) - sum(bool(items[i].entities) for i, _ in pairs)
        misses = []
        for i, j in pairs:
            ours = quotations[j].speaker_entities
            self.found_shared.add(items[i].form, items[i].entities, translated(ours, means))
            have = translated(ours, aligned)
            if not self.found.add(items[i].form, items[i].entities, have) and (items[i].entities or have):
                misses.append(_miss(case, items[i], have, "found"))
        return misses

    def metrics(self) -> list[Metric]:
        """All figures."""
        trivial = max(self.last.total().recall, self.frequent.total().recall)
        listed = self.given.metrics("given", trivial)
        listed += self.shared.metrics("given-shared")[:4]
        for name, score in (("last-person", self.last), ("most-frequent-person", self.frequent)):
            listed += [replace(metric, name=metric.name) for metric in score.metrics(f"trivial.{name}")[:1]]
        listed += self.found.metrics("found")
        listed += self.found_shared.metrics("found-shared")[:4]
        total = self.found.total()
        return [*listed, rate("all-quotations.accuracy", total.hits, round(total.gold) + self.missed)]


def _last_person(document: Document, phrase: Phrase) -> tuple[str, ...]:
    """Guess without grammar: the person named last before the end of the speaker's words."""
    end = phrase.speaker[-1].end
    people = [m for m in document.mentions if m.kind is EntityKind.PER and m.form == "name" and m.end <= end]
    return (max(people, key=lambda m: m.start).entity,) if people else ()


def _frequent_person(document: Document) -> tuple[str, ...]:
    """Guess without looking: the person named most often in the article."""
    names = [m.entity for m in document.mentions if m.kind is EntityKind.PER and m.form == "name"]
    return (max(names, key=names.count),) if names else ()


def _miss(case: Case, item: Told, have: frozenset[str], part: str) -> Miss:
    spans = item.phrase.speaker or item.phrase.quote
    return Miss(
        case.gold.name,
        spans[0].start,
        spans[-1].end,
        f"{part} {item.form} {'+'.join(sorted(item.entities)) or 'nobody'}",
        "+".join(sorted(have)) or "nobody",
    )


def score(cases: Sequence[tuple[Case, Mapping[str, Any]]]) -> tuple[list[Metric], list[Miss]]:
    """Score the speakers of some articles, each with its record of the quotation corpus."""
    tally = Tally()
    misses = [miss for case, raw in cases for miss in tally.add(case, told(case.gold, raw))]
    return tally.metrics(), misses


def evaluate() -> SuiteResult:
    """Score speakers against the gold folder."""
    records = {text.number: text.raw for text in data.news("dev")}
    metrics, misses = score([(case, records[case.gold.name]) for case in gold.cases()])
    return SuiteResult(
        name="speakers-gold",
        metrics=tuple(metrics),
        worst=worst(misses),
        data_sha256=gold.data_sha256(),
        notes=(
            "given: quotations and speakers' words of the corpus, entities ours; found: on quotations that we found",
            f"a quotation is found from a token F1 of {ENOUGH}; trivial: the better of last and most frequent person",
        ),
    )
