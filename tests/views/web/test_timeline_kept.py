"""Kept answers are given again as long as nothing changed, and asked anew after a decision, a link, a deletion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quellenlage.execution import Decision, judge
from quellenlage.model import Archive, Verdict
from quellenlage.model.listing import LineQuestion
from quellenlage.store import open_archive
from quellenlage.views.web.shown.timeline_kept import density, kept, stand, total


@pytest.fixture
def archive(own_path: Path) -> Iterator[Archive]:
    opened = open_archive(str(own_path))
    yield opened
    opened.close()


def test_an_answer_is_asked_for_once(archive: Archive) -> None:
    asked = iter(range(9))
    assert [kept(archive, "once", lambda: next(asked)) for _ in range(3)] == [0, 0, 0]
    assert density(archive, LineQuestion(), "month") == archive.density(LineQuestion(), "month")


def test_a_decision_or_a_deletion_makes_it_ask_again(archive: Archive) -> None:
    before, lines = stand(archive), total(archive, LineQuestion())[0]
    line = archive.lines(LineQuestion(), limit=1, order="importance").items[0]
    told = archive.parts_of([line.event]).events[0].accounts
    judge(archive, Decision(Verdict.REJECT, line.event), author="P", made_at="2024-06-02T12:00:00+00:00")
    decided = stand(archive)
    assert decided != before
    archive.forget_article(told[0].member.article)
    assert stand(archive) != decided
    assert total(archive, LineQuestion())[0] == archive.lines(LineQuestion(), limit=1).total <= lines
