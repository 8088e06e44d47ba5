from quellenlage.evaluation.results import Accuracy, Counter, Metric, Miss, SuiteResult, prefixed, rate, worst


def test_counter_by_hand() -> None:
    counter = Counter()
    counter.add(3, 4, 6)
    assert (counter.precision, counter.recall, counter.f1) == (0.75, 0.5, 0.6)
    assert [(m.name, m.value, m.cases) for m in counter.metrics("x")] == [
        ("x.precision", 0.75, 4),
        ("x.recall", 0.5, 6),
        ("x.f1", 0.6, 6),
    ]


def test_an_empty_counter_is_zero_and_not_an_error() -> None:
    assert [m.value for m in Counter().metrics("x")] == [0.0, 0.0, 0.0]
    assert rate("x", 0, 0).value == 0.0


def test_accuracy_stands_beside_its_majority_baseline() -> None:
    accuracy = Accuracy()
    for expected, found in [("a", "a"), ("a", "b"), ("a", "a"), ("b", "b"), ("c", "a")]:
        accuracy.add(expected, found)
    figures = {m.name: m for m in accuracy.metrics("x")}
    assert (figures["x.accuracy"].value, figures["x.accuracy"].trivial) == (0.6, 0.6)
    assert (figures["x.a.precision"].value, figures["x.a.recall"].value) == (0.6667, 0.6667)
    assert (figures["x.b.precision"].value, figures["x.b.recall"].value) == (0.5, 1.0)
    assert figures["x.c.f1"].value == 0.0


def test_a_figure_below_its_pin_fails_the_suite_but_rounding_does_not() -> None:
    assert not Metric("x", 0.7999, 5, pinned=0.8).fell
    assert Metric("x", 0.7990, 5, pinned=0.8).fell
    assert SuiteResult("s", (Metric("x", 0.9, 5, pinned=0.8), Metric("y", 0.1, 5))).ok
    assert not SuiteResult("s", (Metric("x", 0.5, 5, pinned=0.8),)).ok


def test_the_widest_errors_come_first_and_only_ten() -> None:
    misses = [Miss("a", n, n + n + 1, "x", "y") for n in range(12)]
    shown = worst(misses)
    assert len(shown) == 10
    assert [m.start for m in shown] == list(range(11, 1, -1))


def test_prefix_goes_before_every_name() -> None:
    assert [m.name for m in prefixed("claims", [Metric("found.f1", 1.0, 1)])] == ["claims.found.f1"]
