import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from quellenlage.errors import MissingResource, NotFound
from quellenlage.evaluation import data, pins, run, suites
from quellenlage.evaluation.pins import OTHER_DATA, Pins, compared, raised
from quellenlage.evaluation.registry import SUITES, Suite
from quellenlage.evaluation.results import Metric, SuiteResult


def result(value: float, digest: str = "d1", more: Mapping[str, float] | None = None) -> SuiteResult:
    metrics = {"found.f1": value, **(more or {})}
    return SuiteResult("s", tuple(Metric(n, v, 10) for n, v in metrics.items()), data_sha256=digest)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source tree without pins."""
    (tmp_path / "evaluation").mkdir()
    monkeypatch.setattr(data, "CHECKOUT", tmp_path)
    return tmp_path / "evaluation" / "baselines"


def test_a_lower_figure_fails_and_a_higher_one_does_not() -> None:
    held = Pins("s", "d1", {"found.f1": 0.8})
    assert not compared(result(0.7), held).ok
    assert compared(result(0.8), held).ok
    assert compared(result(0.9), held).metrics[0].pinned == 0.8


def test_other_data_are_not_compared_and_do_not_fail() -> None:
    found = compared(result(0.1, "d2"), Pins("s", "d1", {"found.f1": 0.8}))
    assert found.ok
    assert OTHER_DATA in found.notes
    assert found.metrics[0].pinned is None


def test_a_figure_that_is_no_longer_measured_fails() -> None:
    found = compared(result(0.9), Pins("s", "d1", {"found.f1": 0.8, "gone.f1": 0.5}))
    assert not found.ok
    assert [(m.name, m.value) for m in found.metrics if m.fell] == [("gone.f1", 0.0)]


def test_a_skipped_suite_is_not_compared() -> None:
    skipped = SuiteResult("s", skipped="no data")
    assert compared(skipped, Pins("s", "d1", {"found.f1": 0.8})) == skipped


def test_pins_rise_but_never_fall() -> None:
    held = Pins("s", "d1", {"found.f1": 0.8, "gone.f1": 0.5})
    assert raised(result(0.9), held, ["found.f1"]).metrics == {"found.f1": 0.9, "gone.f1": 0.5}
    assert raised(result(0.7), held, ["found.f1"]).metrics == {"found.f1": 0.8, "gone.f1": 0.5}


def test_only_figures_of_the_gate_are_pinned_and_new_ones_are_added() -> None:
    measured = result(0.9, more={"peer.f1": 0.3, "new.f1": 0.4})
    found = raised(measured, Pins("s", "d1", {"found.f1": 0.8}), ["found.f1", "new.f1"])
    assert found.metrics == {"found.f1": 0.9, "new.f1": 0.4}


def test_on_other_data_pins_start_anew() -> None:
    assert raised(result(0.1, "d2"), Pins("s", "d1", {"found.f1": 0.8}), ["found.f1"]) == Pins(
        "s", "d2", {"found.f1": 0.1}
    )


def test_written_pins_are_read_again(tree: Path) -> None:
    assert pins.read("s") is None
    path = pins.write(Pins("s", "d1", {"b.f1": 0.5, "a.f1": 0.25}))
    assert path.parent == tree
    assert list(json.loads(path.read_text("utf-8"))["metrics"]) == ["a.f1", "b.f1"]
    assert pins.read("s") == Pins("s", "d1", {"a.f1": 0.25, "b.f1": 0.5})


def test_an_installed_package_has_no_pins_to_raise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "CHECKOUT", tmp_path)
    with pytest.raises(MissingResource, match="source tree"):
        pins.write(Pins("s", "d1", {}))


def test_update_pins_then_holds(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = iter([0.8, 0.7, 0.7, 0.9])
    suite = Suite("s", lambda: result(next(values)), (), ("found.f1",))
    monkeypatch.setattr("quellenlage.evaluation.registry.SUITES", (suite,))
    assert [r.metrics[0].pinned for r in run([], update=True)] == [0.8]
    assert [r.ok for r in run()] == [False]
    assert [(r.ok, r.metrics[0].pinned) for r in run(update=True)] == [(False, 0.8)]
    assert [(r.ok, r.metrics[0].pinned) for r in run(update=True)] == [(True, 0.9)]
    assert tree.is_dir()


def test_missing_data_skip_a_suite_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(data.VARIABLE, str(tmp_path))
    for name in ("zones-seeds", "dct-dev", "timex-dolomiten-100", "quotations-dev", "claims-gold", "names-germeval"):
        (found,) = run([name])
        assert found.skipped is not None
        assert data.VARIABLE in found.skipped
        assert found.ok
        assert not found.metrics


def test_an_unknown_suite_is_refused_before_anything_runs() -> None:
    with pytest.raises(NotFound, match="no suite is called quotation-dev"):
        run(["quotation-dev"])


def test_final_and_long_suites_run_only_when_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def scored(self: Suite, update: bool) -> SuiteResult:
        ran.append(self.name)
        return SuiteResult(self.name)

    monkeypatch.setattr("quellenlage.evaluation.registry._run", scored)
    assert [r.name for r in run()] == ran
    assert {"timex-dolomiten-42", "quotations-train", "search-tune", "reprints-dev"} == set(suites()) - set(ran)
    assert [r.name for r in run(["timex-dolomiten-42"])] == ["timex-dolomiten-42"]


def test_suites_have_one_name_and_pin_something() -> None:
    assert len(set(suites())) == len(SUITES)
    assert all(suite.gate and len(set(suite.gate)) == len(suite.gate) for suite in SUITES)
