"""Five real clippings, read in place: the chronicle names what they tell, each with its evidence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from quellenlage.execution import add, build
from quellenlage.intake import IntakeOptions
from quellenlage.model import Archive, DateInterval, EntityKind, Event, Linked, Verdict, make_judgement
from quellenlage.store import open_archive

ROOT = Path(__file__).parent.parent.parent
SEEDS = Path(os.environ.get("QUELLENLAGE_DATA") or ROOT / "../shared/data") / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no clippings at {SEEDS}; set QUELLENLAGE_DATA")


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Linked]:
    archive = open_archive(str(tmp_path_factory.mktemp("seeds") / "a.db"), create=True)
    add(archive, [str(SEEDS)], IntakeOptions(captured_at="2026-01-01T00:00:00Z", network=False))
    build(archive, clock=lambda: "2026-01-02T00:00:00Z")
    assert archive.verify() == []
    yield archive.linked()
    archive.close()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    opened = open_archive(str(tmp_path_factory.mktemp("dates") / "a.db"), create=True)
    add(opened, [str(SEEDS)], IntakeOptions(captured_at="2026-01-01T00:00:00Z", network=False))
    build(opened, clock=lambda: "2026-01-02T00:00:00Z")
    yield opened
    opened.close()


def test_together_the_five_are_dated_to_two_weeks(archive: Archive) -> None:
    days = {
        d.article.source.rpartition("/")[2][:3]: d.article.dct.interval for d in archive.documents() if d.article.dct
    }
    true = {
        "000": (16, 12, 2024),
        "001": (7, 1, 2020),
        "002": (9, 12, 2024),
        "003": (18, 9, 2015),
        "004": (18, 9, 2015),
    }
    assert set(days) == set(true)
    for name, (day, month, year) in true.items():
        assert days[name].earliest <= date(year, month, day) <= days[name].latest, name
        assert days[name].days <= 14, name


def test_one_is_dated_by_the_other_that_tells_the_same_call(archive: Archive) -> None:
    (call,) = [d for d in archive.documents() if d.article.source.rpartition("/")[2].startswith("004")]
    assert call.article.dct is not None
    assert any(reason.startswith("archive:") for reason in call.article.dct.reasons)
    report = build(archive, clock=lambda: "2026-01-03T00:00:00Z")
    assert (report.analysed, report.linked) == (0, False)


def test_a_persons_word_on_the_date_moves_times_events_and_chronicle(archive: Archive) -> None:
    (before,) = [d for d in archive.documents() if d.article.source.rpartition("/")[2].startswith("004")]
    archive.add_judgement(
        make_judgement(
            Verdict.CORRECT, before.article.id, made_at="2026-01-03", author="a", field="dct", value="2016-03-19"
        )
    )
    build(archive, clock=lambda: "2026-01-03T00:00:00Z")
    after = archive.document(before.article.id)
    assert after.article.dct is not None
    assert (after.article.dct.value, after.article.dct.method) == ("2016-03-19", "judgement")
    friday = [t.value for t in after.timexes if t.span.of(after.article.text).endswith("Freitag")]
    assert friday
    assert set(friday) == {"2016-03-18"}
    events = {e.key(after.article.id) for e in after.events if e.interval and e.interval.earliest.year == 2016}
    assert events
    linked = archive.linked()
    told = [e for e in linked.events if any(a.member.article == after.article.id for a in e.accounts)]
    assert any(e.interval and e.interval.earliest.year == 2016 for e in told)
    shown = {entry.event for entry in linked.chronicle}
    assert any(e.id in shown and e.interval and e.interval.earliest.year == 2016 for e in told)


def told(linked: Linked, event_type: str, *people: str) -> list[Event]:
    """Events of the chronicle of a type in which all these take part, by the end of their names."""
    names = {entity.id: entity.name for entity in linked.entities}
    shown = {entry.event for entry in linked.chronicle}
    return [
        event
        for event in linked.events
        if event.id in shown
        and event.event_type == event_type
        and all(any(names[one].endswith(who) for one in (*event.actors, *event.recipients)) for who in people)
    ]


def files(linked: Linked, event: Event) -> int:
    return len({account.member.article for account in event.accounts})


def test_one_telephone_call_is_told_by_two(linked: Linked) -> None:
    (call,) = told(linked, "CONSULT", "Schoigu", "Carter")
    assert files(linked, call) == 2
    assert call.interval is not None
    assert call.interval.meets(DateInterval.parse("2015-09"))
    assert call.interval.latest <= DateInterval.parse("2015-09-28").latest


def test_the_meeting_is_told_on_the_word_of_the_presidency(linked: Linked) -> None:
    names = {entity.id: entity.name for entity in linked.entities}
    meetings = [event for event in told(linked, "CONSULT", "Putin", "Assad") if event.place]
    here = [event for event in meetings if names[str(event.place)] == "Damaskus"]
    assert len(here) == 1
    assert here[0].accounts[0].chain


def test_the_evacuation_names_who_and_how_many(linked: Linked) -> None:
    (evacuation,) = [e for e in told(linked, "RETREAT", "Russland") if any(a.figures for a in e.accounts)]
    figure = evacuation.accounts[0].figures[0]
    assert (figure.low, figure.high, figure.unit) == (400, None, "Soldat")


def test_spellings_are_one_person(linked: Linked) -> None:
    people = [e for e in linked.entities if e.kind is EntityKind.PER and e.name.startswith("Dmitr")]
    assert len(people) == 1
    assert {"Dmitry Peskov", "Dmitri Peskow"} <= set(people[0].spellings)
