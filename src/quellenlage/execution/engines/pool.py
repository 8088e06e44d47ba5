"""A pool of processes on this machine: see `crew` for what becomes of one that dies."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from quellenlage.encoder import files
from quellenlage.execution.engines.analyst import Analyst
from quellenlage.execution.engines.crew import Crew, Limits, Lost
from quellenlage.execution.engines.tasks import Analysed, Failed, Outcome, Recipe, Task
from quellenlage.execution.ports import default_pipeline
from quellenlage.execution.reusing import How

_SECONDS, _SECONDS_PER_CHARACTER = 120.0, 0.002
"""What an article may take: many times what it needs, a thousand characters take about 0.12 s on one core."""


def patience(task: Task) -> float:
    """Seconds that the analysis of an article may take."""
    return _SECONDS + _SECONDS_PER_CHARACTER * len(task.capture.text)


_SHARED = "quellenlage.execution.engines.warm"
LIMITS = Limits(patience=patience, held=256)
"""A worker takes 0.5 GiB of memory with all models loaded, and more with very long articles."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The engine of a machine with several cores."""

    workers: int
    recipe: Recipe = default_pipeline
    limits: Limits = field(default=LIMITS)
    name: str = "pool"

    def processes(self, articles: int) -> int:
        """See `Engine`."""
        return max(1, min(self.workers, articles))

    def run(self, tasks: Iterable[Task], count: int) -> Generator[Outcome]:
        """See `Engine`. An article whose worker dies is tried again by another one; then it counts as failed."""
        size = self.processes(count)
        crew: Crew[Task] = Crew(maker(self.recipe), size, self.limits, shared(self.recipe, size))
        with closing(crew.run(tasks)) as results:
            for task, result in results:
                yield outcome_of(task, result)


@dataclass(frozen=True, slots=True)
class Sent:
    """An analysed article on its way between processes: without what the other one has."""

    packed: bytes
    own_text: str | None
    how: How


@dataclass(frozen=True, slots=True)
class Unread:
    """An article that could not be analysed, on its way."""

    stage: str
    reason: str
    again: bool


def shared(recipe: Recipe, workers: int) -> str | None:
    """The module that so many workers on one machine share, where sharing it pays."""
    return _SHARED if recipe is default_pipeline and workers > 1 else None


def maker(recipe: Recipe) -> Any:
    """What makes, in another process, the function from `Task` to `Sent` or `Unread`; with the models of this one."""
    return partial(_make, recipe, files.wanted())


def _make(recipe: Recipe, models: files.Models) -> _Reader:
    files.choose(models)
    return _Reader(Analyst(recipe))


class _Reader:
    """Analyses a task and leaves out of the answer what the one who asked knows."""

    def __init__(self, analyst: Analyst) -> None:
        self._analyst = analyst

    def __call__(self, task: Task) -> Sent | Unread:
        outcome = self._analyst(task)
        if isinstance(outcome, Failed):
            return Unread(outcome.stage, outcome.reason, outcome.again)
        return Sent(outcome.packed, outcome.own_text, outcome.how)


def outcome_of(task: Task, result: Sent | Unread | Lost) -> Outcome:
    """What became of a task, by the answer of a worker or for want of one."""
    if isinstance(result, Lost):
        reason = f"the worker died while reading it, {result.times} times: {result.why}"
        return Failed(task, "analyse", reason, again=result.passing)
    if isinstance(result, Unread):
        return Failed(task, result.stage, result.reason, again=result.again)
    return Analysed(task, packed=result.packed, text=result.own_text, how=result.how)
