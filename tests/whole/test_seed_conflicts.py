"""Five real clippings, read in place: what they tell together, and where they strain against each other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from quellenlage.execution import Decision, add, build, judge, record, taking_back
from quellenlage.intake import IntakeOptions
from quellenlage.model import Archive, ConflictGrade, ConflictKind, Event, Verdict
from quellenlage.store import open_archive

ROOT = Path(__file__).parent.parent.parent
SEEDS = Path(os.environ.get("QUELLENLAGE_DATA") or ROOT / "../shared/data") / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no clippings at {SEEDS}; set QUELLENLAGE_DATA")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    opened = open_archive(str(tmp_path_factory.mktemp("seeds") / "a.db"), create=True)
    add(opened, [str(SEEDS)], IntakeOptions(captured_at="2026-01-01T00:00:00Z", network=False))
    build(opened, clock=lambda: "2026-01-02T00:00:00Z")
    yield opened
    opened.close()


def files(archive: Archive, event: Event) -> set[str]:
    sources = {d.article.id: d.article.source.rpartition("/")[2][:3] for d in archive.documents()}
    return {sources[a.member.article] for a in event.accounts}


def test_the_call_of_2015_is_one_event_from_two_articles_with_two_origins(archive: Archive) -> None:
    linked = archive.linked()
    names = {e.id: e.name for e in linked.entities}
    (call,) = [
        e
        for e in linked.events
        if e.event_type == "CONSULT" and {"Sergej Schoigu", "Ashton Carter"} <= {names[a] for a in e.actors}
    ]
    assert files(archive, call) == {"003", "004"}
    assert len(call.corroboration.origins) == 2


def test_the_withdrawal_of_2024_is_one_event_with_its_tension_and_its_number(archive: Archive) -> None:
    linked = archive.linked()
    (withdrawal,) = [e for e in linked.events if e.event_type == "RETREAT" and files(archive, e) == {"000", "002"}]
    (tension,) = [c for c in linked.conflicts if c.event == withdrawal.id and c.kind is ConflictKind.MANNER]
    assert tension.grade is ConflictGrade.TENSION
    assert len({side.evidence.article for side in tension.sides}) == 2
    figures = [f for a in withdrawal.accounts for f in a.figures if (f.low, f.high) == (400, None)]
    assert figures
    assert figures[0].word_of  # the number has its chain


def test_a_headline_that_states_what_the_text_only_supposes_is_a_tension(archive: Archive) -> None:
    found = [c for c in archive.linked().conflicts if "headline:firm" in c.reasons]
    assert [c.grade for c in found] == [ConflictGrade.TENSION]
    assert {side.value for side in found[0].sides} == {"happened", "alleged"}


def test_the_denial_by_the_military_stands_and_a_person_settles_and_reopens_it(archive: Archive) -> None:
    (denial,) = [c for c in archive.linked().conflicts if c.about == "denial"]
    assert {side.value for side in denial.sides} == {"alleged", "denied"}
    decided = Decision(Verdict.SETTLE, denial.id, note="nachgefragt")
    (made,) = judge(archive, decided, author="a", made_at="2026-01-03T00:00:00Z")
    build(archive, clock=lambda: "2026-01-03T00:00:00Z")
    assert {c.id: c.settled for c in archive.linked().conflicts}[denial.id] == "nachgefragt"
    undo, _ = taking_back(archive, made.id, author="a", made_at="2026-01-04T00:00:00Z", note="")
    record(archive, (undo,))
    build(archive, clock=lambda: "2026-01-04T00:00:00Z")
    assert {c.id: c.settled for c in archive.linked().conflicts}[denial.id] == ""
