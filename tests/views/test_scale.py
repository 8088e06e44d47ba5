from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quellenlage.model import DateInterval
from quellenlage.views.dossier.scale import BREAK, density, make_scale, ticks

DAYS = st.dates(date(1800, 1, 1), date(2200, 1, 1))
INTERVALS = st.lists(
    st.builds(lambda d, n: DateInterval(d, d + timedelta(days=n)), DAYS, st.integers(0, 900)), min_size=1, max_size=30
)


@given(INTERVALS)
def test_a_scale_never_runs_backwards_and_stays_in_its_bounds(intervals: list[DateInterval]) -> None:
    scale = make_scale(intervals, 100, 1000)
    days = sorted(d.toordinal() for i in intervals for d in (i.earliest, i.latest))
    places = [scale.at(day) for day in days]
    assert places == sorted(places)
    assert min(places) >= 100
    ends = [(s.start, s.end) for s in scale.stretches]
    assert all(a[1] == b[0] for a, b in pairwise(ends))


@given(INTERVALS)
def test_every_drawn_day_is_equally_long(intervals: list[DateInterval]) -> None:
    scale = make_scale(intervals, 0, 1000)
    for stretch in scale.stretches:
        length = stretch.end - stretch.start
        expected = BREAK if stretch.cut else stretch.days * scale.per_day
        assert abs(length - expected) < 1e-6


def test_a_long_gap_is_cut_out_and_a_short_one_is_not() -> None:
    near = [DateInterval.parse(v) for v in ("2016-03-14", "2016-06-02")]
    assert make_scale(near, 0, 1000).cuts == ()
    far = [*near, DateInterval.parse("2021-11-19")]
    (cut,) = make_scale(far, 0, 1000).cuts
    assert date.fromordinal(cut.first).year == 2016
    assert date.fromordinal(cut.last).year == 2021


def test_a_vague_date_does_not_hold_a_gap_open() -> None:
    intervals = [DateInterval.parse(v) for v in ("2016-03-14", "2016/2021", "2021-11-19")]
    assert len(make_scale(intervals, 0, 1000).cuts) == 1
    between = [DateInterval.parse(v) for v in ("2016-03-14", "2018", "2021-11-19")]
    assert len(make_scale(between, 0, 1000).cuts) == 2


@given(INTERVALS)
def test_every_mark_stands_within_its_interval_and_outside_of_cuts(intervals: list[DateInterval]) -> None:
    scale = make_scale(intervals, 0, 1000)
    for interval in intervals:
        at = scale.middle(interval)
        first, last = interval.earliest.toordinal(), interval.latest.toordinal() + 1
        assert scale.at(first) <= at <= scale.at(last)
        assert any(s.first < last and first < s.last and s.start <= at <= s.end for s in scale.stretches if not s.cut)


def test_density_counts_every_account_once_outside_of_cuts() -> None:
    told = [(DateInterval.parse("2016-03-14"), 3), (DateInterval.parse("2016-05"), 1)]
    bars = density(told, make_scale([i for i, _ in told], 0, 600))
    assert abs(sum(value for _, value in bars) - 4) < 1e-6


def test_ticks_lie_in_order_inside_drawn_stretches() -> None:
    scale = make_scale([DateInterval.parse(v) for v in ("2016-03-14", "2016-06-02", "2021-11-19")], 0, 1000)
    months = [t for t in ticks(scale) if t.unit == "month"]
    assert [t.at for t in months] == sorted(t.at for t in months)
    assert all(not any(c.start < t.at < c.end for c in scale.cuts) for t in months)
