"""Date articles by the archive's others, before all are linked, so that times and events follow the date."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quellenlage.errors import changed_meanwhile
from quellenlage.execution.ports import PipelineLike
from quellenlage.execution.reusing import redated
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


def date_by_archive(
    archive: Archive, pipeline: PipelineLike, wanted: Mapping[str, tuple[Any, str]], mapper: Mapper = in_process
) -> Dated:
    """Analyse again the articles that others narrow or no longer narrow; return all documents as they then are.

    What they take from each other depends on the dates.

    `wanted` gives of every capture its corrections and fingerprint. The fingerprint stays the same: what others tell is
    a function of the same captures and judgements, and is worked out anew whenever these change. An article whose text
    was deleted stays as it is. `mapper` reads portions of the documents.

    Raises:
        ChangedMeanwhile: somebody else deletes articles, or adds some.
    """
    order, documents = archive.order(), archive.shelf()
    copies = pipeline.copied(documents, mapper)
    anchors = pipeline.changed_anchors(documents, copies)
    if not anchors:
        return Dated(documents, copies)
    articles, again = list(anchors), 0
    for start in range(0, len(articles), _TOGETHER):
        for document in archive.documents_of(articles[start : start + _TOGETHER]):
            capture, told = document.article.capture, anchors[document.article.id]
            if capture in wanted and not is_forgotten(document):
                anchored = pipeline.anchored(wanted[capture][0], told)
                again += redated(archive, pipeline, capture, anchored, wanted[capture])[1]
    del documents
    gc.collect()  # what was read of them holds itself, and collecting rests while an archive is linked
    documents = archive.shelf()
    if archive.order() != order:
        raise changed_meanwhile()  # what is found again is known by the places of the articles
    return Dated(documents, pipeline.copied_again(documents, copies, anchors), again)


def is_forgotten(document: Document) -> bool:
    """Whether the text of an article was deleted but for its citations."""
    return any(warning.startswith(FORGOTTEN) for warning in document.article.warnings)
