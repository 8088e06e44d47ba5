"""Date articles by the archive's others, before all are linked, so that times and events follow the date."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from quellenlage.errors import NotFound, changed_meanwhile
from quellenlage.execution.engines import Engine, Failed, InProcess, Pool, Task
from quellenlage.execution.engines.sharing import MANY
from quellenlage.execution.ports import PipelineLike, default_pipeline
from quellenlage.execution.reusing import keep, making, redated, stored_of
from quellenlage.model import Archive, Document, Reuse
from quellenlage.model.partition import Mapper, in_process
from quellenlage.store.redaction import FORGOTTEN

_TOGETHER = 64
"""Articles to be dated that are read at a time."""


@dataclass(frozen=True, slots=True)
class Dated:
    """All documents, what they take from each other, and how many of them were changed for that."""

    documents: Sequence[Document]
    copies: Sequence[Reuse]
    again: int = 0


Anchors = Mapping[str, tuple[tuple[str, str], ...]]
"""By article the days that others tell of it, and why."""


def date_by_archive(
    archive: Archive,
    pipeline: PipelineLike,
    wanted: Mapping[str, tuple[Any, str]],
    mapper: Mapper = in_process,
    engine: Engine | None = None,
) -> Dated:
    """Analyse again the articles that others narrow or no longer narrow; return all documents as they then are.

    What they take from each other depends on the dates.

    `wanted` gives of every capture its corrections and fingerprint. The fingerprint stays the same: what others tell is
    a function of the same captures and judgements, and is worked out anew whenever these change. An article whose text
    was deleted stays as it is. `mapper` reads portions of the documents, an `engine` analyses what is dated.

    Raises:
        ChangedMeanwhile: somebody else deletes articles, or adds some.
    """
    order, documents = archive.order(), archive.shelf()
    copies = pipeline.copied(documents, mapper)
    anchors = pipeline.changed_anchors(documents, copies)
    if not anchors:
        return Dated(documents, copies)
    engine, count = engine or InProcess(lambda: pipeline), len(anchors)
    if len(documents) >= MANY:
        engine, count = _elsewhere(engine), len(documents)
    tasks = _tasks(archive, pipeline, wanted, anchors)
    try:
        again = _made(archive, pipeline, tasks, engine, count)
    except NotFound:
        raise changed_meanwhile() from None
    del documents
    gc.collect()  # what was read of them holds itself, and collecting rests while an archive is linked
    documents = archive.shelf()
    if archive.order() != order:
        raise changed_meanwhile()  # what is found again is known by the places of the articles
    return Dated(documents, pipeline.copied_again(documents, copies, anchors), again)


def _elsewhere(engine: Engine) -> Engine:
    """An engine that analyses in other processes, however few articles: what analysis loads stays in its process, and
    beside the link of many articles there is no room for it."""
    if isinstance(engine, InProcess) and engine.recipe is default_pipeline:
        return Pool(1)
    return engine


def _tasks(
    archive: Archive, pipeline: PipelineLike, wanted: Mapping[str, tuple[Any, str]], anchors: Anchors
) -> Iterator[Task]:
    articles = list(anchors)
    for start in range(0, len(articles), _TOGETHER):
        for document in archive.documents_of(articles[start : start + _TOGETHER]):
            capture = document.article.capture
            if capture in wanted and not is_forgotten(document):
                overrides, fingerprint = wanted[capture]
                anchored = pipeline.anchored(overrides, anchors[document.article.id])
                stored = stored_of(archive, pipeline, capture, overrides)
                yield Task(archive.capture(capture), overrides, fingerprint, stored, anchored)


def _made(archive: Archive, pipeline: PipelineLike, tasks: Iterator[Task], engine: Engine, count: int) -> int:
    """Analyse articles and write them; how many are others than before."""
    again = 0
    with closing(engine.run(tasks, count)) as outcomes:
        for outcome in outcomes:
            task, under = outcome.task, (outcome.task.overrides, outcome.task.fingerprint)
            if isinstance(outcome, Failed):  # here it is made after all, or says why not
                again += redated(archive, pipeline, task.capture.id, task.anchored, under)[1]
            else:
                how = outcome.how
                again += keep(archive, outcome.document, task.fingerprint, how, making(pipeline, task.overrides, how))
    return again


def is_forgotten(document: Document) -> bool:
    """Whether the text of an article was deleted but for its citations."""
    return any(warning.startswith(FORGOTTEN) for warning in document.article.warnings)
