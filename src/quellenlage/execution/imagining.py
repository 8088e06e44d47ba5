"""The articles as a build under other judgements would leave them, worked out in memory; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quellenlage.execution.ports import PipelineLike
from quellenlage.execution.reusing import remade
from quellenlage.model import Archive, Document, Judgement, Verdict


def documents_under(archive: Archive, judgements: Sequence[Judgement], pipeline: PipelineLike) -> list[Document]:
    """All documents in order of capture, with what these judgements correct in articles themselves.

    Articles that any judgement of the log or of these ever corrected are analysed again where the archive does not
    hold them so; all others, also those that wait for a build for another reason, are as they are stored.
    """
    documents = list(archive.documents())
    ever = _corrections([*archive.judgements(), *judgements])
    wanted = _wanted(documents, ever, _corrections(judgements), pipeline)
    fingerprints = [(capture, pipeline.fingerprint(capture, overrides)) for capture, overrides in wanted.items()]
    todo = set(archive.pending(fingerprints)) & set(archive.capture_ids())
    if not todo:
        return documents
    found = [
        remade(archive, pipeline, capture, wanted[capture]).document if capture in todo else document
        for document in documents
        for capture in (document.article.capture,)
    ]
    told = pipeline.changed_anchors(found, pipeline.copied(found))
    for number, document in enumerate(found):
        capture, article = document.article.capture, document.article.id
        if capture in todo and article in told:
            overrides = pipeline.anchored(wanted[capture], told[article])
            found[number] = remade(archive, pipeline, capture, wanted[capture], overrides).document
    return found


def _corrections(judgements: Sequence[Judgement]) -> list[Judgement]:
    return [j for j in judgements if j.verdict is Verdict.CORRECT]


def _wanted(
    documents: Sequence[Document], ever: Sequence[Judgement], now: Sequence[Judgement], pipeline: PipelineLike
) -> dict[str, Any]:
    """By capture what people corrected about an article itself, of the articles of which they ever did."""
    subjects = {j.subject for j in ever}
    captures = [d.article.capture for d in documents if d.article.id in subjects]
    return {capture: pipeline.overrides_for(now, capture) for capture in captures}
