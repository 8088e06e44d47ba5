"""Filters beside a list: what can be chosen with how much there is of it, and what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from quellenlage.model.listing import Facets
from quellenlage.views.locale import Words
from quellenlage.views.web.shown.asked import Given
from quellenlage.views.wording.dates import day_words

Label = Callable[[str], str]
Said = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen; `n` tells how many there are, empty where they were not counted."""

    value: str
    label: str
    n: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Choices of one filter under a heading."""

    name: str
    heading: str
    choices: list[Choice]

    @property
    def chosen(self) -> bool:
        """Whether anything in it is."""
        return any(one.chosen for one in self.choices)


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, and the address without it."""

    label: str
    href: str


def group(name: str, heading: str, given: Given, facets: Facets, words: Words, label: Label | None = None) -> Group:
    """What was chosen, then the values that there are most of; `label` words a value that is a code."""
    counted = {one.value: one for one in facets.values}
    plus = "" if facets.complete else "+"
    choices = []
    for value in dict.fromkeys((*given[name], *counted)):
        one = counted.get(value)
        told = label(value) if label else one.label if one else value
        choices.append(Choice(value, told, words.number(one.count) + plus if one else "", value in given[name]))
    return Group(name, heading, choices)


def named(found: Group, names: Mapping[str, str]) -> Group:
    """The same with the names of values that were chosen and that nothing counted, which nobody would know."""
    return replace(found, choices=[replace(one, label=names.get(one.value, one.label)) for one in found.choices])


def chips(given: Given, labels: Mapping[str, Label], words: Words, say: Said) -> Iterator[Chip]:
    """All that was chosen, in the order of the filters; `labels` words the values of a filter."""
    for name, values in given.lists.items():
        for value in values:
            yield Chip(labels[name](value) if name in labels else value, given.without(name, value))
    for name, value in given.singles.items():
        if value:
            yield Chip(labels[name](value) if name in labels else value, given.address(**{name: None}))
    if given.first:
        yield Chip(say("from %s") % day_words(given.first, words), given.address(**{"from": None}))
    if given.last:
        yield Chip(say("to %s") % day_words(given.last, words), given.address(to=None))
