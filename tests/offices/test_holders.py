from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.model import DateInterval
from quellenlage.offices.holders import SURE, holders_in, office_of, terms
from quellenlage.offices.phrase import read
from quellenlage.resources import load

KEYS = [row["key"] for row in load("de/terms_of_office.toml")["office"]]


def names(key: str, days: str) -> list[str]:
    return [held.name for held in holders_in(key, DateInterval.parse(days))]


@pytest.mark.parametrize(
    ("key", "days", "name"),
    [
        ("us-defense", "2015-10-07", "Ashton Carter"),
        ("us-defense", "2020-03-12", "Mark Esper"),
        ("us-president", "1990-08-09", "George H. W. Bush"),
        ("us-president", "2003-03-18", "George W. Bush"),
        ("ru-president", "2010", "Dmitri Medwedew"),
    ],
)
def test_one_holder_in_all_of_the_days_is_sure(key: str, days: str, name: str) -> None:
    (held,) = holders_in(key, DateInterval.parse(days))
    assert held.name == name
    assert held.score >= SURE
    assert held.reasons[0].startswith(f"term:{key}:")


def test_a_change_within_the_days_leaves_both_unsure() -> None:
    both = holders_in("us-president", DateInterval.parse("2017-01"))
    assert [held.name for held in both] == ["Barack Obama", "Donald Trump"]
    assert all(held.score < SURE and "several:2" in held.reasons for held in both)
    assert names("us-president", "2017-01-20") == ["Barack Obama", "Donald Trump"]


def test_two_chairs_at_one_time_are_told_apart_by_the_form_alone() -> None:
    days = DateInterval.parse("2014-05-05")
    assert {held.name for held in holders_in("de-gruene", days)} == {"Cem Özdemir", "Simone Peter"}
    assert all(held.score < SURE for held in holders_in("de-gruene", days))
    (she,) = holders_in("de-gruene", days, "f")
    assert (she.name, she.score >= SURE) == ("Simone Peter", True)


def test_nobody_is_named_whom_the_form_cannot_mean() -> None:
    assert holders_in("de-kanzler", DateInterval.parse("2022-06-07"), "f") == ()
    assert holders_in("de-kanzler", DateInterval.parse("2015"), "m") == ()


def test_a_gap_in_the_table_names_nobody_and_its_edge_nobody_for_sure() -> None:
    assert names("us-defense", "2019-03-01") == []
    (edge,) = holders_in("us-defense", DateInterval.parse("2018-12-01/2019-01-31"))
    assert edge.score < SURE
    assert "term-ends-within" in edge.reasons


def test_unchecked_rows_say_so_and_rank_below_checked_ones() -> None:
    (peskow,) = holders_in("ru-spokes", DateInterval.parse("2018-02-11"))
    (lawrow,) = holders_in("ru-foreign", DateInterval.parse("2018-02-11"))
    assert not peskow.verified
    assert peskow.reasons[0].endswith(":unverified")
    assert SURE <= peskow.score < lawrow.score


def test_what_the_table_cannot_know_yet_is_not_sure() -> None:
    known = load("de/terms_of_office.toml")["meta"]["known_until"]
    after = DateInterval(known + timedelta(days=1), known + timedelta(days=1))
    (held,) = holders_in("un", after)
    assert held.score < SURE
    assert holders_in("un", DateInterval(known, known))[0].score >= SURE


def test_a_name_beside_a_bare_office_tells_which() -> None:
    reading = read("Außenminister")
    in_2016, in_1990 = DateInterval.parse("2016"), DateInterval.parse("1990")
    found = office_of(reading, ["Sergej Lawrow"], in_2016)
    assert found is not None
    assert found.key == "ru-foreign"
    assert office_of(reading, ["Sergej Lawrow"], in_1990) is None
    assert office_of(reading, ["Anna Muster"], in_2016) is None
    assert office_of(read("früherer Außenminister"), ["Sergej Lawrow"], in_2016) is None


@given(
    st.sampled_from(KEYS),
    st.dates(min_value=date(1985, 1, 1), max_value=date(2026, 1, 1)),
    st.integers(min_value=0, max_value=800),
)
def test_at_most_one_is_sure_and_each_served_in_the_days(key: str, start: date, length: int) -> None:
    days = DateInterval(start, start + timedelta(days=length))
    found = holders_in(key, days)
    assert sum(held.score >= SURE for held in found) <= 1
    assert all(0 < held.score <= 1 for held in found)
    served = {term.name for term in terms(key) if term.days.meets(days)}
    assert {held.name for held in found} == served
