"""Texts whose time is over: deleted by the next build, with what rests on them kept, and the log telling of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.fakes import FakePipeline, article_id, capture_of

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution import Decision, build, forget_texts, judge
from quellenlage.execution.retention import (
    Retention,
    day_before,
    days_of,
    retention_of,
    set_retention,
    underivable,
)
from quellenlage.model import Capture, Verdict
from quellenlage.model.ledger import Deed
from quellenlage.store import SqlArchive, open_archive

TODAY = "2026-06-01T10:00:00+00:00"
FILLER = "Sonst war wenig los, und es regnete den ganzen Tag. " * 3


def clock() -> str:
    return TODAY


def texts() -> Iterator[Capture]:
    for number, (month, day) in enumerate([(1, 10), (2, 20), (5, 30)]):
        text = (
            f"Gipfel {number}\nMinister @Adam und @Berta beim TREFFEN mit #12 Gästen.\n{FILLER}\nGeheimnis {number}.\n"
        )
        made = capture_of(text, source=f"{number}.txt", captured_at=f"2026-{month:02}-{day:02}T08:00:00+00:00")
        yield made


class Later(FakePipeline):
    """The same pipeline in a later version, which reads everything anew."""

    def fingerprint(self, capture_id: str, overrides: object) -> str:
        return "later" + super().fingerprint(capture_id, overrides)  # type: ignore[arg-type] # its own overrides


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    for capture in texts():
        made.add_capture(capture)
    build(made, clock=clock, pipeline=FakePipeline())
    yield made
    made.close()


@pytest.mark.parametrize(("period", "days"), [("90d", 90), ("12w", 84), ("18m", 540), ("2y", 730), ("2 J", 730)])
def test_periods(period: str, days: int) -> None:
    assert days_of(period) == days


@pytest.mark.parametrize("period", ["", "d", "0d", "-3d", "90", "90x", "9" * 7 + "d"])
def test_what_is_no_period(period: str) -> None:
    with pytest.raises(BadInput):
        days_of(period)


@given(st.integers(1, 99_999), st.dates(date(1970, 1, 1), date(2100, 1, 1)))
def test_a_period_ends_so_many_days_before_today(days: int, today: date) -> None:
    before = date.fromisoformat(day_before(f"{days}d", today.isoformat()))
    assert before <= today
    assert (today - before).days == days or before == date.min


def test_a_date_is_its_first_day() -> None:
    assert day_before("2015-09", TODAY) == "2015-09-01"
    with pytest.raises(BadInput):
        day_before("neulich", TODAY)


def test_nothing_is_deleted_where_nothing_is_set(archive: SqlArchive) -> None:
    assert not retention_of(archive)
    assert build(archive, clock=clock, pipeline=FakePipeline()).forgotten.texts == 0
    assert len(archive.capture_ids()) == 3


def test_a_build_deletes_what_is_over_and_keeps_what_rests_on_it(archive: SqlArchive) -> None:
    before = archive.linked()
    set_retention(archive, "90d")
    done = build(archive, clock=clock, pipeline=FakePipeline())
    assert (done.forgotten.texts, done.linked, len(archive.capture_ids())) == (2, True, 1)
    assert 0 < done.forgotten.cited < done.forgotten.characters
    after = archive.linked()
    assert [e.id for e in after.events] == [e.id for e in before.events]
    assert [(e.id, e.name, e.members) for e in after.entities] == [(e.id, e.name, e.members) for e in before.entities]
    assert archive.verify() == []
    assert "Geheimnis" not in archive.document("0.txt").text
    assert "Geheimnis" in archive.document("2.txt").text
    assert archive.search("Geheimnis 0") == []
    assert build(archive, clock=clock, pipeline=FakePipeline()).forgotten.texts == 0


def test_an_outlet_has_a_period_of_its_own(archive: SqlArchive) -> None:
    first, second = (article_id(c.id) for c in list(texts())[:2])
    for article, outlet in ((first, "Hafenbote"), (second, "Netzlage")):
        decision = Decision(Verdict.CORRECT, article, field="outlet", value=outlet)
        judge(archive, decision, author="a", made_at=f"{TODAY[:18]}{len(article) % 7}+00:00")
    set_retention(archive, "10y")
    assert set_retention(archive, "30d", "hafenbote") == Retention("10y", {"hafenbote": "30d"})
    assert build(archive, clock=clock, pipeline=FakePipeline()).forgotten.texts == 1
    assert [one.source for one in archive.frozen()] == ["0.txt"]
    assert set_retention(archive, None, "Hafenbote") == Retention("10y")
    assert not set_retention(archive, None)
    assert archive.setting("retention") is None


def test_the_log_names_what_was_deleted_and_never_says_it(archive: SqlArchive) -> None:
    set_retention(archive, "90d")
    build(archive, clock=clock, pipeline=FakePipeline())
    (entry,) = archive.log("deletion")
    assert entry.reason == "retention 90d"
    assert entry.detail["captures"] == [c.id for c in list(texts())[:2]]
    assert "Geheimnis" not in repr(entry)


def test_texts_of_one_outlet_by_hand(archive: SqlArchive) -> None:
    with pytest.raises(NotFound):
        forget_texts(archive, outlet="Unbekannt", clock=clock, pipeline=FakePipeline())
    first = article_id(next(texts()).id)
    decision = Decision(Verdict.CORRECT, first, field="outlet", value="Hafenbote")
    judge(archive, decision, author="a", made_at=TODAY)
    build(archive, clock=clock, pipeline=FakePipeline())
    deed = Deed(TODAY, "Ada", "Lizenz endet")
    assert forget_texts(archive, outlet="HAFENBOTE", clock=clock, deed=deed, pipeline=FakePipeline()).texts == 1
    assert [(e.author, e.reason) for e in archive.log()] == [("Ada", "Lizenz endet")]


def test_a_build_says_what_it_can_no_longer_derive_and_keeps_it(archive: SqlArchive) -> None:
    set_retention(archive, "90d")
    build(archive, clock=clock, pipeline=FakePipeline())
    before = archive.linked()
    first = article_id(next(texts()).id)
    judge(archive, Decision(Verdict.CORRECT, first, field="dct", value="2020-02-02"), author="a", made_at=TODAY)
    done = build(archive, clock=clock, pipeline=FakePipeline())
    assert [(u.source, u.decided, u.analysis) for u in done.underivable] == [("0.txt", True, False)]
    later = build(archive, clock=clock, pipeline=Later())
    assert [(u.source, u.decided, u.analysis) for u in later.underivable] == [
        ("0.txt", True, True),
        ("1.txt", False, True),
    ]
    assert later.analysed == 1
    after = archive.linked()
    assert [e.id for e in after.events] == [e.id for e in before.events]
    assert archive.verify() == []
    assert underivable(archive, Later()) == list(later.underivable)


def test_retention_compares_equal_to_what_was_set() -> None:
    assert replace(Retention("90d"), period=None) == Retention()
    assert not Retention()
    assert Retention(outlets={"A": "3d"})
