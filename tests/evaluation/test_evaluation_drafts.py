from __future__ import annotations

from itertools import combinations

import pytest

from quellenlage.errors import Defect
from quellenlage.evaluation.drafts import ERRORS, DraftCase, found_for, sure_errors, table, world
from quellenlage.execution.drafting import DraftKind, DraftReport, DraftSentence, Finding, Verdict
from quellenlage.execution.drafting.report import Cited
from quellenlage.model import Span, evidence

TEXT = "Es kamen 700 Soldaten. Es regnete."


@pytest.mark.parametrize("half", ["dev", "report"])
def test_each_half_has_sixty_sentences_that_stand_in_their_drafts(half: str) -> None:
    drafts = list(table(half))
    cases = [(draft, case) for draft in drafts for case in draft.cases]
    assert len(cases) >= 60
    assert all(draft.text[case.start : case.end].endswith((".", "“", "«")) for draft, case in cases)
    assert {draft.world for draft in drafts} == {"sample", "ferry"}
    assert ERRORS - {"agent"} <= {case.expected for _, case in cases}


def test_no_sentence_is_in_two_parts() -> None:
    told = [{d.text[c.start : c.end] for d in table(part) for c in d.cases} for part in ("dev", "ways", "report")]
    assert all(one.isdisjoint(other) for one, other in combinations(told, 2))


def test_a_half_that_is_none_is_refused() -> None:
    with pytest.raises(Defect):
        list(table("closed"))


def test_the_second_world_is_dated_and_has_outlets() -> None:
    captures = world("ferry")
    assert len({capture.id for capture in captures}) == len(captures) == 6
    assert all(capture.given.outlet and capture.given.published for capture in captures)


def test_a_case_is_right_by_the_first_finding() -> None:
    whole = evidence("draft", TEXT, Span(0, 22))
    cited = Cited(evidence("art", "Es kamen 600 Soldaten.", Span(0, 22)), "source")
    wrong = Finding(Verdict.CONTRADICTED, whole, sure=False, score=0.7, kind=DraftKind.NUMBER, evidence=(cited,))
    rest = evidence("draft", TEXT, Span(23, 34))
    report = DraftReport(
        TEXT,
        (
            DraftSentence(whole, (wrong,)),
            DraftSentence(rest, (Finding(Verdict.NOTHING_TO_CHECK, rest, sure=True, score=0.5),)),
        ),
        len(TEXT),
    )
    assert found_for(report, DraftCase(0, 22, "number", frozenset())) == ("number", False)
    assert found_for(report, DraftCase(23, 34, "unchecked", frozenset())) == ("unchecked", True)
    assert sure_errors(report, DraftCase(0, 34, "number", frozenset())) == []
