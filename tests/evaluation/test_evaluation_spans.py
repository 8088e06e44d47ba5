from hypothesis import given
from hypothesis import strategies as st

from quellenlage.evaluation.spans import Labelled, overlapping, relaxed, strict

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 8), st.sampled_from("AB")).map(lambda t: (t[0], t[0] + t[1], t[2])),
    max_size=12,
    unique=True,
)


def test_a_shifted_span_is_relaxed_but_not_strict() -> None:
    gold, found = [(0, 5, "PER"), (10, 15, "ORG")], [(1, 5, "PER"), (10, 15, "ORG")]
    assert strict(gold, found).f1 == 0.5
    assert relaxed(gold, found).f1 == 1.0


def test_another_label_is_neither() -> None:
    assert strict([(0, 5, "PER")], [(0, 5, "ORG")]).hits == 0
    assert relaxed([(0, 5, "PER")], [(0, 5, "ORG")]).hits == 0


def test_touching_spans_do_not_overlap() -> None:
    assert relaxed([(0, 5, "A")], [(5, 9, "A")]).hits == 0


def test_one_long_span_is_worth_one_hit_only() -> None:
    counter = relaxed([(0, 3, "A"), (4, 7, "A")], [(0, 7, "A")])
    assert (counter.hits, counter.predicted, counter.gold) == (1, 1, 2)


def test_the_larger_overlap_is_taken() -> None:
    assert overlapping([(0, 10, "A")], [(9, 20, "A"), (2, 8, "A")]) == [(0, 1)]


@given(SPANS)
def test_a_perfect_prediction_is_perfect(spans: list[Labelled]) -> None:
    expected = 1.0 if spans else 0.0
    assert strict(spans, spans).f1 == expected
    assert relaxed(spans, spans).f1 == expected


@given(SPANS, SPANS)
def test_strict_is_never_more_than_relaxed(gold: list[Labelled], found: list[Labelled]) -> None:
    assert strict(gold, found).hits <= relaxed(gold, found).hits <= min(len(gold), len(found))
