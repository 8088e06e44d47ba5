"""All documents of an archive as a sequence that holds few of them: what is asked for is read, and soon let go again.

Linking passes over the documents several times and keeps hold of every one of them. Here each stands for its row: its
fields are filled in when one is first asked for, and emptied when many others were filled in since, so that memory does
not grow with the texts. What is read is not checked again: it was when it was written.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import Any, overload

from quellenlage.model import LAYERS, Document
from quellenlage.store.packing import unpack_article, unpack_layers, unpack_text, unpack_tokens

Row = tuple[bytes, bytes]
"""The packed text of an article and its packed document."""

_AHEAD = 64
"""Documents read at once where one asks for them in order."""

_RUNS = 1 << 12
"""Places kept from which somebody may go on in order, the latest ones: between two steps many others are read."""

_HELD = {"article": 1024, "layers": 512, "tokens": 128}
"""Documents of which each part is held at most, besides those that are kept."""

_BYTES = {"article": 2 << 20, "layers": 5 << 20, "tokens": 2 << 20}
"""Packed bytes of these at most, where texts are long: read, an article takes about 7 times, layers and tokens take 7
and 16 times as much."""

_KEPT = 256
"""Documents at the beginning whose articles and layers are kept once they were read (70 KiB each): of what is passed
over again and again, what was read last is needed last."""

_PART_OF = dict.fromkeys(LAYERS, "layers") | {"article": "article", "tokens": "tokens"}
_NAMES = {part: tuple(field.name for field in fields(Document) if _PART_OF[field.name] == part) for part in _HELD}


class Shelf(Sequence[Document]):
    """Documents in order of capture; `read` gives the rows of those from a place in that order on, so many."""

    def __init__(self, count: int, read: Callable[[int, int], Sequence[Row]]) -> None:
        self._read = read
        self._held: dict[str, deque[tuple[int, int]]] = {part: deque() for part in _HELD}
        self._bytes = dict.fromkeys(_HELD, 0)
        self._runs: dict[str, dict[int, int]] = {part: {} for part in _HELD}
        self._documents = [Shelved(self, place) for place in range(count)]

    def __len__(self) -> int:
        return len(self._documents)

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Document]: ...
    def __getitem__(self, place: int | slice) -> Document | Sequence[Document]:
        return self._documents[place]

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents)

    def portion(self, start: int, stop: int) -> Portion:
        """Documents from one place up to another one: here as they are, in another process read from their rows."""
        return Portion(self, range(start, stop))

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """The rows of some documents, unread."""
        return self._read(start, stop - start)

    def fill(self, place: int, name: str) -> None:
        """Read the part of a document that a field belongs to, and, the longer one goes in order, of those after it.

        Several may go in order at a time, and others ask for one here and one there meanwhile.
        """
        part = _PART_OF[name]
        runs = self._runs[part]
        ahead = min(2 * runs.pop(place, 0) or 1, _AHEAD, _HELD[part])
        end = place + 1
        while end < min(place + ahead, len(self)) and not filled(self._documents[end], part):
            end += 1
        for at, row in enumerate(self._read(place, end - place), place):
            _put(self._documents[at], part, _unpacked(part, row))
            if at >= _KEPT or part == "tokens":
                size = len(row[part != "article"])
                self._held[part].append((at, size))
                self._bytes[part] += size
        following = end
        while following < min(end + _AHEAD, len(self)) and filled(self._documents[following], part):
            following += 1
        runs[following] = max(ahead, runs.pop(following, 0))
        if len(runs) > _RUNS:
            del runs[next(iter(runs))]
        self._let_go(part, place)

    def _let_go(self, part: str, asked: int) -> None:
        """Empty what was read first, until no more is held than allowed; what is asked for now stays in any case."""
        held = self._held[part]
        while len(held) > _HELD[part] or self._bytes[part] > _BYTES[part]:
            if held[0][0] == asked:
                break
            at, size = held.popleft()
            self._bytes[part] -= size
            _empty(self._documents[at], part)


class Portion(Sequence[Document]):
    """Some documents of a shelf in a row; pickled, it takes their rows along instead of what was read of them."""

    def __init__(self, shelf: Shelf, places: range) -> None:
        self._shelf, self._places = shelf, places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Document]: ...
    def __getitem__(self, place: int | slice) -> Document | Sequence[Document]:
        at = self._places[place]
        return Portion(self._shelf, at) if isinstance(at, range) else self._shelf[at]

    def __reduce__(self) -> tuple[Any, ...]:
        return (of_rows, (list(self._shelf.rows(self._places.start, self._places.stop)),))


def of_rows(rows: Sequence[Row]) -> Shelf:
    """Documents of rows that are held."""
    return Shelf(len(rows), lambda place, count: rows[place : place + count])


class Shelved(Document):
    """A document of a shelf."""

    __slots__ = ("_place", "_shelf")

    def __init__(self, shelf: Shelf, place: int) -> None:
        object.__setattr__(self, "_shelf", shelf)
        object.__setattr__(self, "_place", place)

    def __getattr__(self, name: str) -> Any:
        """Called where a field is empty."""
        if name not in _PART_OF:
            raise AttributeError(name)
        self._shelf.fill(self._place, name)
        return object.__getattribute__(self, name)

    @property  # type: ignore[misc]  # typeshed has no property here
    def __class__(self) -> type[Document]:  # type: ignore[override]  # and a class where this has a property
        """A changed copy (`dataclasses.replace`) is a document of no shelf, and equal content makes equal documents."""
        return Document

    def __reduce__(self) -> tuple[Any, ...]:
        return (Document, tuple(getattr(self, field.name) for field in fields(Document)))


def filled(document: Document, part: str) -> bool:
    """Whether a part of a document is held."""
    try:
        object.__getattribute__(document, _NAMES[part][0])
    except AttributeError:
        return False
    return True


def _unpacked(part: str, row: Row) -> Any:
    text, document = row
    if part == "article":
        return unpack_article(document, unpack_text(text))
    return unpack_layers(document) if part == "layers" else unpack_tokens(document)


def _put(document: Document, part: str, read: Any) -> None:
    for name in _NAMES[part]:
        object.__setattr__(document, name, read if part == "article" else getattr(read, name))


def _empty(document: Document, part: str) -> None:
    for name in _NAMES[part]:
        object.__delattr__(document, name)
