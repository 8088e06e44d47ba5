"""Entities: the places that name them, the things they refer to, and how well the one is grouped into the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quellenlage.evaluation import clusters, gold, spans
from quellenlage.evaluation.assignment import assign
from quellenlage.evaluation.gold import Case, GoldEntity
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, rate, worst
from quellenlage.model import Document, fold

_CAPITALISED = re.compile(r"\b[A-ZÄÖÜ][\w.’'-]*\w(?: [A-ZÄÖÜ][\w.’'-]*\w)*")


@dataclass(frozen=True, slots=True)
class Named:
    """A mention: offsets, kind, form and the entity it belongs to."""

    start: int
    end: int
    kind: str
    form: str
    entity: str


@dataclass(frozen=True, slots=True)
class Known:
    """Mentions of one article and the names of its entities."""

    mentions: tuple[Named, ...]
    kinds: dict[str, str]
    names: dict[str, str]


def expected(entities: Iterable[GoldEntity]) -> Known:
    """Bring gold entities into the form that is scored."""
    listed = list(entities)
    mentions = [Named(m.start, m.end, e.kind, m.form, e.id) for e in listed for m in e.mentions]
    return Known(tuple(mentions), {e.id: e.kind for e in listed}, {e.id: e.name for e in listed})


def found(document: Document) -> Known:
    """Bring our entities into the form that is scored."""
    return Known(
        tuple(Named(m.start, m.end, str(m.kind), m.form, m.entity) for m in document.mentions),
        {e.id: str(e.kind) for e in document.entities},
        {e.id: e.name for e in document.entities},
    )


def capitalised(text: str, kind: str) -> Known:
    """Guess without knowledge: every run of capitalised words is a name, and the same words are the same thing."""
    places = [(m.start(), m.end(), m.group()) for m in _CAPITALISED.finditer(text)]
    names = {words: words for _, _, words in places}
    return Known(tuple(Named(a, b, kind, "name", words) for a, b, words in places), dict.fromkeys(names, kind), names)


@dataclass(slots=True)
class Tally:
    """Counts over articles."""

    strict: Counter = field(default_factory=Counter)
    relaxed: Counter = field(default_factory=Counter)
    untyped: Counter = field(default_factory=Counter)
    kinds: dict[str, tuple[Counter, Counter]] = field(default_factory=dict)
    forms: dict[str, tuple[Counter, Counter]] = field(default_factory=dict)
    entities: dict[str, Counter] = field(default_factory=dict)
    names_right: int = 0
    names: int = 0
    bcubed: clusters.Shares = field(default_factory=clusters.Shares)
    ceaf: clusters.Shares = field(default_factory=clusters.Shares)

    def add(self, want: Known, have: Known) -> None:
        """Count one article."""
        by_kind = [[(m.start, m.end, m.kind) for m in known.mentions] for known in (want, have)]
        by_form = [[(m.start, m.end, m.form) for m in known.mentions] for known in (want, have)]
        plain = [[(m.start, m.end, "") for m in known.mentions] for known in (want, have)]
        self.strict.include(spans.strict(*by_kind))
        self.relaxed.include(spans.relaxed(*by_kind))
        self.untyped.include(spans.strict(*plain))
        _by_label(self.kinds, *by_kind)
        _by_label(self.forms, *by_form)
        aligned = spans.overlapping(*plain)
        self._entities(want, have, aligned)
        self._clusters(want, have, aligned)

    def _entities(self, want: Known, have: Known, aligned: Sequence[tuple[int, int]]) -> None:
        shared: dict[tuple[str, str], int] = {}
        for i, j in aligned:
            pair = (want.mentions[i].entity, have.mentions[j].entity)
            shared[pair] = shared.get(pair, 0) + 1
        left, right = list(want.kinds), list(have.kinds)

        def common(a: str, b: str) -> float:
            return float(shared.get((a, b), 0)) if want.kinds[a] == have.kinds[b] else 0.0

        for item in left:
            self.entities.setdefault(want.kinds[item], Counter()).add(0, 0, 1)
        for item in right:
            self.entities.setdefault(have.kinds[item], Counter()).add(0, 1, 0)
        for i, j in assign(left, right, common):
            self.entities[want.kinds[left[i]]].add(1, 0, 0)
            self.names += 1
            self.names_right += fold(want.names[left[i]]) == fold(have.names[right[j]])

    def _clusters(self, want: Known, have: Known, aligned: Sequence[tuple[int, int]]) -> None:
        same = {j: i for i, j in aligned}
        gold_labels = {f"g{i}": m.entity for i, m in enumerate(want.mentions)}
        found_labels = {f"g{same[j]}" if j in same else f"f{j}": m.entity for j, m in enumerate(have.mentions)}
        self.bcubed.include(clusters.b_cubed(gold_labels, found_labels))
        self.ceaf.include(clusters.ceaf(gold_labels, found_labels))

    def metrics(self, guess: Tally) -> list[Metric]:
        """All figures, beside those of a guess without knowledge."""
        listed = self.strict.metrics("mention.strict", trivial=guess.strict.f1)
        listed += self.relaxed.metrics("mention.relaxed", trivial=guess.relaxed.f1)
        listed += self.untyped.metrics("mention.strict-any-kind", trivial=guess.untyped.f1)
        for label, (strict, relaxed) in sorted({**self.kinds, **self.forms}.items()):
            listed += strict.metrics(f"mention.strict.{label}")
            listed += relaxed.metrics(f"mention.relaxed.{label}")
        listed += self.entity().metrics("entity", trivial=guess.entity().f1)
        for kind, counter in sorted(self.entities.items()):
            listed += counter.metrics(f"entity.{kind}")
        listed.append(rate("entity-name.accuracy", self.names_right, self.names))
        listed += self.bcubed.metrics("b-cubed", trivial=guess.bcubed.metrics("")[2].value)
        listed += self.ceaf.metrics("ceaf", trivial=guess.ceaf.metrics("")[2].value)
        return listed

    def entity(self) -> Counter:
        """Entities of all kinds together."""
        total = Counter()
        for counter in self.entities.values():
            total.include(counter)
        return total


def _by_label(
    table: dict[str, tuple[Counter, Counter]],
    want: Sequence[spans.Labelled],
    have: Sequence[spans.Labelled],
) -> None:
    for label in sorted({s[2] for s in want} | {s[2] for s in have}):
        expected_here, found_here = [s for s in want if s[2] == label], [s for s in have if s[2] == label]
        strict, relaxed = table.setdefault(label, (Counter(), Counter()))
        strict.include(spans.strict(expected_here, found_here))
        relaxed.include(spans.relaxed(expected_here, found_here))


def score(cases: Sequence[Case]) -> tuple[list[Metric], list[Miss]]:
    """Score the mentions and entities of some articles."""
    ours, guess = Tally(), Tally()
    misses: list[Miss] = []
    kinds = [e.kind for case in cases for e in case.gold.entities for _ in e.mentions]
    common = max(sorted(set(kinds)), key=kinds.count, default="")
    for case in cases:
        want, have = expected(case.gold.entities), found(case.document)
        ours.add(want, have)
        guess.add(want, capitalised(case.document.text, common))
        misses += _misses(case.gold.name, want.mentions, have.mentions)
    return ours.metrics(guess), misses


def _misses(name: str, want: Sequence[Named], have: Sequence[Named]) -> list[Miss]:
    pairs = spans.overlapping([(m.start, m.end, m.kind) for m in want], [(m.start, m.end, m.kind) for m in have])
    matched, used = {i for i, _ in pairs}, {j for _, j in pairs}
    missing = [
        Miss(name, m.start, m.end, f"{m.kind} {m.form}", "nothing") for i, m in enumerate(want) if i not in matched
    ]
    return missing + [
        Miss(name, m.start, m.end, "nothing", f"{m.kind} {m.form}") for j, m in enumerate(have) if j not in used
    ]


def evaluate() -> SuiteResult:
    """Score entities against the gold folder."""
    metrics, misses = score(list(gold.cases()))
    return SuiteResult(
        name="entities-gold",
        metrics=tuple(metrics),
        worst=worst(misses),
        data_sha256=gold.data_sha256(),
        notes=("trivial: every run of capitalised words a name of the most frequent kind, same words same entity",),
    )
