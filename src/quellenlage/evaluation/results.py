"""What a suite reports: metrics with case counts and trivial baselines, and its worst errors by place, not by text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure between 0 and 1. `cases` is what it was measured on, `trivial` what a constant answer reaches.

    `pinned` is the value below which it may not fall; None where none is pinned.
    """

    name: str
    value: float
    cases: int
    trivial: float | None = None
    pinned: float | None = None

    @property
    def fell(self) -> bool:
        """Whether it lies below its pin, by more than rounding."""
        return self.pinned is not None and self.value < self.pinned - 5e-4


@dataclass(frozen=True, slots=True)
class Miss:
    """An error by article and offsets, with what was expected and what was found as labels, never as text."""

    article: str
    start: int
    end: int
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """Outcome of one suite; `skipped` is the reason why it could not run, `notes` say what to read with care."""

    name: str
    metrics: tuple[Metric, ...] = ()
    worst: tuple[Miss, ...] = ()
    skipped: str | None = None
    data_sha256: str = ""
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether no pinned figure fell."""
        return not any(metric.fell for metric in self.metrics)


@dataclass(slots=True)
class Counter:
    """True positives, predicted and gold cases of one class."""

    hits: float = 0.0
    predicted: float = 0.0
    gold: float = 0.0

    def add(self, hits: float, predicted: float, gold: float) -> None:
        """Count one comparison."""
        self.hits += hits
        self.predicted += predicted
        self.gold += gold

    def include(self, other: Counter) -> None:
        """Count all that another counted."""
        self.add(other.hits, other.predicted, other.gold)

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is no gold."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.predicted + self.gold
        return 2 * self.hits / total if total else 0.0

    def metrics(self, name: str, *, trivial: float | None = None) -> list[Metric]:
        """Precision, recall and F1 under one name."""
        return [
            Metric(f"{name}.precision", round(self.precision, 4), round(self.predicted)),
            Metric(f"{name}.recall", round(self.recall, 4), round(self.gold)),
            Metric(f"{name}.f1", round(self.f1, 4), round(self.gold), trivial=_rounded(trivial)),
        ]


@dataclass(slots=True)
class Accuracy:
    """Share of right labels, beside the share that the most frequent label would reach."""

    right: int = 0
    labels: dict[str, int] = field(default_factory=dict)
    per_label: dict[str, Counter] = field(default_factory=dict)
    mistaken: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, expected: str, found: str) -> None:
        """Count one labelled case."""
        self.right += expected == found
        self.labels[expected] = self.labels.get(expected, 0) + 1
        self.per_label.setdefault(expected, Counter()).add(expected == found, 0, 1)
        self.per_label.setdefault(found, Counter()).add(0, 1, 0)
        if expected != found:
            self.mistaken[expected, found] = self.mistaken.get((expected, found), 0) + 1

    @property
    def cases(self) -> int:
        """Number of cases."""
        return sum(self.labels.values())

    @property
    def majority(self) -> float:
        """What the most frequent label alone would reach."""
        return max(self.labels.values(), default=0) / self.cases if self.cases else 0.0

    def metrics(self, name: str, *, classes: bool = True) -> list[Metric]:
        """Accuracy with the majority baseline, and each class's figures."""
        found = [rate(f"{name}.accuracy", self.right, self.cases, trivial=self.majority)]
        for label, counter in sorted(self.per_label.items()) if classes else ():
            found += counter.metrics(f"{name}.{label}")
        return found

    def macro(self, name: str) -> Metric:
        """Mean F1 of the labels that occur, beside what the most frequent label alone would reach."""
        occurring = [self.per_label[label] for label in self.labels]
        constant = 2 * self.majority / (1 + self.majority) if self.cases else 0.0
        count = len(occurring)
        return rate(name, sum(c.f1 for c in occurring), count, trivial=constant / count if count else 0.0)

    def confusions(self, name: str) -> list[Metric]:
        """Of the cases of one label, the share that was taken for another; the frequent ones first."""
        ranked = sorted(self.mistaken.items(), key=lambda item: (-item[1], item[0]))
        return [rate(f"{name}.{was}-as-{took}", count, self.labels[was]) for (was, took), count in ranked]


def rate(name: str, right: float, cases: int, *, trivial: float | None = None) -> Metric:
    """Share of cases; 0 where there is none."""
    return Metric(name, round(right / cases, 4) if cases else 0.0, cases, trivial=_rounded(trivial))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def prefixed(prefix: str, metrics: Iterable[Metric]) -> list[Metric]:
    """Put the same word before the names of metrics, where one suite joins several scorers."""
    return [replace(metric, name=f"{prefix}.{metric.name}") for metric in metrics]


def worst(misses: Iterable[Miss], limit: int = 10) -> tuple[Miss, ...]:
    """Return the widest errors first: those that concern most text."""
    return tuple(sorted(misses, key=lambda m: (-(m.end - m.start), m.article, m.start, m.expected, m.found))[:limit])
