"""The public function: any text passes, offsets hold, plain wordings give their values again."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage import normalise_times
from quellenlage.annotate.timex import wording
from quellenlage.model import DateInterval
from quellenlage.model.layers import TimexType
from quellenlage.resources import load

EXAMPLES = [example.split("|")[0] for rule in load("de/timex_rules.toml")["rule"] for example in rule["examples"]]
SCRAPS = st.sampled_from([word for text in EXAMPLES for word in text.split()])
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(SCRAPS, max_size=25).map(" ".join), st.lists(SCRAPS, max_size=12).map("".join)
)
DCTS = st.sampled_from(
    [None, "2015-09-18", "2016-02-29", "2015-09", "1999", "2015-09-18/2015-10-02", "0001-01-01", "9999-12-31"]
)
DAYS = st.dates(date(1700, 1, 1), date(2100, 12, 31))
YEARS = st.integers(1700, 2100)
AMOUNTS = st.one_of(st.integers(1, 999).map(str), st.sampled_from(["1.5", "2.5", "0.75"]))
VALUES: st.SearchStrategy[tuple[TimexType, str]] = st.one_of(
    DAYS.map(lambda d: ("DATE", d.isoformat())),
    DAYS.map(lambda d: ("DATE", f"{d:%Y-%m}")),
    YEARS.map(lambda y: ("DATE", str(y))),
    st.tuples(YEARS, st.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2", "SP", "SU", "FA", "WI"])).map(
        lambda p: ("DATE", f"{p[0]}-{p[1]}")
    ),
    st.integers(100, 209).map(lambda n: ("DATE", str(n))),
    st.integers(1, 28).map(lambda n: ("DATE", f"{n:02d}")),
    st.sampled_from([("DATE", "PAST_REF"), ("DATE", "PRESENT_REF"), ("DATE", "FUTURE_REF")]),
    st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda p: ("TIME", f"T{p[0]:02d}:{p[1]:02d}")),
    st.tuples(AMOUNTS, st.sampled_from(["TS", "TM", "TH", "D", "W", "M", "Y"])).map(
        lambda p: ("DURATION", f"P{'T' * p[1].startswith('T')}{p[0]}{p[1][-1]}")
    ),
    st.sampled_from(["P1D", "P1W", "P1M", "P1Y", "PT1H", *(f"XXXX-WXX-{n}" for n in range(1, 8))]).map(
        lambda v: ("SET", v)
    ),
)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, dct=DCTS)
def test_no_text_makes_it_fail(text: str, dct: str | None) -> None:
    found = normalise_times(text, dct)
    assert found == normalise_times(text, dct)
    for before, after in pairwise(found):
        assert before.end <= after.start
    for number, timex in enumerate(found, start=1):
        assert timex.id == f"t{number}"
        assert 0 <= timex.start < timex.end <= len(text)
        assert text[timex.start : timex.end].strip() == text[timex.start : timex.end]
        if dct is None and timex.anchor == "dct":
            assert timex.interval is None


@settings(max_examples=300, deadline=None)
@given(value=VALUES, dct=DCTS)
def test_a_wording_says_its_value(value: tuple[TimexType, str], dct: str | None) -> None:
    words = wording(*value)
    assert words is not None
    assert [(t.type, t.value) for t in normalise_times(words, dct)] == [value]


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, dct=DCTS)
def test_normalising_is_idempotent(text: str, dct: str | None) -> None:
    for timex in normalise_times(text, dct):
        words = wording(timex.type, timex.value)
        if words is not None:
            assert [(t.type, t.value) for t in normalise_times(words, dct)] == [(timex.type, timex.value)]


@settings(max_examples=100, deadline=None)
@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)), back=st.integers(0, 6))
def test_a_told_weekday_is_the_last_one(day: date, back: int) -> None:
    told = day - timedelta(days=back)
    name = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")[told.weekday()]
    (found,) = normalise_times(f"Der Rat tagte am {name}.", day)
    assert (found.value, found.anchor, found.earliest, found.latest) == (told.isoformat(), "dct", told, told)


def test_dct_as_day_string_and_interval() -> None:
    expected = normalise_times("Er kam gestern.", date(2015, 9, 18))
    assert expected[0].value == "2015-09-17"
    day = date(2015, 9, 18)
    for dct in ("2015-09-18", datetime(2015, 9, 18, 8, 30), DateInterval(day, day)):
        assert normalise_times("Er kam gestern.", dct) == expected


def test_a_publication_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="gestern"):
        normalise_times("Er kam am Freitag.", "gestern")


def test_it_reads_nothing_but_the_package_and_loads_late() -> None:
    code = (
        "import sys, quellenlage; assert 'quellenlage.annotate' not in sys.modules; "
        "quellenlage.normalise_times('am Freitag'); "
        "assert 'onnxruntime' not in sys.modules and 'quellenlage.store' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("unit", ["am 3. und 4. Mai, ", "Montag bis Freitag ", "vor zwei Wochen. ", "Er kam 2014 an. "])
def test_a_wording_is_found_as_often_as_it_stands_there(unit: str) -> None:
    once = [(t.start, t.end, t.type, t.value) for t in normalise_times(unit, "2015-09-18")]
    assert once
    shifted = [(n * len(unit) + start, n * len(unit) + end, *rest) for n in range(1500) for start, end, *rest in once]
    assert [(t.start, t.end, t.type, t.value) for t in normalise_times(unit * 1500, "2015-09-18")] == shifted
