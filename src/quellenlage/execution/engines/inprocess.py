"""One article after the other in this process: nothing to start, nothing to send."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass

from quellenlage.execution.engines.analyst import Analyst
from quellenlage.execution.engines.tasks import Outcome, Recipe, Task
from quellenlage.execution.ports import default_pipeline


@dataclass(frozen=True, slots=True)
class InProcess:
    """The engine of small archives and of machines with one core."""

    recipe: Recipe = default_pipeline
    name: str = "process"

    def processes(self, _articles: int) -> int:
        """See `Engine`."""
        return 1

    def run(self, tasks: Iterable[Task], count: int) -> Generator[Outcome]:
        """See `Engine`; an article is taken when the one before has been given back."""
        yield from map(Analyst(self.recipe), tasks)
