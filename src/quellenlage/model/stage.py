"""What a per-article stage is: a pure function over one document that declares what it reads and writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quellenlage.model.document import LAYERS, Document


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the per-article pipeline.

    `reads` and `writes` name layers of the document. `resources` name the files under `resources/` whose content
    decides its result: they go into the fingerprint, so that a changed lexicon rebuilds what depends on it. `models`
    are those it reads with where they are installed and wanted; their digests go there too. Raise `version` whenever
    the code would give another result. `run` must depend on the document and on these alone.
    """

    name: str
    version: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    resources: tuple[str, ...]
    run: Callable[[Document], Document]
    models: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = {*self.reads, *self.writes} - set(LAYERS)
        if unknown:
            raise ValueError(f"stage {self.name}: no such layers: {sorted(unknown)}")
