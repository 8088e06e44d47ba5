"""Which of the events of a sentence each of its numbers belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.annotate.events.quantities import Amount
from quellenlage.annotate.events.roles import Roles
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.annotate.events.words import Word
from quellenlage.model import fold

_LIVING = ("verletz", "vertrieb", "vermiss", "fluechtl", "gefluecht", "ueberleb")
"""Beginnings of folded nouns for people who are told of beside the dead, and are none."""


def deal(
    roles: Roles | None, words: Sequence[Word], triggers: Sequence[Trigger], amounts: Sequence[Amount]
) -> list[list[Amount]]:
    """Amounts of each trigger, in order of the triggers.

    By the tree an amount belongs to the nearest trigger above it, or to the one whose subject or object it is. Where
    the tree names none, it is the trigger of its clause that stands nearest: a verb rules its whole clause.
    """
    dealt: list[list[Amount]] = [[] for _ in triggers]
    for amount in amounts:
        number = _by_tree(roles, words, triggers, amount) if roles is not None else None
        if number is None:
            number = _by_place(triggers, amount)
        if number is not None and not _of_the_living(triggers[number], amount):
            dealt[number].append(amount)
    return dealt


def _of_the_living(trigger: Trigger, amount: Amount) -> bool:
    return trigger.reading.event_type == "DEATH" and fold(amount.unit).startswith(_LIVING)


def _by_place(triggers: Sequence[Trigger], amount: Amount) -> int | None:
    inside = [
        (abs(trigger.word.index - amount.last), trigger.word.index, number)
        for number, trigger in enumerate(triggers)
        if any(word.index == amount.last for word in trigger.clause.words)
    ]
    return min(inside)[2] if inside else None


def _by_tree(roles: Roles, words: Sequence[Word], triggers: Sequence[Trigger], amount: Amount) -> int | None:
    tree = roles.tree
    last = tree.at(words[amount.last].token.span)
    at = {roles.token(trigger): number for number, trigger in reversed(list(enumerate(triggers)))}
    if last in at:
        return at[last]  # "drei Verletzte": the number is the trigger's own
    above = list(tree.above(last))
    nearest = next((step for step in above if step in at or tree.is_verb(step)), None)
    if nearest in at:
        return at[nearest]
    heads = {last, *(step for step in above if not tree.is_verb(step))}
    for trigger_at, number in at.items():
        if not triggers[number].noun and heads & roles.told_of(trigger_at):
            return number
    return None
