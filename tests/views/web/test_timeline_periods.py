"""Periods by which lines are counted: they hold their day, follow each other, and are never more than asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.views.web.shown.stories import WIDTH, small_columns
from quellenlage.views.web.shown.timeline_periods import Bar, Step, step_of

_DAYS = st.dates(date(1500, 1, 1), date(2200, 1, 1))
_STEPS = [Step("day", 1), Step("day", 7), Step("month", 1), Step("month", 3), Step("month", 6), Step("year", 1)]
_STEPS += [Step("year", 10), Step("year", 50)]


@pytest.mark.parametrize("step", _STEPS)
@given(day=_DAYS)
def test_a_period_holds_its_day_and_the_next_begins_where_it_ends(step: Step, day: date) -> None:
    first, last = step.period(day)
    assert first <= day <= last
    assert step.period(first) == step.period(last) == (first, last)
    assert step.period(last + timedelta(days=1))[0] == last + timedelta(days=1)
    if step == Step("day", 7):
        assert first.weekday() == 0


@given(first=_DAYS, days=st.integers(0, 200_000), most=st.integers(8, 400))
def test_there_are_no_more_periods_than_asked_for(first: date, days: int, most: int) -> None:
    last = first + timedelta(days=days)
    step = step_of((first, last), most)
    count, day = 0, first
    while day <= last and count <= most + 2:
        day = step.period(day)[1] + timedelta(days=1)
        count += 1
    assert count <= most + 2


@given(st.lists(st.tuples(_DAYS, st.integers(0, 400), st.integers(1, 99)), min_size=1, max_size=20))
def test_small_columns_stay_within_their_drawing(given_bars: list[tuple[date, int, int]]) -> None:
    found = [Bar(first, first + timedelta(days=days), count) for first, days, count in given_bars]
    reach = min(one.first for one in found), max(one.last for one in found)
    for column in small_columns(found, reach):
        assert column.x >= 0
        assert column.x + column.width <= WIDTH + 0.2
        assert column.y >= 0
