"""The one function that all engines run: a task in, what became of it out."""

from __future__ import annotations

from quellenlage.errors import ArchiveUnusable, EngineUnusable, MissingResource
from quellenlage.execution.engines.tasks import Analysed, Failed, Outcome, Recipe, Task
from quellenlage.execution.failure import describe, stage_of
from quellenlage.execution.reusing import How


class Analyst:
    """Analyses one article after the other; what it has loaded for the first serves the others."""

    def __init__(self, recipe: Recipe) -> None:
        """Make the pipeline; its models are loaded with the first article."""
        self._pipeline = recipe()

    def __call__(self, task: Task) -> Outcome:
        """Analyse an article.

        Raises:
            ArchiveUnusable, MissingResource: every article would fail.
            EngineUnusable: this installation would make another document than the one asked for.
        """
        if self._pipeline.fingerprint(task.capture.id, task.overrides) != task.fingerprint:
            raise EngineUnusable(
                "a worker has other lexica, models or code than the program that asked it",
                remedy="install the same version and models on every machine, and set QUELLENLAGE_MODELS alike",
            )
        try:
            kept = task.partly.kept(task.capture.text) if task.partly else None
            overrides = task.overrides if task.anchored is None else task.anchored
            made = self._pipeline.remake(task.capture, overrides, kept)
            return Analysed(task, made.document, how=How(made.ran, made.earlier, made.same))
        except (ArchiveUnusable, MissingResource):
            raise
        except Exception as error:
            # One article must never stop the others. Memory may suffice the next time.
            return Failed(task, stage_of(error), describe(error), again=isinstance(error, MemoryError))
