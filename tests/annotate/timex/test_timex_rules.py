"""Every example of the grammar's own files holds; every rule has one and names a normalisation that exists."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from quellenlage.annotate.timex.grammar import grammar
from quellenlage.annotate.timex.holidays import holiday
from quellenlage.annotate.timex.lexicon import numbers
from quellenlage.annotate.timex.reading import NORMALISERS
from quellenlage.model import Document
from quellenlage.resources import load
from quellenlage.times import normalise_times

Make = Callable[..., Document]
RULES = load("de/timex_rules.toml")["rule"]
GROUPS = tomllib.loads((Path(__file__).parent / "time_sentences.toml").read_text(encoding="utf-8"))["group"]


@pytest.mark.parametrize("example", [example for rule in RULES for example in rule["examples"]])
def test_examples_of_the_rules(timexes: Make, example: str) -> None:
    text, dct, words, kind, value = (part.strip() for part in example.split("|"))
    found = [(t.span.of(text), t.type, t.value) for t in timexes(text, None if dct == "-" else dct).timexes]
    if words == "-":
        assert found == []
    else:
        assert (words, kind, value) in found


def test_every_rule_has_examples_and_a_normalisation() -> None:
    assert all(rule["examples"] for rule in RULES)
    assert {rule.kind for rule in grammar().rules} == set(NORMALISERS)


@pytest.mark.parametrize("example", load("de/holidays.toml")["examples"]["days"])
def test_examples_of_the_holidays(example: str) -> None:
    name, year, day = example.split(" | ")
    assert holiday(name, int(year)) == date.fromisoformat(day)


@pytest.mark.parametrize("example", load("de/numbers.toml")["examples"]["cardinals"])
def test_examples_of_the_numbers(example: str) -> None:
    word, value = example.split(" | ")
    assert numbers()[word] == float(value)


@pytest.mark.parametrize(
    ("dct", "example"), [(group["dct"], sentence) for group in GROUPS for sentence in group["sentences"]]
)
def test_sentences(dct: str, example: str) -> None:
    text, words, kind, value = (part.strip() for part in example.split("|"))
    found = [(text[t.start : t.end], t.type, t.value) for t in normalise_times(text, dct or None)]
    if words == "-":
        assert found == []
    else:
        assert (words, kind, value) in found
