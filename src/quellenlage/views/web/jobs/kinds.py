"""Kinds of jobs: the one table of what the worker can be asked to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from quellenlage.views.web.jobs import work

Report = dict[str, Any]


def _whole(report: Mapping[str, Any]) -> Report:
    return dict(report)


def _nothing(_report: Mapping[str, Any]) -> Report:
    return {}


def _without_taken(report: Mapping[str, Any]) -> Report:
    """Names of files that were taken in live in the archive, where they can be deleted."""
    listed = [one for one in report.get("inputs", ()) if one["state"] not in {"taken", "known"}]
    return {**report, "inputs": listed}


@dataclass(frozen=True, slots=True)
class Kind:
    """How jobs of a kind are treated.

    `run` does the work and returns the report. Jobs that `merge` are one while they wait; `covers` are kinds that wait
    for no other purpose than this one serves as well. Those that go `first` overtake what waits. `then` is the kind of
    the job that follows where the report says that something was `taken`. `kept` is what the log beside the archive
    keeps of the report.
    """

    run: Callable[[work.Work, Mapping[str, Any]], Report]
    merges: bool = False
    covers: frozenset[str] = frozenset()
    first: bool = False
    then: str | None = None
    kept: Callable[[Mapping[str, Any]], Report] = _whole


ADD, ADD_URL, BUILD, LINK, CHECK = "add", "add_url", "build", "link", "check_draft"

KINDS: dict[str, Kind] = {
    ADD: Kind(work.add_files, then=BUILD, kept=_without_taken),
    ADD_URL: Kind(work.add_url, then=BUILD, kept=_without_taken),
    BUILD: Kind(work.build_all, merges=True, covers=frozenset({LINK})),
    LINK: Kind(work.link_decisions, merges=True),
    CHECK: Kind(work.check_draft, first=True, kept=_nothing),
}
