"""Which of our entities means which gold entity, and which words a claim covers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from quellenlage.evaluation import spans
from quellenlage.evaluation.gold import GoldEntity
from quellenlage.model import Document, Span

_TOKEN = re.compile(r"\w+|[^\w\s]")


def words(text: str) -> list[tuple[int, int]]:
    """Token offsets that depend on the text alone, not on our tokenizer: runs of letters, and single signs."""
    return [match.span() for match in _TOKEN.finditer(text)]


def covered(places: Sequence[tuple[int, int]], parts: Iterable[Span]) -> frozenset[int]:
    """Numbers of the tokens that some spans touch."""
    starts = [start for start, _ in places]
    inside: set[int] = set()
    for part in parts:
        index = max(0, bisect_left(starts, part.start) - 1)
        while index < len(places) and places[index][0] < part.end:
            if places[index][1] > part.start:
                inside.add(index)
            index += 1
    return frozenset(inside)


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """F1 of two sets of tokens; 0 where both are empty."""
    total = len(a) + len(b)
    return 2 * len(a & b) / total if total else 0.0


def shared_mentions(gold: Sequence[GoldEntity], document: Document) -> dict[tuple[str, str], int]:
    """Count the mentions that a gold entity and one of ours have in common, each mention used once."""
    expected = [(m.start, m.end, "", entity.id) for entity in gold for m in entity.mentions]
    found = [(m.start, m.end, "", m.entity) for m in document.mentions]
    counts: dict[tuple[str, str], int] = {}
    for i, j in spans.overlapping([e[:3] for e in expected], [f[:3] for f in found]):
        pair = (expected[i][3], found[j][3])
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def meanings(gold: Sequence[GoldEntity], document: Document) -> dict[str, str]:
    """Map each entity of ours to the gold entity with which it shares most mentions; the rest are left out.

    Two of ours may mean the same gold entity (a split is punished where clusters are scored), but one of ours that
    mixes two gold entities stands for the greater part only.
    """
    order = {entity.id: number for number, entity in enumerate(gold)}
    best: dict[str, tuple[int, int, str]] = {}
    for (expected, found), count in shared_mentions(gold, document).items():
        rank = (count, -order[expected], expected)
        if found not in best or rank > best[found]:
            best[found] = rank
    return {found: expected for found, (_, _, expected) in best.items()}


def translated(ids: Iterable[str], means: dict[str, str]) -> frozenset[str]:
    """Put our entity ids into gold ids; those that mean nothing there keep a name of their own."""
    return frozenset(means.get(item, f"unknown:{item}") for item in ids)
