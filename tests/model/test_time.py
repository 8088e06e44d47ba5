"""Intervals of days and explicit German dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.errors import Defect
from quellenlage.model import DateInterval, fold
from quellenlage.model.calendar import explicit_dates, last_weekday, next_weekday

DAYS = st.dates(date(1000, 1, 1), date(9000, 12, 31))


@given(DAYS, DAYS)
def test_value_reads_back(a: date, b: date) -> None:
    interval = DateInterval(min(a, b), max(a, b))
    assert DateInterval.parse(interval.value) == interval


@pytest.mark.parametrize(
    ("value", "days"),
    [("2016-02", 29), ("2015-02", 28), ("2015", 365), ("2015-09-18", 1), ("2015-09-28/2015-10-03", 6)],
)
def test_lengths(value: str, days: int) -> None:
    assert DateInterval.parse(value).days == days


@pytest.mark.parametrize("value", ["2015-02-30", "gestern", "2015-13", "0000", "15-09-18", "2015-9", "2015-02/2015-01"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        DateInterval.parse(value)


def test_backwards_interval_is_a_defect() -> None:
    with pytest.raises(Defect):
        DateInterval(date(2020, 1, 2), date(2020, 1, 1))


@given(DAYS, DAYS, DAYS, DAYS)
def test_meeting_is_having_an_intersection(a: date, b: date, c: date, d: date) -> None:
    one, two = DateInterval(min(a, b), max(a, b)), DateInterval(min(c, d), max(c, d))
    assert one.meets(two) == (one.intersection(two) is not None) == two.meets(one)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("am 18.9.2015 in Wien", ["2015-09-18"]),
        ("am 3. Jänner 2020 und im März 2021", ["2020-01-03", "2021-03"]),
        ("Stand: 07.01.19, 12.30 Uhr", ["2019-01-07"]),
        ("datiert 2020-01 sowie 2020-01-31", ["2020-01", "2020-01-31"]),
        ("am 31.2.2015", []),
        ("Version 1.2.3.2015, Tor zum 3.1.", []),
        ("Az. 12.0.2015", []),
    ],
)
def test_explicit_dates(text: str, values: list[str]) -> None:
    assert [found.interval.value for found in explicit_dates(text)] == values


@given(st.text(alphabet="0123456789. -/JanuarMiSept", max_size=60))
def test_explicit_dates_take_any_text(text: str) -> None:
    for found in explicit_dates(text):
        assert 0 <= found.span.start < found.span.end <= len(text)


@given(st.dates(date(1900, 1, 8), date(2100, 1, 1)), st.integers(0, 6))
def test_weekdays_are_within_a_week(day: date, weekday: int) -> None:
    before, after = last_weekday(day, weekday), next_weekday(day, weekday)
    assert before.weekday() == after.weekday() == weekday
    assert 0 <= (day - before).days < 7
    assert 0 <= (after - day).days < 7


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Müller", "Mueller"),
        ("STRASSE", "Straße"),
        ("Al-Muallem", "al muallem"),
        ("Čović", "Covic"),
        ("Süß", "SUESS"),
    ],
)
def test_folding_joins_spellings(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@given(st.text(max_size=80))
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_an_interval_is_widened_to_the_ends_of_the_calendar_at_most() -> None:
    # A clipping that claims to be of 01.01.0001 once stopped the link of a whole archive.
    whole = DateInterval.parse("0001-01-01/9999-12-31")
    assert whole.widened(30) == whole
    assert DateInterval.parse("2020-01-10").widened(3).value == "2020-01-07/2020-01-13"
