"""Date articles by the archive's others, before all are linked, so that times and events follow the date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quellenlage.execution.ports import PipelineLike
from quellenlage.model import Archive, Document, Reuse
from quellenlage.store.redaction import FORGOTTEN


def date_by_archive(
    archive: Archive, pipeline: PipelineLike, documents: Sequence[Document], wanted: Mapping[str, tuple[Any, str]]
) -> tuple[Sequence[Document], Sequence[Reuse] | None]:
    """Analyse again the articles that others narrow or no longer narrow; return all documents as they then are.

    Also what they take from each other; None where a date changed, since it depends on the dates.

    `wanted` gives of every capture its corrections and fingerprint. The fingerprint stays the same: what others tell is
    a function of the same captures and judgements, and is worked out anew whenever these change. An article whose text
    was deleted stays as it is.
    """
    copies = pipeline.copied(documents)
    anchors = pipeline.changed_anchors(documents, copies)
    if not anchors:
        return documents, copies
    result: list[Document] = []
    for document in documents:
        capture = document.article.capture
        told = anchors.get(document.article.id)
        if told is None or capture not in wanted or _forgotten(document):
            result.append(document)
            continue
        overrides, fingerprint = wanted[capture]
        again = pipeline.analyse(archive.capture(capture), pipeline.anchored(overrides, told))
        archive.put_document(again, fingerprint)
        result.append(again)
    return result, None


def _forgotten(document: Document) -> bool:
    return any(warning.startswith(FORGOTTEN) for warning in document.article.warnings)
