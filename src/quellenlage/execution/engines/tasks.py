"""What an engine is given and what it gives back: articles to analyse, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from quellenlage.execution.ports import PipelineLike
from quellenlage.execution.reusing import How, Partly
from quellenlage.model import Capture, Document, Rejection
from quellenlage.store.packing import pack_document, unpack_document

Recipe = Callable[[], PipelineLike]
"""Makes the pipeline where it is needed. Engines of several processes send it there, so that it must be picklable: a
function of a module, such as `default_pipeline`, or a `functools.partial` of one."""


@dataclass(frozen=True, slots=True)
class Task:
    """An article to analyse: its capture, what people corrected about it, and the fingerprint that it will have.

    `partly` is what is stored of it, where only some of the stages have to be run again. `anchored` are the corrections
    with the days that other articles tell of it, where they tell any; the fingerprint knows nothing of these.
    """

    capture: Capture
    overrides: Any
    fingerprint: str
    partly: Partly | None = None
    anchored: Any = None


class Analysed:
    """An article with all its layers: as a document where it was made in this process, packed where in another.

    Either is made of the other when it is first asked for.
    """

    __slots__ = ("_document", "_packed", "_text", "how", "task")

    def __init__(
        self,
        task: Task,
        document: Document | None = None,
        *,
        packed: bytes = b"",
        text: str | None = None,
        how: How | None = None,
    ) -> None:
        """Take a document, or what `pack_document` made of one; `text` where it is another than the capture's."""
        self.task = task
        self.how = how or How()
        self._document = document
        self._packed = packed
        self._text = text

    @property
    def document(self) -> Document:
        """The document. Raises zlib.error, msgspec.MsgspecError, Defect where what came back is damaged."""
        if self._document is None:
            self._document = unpack_document(self._packed, self.task.capture.text if self._text is None else self._text)
        return self._document

    @property
    def packed(self) -> bytes:
        """The document as bytes, without its text."""
        if not self._packed and self._document is not None:
            self._packed = pack_document(self._document)
        return self._packed

    @property
    def own_text(self) -> str | None:
        """The text of the article; None where it is that of the capture."""
        if self._document is not None:
            return None if self._document.text == self.task.capture.text else self._document.text
        return self._text


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that could not be analysed; `again` says that it may well succeed another time as it is."""

    task: Task
    stage: str
    reason: str
    again: bool = False

    @property
    def rejection(self) -> Rejection:
        """As the archive records it."""
        return Rejection(self.task.capture.id, self.task.capture.source, self.stage, self.reason)


Outcome = Analysed | Failed


class Engine(Protocol):
    """Where articles are analysed: in this process, in a pool of processes, on a cluster."""

    @property
    def name(self) -> str:
        """How users call it: "process", "pool", "ray"."""

    def processes(self, articles: int) -> int:
        """How many processes of this machine it would let work on so many articles; 1 where this one does it all."""

    def run(self, tasks: Iterable[Task], count: int) -> Generator[Outcome]:
        """Analyse articles, `count` of them or somewhat fewer; give back each exactly once, with what became of it.

        Tasks are taken as there is room for them, never all at once. Outcomes come in the order of the tasks, except
        where an article takes so much longer than those behind it that these would pile up, or where many machines
        give them. Results are the same whatever the engine. Whoever stops early closes the generator, which ends what
        it started.

        Raises:
            MissingResource: the installation is incomplete, so that every article would fail.
            EngineUnusable: the engine cannot be started, or has another installation.
        """
