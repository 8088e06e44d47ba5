"""The grammar: patterns over word categories, compiled to regular expressions over one character per token.

Every combination of categories that a token can have is one character, so that a sentence becomes a short string in
which ordinary words are full stops. A pattern is tried only on sentences that have one of its `anchors`: the rarest
words that it cannot do without. Of the matches that overlap, the earliest and then the longest wins. Patterns have
bounded length, so that all of it is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from heapq import heapify, heappop, heappush

from quellenlage.annotate.timex.lexicon import HOLIDAYS, WORDS, Classes, classify, genitives, known_classes
from quellenlage.errors import Defect
from quellenlage.model.recent import recent
from quellenlage.resources import load

RULES = "de/timex_rules.toml"
ORDINARY = "."
_FIRST = 0xE000
_ITEM = re.compile(r"\s*([{}()|?]|~?(?:\w+=)?(?:'[^']+'|\w+))")
_FREQUENT = 1000
"""Weight of the characters of frequent words when a pattern chooses its anchors; all others weigh one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled pattern; `kind` names its normalisation, `given` holds values that the pattern itself says."""

    name: str
    kind: str
    order: int
    pattern: re.Pattern[str]
    labels: tuple[tuple[str, str, str], ...]
    anchors: frozenset[str]
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found over tokens [begin, end), with the context after it up to `right`; `values` by label."""

    rule: Rule
    begin: int
    end: int
    right: int
    values: Mapping[str, str]


_Entry = tuple[int, int, int, int, re.Match[str], Rule]
"""Begin, end and width (both negative, so that the longest comes first), order, what was found, by which rule."""


class Finder:
    """The matches of one sentence, best first; after each the caller says from where to go on.

    Each rule holds its next match only: a rule whose match is not wanted is tried again behind it.
    """

    def __init__(self, encoded: str, rules: Sequence[Rule]) -> None:
        self._encoded = encoded
        self._heap: list[_Entry] = [entry for rule in rules if (entry := self._next(rule, 0)) is not None]
        heapify(self._heap)

    def _next(self, rule: Rule, at: int) -> _Entry | None:
        while found := rule.pattern.search(self._encoded, at):
            begin, end = found.start("begin"), found.start("end")
            if begin != end:
                return begin, -end, begin - found.start("right"), rule.order, found, rule
            at = found.start() + 1
        return None

    def take(self, classes: Sequence[Classes], done: int) -> Match | None:
        """The best match that begins at `done` or later; those before it are dropped."""
        while self._heap:
            begin, negative_end, _, _, found, rule = heappop(self._heap)
            again = self._next(rule, found.start() + 1 if begin >= done else max(found.start() + 1, done - _REACH))
            if again is not None:
                heappush(self._heap, again)
            if begin < done:
                continue
            values = dict(rule.given)
            for group, label, category in rule.labels:
                place = found.start(group)
                if place >= 0 and label not in values:
                    values[label] = classes[place].get(category, "")
            return Match(rule, begin, -negative_end, found.start("right"), values)
        return None


_REACH = 8
"""Words of context that a pattern may have before the expression."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules with the alphabet that they were compiled for."""

    rules: tuple[Rule, ...]
    literals: frozenset[str]
    alphabet: Mapping[frozenset[str], str]
    anchored: Mapping[str, tuple[int, ...]]

    def encode(self, form: str, opens: bool) -> str:
        """Character of a token."""
        categories = frozenset(classify(form, opens))
        literal = form if form in self.literals else form.lower() if form.lower() in self.literals else None
        if literal is not None and (literal == form or opens):
            categories |= {f"'{literal}'"}
        return self.alphabet.get(categories, ORDINARY) if categories else ORDINARY

    def find(self, encoded: str) -> Finder | None:
        """The matches of a sentence; None where no rule can have one."""
        wanted: set[int] = set()
        for char in set(encoded):
            wanted.update(self.anchored.get(char, ()))
        return Finder(encoded, [self.rules[number] for number in wanted]) if wanted else None


@recent(65536)
def encode(form: str, opens: bool) -> tuple[str, Classes]:
    """Character and categories of a token's form; `opens` says that its capital may be due to its place."""
    return grammar().encode(form, opens), classify(form, opens)


@cache
def grammar() -> Grammar:
    """Compile the rules once."""
    sources = [
        (entry["name"], entry["kind"], pattern, dict(entry.get("given", {})))
        for entry in load(RULES)["rule"]
        for pattern in entry["patterns"]
    ]
    sources += list(_holidays_of_several_words())
    literals = frozenset(word for *_, pattern, _ in sources for word in re.findall(r"'([^']+)'", pattern))
    alphabet = _alphabet(literals)
    frequent = frozenset(
        alphabet.get(_categories(form, literals), ORDINARY) for form in load(WORDS)["frequent"]["words"].split()
    )
    rules = tuple(
        _Compiler(name, pattern, alphabet, frequent).rule(kind, order, given)
        for order, (name, kind, pattern, given) in enumerate(sources)
    )
    anchored: dict[str, list[int]] = {}
    for rule in rules:
        for char in rule.anchors:
            anchored.setdefault(char, []).append(rule.order)
    return Grammar(rules, literals, alphabet, {char: tuple(orders) for char, orders in anchored.items()})


def _holidays_of_several_words() -> Iterator[tuple[str, str, str, dict[str, str]]]:
    for group in ("fixed", "easter", "weekday", "spans"):
        for name in load(HOLIDAYS)[group]:
            for variant in genitives(name):
                words = variant.split()
                if len(words) > 1:
                    pattern = " ".join(f"'{word}'" for word in words)
                    yield "holiday of several words", "holiday", f"{{ {pattern} year? }}", {"holiday": name}


def _categories(form: str, literals: frozenset[str]) -> frozenset[str]:
    return frozenset(classify(form, False)) | ({f"'{form}'"} if form in literals else frozenset())


def _alphabet(literals: frozenset[str]) -> dict[frozenset[str], str]:
    sets = dict.fromkeys(known_classes())
    for word in sorted(literals):
        for opens in (True, False):
            for form in (word, word.capitalize()):
                sets[frozenset(classify(form, opens)) | {f"'{word}'"}] = None
    return {categories: chr(_FIRST + i) for i, categories in enumerate(sets)}


class _Compiler:
    """One pattern to a regular expression with its labels and anchors."""

    def __init__(
        self, name: str, pattern: str, alphabet: Mapping[frozenset[str], str], frequent: frozenset[str]
    ) -> None:
        self._name, self._pattern, self._alphabet, self._frequent = name, pattern, alphabet, frequent
        self._labels: list[tuple[str, str, str]] = []
        self._items = self._tokens()
        self._at = 0

    def _tokens(self) -> list[str]:
        items: list[str] = []
        at = 0
        while at < len(self._pattern.rstrip()):
            item = _ITEM.match(self._pattern, at)
            if item is None:
                raise Defect(f"timex rule {self._name!r}: cannot read {self._pattern[at:]!r}")
            items.append(item[1])
            at = item.end()
        return items

    def rule(self, kind: str, order: int, given: Mapping[str, str]) -> Rule:
        """Compile."""
        if self._items.count("{") != 1 or self._items.count("}") != 1:
            raise Defect(f"timex rule {self._name!r}: no braces in {self._pattern!r}")
        expression, anchors = self._sequence()
        if self._at != len(self._items) or not anchors:
            raise Defect(f"timex rule {self._name!r}: nothing that it needs, or a bracket too many")
        pattern = re.compile(expression + "(?P<right>))")
        return Rule(self._name, kind, order, pattern, tuple(self._labels), anchors, given)

    def _cost(self, chars: frozenset[str]) -> int:
        return sum(_FREQUENT if char in self._frequent else 1 for char in chars)

    def _sequence(self) -> tuple[str, frozenset[str]]:
        """Items up to a bar or bracket, with the cheapest set of characters of which each match has one."""
        out: list[str] = []
        best: frozenset[str] = frozenset()
        while self._at < len(self._items) and self._items[self._at] not in "|)":
            text = self._items[self._at]
            self._at += 1
            if text in "{}":
                out.append("(?P<begin>)" if text == "{" else "(?P<end>)(?=")
                continue
            expression, chars = self._group() if text == "(" else self._item(text)
            if self._at < len(self._items) and self._items[self._at] == "?":
                self._at += 1
                expression, chars = expression + "?", frozenset()
            out.append(expression)
            if chars and (not best or self._cost(chars) < self._cost(best)):
                best = chars
        return "".join(out), best

    def _group(self) -> tuple[str, frozenset[str]]:
        branches: list[str] = []
        needed: list[frozenset[str]] = []
        while not branches or self._items[self._at - 1] == "|":
            expression, chars = self._sequence()
            branches.append(expression)
            needed.append(chars)
            self._at += 1
        return f"(?:{'|'.join(branches)})", frozenset().union(*needed) if all(needed) else frozenset()

    def _item(self, text: str) -> tuple[str, frozenset[str]]:
        silent = text.startswith("~") or text.startswith("'")
        text = text.removeprefix("~")
        label, _, category = text.rpartition("=")
        if category == "any":
            return ".", frozenset()
        chars = frozenset(char for categories, char in self._alphabet.items() if category in categories)
        if not chars:
            raise Defect(f"timex rule {self._name!r}: no word is a {category}")
        listed = "".join(sorted(chars))
        if silent:
            return f"[{listed}]", chars
        group = f"g{len(self._labels)}"  # alternatives may name a category twice; groups of an expression may not
        self._labels.append((group, label or category, category))
        return f"(?P<{group}>[{listed}])", chars
