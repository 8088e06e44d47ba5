from __future__ import annotations

import pytest

from quellenlage.article.datelines import find_dateline
from quellenlage.article.rules import Rule, line_rule, rules
from quellenlage.model import ZoneKind
from quellenlage.resources import load

SENTENCE = " legte am Morgen wieder im Hafen an, wie der Lotse dem Amt der Stadt mitteilte."
DATELINES = load("de/boilerplate.toml")["datelines"]


def cases(kind: str) -> list[tuple[Rule, str]]:
    return [(rule, line) for rule in rules() for line in getattr(rule, kind)]


@pytest.mark.parametrize(("rule", "line"), cases("examples"), ids=lambda v: v if isinstance(v, str) else v.name)
def test_rule_finds_its_examples(rule: Rule, line: str) -> None:
    assert rule.find(line)


@pytest.mark.parametrize(("rule", "line"), cases("counter"), ids=lambda v: v if isinstance(v, str) else v.name)
def test_no_rule_takes_a_counterexample_for_a_whole_line(rule: Rule, line: str) -> None:
    assert not rule.find(line)
    assert line_rule(line) is None


WHOLE = [(rule, line) for rule, line in cases("examples") if rule.where in {"line", "start"}]


@pytest.mark.parametrize(("rule", "line"), WHOLE, ids=lambda v: v if isinstance(v, str) else v.name)
def test_the_first_matching_rule_makes_the_same_kind_of_zone(rule: Rule, line: str) -> None:
    first = line_rule(line)
    assert first is not None
    assert first.kind is rule.kind


def test_every_rule_has_examples_and_counterexamples() -> None:
    assert [rule.name for rule in rules() if len(rule.examples) < 2 and not rule.counter] == []
    assert {rule.kind for rule in rules()} >= {ZoneKind.BOILERPLATE, ZoneKind.CAPTION, ZoneKind.BYLINE, ZoneKind.CREDIT}


@pytest.mark.parametrize("line", DATELINES["examples"])
def test_dateline_examples(line: str) -> None:
    line += SENTENCE
    dateline = find_dateline(line, 0, len(line), near_top=True)
    assert dateline
    assert line[dateline.span.end :].lstrip().startswith("Die ")


@pytest.mark.parametrize("line", DATELINES["counter"])
def test_dateline_counterexamples(line: str) -> None:
    line += SENTENCE
    assert find_dateline(line, 0, len(line), near_top=True) is None


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Hafenstadt (dpa/lno) - Die Fähre", ["dpa"]),
        ("Wien (APA/Reuters/AFP) – Der Bund", ["APA", "Reuters", "AFP"]),
        ("Vatikanstadt (KNA) Der Papst", ["KNA"]),
        ("Hannover (epd). Die Kirche", ["epd"]),
        ("Moskau/Kiew (dpa, Interfax) - Die Lage", ["dpa", "Interfax"]),
        ("Frankfurt/Main (dpa-AFX) - Die Börse", ["dpa-AFX"]),
        ("ZÜRICH (sda) - Die Bank", ["Keystone-SDA"]),
        ("New York (rtr) - Der Rat", ["Reuters"]),
        ("Miren (xyz) - Die Fähre", ["xyz"]),
        ("Miren (xyz/dpa) – Die Fähre", ["xyz", "dpa"]),
        ("Hafenstadt (ots) - Die Firma", []),
    ],
)
def test_dateline_agencies(line: str, codes: list[str]) -> None:
    line += SENTENCE
    dateline = find_dateline(line, 0, len(line), near_top=False)
    found = [] if dateline is None else [credited.code for credited in dateline.credits.credited]
    assert found == codes


@pytest.mark.parametrize(
    "line", ["Anna Muster (CDU) - Die Ministerin", "Frankfurt (Oder) ist schön - Die Stadt", "Er (Foto) - Der Mann"]
)
def test_what_stands_in_brackets_need_not_be_an_agency(line: str) -> None:
    line += SENTENCE
    assert find_dateline(line, 0, len(line), near_top=True) is None
