"""Tables that not every archive has: figures brought up to date, and later versions of articles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quellenlage.model import Revision, RevisionKind, RunningFigure
from quellenlage.store import SqlArchive
from quellenlage.views.exports import jsonl
from quellenlage.views.holdings import Holdings


def test_running_figures_and_revisions_are_told(
    archive: SqlArchive, holdings: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = next(e for e in holdings.linked.events if e.event_type == "ASSAULT")
    figures = tuple(figure for account in event.accounts for figure in account.figures)
    running = RunningFigure("Mensch", figures, (None, None))
    events = tuple(replace(e, running=(running,)) if e.id == event.id else e for e in holdings.linked.events)
    reuse = holdings.linked.reuses[0]
    revision = Revision(reuse.article, reuse.earlier, RevisionKind.CORRECTED)
    made = Holdings(replace(holdings.linked, events=events, revisions=(revision,)), holdings.citations)
    plain = {str(r["record"]) for r in jsonl.records(archive)}
    monkeypatch.setattr(jsonl, "read_holdings", lambda *_, **__: made)
    assert {str(r["record"]) for r in jsonl.records(archive)} - plain == {"running", "revision"}
