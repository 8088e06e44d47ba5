"""Scores of a clustering: B-cubed (Bagga and Baldwin 1998), CEAF with φ4 (Luo 2005), and pairs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from quellenlage.evaluation.assignment import assign
from quellenlage.evaluation.results import Metric

Item = TypeVar("Item", bound=Hashable)


@dataclass(slots=True)
class Shares:
    """Sums of per-item precision and recall, and how many items they were summed over."""

    precision: float = 0.0
    predicted: int = 0
    recall: float = 0.0
    gold: int = 0

    def include(self, other: Shares) -> None:
        """Add up what another summed."""
        self.precision += other.precision
        self.predicted += other.predicted
        self.recall += other.recall
        self.gold += other.gold

    def metrics(self, name: str, *, trivial: float | None = None) -> list[Metric]:
        """Mean precision and recall, and their harmonic mean."""
        precision = self.precision / self.predicted if self.predicted else 0.0
        recall = self.recall / self.gold if self.gold else 0.0
        return [
            Metric(f"{name}.precision", round(precision, 4), self.predicted),
            Metric(f"{name}.recall", round(recall, 4), self.gold),
            Metric(f"{name}.f1", round(harmonic(precision, recall), 4), self.gold, trivial=trivial),
        ]


def harmonic(a: float, b: float) -> float:
    """Harmonic mean; 0 where either is."""
    return 2 * a * b / (a + b) if a + b else 0.0


def _members(labels: Mapping[Item, str]) -> dict[str, set[Item]]:
    groups: dict[str, set[Item]] = {}
    for item, label in labels.items():
        groups.setdefault(label, set()).add(item)
    return groups


def b_cubed(gold: Mapping[Item, str], found: Mapping[Item, str], scored: frozenset[Item] | None = None) -> Shares:
    """Sum, over items, how pure and how complete the item's cluster is.

    Both map items to cluster labels. An item that only one side has gets nothing from the other. `scored` limits the
    items that are summed, not those that make up the clusters.
    """
    gold_groups, found_groups = _members(gold), _members(found)
    shares = Shares()
    for item, label in found.items():
        if scored is None or item in scored:
            group = found_groups[label]
            shares.predicted += 1
            shares.precision += len(group & gold_groups[gold[item]]) / len(group) if item in gold else 0.0
    for item, label in gold.items():
        if scored is None or item in scored:
            group = gold_groups[label]
            shares.gold += 1
            shares.recall += len(group & found_groups[found[item]]) / len(group) if item in found else 0.0
    return shares


def ceaf(gold: Mapping[Item, str], found: Mapping[Item, str]) -> Shares:
    """Pair clusters one to one so that the summed Dice overlap is greatest, and share it over each side's clusters."""
    left = [frozenset(group) for group in _members(gold).values()]
    right = [frozenset(group) for group in _members(found).values()]

    def dice(a: frozenset[Item], b: frozenset[Item]) -> float:
        return 2 * len(a & b) / (len(a) + len(b))

    total = sum(dice(left[i], right[j]) for i, j in assign(left, right, dice))
    return Shares(total, len(right), total, len(left))


def pairs(labels: Mapping[Item, str]) -> set[frozenset[Item]]:
    """Every two items of the same cluster."""
    return {frozenset(pair) for group in _members(labels).values() for pair in combinations(group, 2)}
