"""Span scores: strict (same offsets) and relaxed (any overlap, each span used once), optionally by label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quellenlage.evaluation.results import Counter

Labelled = tuple[int, int, str]
"""Start, end (half-open code points) and label of a span."""


def strict(gold: Iterable[Labelled], found: Iterable[Labelled]) -> Counter:
    """Count spans with the same offsets and label."""
    expected, predicted = set(gold), set(found)
    return Counter(len(expected & predicted), len(predicted), len(expected))


def relaxed(gold: Sequence[Labelled], found: Sequence[Labelled]) -> Counter:
    """Count spans of the same label that overlap; each span counts once."""
    return Counter(len(overlapping(gold, found)), len(found), len(gold))


def overlapping(gold: Sequence[Labelled], found: Sequence[Labelled]) -> list[tuple[int, int]]:
    """Pair spans of the same label, the largest overlaps first; indices into both lists."""
    pairs = [
        (min(a[1], b[1]) - max(a[0], b[0]), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if a[2] == b[2] and a[0] < b[1] and b[0] < a[1]
    ]
    used_gold: set[int] = set()
    used_found: set[int] = set()
    matched: list[tuple[int, int]] = []
    for _, i, j in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            matched.append((i, j))
    return sorted(matched)
