"""Conflicts across articles, case by case: what must be found, and what must not be taken for a conflict."""

from __future__ import annotations

from typing import Any

import pytest
from tests.story.conflict_cases import cases, linked, outcome

from quellenlage.annotate.language import words
from quellenlage.encoder import files

pytestmark = pytest.mark.skipif(not files.available(words.MODEL), reason="the model files are not in this tree")


@pytest.fixture(autouse=True)
def encoder(models: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as users do: kinds of words come from the encoder."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_conflicts_across_articles(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if "gap" in case:
        # What changes here is told by the test, so that the table of what is missing stays true.
        request.applymarker(pytest.mark.xfail(reason=case["gap"], strict=True))
    found = outcome(case, linked(case).conflicts)
    assert found.missed == ()
    assert [(c.kind.value, c.reasons) for c in found.wrong] == []


@pytest.mark.parametrize("name", ["agent", "number", "time", "place", "happened"])
def test_every_kind_has_cases_that_are_found(name: str) -> None:
    assert any(e["kind"] == name for case in cases() if "gap" not in case for e in case.get("expect", []))


def test_what_is_only_perhaps_one_event_is_a_tension_and_says_so() -> None:
    (case,) = [c for c in cases() if c["name"] == "two courts are each named as the one that stopped a sale"]
    (conflict,) = linked(case).conflicts
    assert conflict.grade.value == "tension"
    assert "event:perhaps" in conflict.reasons
    assert {side.value for side in conflict.sides} == {"Amtsgericht Merzen", "Oberlandesgericht Koblenz"}


def test_the_side_of_a_place_quotes_the_sentence_that_names_it() -> None:
    (case,) = [c for c in cases() if c["name"] == "a boat that capsized off one of two harbours"]
    (conflict,) = linked(case).conflicts
    assert all(side.value in side.evidence.exact for side in conflict.sides)


def test_whoever_accuses_is_the_chain_of_the_accusation() -> None:
    (case,) = [c for c in cases() if c["name"] == "two clubs blame each other for a brawl"]
    told = linked(case)
    names = {entity.id: entity.name for entity in told.entities}
    (conflict,) = told.conflicts
    assert conflict.about == "blame"
    assert {names[one] for side in conflict.sides for link in side.chain for one in link} == {"SV Leer", "TuS Aurich"}
