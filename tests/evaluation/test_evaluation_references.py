from __future__ import annotations

import pytest

from quellenlage.evaluation import references
from quellenlage.link.references import Listed
from quellenlage.model import EntityKind


def test_list_and_cases_are_whole() -> None:
    entries = references.listed()
    assert len(entries) == 200
    known = {entry.source_id: entry for entry in entries}
    dev, report = list(references.cases("dev")), list(references.cases("report"))
    assert (len(dev), len(report)) == (60, 60)
    for one in (*dev, *report):
        assert not one.expected or known[one.expected].kind in _near(one.entity.kind)
        quoted = one.entity.evidence[0]
        assert quoted.holds_in(one.document.text)


def _near(kind: EntityKind) -> set[EntityKind]:
    return {EntityKind.GPE, EntityKind.LOC} if kind in {EntityKind.GPE, EntityKind.LOC} else {kind}


@pytest.mark.parametrize("part", ["dev", "report"])
def test_it_is_far_better_than_the_very_same_name(part: str) -> None:
    result = references.evaluate(part)
    figures = {metric.name: metric.value for metric in result.metrics}
    assert figures["accepted.f1"] > figures["peer.exact-name.f1"] + 0.1
    assert figures["accepted.precision"] >= 0.95
    assert figures["proposed.recall"] >= figures["accepted.recall"]


def test_the_baseline_takes_no_name_that_two_entries_have() -> None:
    entries = references.listed()
    two = next(c for c in references.cases("dev") if c.entity.name == "Gerhard Schröder")
    assert references.exact_name(two, entries) == ""
    assert [m.source_id for m in references.matched(two, Listed(entries)) if m.accepted] == [two.expected]
