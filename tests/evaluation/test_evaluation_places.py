from __future__ import annotations

from dataclasses import replace

import pytest

from quellenlage.evaluation.places import Case, judged
from quellenlage.model import PlaceReading

CASE = Case("x1", "exonym", "In Halle regnet es.", "Halle", frozenset({"DE"}), 51.48, 11.97, 15.0, "place")
RIGHT = PlaceReading("e1", None, "place", ("DE",), "gn:1", "Halle", 51.5, 12.0, 5.0, "settlement", 0.9)


def test_right_in_all_three() -> None:
    outcome = judged(CASE, RIGHT, True)
    assert (outcome.state, outcome.place, outcome.role, outcome.pinned) == (True, True, True, True)


def test_a_pin_beyond_the_radius_is_wrong_and_a_pin_given() -> None:
    outcome = judged(CASE, replace(RIGHT, lat=52.06, lon=8.36), True)
    assert (outcome.state, outcome.place, outcome.pinned) == (True, False, True)


def test_no_mention_is_wrong_in_all() -> None:
    outcome = judged(CASE, None, False)
    assert (outcome.state, outcome.place, outcome.role, outcome.pinned) == (False, False, False, False)


def test_the_first_state_counts() -> None:
    assert not judged(CASE, replace(RIGHT, state=("BE", "DE")), True).state


def test_open_water_has_no_state_and_a_place_without_key_is_not_right() -> None:
    sea = replace(CASE, states=frozenset({""}))
    assert judged(sea, replace(RIGHT, state=()), True).state
    assert not judged(sea, PlaceReading("e1", None, "place"), True).state
    assert not judged(sea, RIGHT, True).state


@pytest.mark.parametrize(("reading", "right"), [(None, True), (RIGHT, False)])
def test_no_place(reading: PlaceReading | None, right: bool) -> None:
    outcome = judged(replace(CASE, role="none", states=frozenset({""})), reading, reading is not None)
    assert (outcome.state, outcome.place, outcome.role) == (right, right, right)


def test_a_metonym_read_as_the_town_is_wrong_in_its_role() -> None:
    assert not judged(replace(CASE, role="metonym"), RIGHT, True).role
