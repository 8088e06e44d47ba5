from datetime import date

import pytest

from quellenlage.evaluation.dating import score
from quellenlage.evaluation.results import Metric
from quellenlage.evaluation.values import interval, same_value, within
from quellenlage.model import DateInterval, Dct


def dct(first: str, last: str) -> Dct:
    return Dct(date.fromisoformat(first), date.fromisoformat(last), "inferred")


def figures(*articles: tuple[str, Dct | None]) -> dict[str, Metric]:
    tally, _ = score((str(n), gold, found, "") for n, (gold, found) in enumerate(articles))
    return {m.name: m for m in tally.metrics()}


def test_shares_and_precision_by_hand() -> None:
    found = figures(
        ("2015-09-18", dct("2015-09-18", "2015-09-18")),  # the day
        ("2015-09-19", dct("2015-01-01", "2015-12-31")),  # the year
        ("2016-01-02", dct("2016-01-03", "2016-01-03")),  # the wrong day
        ("2017-05-05", None),
    )
    assert found["given.share"].value == 0.75
    assert found["interval.precision"].value == round(2 / 3, 4)
    # Of three intervals two are a day wide: no constant day is right more than once.
    assert found["interval.precision"].trivial == 0.25
    assert found["day-given.share"].value == 0.5
    assert found["day.precision"].value == 0.5
    assert found["interval-right.share"].value == 0.5


def test_the_constant_answer_is_as_wide_as_ours_in_the_median() -> None:
    found = figures(
        ("2015-03-01", dct("2015-03-01", "2015-03-10")),
        ("2015-03-10", dct("2015-03-01", "2015-03-10")),
        ("2015-03-11", None),
        ("2018-01-01", dct("2018-01-01", "2018-01-10")),
    )
    # Ten days hold the 1st and the 10th, or the 10th and the 11th, never all three.
    assert found["interval.precision"].trivial == 0.5


def test_only_wrong_intervals_are_shown_and_silence_is_not_wrong() -> None:
    tally, misses = score([("a", "2016-01-02", dct("2016-01-03", "2016-01-03"), ""), ("b", "2016-01-02", None, "")])
    assert [(m.article, m.expected, m.found) for m in misses] == [("a", "2016-01-02", "2016-01-03")]
    assert tally.notes()[0] == "median width of an interval: 1 days"


def test_narrow_intervals_and_years_are_counted_beside_the_simplest_guess() -> None:
    tally, _ = score(
        [
            ("a", "2015-09-18", Dct(date(2015, 9, 1), date(2015, 10, 1), "inferred", (), ("weekday-date:x (-9)",)), ""),
            ("b", "2015-09-18", dct("2015-08-01", "2015-09-01"), "Am 1. September 2015 begann es."),
            ("c", "2016-01-02", dct("2015-12-20", "2016-01-19"), "Am 1. Mai 2015 begann es."),
            ("d", "2016-01-02", dct("2016-02-01", "2016-02-20"), ""),
        ]
    )
    found = {m.name: m for m in tally.metrics()}
    assert (found["narrow-given.share"].value, found["narrow-given.share"].trivial) == (0.75, 0.5)
    assert (found["narrow.precision"].value, found["narrow.precision"].trivial) == (round(2 / 3, 4), 0.5)
    assert (found["year-given.share"].value, found["year.precision"].value) == (0.75, 1.0)
    assert "inferred 1/2, weekday-date 1/1" in tally.notes()[1]


def test_a_gold_date_must_be_one() -> None:
    with pytest.raises(ValueError, match="no date"):
        score([("a", "gestern", None, "")])


def test_an_open_place_in_a_value_fits_anything_of_its_width() -> None:
    assert same_value("XXXX-09-17", "2018-09-17")
    assert same_value("XXXX-09-17", "XXXX-09-17")
    assert not same_value("XXXX-09-17", "2018-09-18")
    assert not same_value("2018-09-17", "XXXX-09-17")
    assert not same_value("2018-09", "2018-09-17")
    assert same_value(None, None)
    assert not same_value(None, "2018")
    assert not same_value("2018", None)


def test_an_interval_must_contain_all_gold_days() -> None:
    year = DateInterval(date(2018, 1, 1), date(2018, 12, 31))
    assert within("2018-09", year)
    assert within("2018-09-01/2018-10-02", year)
    assert not within("2018-12-31/2019-01-01", year)
    assert not within("2018-09", None)
    assert not within(None, year)
    assert interval("2018-SU") is None
