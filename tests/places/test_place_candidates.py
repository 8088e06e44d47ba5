from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.places import candidates
from quellenlage.places.cities import cities


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Damaskus", "SY"),
        ("Kaschau", "SK"),
        ("Reval", "EE"),
        ("Glurns", "IT"),
        ("Syriens", "SY"),
        ("Perus", "PE"),
        ("Chmeimim", "SY"),
        ("Ürümqi", "CN"),
        ("Rostow am Don", "RU"),
    ],
)
def test_the_likeliest_place_of_a_name(name: str, state: str) -> None:
    assert candidates(name)[0].place.states == (state,)


def test_namesakes_are_all_there() -> None:
    assert {c.place.states[0] for c in candidates("Tripolis")} >= {"LY", "LB", "GR"}
    assert {c.place.admin for c in candidates("Neustadt") if c.place.states == ("DE",)} >= {"08", "10", "02"}


def test_georgia_is_the_american_state_before_the_english_name_of_georgien() -> None:
    assert candidates("Georgia")[0].place.key == "area:georgia"
    assert candidates("Georgien")[0].place.key == "state:GE"


def test_what_a_short_name_leaves_out() -> None:
    found = {c.place.name: c.extra for c in candidates("Neustadt")}
    assert found["Neustadt an der Aisch"] == {"aisch"}


def test_no_such_place() -> None:
    assert candidates("Qwrtzhausen") == ()


@given(st.sampled_from(range(0, 200_000, 977)))
def test_a_town_is_found_under_its_own_name(row: int) -> None:
    town = cities().city(row)
    assert town.id in {city.id for city, _ in cities().named(town.name)}
