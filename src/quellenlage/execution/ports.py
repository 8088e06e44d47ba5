"""What execution asks of the pipeline and of whoever watches it; `quellenlage.pipeline` is such a pipeline."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from quellenlage.model import Capture, Document, Judgement, Linked, References, Reuse
from quellenlage.model.making import Correction, Recipe
from quellenlage.model.partition import Mapper, in_process
from quellenlage.model.remaking import Kept, Made

Clock = Callable[[], str]
"""Gives the time as ISO 8601 in UTC."""


class StageIdentityLike(Protocol):
    """Name, version and configuration of a stage that sees one article."""

    @property
    def name(self) -> str:
        """Name of the stage."""

    @property
    def version(self) -> str:
        """Version of its code."""

    @property
    def config_hash(self) -> str:
        """Digest of the resources that decide its result."""

    @property
    def model_hash(self) -> str:
        """Digests of the models it reads with, empty where it needs none."""


class PipelineLike(Protocol):
    """The functions of `quellenlage.pipeline` that execution calls. What `overrides_for` returns is opaque."""

    def identities(self) -> Sequence[StageIdentityLike]:
        """All stages that see one article, in order."""

    def overrides_for(self, judgements: Sequence[Judgement], capture_id: str) -> Any:
        """What people corrected about an article itself."""

    def fingerprint(self, capture_id: str, overrides: Any) -> str:
        """What a document depends on besides its capture."""

    def analyse(self, capture: Capture, overrides: Any) -> Document:
        """Make an article of a capture, with all its layers."""

    def remake(self, capture: Capture, overrides: Any, kept: Kept | None = None) -> Made:
        """The same, telling how it was made; of a document that is kept, by the stages that have to be run again."""

    def recipe(self) -> Recipe:
        """What documents are made with."""

    def corrections(self, overrides: Any) -> tuple[Correction, ...]:
        """What people corrected about an article, by the stage that takes it in."""

    def following(self, again: frozenset[str]) -> frozenset[str]:
        """Stages that may have to be run because others are."""

    def copied(self, documents: Sequence[Document], mapper: Mapper = in_process) -> Sequence[Reuse]:
        """What the documents take from each other; `mapper` reads portions of them."""

    def copied_again(
        self, documents: Sequence[Document], copies: Sequence[Reuse], changed: Collection[str]
    ) -> Sequence[Reuse]:
        """The same after articles `changed`, of what `copied` found before that."""

    def changed_anchors(
        self, documents: Sequence[Document], copies: Sequence[Reuse]
    ) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """For each article whose date other articles tell otherwise than it was analysed: the days, and why."""

    def anchored(self, overrides: Any, anchors: tuple[tuple[str, str], ...]) -> Any:
        """Corrections of an article with what others tell about its date."""

    def link_terms(self) -> tuple[tuple[str, str, str], ...]:
        """What the link depends on in this installation: kind, name, and which one."""

    def linked_fingerprint(
        self, documents: Iterable[tuple[str, str]], judgements: Sequence[Judgement], extra: str
    ) -> str:
        """What everything across articles depends on."""

    def connect(
        self,
        documents: Sequence[Document],
        judgements: Sequence[Judgement],
        suppressed: frozenset[str],
        references: References | None = None,
        copies: Sequence[Reuse] | None = None,
        mapper: Mapper = in_process,
    ) -> Linked:
        """See all articles together, and beside the lists from outside, if there are any.

        `copies` is what `copied` found in these documents, where that is at hand; `mapper` reads portions of them.
        """


class Progress(Protocol):
    """Who is told how far a long piece of work is; `label` is a stable code: "add", "analyse", "link", "vectors"."""

    def start(self, total: int | None, label: str) -> None:
        """Begin a piece of work of so many steps (None: not known)."""

    def advance(self, steps: int = 1) -> None:
        """Some steps are done."""

    def finish(self) -> None:
        """The piece of work has ended, finished or not."""


class Silent:
    """A progress that nobody watches."""

    def start(self, total: int | None, label: str) -> None:
        """Say nothing."""

    def advance(self, steps: int = 1) -> None:
        """Say nothing."""

    def finish(self) -> None:
        """Say nothing."""


def default_pipeline() -> PipelineLike:
    """The pipeline of this installation, imported when it is needed: its lexica take time to load."""
    from quellenlage import pipeline

    return pipeline
