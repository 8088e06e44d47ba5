"""Parts of an archive that can be read side by side: portions of documents in order of capture.

What is asked of each document alone is asked in portions, by a *mapper*: in this process, or in several. Whoever asks
goes on with the answers in order, so that what comes of them is the same however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar, runtime_checkable

from quellenlage.model.document import Document

T = TypeVar("T")
R = TypeVar("R")

Mapper = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
"""Applies a function to every one of some things and yields the answers in their order; things, answers and the
function can be pickled, so that it may do so in other processes."""

PORTION = 64
"""Documents of a portion: as many as are read from the archive at a time."""


@runtime_checkable
class Portioned(Protocol):
    """Documents that can hand out some of them without reading them here."""

    def portion(self, start: int, stop: int) -> Sequence[Document]:
        """Documents from one place in their order up to another one, which can be pickled unread."""


def in_process(function: Callable[[T], R], things: Iterable[T]) -> Iterator[R]:
    """The mapper of this process."""
    return map(function, things)


def portions(documents: Sequence[Document], size: int = PORTION) -> Iterator[Sequence[Document]]:
    """All documents, portion by portion."""
    for start in range(0, len(documents), size):
        stop = min(start + size, len(documents))
        yield documents.portion(start, stop) if isinstance(documents, Portioned) else documents[start:stop]


class Each:
    """A function of a document as one of a portion; of these the answers in order."""

    def __init__(self, function: Callable[[Document], Any]) -> None:
        self._function = function

    def __call__(self, documents: Sequence[Document]) -> list[Any]:
        """Ask of every one."""
        return [self._function(document) for document in documents]


def each(mapper: Mapper, function: Callable[[Document], R], documents: Sequence[Document]) -> Iterator[R]:
    """What a function says of each document, in order."""
    for answers in mapper(Each(function), portions(documents)):
        yield from answers
