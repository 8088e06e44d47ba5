"""Background work as a template shows it: how far it is, what it took in, what it left out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from quellenlage.errors import Phrase
from quellenlage.views.discretion import discreet, shown_source
from quellenlage.views.locale import Words
from quellenlage.views.web.jobs import Job, State
from quellenlage.views.web.jobs.job import phrase_from
from quellenlage.views.web.jobs.kinds import ADD, ADD_URL, BUILD, CHECK, LINK
from quellenlage.views.web.translation import marked as _
from quellenlage.views.wording.dates import moment_words

Say = Callable[[str], str]
LISTED = 200
"""Inputs of one kind that are shown; the rest is counted."""


KINDS = {
    ADD: _("Adding files"),
    ADD_URL: _("Adding from addresses"),
    BUILD: _("Analysing and linking"),
    LINK: _("Bringing in decisions"),
    CHECK: _("Checking a draft"),
}
STATES = {
    State.QUEUED: _("waiting"),
    State.RUNNING: _("running"),
    State.DONE: _("done"),
    State.FAILED: _("failed"),
    State.CANCELLED: _("stopped"),
}
_WARNINGS = {
    "encoding-detected": _("read as %(detail)s, which was guessed from the characters"),
    "truncated-at-end": _("ends in the middle of a character; taken up to there"),
    "damaged-bytes-replaced": _("damaged characters were replaced: %(detail)s"),
    "document-cut-off": _("the document breaks off; taken up to there"),
}
_FOUND_ONE = _("%(found)s article found, %(added)s taken, %(known)s there already")
_FOUND = _("%(found)s articles found, %(added)s taken, %(known)s there already")
_PLACES = {"lines": _("lines %(first)s to %(last)s"), "pages": _("pages %(first)s to %(last)s")}


@dataclass(frozen=True, slots=True)
class ShownInput:
    """One input: its name, what is to be said of it, and what helps."""

    source: str
    told: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ShownCollection:
    """A file of several articles: how many were found in it, and the parts that are none."""

    source: str
    told: str
    left_out: list[str]


@dataclass(frozen=True, slots=True)
class ShownReport:
    """What became of the inputs of a job; `more` are those of each list that are only counted."""

    taken: int
    known: int
    left_out: int
    failed: int
    collections: list[ShownCollection] = field(default_factory=list)
    lists: Mapping[str, list[ShownInput]] = field(default_factory=dict)
    more: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownJob:
    """A job: `share` is how far it is of a hundred, None where nobody knows."""

    id: str
    kind: str
    title: str
    state: str
    told_state: str
    author: str
    submitted: str
    submitted_iso: str
    lasted: str
    step: str = ""
    counted: str = ""
    share: int | None = None
    failure: str = ""
    remedy: str = ""
    cancelling: bool = False
    report: ShownReport | None = None
    figures: list[str] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return State(self.state).ended

    @property
    def adds(self) -> bool:
        """Whether it takes articles in."""
        return self.kind in {ADD, ADD_URL}


def shown_job(job: Job, words: Words, say: Say) -> ShownJob:
    """Word a job with all that it reports."""
    step = job.step
    known = step is not None and step.total
    counted = ""
    if step is not None:
        counted = f"{words.number(step.done)} / {words.number(step.total)}" if step.total else words.number(step.done)
    return ShownJob(
        id=job.id,
        kind=job.kind,
        title=say(KINDS[job.kind]) if job.kind in KINDS else job.kind,
        state=job.state.value,
        told_state=say(STATES[job.state]),
        author=job.author,
        submitted=local_time(job.submitted_at, words),
        submitted_iso=job.submitted_at,
        lasted=_lasted(job, words),
        step=words.code("progress", step.label) if step else "",
        counted=counted if step and (step.done or step.total) else "",
        share=min(100, 100 * step.done // step.total) if step and known and step.total else None,
        failure=words.phrase(discreet(job.failure.said)) if job.failure else "",
        remedy=words.phrase(discreet(job.failure.advice)) if job.failure else "",
        cancelling=job.cancelling,
        report=_report(job.report, words, say) if job.kind in {ADD, ADD_URL} and job.report else None,
        figures=_figures(job.report, words) if job.kind in {BUILD, LINK} and job.report else [],
    )


def following(job: Job, jobs: Sequence[Job]) -> Job | None:
    """The analysis that what a job took in waits for: the first that had not begun when the job ended."""
    if job.ended_at is None or not (job.report and job.report.get("taken")):
        return None
    later = [one for one in jobs if one.kind == BUILD and (one.started_at is None or one.started_at >= job.ended_at)]
    return min(later, key=lambda one: one.submitted_at, default=None)


def local_time(iso: str, words: Words) -> str:
    """A moment as the clock on the wall here shows it."""
    try:
        time = datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return iso
    return moment_words(time, words)


def _lasted(job: Job, words: Words) -> str:
    if not (job.started_at and job.ended_at):
        return ""
    seconds = (datetime.fromisoformat(job.ended_at) - datetime.fromisoformat(job.started_at)).total_seconds()
    if seconds < 90:
        return f"{words.number(max(1, round(seconds)))} s"
    return f"{words.number(round(seconds / 60))} min"


def _figures(report: Mapping[str, Any], words: Words) -> list[str]:
    counts = report.get("counts", {})
    told = [
        words.count(f"count.{name}", counts[name]) for name in ("articles", "events", "conflicts") if name in counts
    ]
    if report.get("provisional"):
        told.append(words.count("build.provisional", report["provisional"]))
    for one in report.get("rejected", ())[:LISTED]:
        told.append(
            words("build.rejected", source=shown_source(one["source"]), stage=one["stage"], reason=one["reason"])
        )
    return told


def _report(report: Mapping[str, Any], words: Words, say: Say) -> ShownReport:
    collections = report.get("collections", ())
    inside = {one["source"] for one in collections}
    listed: dict[str, list[ShownInput]] = {state: [] for state in ("failed", "left-out", "taken", "known")}
    for one in report.get("inputs", ()):
        # Articles of an export are counted with it; what could not be used is named one by one.
        if one["state"] in {"taken", "known"} and one["source"].rpartition("#")[0] in inside:
            continue
        listed[one["state"]].append(_input(one, words, say))
    counted = {
        "failed": report.get("failed", 0),
        "left-out": report.get("left_out", 0),
        "taken": report.get("taken", 0) - sum(one["added"] for one in collections),
        "known": report.get("known", 0) - sum(one["known"] for one in collections),
    }
    return ShownReport(
        report.get("taken", 0),
        report.get("known", 0),
        report.get("left_out", 0),
        report.get("failed", 0),
        [_collection(one, words, say) for one in collections],
        {state: found[:LISTED] for state, found in listed.items()},
        {state: max(0, counted[state] - len(found[:LISTED])) for state, found in listed.items()},
    )


def _input(one: Mapping[str, Any], words: Words, say: Say) -> ShownInput:
    match one["state"]:
        case "failed":
            return ShownInput(
                shown_source(one["source"]), _told(one.get("message"), words), _told(one.get("remedy"), words)
            )
        case "left-out":
            return ShownInput(shown_source(one["source"]), words.code("skipped", one.get("code", "")))
        case _:
            return ShownInput(shown_source(one["source"]), "; ".join(_warnings(one.get("warnings", ()), say)))


def _told(record: Mapping[str, Any] | None, words: Words) -> str:
    return words.phrase(discreet(phrase_from(record))) if record else words.phrase(Phrase(""))


def _warnings(warnings: Iterable[str], say: Say) -> Iterable[str]:
    for warning in warnings:
        code, _colon, detail = warning.partition(":")
        if code in _WARNINGS:
            yield say(_WARNINGS[code]) % {"detail": detail}


def _collection(one: Mapping[str, Any], words: Words, say: Say) -> ShownCollection:
    figures = {key: words.number(one[key]) for key in ("found", "added", "known", "failed")}
    counted = _FOUND_ONE if one["found"] == 1 else _FOUND
    told = [say(counted) % figures]
    if one["failed"]:
        told.append(say(_("%(failed)s not usable")) % figures)
    if one.get("database"):
        told.append(say(_("laid out as %(database)s exports it")) % {"database": one["database"]})
    left = [
        f"{say(_PLACES[part['unit']]) % {key: words.number(part[key]) for key in ('first', 'last')}}: "
        + words(f"left_out.{part['reason'].replace('-', '_')}")
        for part in one.get("left_out", ())[:LISTED]
    ]
    return ShownCollection(shown_source(one["source"]), ", ".join(told), left)
