"""A piece of background work, from its submission to its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from quellenlage.errors import Phrase, QuellenlageError


class State(StrEnum):
    """What has become of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self not in {State.QUEUED, State.RUNNING}


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: `label` is a code as of `execution.Progress`, `total` None where it is not known."""

    label: str
    done: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job failed, as templates that views translate; `code` is the kind of error, "crashed" or "interrupted"."""

    code: str
    message: Mapping[str, Any]
    remedy: Mapping[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> Phrase:
        """The message."""
        return phrase_from(self.message)

    @property
    def advice(self) -> Phrase:
        """What helps, empty where nobody knows."""
        return phrase_from(self.remedy)


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands; times are ISO 8601 in UTC.

    `report` holds what its kind reports when it is done. `folder` holds files that were uploaded for it, which are
    deleted when it ends. `cancelling` says that somebody stopped it and that it has not ended yet.
    """

    id: str
    kind: str
    author: str
    submitted_at: str
    state: State = State.QUEUED
    started_at: str | None = None
    ended_at: str | None = None
    step: Step | None = None
    report: Mapping[str, Any] | None = None
    failure: Failure | None = None
    cancelling: bool = False
    folder: str | None = None


def phrase_record(phrase: Phrase) -> dict[str, Any]:
    """A phrase as JSON: template and parameters, which may be phrases in their turn."""
    params = {
        name: phrase_record(value)
        if isinstance(value, Phrase)
        else value
        if isinstance(value, int | float | str)
        else str(value)
        for name, value in phrase.params.items()
    }
    return {"template": phrase.template, "params": params}


def phrase_from(record: Mapping[str, Any]) -> Phrase:
    """The phrase of such a record; of an empty one the empty phrase."""
    params = {
        name: phrase_from(value) if isinstance(value, Mapping) else value
        for name, value in record.get("params", {}).items()
    }
    return Phrase(record.get("template", ""), **params)


def failure_of(error: BaseException) -> Failure:
    """What to report of an error: a deliberate one in its own words, any other by its kind."""
    if isinstance(error, QuellenlageError):
        return Failure(type(error).__name__, phrase_record(error.said), phrase_record(error.advice))
    from quellenlage.execution.failure import describe

    return Failure("defect", phrase_record(Phrase(describe(error))))
