"""Analyse captures with an engine and keep what comes of it: this process alone writes, one article a transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from quellenlage.errors import ArchiveUnusable, MissingResource, NotFound
from quellenlage.execution.engines.tasks import Engine, Failed, Outcome, Task
from quellenlage.execution.explaining import Tally
from quellenlage.execution.failure import describe, stage_of
from quellenlage.execution.ports import PipelineLike, Progress
from quellenlage.execution.reusing import keep, making, partly
from quellenlage.model import Archive, Rejection

Todo = Mapping[str, tuple[Any, str]]
"""By capture what people corrected about the article, and the fingerprint that its document will have."""


@dataclass(frozen=True, slots=True)
class Run:
    """What goes with the analysis of many articles: the pipeline, who watches, and what it counts."""

    pipeline: PipelineLike
    progress: Progress
    tally: Tally


def analyse_all(archive: Archive, engine: Engine, run: Run, todo: Todo) -> list[Rejection]:
    """Analyse captures and keep their documents; returns what could not be analysed.

    Raises:
        ArchiveUnusable, MissingResource, EngineUnusable, KeyboardInterrupt: it stops, with all finished articles kept.
    """
    if not todo:
        return []
    rejected: list[Rejection] = []
    run.progress.start(len(todo), "analyse")
    try:
        with closing(engine.run(_tasks(archive, run, todo), len(todo))) as outcomes:
            for outcome in outcomes:
                failed = _kept(archive, run, outcome)
                if failed:
                    archive.reject(failed.rejection, "" if failed.again else failed.task.fingerprint)
                    rejected.append(failed.rejection)
                run.progress.advance()
    finally:
        run.progress.finish()
    return rejected


def _tasks(archive: Archive, run: Run, todo: Todo) -> Iterator[Task]:
    for capture, (overrides, fingerprint) in todo.items():
        try:
            found = archive.capture(capture)
        except NotFound:
            run.progress.advance()  # deleted by another process since the build began
            continue
        yield Task(found, overrides, fingerprint, partly(archive, capture, run.tally.due[capture]))


def _kept(archive: Archive, run: Run, outcome: Outcome) -> Failed | None:
    """Keep an article; what to record where it could not be analysed, or what came of it could not be kept."""
    if isinstance(outcome, Failed):
        return outcome
    task, how = outcome.task, outcome.how
    try:
        keep(archive, outcome.document, task.fingerprint, how, making(run.pipeline, task.overrides, how))
    except (ArchiveUnusable, MissingResource):
        raise
    except NotFound:
        return None  # deleted while it was analysed
    except Exception as error:
        # One article must never stop the others. Memory may suffice the next time: then it is tried again.
        return Failed(task, stage_of(error), describe(error), again=isinstance(error, MemoryError))
    run.tally.add(how.ran, same=how.same)
    return None
