"""Offices as evidence of who is meant."""

from __future__ import annotations

from datetime import date

import pytest

from quellenlage.link.entities.posts import Posts, apart, hull_of, near, posts_of, tells_little
from quellenlage.model import DateInterval

DAY = DateInterval(date(2012, 5, 3), date(2012, 5, 3))


def held(role: str, *states: str, name: str = "Abdullah") -> set[str]:
    return {sign for sign, _ in posts_of(name, [role], states, DAY).held}


@pytest.mark.parametrize(
    ("role", "signs"),
    [
        ("jordanische König", {"jo-king"}),
        ("saudische König", {"sa-king"}),
        ("Präsident des Schachbundes", {"praesident@schachbundes"}),
        ("Bürgermeister von Algund", {"buergermeister@algund"}),
        ("deutsche Schwimmer", set()),
        ("Polizeisprecher", set()),
        ("ehemalige US-Präsident", set()),
        ("", set()),
    ],
)
def test_an_office_is_held_where_its_body_is_named(role: str, signs: set[str]) -> None:
    assert held(role) == signs


def test_kings_of_two_states_are_two_at_one_time_only() -> None:
    one, other = (posts_of("Abdullah", [role], (), DAY) for role in ("jordanische König", "saudische König"))
    today, later = hull_of(DAY), (DAY.earliest.toordinal() + 4000, DAY.earliest.toordinal() + 4000)
    assert apart(one, other, today, today)
    assert not apart(one, other, today, later)
    assert not apart(one, one, today, today)
    assert not apart(one, other, None, today)


def test_the_holder_is_told_where_the_name_can_be_his() -> None:
    assert posts_of("Obama", ["US-Präsident"], (), DAY).holders == {("us-president", "Barack Obama")}
    assert not posts_of("Kerry", ["US-Präsident"], (), DAY).holders
    assert not posts_of("Obama", ["US-Präsident"], (), None).holders


def test_signs_hold_every_spelling_of_the_holder() -> None:
    assert "barack obama" in posts_of("Obama", ["US-Präsident"], (), DAY).signs
    assert Posts().signs == frozenset()


def test_unknown_days_are_near() -> None:
    assert near(None, (1, 2))
    assert near((1, 2), (300, 301))
    assert not near((1, 2), (9000, 9001))


def test_states_and_capitals_tell_little() -> None:
    assert tells_little("GPE:syrien")
    assert tells_little("GPE:moskau")
    assert not tells_little("GPE:graz")
    assert not tells_little("PER:d peskow")
