"""The grammar: patterns over word categories, compiled to regular expressions over one character per token.

Every combination of categories that a token can have is one character, so that a whole article becomes a short string
in which ordinary words are full stops. Each pattern runs over it once; of the matches that overlap, the earliest and
then the longest wins. Patterns have bounded length, so that all of it is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from quellenlage.annotate.timex.lexicon import HOLIDAYS, Classes, classify, known_classes
from quellenlage.errors import Defect
from quellenlage.resources import load

RULES = "de/timex_rules.toml"
ORDINARY = "."
BREAK = "\n"
_FIRST = 0xE000
_ITEM = re.compile(r"\s*([{}()|?]|~?(?:\w+=)?(?:'[^']+'|\w+))")


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled pattern; `kind` names its normalisation, `given` holds values that the pattern itself says."""

    name: str
    kind: str
    order: int
    pattern: re.Pattern[str]
    labels: tuple[tuple[str, str, str], ...]
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found over tokens [begin, end), with the context after it up to `right`; `values` by label."""

    rule: Rule
    begin: int
    end: int
    right: int
    values: Mapping[str, str]

    @property
    def width(self) -> int:
        """Tokens from the beginning of the expression to the end of its context."""
        return self.right - self.begin


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules with the alphabet that they were compiled for."""

    rules: tuple[Rule, ...]
    literals: frozenset[str]
    alphabet: Mapping[frozenset[str], str]

    def encode(self, form: str, opens: bool) -> str:
        """Character of a token."""
        categories = frozenset(classify(form, opens))
        literal = form if form in self.literals else form.lower() if form.lower() in self.literals else None
        if literal is not None and (literal == form or opens):
            categories |= {f"'{literal}'"}
        return self.alphabet.get(categories, ORDINARY) if categories else ORDINARY

    def find(self, encoded: str, classes: Sequence[Classes]) -> Iterator[Match]:
        """All matches of all rules, overlapping ones included, rule by rule."""
        for rule in self.rules:
            for found in rule.pattern.finditer(encoded):
                begin, end = found.start("begin"), found.start("end")
                if begin == end:
                    continue
                values = dict(rule.given)
                for group, label, category in rule.labels:
                    place = found.start(group)
                    if place >= 0 and label not in values:
                        values[label] = classes[place].get(category, "")
                yield Match(rule, begin, end, found.start("right"), values)


@lru_cache(maxsize=65536)
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
    rules = tuple(
        _compile(name, kind, order, pattern, given, alphabet)
        for order, (name, kind, pattern, given) in enumerate(sources)
    )
    return Grammar(rules, literals, alphabet)


def _holidays_of_several_words() -> Iterator[tuple[str, str, str, dict[str, str]]]:
    table = load(HOLIDAYS)
    for group in ("fixed", "easter", "weekday"):
        for name in table[group]:
            words = name.split()
            if len(words) > 1:
                pattern = " ".join(f"'{word}'" for word in words)
                yield "holiday of several words", "holiday", f"{{ {pattern} year? }}", {"holiday": name}


def _alphabet(literals: frozenset[str]) -> dict[frozenset[str], str]:
    sets = dict.fromkeys(known_classes())
    for word in sorted(literals):
        for opens in (True, False):
            for form in (word, word.capitalize()):
                sets[frozenset(classify(form, opens)) | {f"'{word}'"}] = None
    return {categories: chr(_FIRST + i) for i, categories in enumerate(sets)}


def _compile(
    name: str, kind: str, order: int, pattern: str, given: dict[str, str], alphabet: Mapping[frozenset[str], str]
) -> Rule:
    out: list[str] = []
    labels: list[tuple[str, str, str]] = []
    at = 0
    closed = False
    while at < len(pattern.rstrip()):
        item = _ITEM.match(pattern, at)
        if item is None:
            raise Defect(f"timex rule {name!r}: cannot read {pattern[at:]!r}")
        text = item[1]
        at = item.end()
        if text == "{":
            out.append("(?P<begin>)")
        elif text == "}":
            out.append("(?P<end>)(?=")
            closed = True
        elif text in "()|?":
            out.append("(?:" if text == "(" else text)
        else:
            out.append(_item(name, text, alphabet, labels))
    if not closed:
        raise Defect(f"timex rule {name!r}: no braces in {pattern!r}")
    return Rule(name, kind, order, re.compile("".join(out) + "(?P<right>))"), tuple(labels), given)


def _item(name: str, text: str, alphabet: Mapping[frozenset[str], str], labels: list[tuple[str, str, str]]) -> str:
    silent = text.startswith("~") or text.startswith("'")
    text = text.removeprefix("~")
    label, _, category = text.rpartition("=")
    chars = "".join(char for categories, char in alphabet.items() if category in categories)
    if not chars:
        raise Defect(f"timex rule {name!r}: no word is a {category}")
    if silent:
        return f"[{chars}]"
    group = f"g{len(labels)}"  # alternatives may name a category twice; the groups of a regular expression may not
    labels.append((group, label or category, category))
    return f"(?P<{group}>[{chars}])"
