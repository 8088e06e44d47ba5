"""Inputs that nobody means well with, made by the thousand from one seed: see `inputs`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

from benchmarks.poison import bombs, documents, markup, records, texts
from benchmarks.poison.made import Expected, Made, Poison

__all__ = ["FAMILIES", "HEAVY", "Expected", "Made", "Poison", "inputs", "poison"]

FAMILIES: Mapping[str, Callable[[random.Random], Made]] = {
    name: make
    for module in (bombs, markup, documents, records, texts)
    for name, make in sorted(module.FAMILIES.items())
}
"""All families by name; each makes an input from the chance it is given."""

HEAVY: Mapping[str, Callable[[random.Random], Made]] = {
    name: make for module in (bombs, markup, documents, records, texts) for name, make in sorted(module.HEAVY.items())
}
"""Families whose inputs have tens or hundreds of megabytes, or a million parts: each comes once in a run."""


def poison(number: int, seed: int = 7) -> Poison:
    """The input of this number, the same in every run: first each heavy family once, then all others in turn."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - poison is no secret
    heavy, light = list(HEAVY), list(FAMILIES)
    family = heavy[number] if number < len(heavy) else light[(number - len(heavy)) % len(light)]
    made = {**HEAVY, **FAMILIES}[family](chance)
    return Poison(number, family, f"{number:05d}-{family}{made.suffix}", made.data, made.expected)


def inputs(count: int, seed: int = 7, first: int = 0) -> Iterator[Poison]:
    """Inputs by number, in order; `first` leaves out those before, e.g. the heavy ones."""
    return (poison(number, seed) for number in range(first, first + count))
