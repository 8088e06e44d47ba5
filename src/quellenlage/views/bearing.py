"""Which of several who bear a name is meant by it: the one who is called just so, or the one of that surname."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quellenlage.model import EntityKind, fold
from quellenlage.model.listing import EntityCard


def the_one(cards: Sequence[EntityCard], name: str) -> EntityCard | None:
    """The only one, else the only one whose whole name it is, else the only person whose surname; None: unclear."""
    asked = fold(name)
    tests: tuple[Callable[[EntityCard], bool], ...] = (
        lambda _card: True,
        lambda card: fold(card.name) == asked,
        lambda card: card.kind is EntityKind.PER and fold(card.name).split()[-1:] == asked.split(),
    )
    for test in tests:
        found = [card for card in cards if test(card)]
        if len(found) == 1:
            return found[0]
    return None
