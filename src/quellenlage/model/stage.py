"""What a per-article stage is: a pure function over one document that declares what it reads and writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quellenlage.model.article import Article
from quellenlage.model.document import LAYERS, Document

_ALWAYS = ("id", "text", "zones")
"""Fields of the article that any stage may read."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the per-article pipeline.

    `reads` and `writes` name layers of the document. `resources` name the files under `resources/` whose content
    decides its result: they go into the fingerprint, so that a changed lexicon rebuilds what depends on it. `models`
    are those it reads with where they are installed and wanted; their digests go there too. `article` names what it
    reads of the article besides text and zones, which all stages may read. Raise `version` whenever the code would give
    another result. `run` must depend on these layers, on these fields of the article and on these files alone: where
    none of them changed, the layers that it wrote are used again (`remaking`).
    """

    name: str
    version: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    resources: tuple[str, ...]
    run: Callable[[Document], Document]
    models: tuple[str, ...] = ()
    article: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = {*self.reads, *self.writes} - set(LAYERS)
        if unknown:
            raise ValueError(f"stage {self.name}: no such layers: {sorted(unknown)}")
        unknown = set(self.article) - set(Article.__dataclass_fields__)
        if unknown:
            raise ValueError(f"stage {self.name}: no such fields of an article: {sorted(unknown)}")

    @property
    def needs(self) -> frozenset[str]:
        """What it reads: names of layers, and fields of the article as "article.dct"."""
        return frozenset((*self.reads, *(f"article.{name}" for name in (*_ALWAYS, *self.article))))
