"""Answers that are kept: right whoever writes, and no longer than they are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from tests.databases import open_archive
from tests.views import views_story

from quellenlage.model import Verdict, in_force, make_judgement
from quellenlage.model.listing import LineQuestion
from quellenlage.store import SqlArchive
from quellenlage.store import kept as kept_module
from quellenlage.store.kept import Kept


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = views_story.make_archive(tmp_path / "own.db")
    yield made
    made.close()


def test_an_answer_is_asked_for_once_at_each_stand() -> None:
    kept, asked = Kept(most=2), count()
    assert [kept.get("a", "x", lambda: next(asked)) for _ in range(2)] == [0, 0]
    assert kept.get("b", "x", lambda: next(asked)) == 1
    assert kept.get("a", "x", lambda: next(asked)) == 2
    assert kept.get("a", "y", lambda: None) is None
    assert kept.get("a", "y", lambda: next(asked)) is None
    kept.get("a", "z", lambda: next(asked))
    assert kept.get("a", "x", lambda: "gone") == "gone"


def test_what_another_process_writes_is_seen_at_once(archive: SqlArchive, tmp_path: Path) -> None:
    other = open_archive(str(tmp_path / "own.db"))
    before, event = archive.totals(), archive.linked().events[0]
    everything = archive.lines(LineQuestion(all=True), limit=0).total
    counted = sum(sum(b.counts.values()) + b.wider for b in archive.density(LineQuestion(all=True)).buckets)
    assert archive.judgements() == []
    mentions = {d.article.id: d for d in archive.documents()}
    for number, account in enumerate(event.accounts):
        member = account.member
        key = next(e for e in mentions[member.article].events if e.id == member.local).key(member.article)
        made = make_judgement(Verdict.REJECT, key, made_at=f"2026-01-01T00:00:0{number}Z", author="b")
        other.add_judgement(made)
    assert len(archive.judgements()) == len(event.accounts)
    assert archive.totals().lines < before.lines
    assert archive.lines(LineQuestion(all=True), limit=0).total == everything - 1
    now = archive.density(LineQuestion(all=True))
    assert sum(sum(b.counts.values()) + b.wider for b in now.buckets) < counted or event.earliest is None
    other.close()


def test_decisions_by_what_they_are_about(archive: SqlArchive) -> None:
    said = [
        make_judgement(Verdict.TICK, "clm-a", made_at="2026-01-01T00:00:00Z", author="a"),
        make_judgement(Verdict.NOTE, "clm-b", made_at="2026-01-01T00:00:01Z", author="a", note="Nachfragen."),
        make_judgement(Verdict.TICK, "clm-b", made_at="2026-01-01T00:00:02Z", author="a"),
    ]
    for one in said:
        archive.add_judgement(one)
    archive.add_judgement(make_judgement(Verdict.UNDO, said[2].id, made_at="2026-01-01T00:00:03Z", author="a"))
    assert list(archive.decisions()) == in_force(archive.judgements())
    assert list(archive.decisions_about(["clm-b", "clm-b", "clm-a"])) == said[:2]
    assert list(archive.decisions_about(["clm-c"])) == []


def test_words_that_were_deleted_are_read_no_more(archive: SqlArchive) -> None:
    note = "Herr Karl Weber widersprach."
    archive.add_judgement(make_judgement(Verdict.NOTE, "clm-a", made_at="2026-01-01T00:00:00Z", author="a", note=note))
    assert archive.judgements()[0].note == note
    archive.suppress(["karl weber"])
    assert note not in {judgement.note for judgement in archive.judgements()}


def test_all_names_of_a_thing(archive: SqlArchive) -> None:
    entity = archive.linked().entities[0]
    assert archive.known_as([entity.id, "nothing"]) == {
        entity.id: frozenset({entity.id, *(a for a, t in archive.linked().aliases.items() if t == entity.id)}),
        "nothing": frozenset({"nothing"}),
    }
    for old, now in archive.linked().aliases.items():
        assert archive.resolve_all([old]) == {old: now}
        assert {old, now} <= archive.known_as([old])[old] == archive.known_as([now])[now]


def together(kept: Kept, ask: Callable[[], int], asking: int = 12) -> list[int | str]:
    """What so many threads are told that ask the same at once."""
    told: list[int | str] = []
    ready = Barrier(asking)

    def one() -> None:
        ready.wait()
        try:
            told.append(kept.get("a", "x", ask))
        except ValueError as error:
            told.append(str(error))

    threads = [Thread(target=one) for _ in range(asking)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    return told


def test_what_many_ask_at_once_is_looked_for_once() -> None:
    asked = count()

    def slowly() -> int:
        time.sleep(0.2)
        return next(asked)

    assert together(Kept(), slowly) == [0] * 12
    assert next(asked) == 1


def test_a_failure_is_nobody_elses() -> None:
    kept, asked = Kept(), count()

    def failing_first() -> int:
        time.sleep(0.05)
        number = next(asked)
        if not number:
            raise ValueError("broken")
        return number

    told = together(kept, failing_first)
    assert sorted(map(str, told)) == ["1"] * 11 + ["broken"]


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "PATIENCE", 0.05)
    go, asked = Event(), count()

    def stuck_first() -> int:
        number = next(asked)
        if not number:
            go.wait(10)
        else:
            go.set()
        return number

    assert 1 in together(Kept(), stuck_first, 2)


def test_who_asks_the_same_within_an_answer_does_not_wait_for_it() -> None:
    kept = Kept()
    assert kept.get("a", "x", lambda: kept.get("a", "x", lambda: 1) + 1) == 2
