from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.intake.dates import iso_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2015-09-18", "2015-09-18"),
        ("2015-09", "2015-09"),
        ("20150918", "2015-09-18"),
        ("2015-09-18T14:30:00+02:00", "2015-09-18T14:30:00+02:00"),
        ("2015-09-18 14:30", "2015-09-18T14:30:00"),
        ("2015-09-18T14:30:00.123Z", "2015-09-18T14:30:00Z"),
        ("2015-09-18T14:30:00+0200", "2015-09-18T14:30:00+02:00"),
        ("18.09.2015", "2015-09-18"),
        ("18. 9. 2015", "2015-09-18"),
        ("Fr., 18.09.2015, 14:30 Uhr", "2015-09-18T14:30:00"),
        ("18. September 2015", "2015-09-18"),
        ("18. Sept. 2015 14.30 Uhr", "2015-09-18T14:30:00"),
        ("Freitag, 18. März 2016", "2016-03-18"),
        ("1. Jänner 2020", "2020-01-01"),
        ("Fri, 18 Sep 2015 14:30:00 +0200", "2015-09-18T14:30:00+02:00"),
        ("Fri, 18 Sep 2015 12:30:00 GMT", "2015-09-18T12:30:00Z"),
        (1442579400, "2015-09-18T12:30:00Z"),
        (1442579400000, "2015-09-18T12:30:00Z"),
    ],
)
def test_dates_as_containers_write_them(value: object, expected: str) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "2015",
        2015,
        True,
        "gestern",
        "31.02.2015",
        "2015-13-01",
        "18.09.15",
        "18/09/2015",
        "0000-01",
        float("nan"),
        float("inf"),
        [],
        {},
        "Fri, 18 Sep 15 14:30:00 +0200",
        "2015-09-18 bis 2015-09-20",
    ],
)
def test_what_is_no_certain_day_gives_none(value: object) -> None:
    assert iso_date(value) is None


@given(st.one_of(st.text(), st.floats(), st.integers(), st.from_regex(r"[0-9]{1,4}[-. ][0-9]{1,2}[-. ][0-9]{1,4}.*")))
def test_anything_is_a_date_or_none(value: object) -> None:
    found = iso_date(value)
    assert found is None or found[:4].isdigit()
