import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.evaluation.clusters import Shares, b_cubed, ceaf, pairs

GOLD = dict(zip("abcdefg", "1111122", strict=True))


def values(shares: Shares) -> tuple[float, float, float]:
    precision, recall, f1 = (m.value for m in shares.metrics("x"))
    return precision, recall, f1


def test_b_cubed_by_hand() -> None:
    # {a b c} {d e f g}: precision (3·1 + 2·2/4 + 2·2/4) / 7, recall (3·3/5 + 2·2/5 + 2·1) / 7.
    found = dict(zip("abcdefg", "xxxyyyy", strict=True))
    assert values(b_cubed(GOLD, found))[:2] == (round(5 / 7, 4), round(4.6 / 7, 4))


def test_ceaf_by_hand() -> None:
    # {a b c} with 1: 2·3/8; {d e f g} with 2: 2·2/6.
    found = dict(zip("abcdefg", "xxxyyyy", strict=True))
    total = 2 * 3 / 8 + 2 * 2 / 6
    assert values(ceaf(GOLD, found))[:2] == (round(total / 2, 4), round(total / 2, 4))


def test_items_of_one_side_only_count_against_it() -> None:
    shares = b_cubed({"a": "1", "b": "1"}, {"a": "x", "z": "x"})
    assert values(shares)[:2] == (0.25, 0.25)


def test_only_scored_items_are_summed_but_all_make_up_clusters() -> None:
    shares = b_cubed({"a": "1", "b": "1"}, {"a": "x", "b": "y"}, frozenset({"a"}))
    assert (shares.predicted, shares.gold) == (1, 1)
    assert values(shares)[:2] == (1.0, 0.5)


def test_pairs_of_a_cluster() -> None:
    assert pairs({"a": "1", "b": "1", "c": "1", "d": "2"}) == {
        frozenset("ab"), frozenset("ac"), frozenset("bc"),
    }  # fmt: skip


@given(st.dictionaries(st.integers(0, 20), st.sampled_from("123"), min_size=1))
def test_the_same_clustering_is_perfect_under_other_labels(gold: dict[int, str]) -> None:
    found = {item: f"ours-{label}" for item, label in gold.items()}
    assert values(b_cubed(gold, found)) == (1.0, 1.0, 1.0)
    assert values(ceaf(gold, found)) == (1.0, 1.0, 1.0)


@given(
    st.dictionaries(st.integers(0, 12), st.sampled_from("123")),
    st.dictionaries(st.integers(0, 12), st.sampled_from("123")),
)
def test_figures_stay_between_0_and_1_and_swap_with_the_sides(a: dict[int, str], b: dict[int, str]) -> None:
    for measure in (b_cubed, ceaf):
        precision, recall, _ = values(measure(a, b))
        back_precision, back_recall, _ = values(measure(b, a))
        assert 0.0 <= precision <= 1.0
        assert 0.0 <= recall <= 1.0
        assert (precision, recall) == pytest.approx((back_recall, back_precision), abs=1e-3)
