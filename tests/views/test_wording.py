from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.model import DateInterval, Evidence, Figure, Span, evidence, text_digest
from quellenlage.views.locale import words_for
from quellenlage.views.wording.dates import date_words, moment_words, short_interval, span_words
from quellenlage.views.wording.numbers import figure_words, merged_figures, range_words, surface_unit
from quellenlage.views.wording.quoting import in_marks, quoted

DE, EN = words_for("de"), words_for("en")


@pytest.mark.parametrize(
    ("value", "de", "en"),
    [
        ("2015-09-18", "18. September 2015", "18 September 2015"),
        ("2015-09", "September 2015", "September 2015"),
        ("2015", "2015", "2015"),
        ("2014/2016", "2014–2016", "2014–2016"),
        ("2015-08-29/2015-09-28", "zwischen 29.08. und 28.09.2015", "between 29 Aug and 28 Sep 2015"),
        ("2015-12-29/2016-01-03", "zwischen 29.12.2015 und 03.01.2016", "between 29 Dec 2015 and 3 Jan 2016"),
        ("2015-08/2015-09", "zwischen August und September 2015", "between August and September 2015"),
        ("2015-12/2016-01", "zwischen Dezember 2015 und Januar 2016", "between December 2015 and January 2016"),
    ],
)
def test_dates_are_told_as_precisely_as_known(value: str, de: str, en: str) -> None:
    interval = DateInterval.parse(value)
    assert date_words(interval, DE) == de
    assert date_words(interval, EN) == en


def test_no_date_is_told_as_none() -> None:
    assert date_words(None, DE) == "undatiert"
    assert short_interval(None, EN) == "n. d."


@given(st.dates(), st.dates())
def test_every_interval_has_words(a: date, b: date) -> None:
    interval = DateInterval(min(a, b), max(a, b))
    for words in (DE, EN):
        assert str(interval.latest.year) in date_words(interval, words)
        assert short_interval(interval, words)


@pytest.mark.parametrize(
    ("days", "told"), [(1, "1 Tag"), (45, "45 Tage"), (180, "6 Monate"), (820, "2 Jahre, 3 Monate")]
)
def test_stretches_of_time_in_words(days: int, told: str) -> None:
    assert span_words(days, DE) == told


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (400, 400, "400 Soldaten"),
        (400, None, "mindestens 400 Soldaten"),
        (None, 99, "höchstens 99 Soldaten"),
        (90, 110, "90 bis 110 Soldaten"),
        (12000, 12000, "12.000 Soldaten"),
        (None, None, "unbekannt viele Soldaten"),
    ],
)
def test_numbers_are_ranges(low: float | None, high: float | None, told: str) -> None:
    assert range_words(low, high, "Soldaten", DE) == told


def figure(words: str, low: float | None, high: float | None, unit: str) -> Figure:
    return Figure(unit, low, high, evidence("art-1", words, Span(0, len(words))))


def test_the_unit_is_told_as_the_text_writes_it() -> None:
    assert surface_unit([figure("rund 40 Männer", 36, 44, "Mann")]) == "Männer"
    assert surface_unit([figure("ein Toter", 1, 1, "Toter")]) == "Toter"
    assert figure_words(figure("mindestens 14 Menschen", 14, None, "Mensch"), DE) == "mindestens 14 Menschen"


def test_figures_of_several_accounts_become_one_range_and_open_ends_stay_open() -> None:
    two = [figure("900 Soldaten", 900, 900, "Soldat"), figure("1200 Soldaten", 1200, 1200, "Soldat")]
    assert merged_figures(two, DE) == ["900 bis 1200 Soldaten"]
    more = [*two, figure("mindestens 1000 Soldaten", 1000, None, "Soldat")]
    assert merged_figures(more, DE) == ["mindestens 900 Soldaten"]
    apart = [figure("mindestens 14 Tote", 14, None, "Tote"), figure("höchstens 11 Tote", None, 11, "Tote")]
    assert merged_figures(apart, DE) == ["mindestens 14 Tote", "höchstens 11 Tote"]


def test_marks_inside_a_quotation_get_other_marks_around_it() -> None:
    text = "„Nein“, sagte sie."
    whole = quoted(evidence("art-1", text, Span(0, len(text))))
    assert in_marks(whole, DE) == "»„Nein“, sagte sie.«"
    assert in_marks(quoted(evidence("art-1", text, Span(1, 5))), DE) == "„Nein“"


def test_a_cut_never_steps_over_what_is_kept() -> None:
    cut = quoted(Evidence("art-1", text_digest("00 "), 0, 3, "00 "), 1, Span(1, 3))
    assert (cut.start, cut.exact) == (1, "0")


@given(st.text(min_size=1, max_size=900), st.integers(1, 500), st.data())
def test_a_cut_quotation_is_an_exact_slice(text: str, limit: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    at = data.draw(st.integers(start, end - 1))
    whole = Evidence("art-1", text_digest(text), start, end, text[start:end])
    cut = quoted(whole, limit, Span(at, end))
    assert text[cut.start : cut.end] == cut.exact
    assert 0 < len(cut.exact) <= max(limit, 1)
    assert cut.before == (cut.start > start)
    assert cut.after == (cut.end < end)


def test_a_moment_has_its_day_in_words_and_its_time() -> None:
    moment = datetime(2026, 11, 23, 8, 50, tzinfo=UTC)
    assert moment_words(moment, DE) == "23. November 2026, 08:50"
    assert moment_words(moment, EN) == "23 November 2026, 08:50"
