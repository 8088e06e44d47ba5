from __future__ import annotations

from pathlib import Path

import pytest

from quellenlage.errors import Defect
from quellenlage.evaluation import data
from quellenlage.evaluation.registry import SUITES
from quellenlage.evaluation.stories import GATE, HALVES, evaluate, table


def test_both_halves_have_courses_and_strangers_and_no_text_in_common() -> None:
    halves = {half: list(table(half)) for half in HALVES}
    for cases in halves.values():
        sizes = [sum(case.subject == one.subject for one in cases) for case in cases]
        assert len(cases) >= 40
        assert min(sizes) == 1
        assert max(sizes) >= 5
    dev, report = ({case.text for case in cases} for cases in halves.values())
    assert not dev & report
    assert not {c.subject for c in halves["dev"]} & {c.subject for c in halves["report"]}


def test_there_is_no_third_half_and_a_broken_line_is_a_defect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Defect):
        list(table("held"))
    broken = tmp_path / "cases.tsv"
    broken.write_text("dev\tsubject\n", encoding="utf-8")
    monkeypatch.setattr(data, "shipped", lambda *_: broken)
    with pytest.raises(Defect):
        list(table("dev"))


def test_stories_beat_the_trivial_ones_and_strangers_stay_apart() -> None:
    metrics = {metric.name: metric for metric in evaluate("dev").metrics}
    assert set(GATE) <= set(metrics)
    f1 = metrics["b-cubed.f1"]
    assert f1.trivial is not None
    assert f1.value > f1.trivial
    assert metrics["b-cubed.precision"].value >= 0.95
    best = max(metrics[f"{name}.f1"].value for name in ("alone", "one", "month"))
    assert f1.trivial == pytest.approx(best, abs=1e-4)
    assert {suite.name for suite in SUITES} >= {"stories-dev", "stories-report"}


def test_of_the_report_half_no_error_is_shown() -> None:
    assert not evaluate("report").worst
