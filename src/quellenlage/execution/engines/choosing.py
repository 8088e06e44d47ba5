"""Which engine a user gets: by name, or the one that suits the machine and the work."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from enum import StrEnum

from quellenlage.execution.engines.inprocess import InProcess
from quellenlage.execution.engines.pool import Pool
from quellenlage.execution.engines.tasks import Engine, Outcome, Recipe, Task
from quellenlage.execution.ports import default_pipeline

FEW = 40
"""Articles up to which starting workers takes longer than they save; see decision 16."""


class Engines(StrEnum):
    """Names of engines as users give them."""

    AUTO = "auto"
    PROCESS = "process"
    POOL = "pool"
    RAY = "ray"


def cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def engine_of(
    name: Engines | str = Engines.AUTO,
    *,
    workers: int | None = None,
    address: str | None = None,
    recipe: Recipe = default_pipeline,
) -> Engine:
    """The engine of this name; as many workers as there are cores where no number is given.

    `address` is that of a Ray cluster; without one Ray runs on this machine alone.

    Raises:
        ValueError: there is no such engine, or a number of workers below one.
        MissingResource: Ray is not installed.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"{workers} workers")
    chosen = Engines(name)
    if chosen is Engines.PROCESS:
        return InProcess(recipe)
    if chosen is Engines.POOL:
        return Pool(workers or cores(), recipe)
    if chosen is Engines.RAY:
        from quellenlage.execution.engines.cluster import Ray

        return Ray(workers, address, recipe)
    return Auto(workers or cores(), recipe)


@dataclass(frozen=True, slots=True)
class Auto:
    """In this process where there is little to do or one core to do it; in a pool of processes otherwise."""

    workers: int
    recipe: Recipe = default_pipeline
    name: str = "auto"

    def processes(self, articles: int) -> int:
        """See `Engine`."""
        return self._suiting(articles).processes(articles)

    def run(self, tasks: Iterable[Task], count: int) -> Generator[Outcome]:
        """See `Engine`."""
        return self._suiting(count).run(tasks, count)

    def _suiting(self, articles: int) -> Engine:
        return Pool(self.workers, self.recipe) if self.workers > 1 and articles > FEW else InProcess(self.recipe)
