"""Link new articles with what is nearest to them, instead of with the whole archive.

The same link runs over the new articles and their neighbours, which are found by keys; of its result, only what
concerns the new ones is kept (`provisional`). What it costs does not grow with the archive. The next whole link settles
what is provisional; until then it is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from quellenlage.execution.anchoring import is_forgotten
from quellenlage.execution.ports import PipelineLike
from quellenlage.execution.provisional import brought
from quellenlage.execution.reusing import redated
from quellenlage.model import Archive, Document, Judgement, Linked, References
from quellenlage.model.ports import Delta, LinkedStand

LEAST = 500
"""Articles from which an archive is large: a smaller one is linked as a whole in seconds."""

MOST, SHARE = 50, 0.02
"""Articles that may be linked provisionally before the next whole link: so many, or this share of the archive."""

NEIGHBOURS, MORE, CROWD = 48, 8, 96
"""Neighbours of one new article, of each further one that is linked with it, and of all at most."""

TOGETHER = 6
"""New articles that are linked in one step."""


@dataclass(frozen=True, slots=True)
class Around:
    """When an archive is linked around new articles: from how many articles on, and how many at most."""

    least: int = LEAST
    most: int = MOST
    share: float = SHARE

    def allows(self, stand: LinkedStand, new: int) -> bool:
        """Whether so many provisional articles are few beside those that were linked as a whole."""
        return stand.articles >= self.least and new <= max(self.most, self.share * stand.articles)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a link depends on besides the articles."""

    judgements: Sequence[Judgement]
    suppressed: frozenset[str]
    references: References | None


def link_around(
    archive: Archive, pipeline: PipelineLike, new: Sequence[tuple[int, str, Any, str]], terms: Terms
) -> bool:
    """Link new articles, given by number and identifier of the capture, corrections and fingerprint.

    Returns False where something else changed the archive meanwhile, so that all of it has to be linked.
    """
    stand = archive.linked_stand()
    captures = {capture: (overrides, fingerprint) for _, capture, overrides, fingerprint in new}
    articles = archive.articles_of(captures)
    if stand is None or archive.placed(articles).entity_of:
        return False
    delta = Delta((), Linked(), Linked(), {})
    if articles:
        near = archive.near(articles, stand.sequence, min(CROWD, NEIGHBOURS + MORE * (len(articles) - 1)))
        documents = archive.shelf_of([*near, *articles])
        copies = pipeline.copied(documents)
        told = pipeline.changed_anchors(documents, copies)
        dated = _dated(archive, pipeline, documents, {a: told[a] for a in articles if a in told}, captures)
        same = copies if dated is documents else None
        small = pipeline.connect(dated, terms.judgements, terms.suppressed, terms.references, same)
        delta = brought(archive, small, archive.placed(near), dated, articles)
    return archive.append_linked(delta, stand, replace(stand, sequence=new[-1][0]))


def _dated(
    archive: Archive,
    pipeline: PipelineLike,
    documents: Sequence[Document],
    anchors: dict[str, tuple[tuple[str, str], ...]],
    captures: dict[str, tuple[Any, str]],
) -> Sequence[Document]:
    """The documents, those analysed again of which others narrow the date."""
    if not anchors:
        return documents
    result: list[Document] = []
    for document in documents:
        told = anchors.get(document.article.id)
        if told is None or is_forgotten(document):
            result.append(document)
            continue
        capture = document.article.capture
        anchored = pipeline.anchored(captures[capture][0], told)
        result.append(redated(archive, pipeline, capture, anchored, captures[capture])[0])
    return result
