from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.places.spelling import key, keys


@pytest.mark.parametrize(
    ("one", "other"),
    [("São Paulo", "Sao Paulo"), ("Köln", "Koeln"), ("Al-Bab", "al bab"), ("Frankfurt (Oder)", "Frankfurt/Oder")],
)
def test_spellings_of_one_place_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("Homs", "Hama"), ("Mosul", "Basel"), ("Iran", "Irak")])
def test_other_places_have_other_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


LETTERS = st.text(st.sampled_from("aäbcéDEłßŞñ -'"), min_size=1, max_size=12)


@given(LETTERS)
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)


@given(st.lists(LETTERS.map(str.strip).filter(bool), min_size=1, max_size=5))
def test_many_names_fold_as_each_does(names: list[str]) -> None:
    assert [folded.strip() for folded in keys(names)] == [key(name) for name in names]
