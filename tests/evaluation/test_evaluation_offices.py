from __future__ import annotations

from collections import Counter

import pytest

from quellenlage.evaluation.offices import GATE, NONE, UNSURE, evaluate, most_recent, named, table
from quellenlage.evaluation.registry import SUITES
from quellenlage.link.offices import Candidate

CLASSES = {"head", "minister", "spokesman", "chief", "former", "ambiguous"}


@pytest.mark.parametrize("split", ["dev", "report"])
def test_each_part_has_its_sixty_cases_of_all_classes(split: str) -> None:
    cases = list(table(split))
    assert len(cases) == 60
    assert {case.group for case in cases} == CLASSES
    assert all(case.text[case.start : case.start + len(case.phrase)] == case.phrase for case in cases)
    answers = Counter(case.holder if case.holder in {NONE, UNSURE} else "named" for case in cases)
    assert min(answers.values()) >= 5


def test_no_sentence_stands_in_both_parts() -> None:
    dev, report = ({(case.text, case.days) for case in table(split)} for split in ("dev", "report"))
    assert not dev & report


def test_figures_are_those_the_gate_names_and_beat_the_trivial_answer() -> None:
    result = evaluate("dev")
    metrics = {metric.name: metric for metric in result.metrics}
    assert set(GATE) <= set(metrics)
    f1 = metrics["named.f1"]
    assert f1.trivial is not None
    assert f1.value > f1.trivial
    assert all(0 <= metric.value <= 1 for metric in result.metrics)
    assert {suite.name for suite in SUITES} >= {"offices-dev", "offices-report"}


def test_one_sure_candidate_is_named_and_two_are_not() -> None:
    sure, other, weak = (Candidate(name, (name,), score, ()) for name, score in (("A", 0.9), ("B", 0.85), ("C", 0.4)))
    assert named([sure, weak]) is sure
    assert named([sure, other]) is None
    assert named([weak]) is None


def test_the_trivial_answer_is_the_last_holder_of_the_table() -> None:
    pentagon = next(case for case in table("dev") if case.phrase == "Der Pentagon-Chef")
    assert most_recent(pentagon) == "Pete Hegseth"
    polizei = next(case for case in table("dev") if case.phrase == "Der Polizeisprecher")
    assert most_recent(polizei) == ""
