"""Readings that were wrong once: seasons just over, offsets from wide periods, intervals, frames, terms, feasts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage import normalise_times
from quellenlage.annotate.timex.meaning import Context
from quellenlage.errors import Defect
from quellenlage.model import DateInterval, Timex

FRIDAY = "2015-09-18"


def values(text: str, dct: str | None = FRIDAY) -> list[tuple[str, str]]:
    return [(text[t.start : t.end], t.value) for t in normalise_times(text, dct)]


def days(timex: Timex) -> str:
    return "" if timex.earliest is None else f"{timex.earliest}/{timex.latest}"


@pytest.mark.parametrize(
    ("text", "dct", "found"),
    [
        ("Im vergangenen Winter brannte es.", "2020-01-03", ("vergangenen Winter", "2018-WI")),
        ("Im vorletzten Sommer brannte es.", FRIDAY, ("vorletzten Sommer", "2014-SU")),
        ("Im vorletzten Mai brannte es.", FRIDAY, ("vorletzten Mai", "2014-05")),
        ("Am 5. November wurde der Vertrag unterzeichnet.", FRIDAY, ("5. November", "2014-11-05")),
        ("Die Wahl wurde auf den 5. November verschoben.", FRIDAY, ("5. November", "2015-11-05")),
        ("Er kündigte die Wahl am 5. November an.", FRIDAY, ("5. November", "2015-11-05")),
        ("Am 25. September und am 5. November wurde gewählt.", FRIDAY, ("5. November", "2015-11-05")),
        ("Um 20 Uhr am Samstag, 26. September, beginnt das Fest.", FRIDAY, ("20 Uhr", "2015-09-26T20:00")),
        ("Um 20 Uhr am Sonntag beginnt das Fest.", FRIDAY, ("20 Uhr", "2015-09-20T20:00")),
        ("Um 20 Uhr am Sonntag beginnt das Fest.", FRIDAY, ("Sonntag", "2015-09-20")),
        ("Am Montag um 20 Uhr, am Dienstag um 19 Uhr ist Probe.", FRIDAY, ("20 Uhr", "2015-09-21T20:00")),
        ("Am 3. Mai 2014 kam er. Am Abend zuvor war er in Rom.", FRIDAY, ("Abend zuvor", "2014-05-02TEV")),
        ("Letztes Jahr im Mai brannte es.", FRIDAY, ("Mai", "2014-05")),
        ("Letztes Jahr am 5. Mai brannte es. Um 8 Uhr kam er.", FRIDAY, ("8 Uhr", "2014-05-05T08:00")),
        ("Er kam am 3. Mai 2014 am Montag.", FRIDAY, ("Montag", "2015-09-14")),
        ("Letztes Jahr zu Ostern brannte es.", FRIDAY, ("Ostern", "2014-04-20")),
        ("Vergangene Woche am Dienstag brannte es.", FRIDAY, ("Dienstag", "2015-09-08")),
        ("Es brannte am letzten Freitag im September.", FRIDAY, ("letzten Freitag im September", "2015-09-25")),
        ("Am ersten Sonntag im Mai 2014 brannte es.", FRIDAY, ("ersten Sonntag im Mai 2014", "2014-05-04")),
        ("Am zweiten Weihnachtsfeiertag brannte es.", FRIDAY, ("zweiten Weihnachtsfeiertag", "2014-12-26")),
        ("Am Zweiten Weihnachtstag brannte es.", FRIDAY, ("Zweiten Weihnachtstag", "2014-12-26")),
        ("Am vierten Adventsonntag brannte es.", FRIDAY, ("vierten Adventsonntag", "2014-12-21")),
        ("Am ersten Mai brannte es.", FRIDAY, ("ersten Mai", "2015-05-01")),
        ("Am fünften Oktober 2014 brannte es.", FRIDAY, ("fünften Oktober 2014", "2014-10-05")),
        ("Am Ostermontagabend brannte es.", FRIDAY, ("Ostermontagabend", "2015-04-06TEV")),
        ("Im Januar, Februar und März 2012 brannte es.", FRIDAY, ("Januar", "2012-01")),
        ("Im Januar, Februar und März 2012 brannte es.", FRIDAY, ("Februar", "2012-02")),
        ("In KW 38 brannte es.", FRIDAY, ("KW 38", "2015-W38")),
        ("In der 38. Kalenderwoche brannte es.", FRIDAY, ("38. Kalenderwoche", "2015-W38")),
        ("In der vorvergangenen Woche brannte es.", FRIDAY, ("der vorvergangenen Woche", "2015-W36")),
        ("Am 29. Februar kam er.", FRIDAY, ("29. Februar", "2012-02-29")),
        ("Am Tag nach Fronleichnam brannte es.", FRIDAY, ("Tag nach Fronleichnam", "2015-06-05")),
    ],
)
def test_what_was_read_wrongly(text: str, dct: str, found: tuple[str, str]) -> None:
    assert found in values(text, dct)


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("In den neunziger Jahren kam er. Ein Jahr zuvor ging er.", "XXXX", "1989-01-01/1998-12-31"),
        ("Im Jahr 2012 kam er. Eine Woche später ging er.", "XXXX-WXX", "2012-01-02/2013-01-13"),
        ("Ende 2013 kam er. Einen Monat später ging er.", "XXXX-XX", "2013-10-01/2014-01-31"),
        ("Im Mai 2012 kam er. Einen Monat später ging er.", "2012-06", "2012-06-01/2012-06-30"),
        ("In den neunziger Jahren kam er. Im Folgejahr ging er.", "XXXX", "1991-01-01/2000-12-31"),
        ("Er kam. Im WS 2004/05 ging er.", "2004-WI", "2004-10-01/2005-03-31"),
        ("Er kam. Im SS 2013 ging er.", "2013-SU", "2013-04-01/2013-09-30"),
        ("Er kam. Im Schuljahr 2014/15 ging er.", "2014/2015", "2014-09-01/2015-08-31"),
        ("Er kam. Am Tag vor Weihnachten ging er.", "XXXX-XX-XX", "2014-12-23/2014-12-24"),
        ("Er kam. Zwei Tage nach Ostern ging er.", "XXXX-XX-XX", "2015-04-07/2015-04-08"),
    ],
)
def test_days_are_never_more_precise_than_the_text(text: str, value: str, interval: str) -> None:
    found = normalise_times(text, FRIDAY)[-1]
    assert (found.value, days(found)) == (value, interval)


@pytest.mark.parametrize(
    ("text", "dct", "value", "interval"),
    [
        ("Von Freitag bis Montag streikten sie.", "2014-11-27/2014-11-28", "XXXX-WXX-1", "2014-11-24/2014-12-01"),
        ("Im Mai kam er. Einen Monat zuvor ging er.", "2014-03-13/2014-05-12", "XXXX-XX", "2013-04-01/2014-04-30"),
    ],
)
def test_what_counts_from_an_open_day_stays_open(text: str, dct: str, value: str, interval: str) -> None:
    found = normalise_times(text, dct)[-1]
    assert (found.value, days(found)) == (value, interval)


TOLD = ["Am Freitag", "Im Mai", "Gestern", "Am 5. November", "Im Sommer", "Letztes Jahr im Mai", "Um 20 Uhr am Sonntag"]
TOLD += ["Von Freitag bis Montag", "Vergangene Woche am Dienstag", "Zu Ostern", "Im vergangenen Winter", "In KW 38"]
LATER = [
    "Einen Monat zuvor",
    "Zwei Tage später",
    "Am selben Tag",
    "Am Abend zuvor",
    "Um 8 Uhr",
    "Im April",
    "Am Montag",
]
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@settings(max_examples=300, deadline=None)
@given(
    parts=st.tuples(st.sampled_from(TOLD), st.sampled_from(LATER), st.sampled_from(LATER)),
    first=DAYS,
    length=st.integers(1, 400),
)
def test_days_of_an_interval_contain_those_of_its_ends(parts: tuple[str, ...], first: date, length: int) -> None:
    text = " ".join(f"{part} brannte es." for part in parts)
    last = first + timedelta(days=length)
    wide = normalise_times(text, DateInterval(first, last))
    for end in (first, last):
        narrow = normalise_times(text, end)
        assert [(t.start, t.end) for t in narrow] == [(t.start, t.end) for t in wide]
        for inner, outer in zip(narrow, wide, strict=True):
            if outer.earliest and outer.latest:
                assert inner.earliest
                assert inner.latest
                assert outer.earliest <= inner.earliest <= inner.latest <= outer.latest
            else:
                assert "X" in outer.value or outer.value.startswith("T")


@pytest.mark.parametrize(
    "text",
    [
        "Er ging durch die Straße des 17. Juni.",
        "Er fuhr einen BMW 2002.",
        "Herr Freitag sagte nichts.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert values(text) == []


def test_a_day_that_the_named_year_does_not_have_is_none_of_another_year() -> None:
    assert all(value.startswith("2015") for _, value in values("Am 29. Februar 2015 kam er."))


def test_an_interval_that_runs_backwards_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="backwards"):
        normalise_times("Er kam gestern.", "2015-09-20/2015-09-18")


def test_a_mistake_of_a_normalisation_is_not_taken_for_a_day_that_does_not_exist() -> None:
    context = Context(date(2015, 9, 18), True, None, False, "", ("",) * 8, ("",) * 8, lambda: 0)
    with pytest.raises(Defect):
        context.nearest([])
