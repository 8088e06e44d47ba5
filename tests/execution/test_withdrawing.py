"""What people withdraw survives a rebuild and is taken back by `undo`."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.article.conftest import capture_of
from tests.store.fakes import clock

from quellenlage.errors import BadInput
from quellenlage.execution import Decision, build, judge, record, taking_back
from quellenlage.model import Archive, RevisionKind, Verdict
from quellenlage.store import open_archive

TEXTS = {
    "eins.txt": "Treffen in Kiel\n\nAußenminister Arno Brandt traf am 12. Mai 2020 in Kiel Kanzlerin Angela Merkel.",
    "zwei.txt": "Gespräch in Kiel\n\nArno Brandt sprach am 13. Mai 2020 in Kiel mit Reportern über den Hafen.",
}


def decide(archive: Archive, verdict: Verdict, subject: str, other: str | None = None) -> None:
    day = "2026-01-04" if other else "2026-01-02"
    decision = Decision(verdict, subject, other, note="Verwechslung")
    judge(archive, decision, author="me", made_at=f"{day}T00:00:00Z")


def test_a_withdrawal_outlasts_a_build_and_is_undone(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    for source, text in TEXTS.items():
        archive.add_capture(capture_of(text, source=source))
    build(archive, clock=clock)
    before = {e.event for e in archive.linked().chronicle}
    assert before
    with pytest.raises(BadInput):
        decide(archive, Verdict.WITHDRAW, archive.linked().events[0].id)
    with pytest.raises(BadInput):
        decide(archive, Verdict.SAME, "eins.txt", "zwei.txt")
    decide(archive, Verdict.WITHDRAW, "eins.txt")
    build(archive, clock=clock)
    (revision,) = archive.linked().revisions
    assert (revision.kind, revision.note) == (RevisionKind.WITHDRAWN, "Verwechslung")
    assert {e.event for e in archive.linked().chronicle} < before
    assert archive.verify() == []
    undo, _ = taking_back(archive, "last", author="me", made_at="2026-01-03T00:00:00Z")
    record(archive, (undo,))
    build(archive, clock=clock)
    assert archive.linked().revisions == ()
    assert {e.event for e in archive.linked().chronicle} == before
    decide(archive, Verdict.REVISES, "zwei.txt", "eins.txt")
    build(archive, clock=clock)
    (revision,) = archive.linked().revisions
    assert revision.kind is RevisionKind.UPDATED
    archive.forget_texts()
    assert archive.linked().revisions[0].changes == ()
    assert archive.verify() == []
    archive.close()
