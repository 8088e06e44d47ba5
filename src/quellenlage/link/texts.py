"""The words of all articles of an archive, in a file of their own: read once, and memory does not grow with them.

Texts are compared with few others, which may lie anywhere before them; to read one again from the archive would take a
hundred times as long.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quellenlage.link.shingles import SHINGLE, Words, shingles_of, words_of
from quellenlage.model import Document
from quellenlage.model.filed import room, temporary
from quellenlage.model.partition import Mapper, each, in_process

_KEPT = 512
"""Articles whose words are kept at hand."""

_BYTES = 8 + 4 + 4 + 1
"""Of a word: its number, where it begins and ends, whether it is quoted."""


class Read(NamedTuple):
    """What reuse asks of an article: who it is, its address, its last day of print, its words packed.

    `latest` is the last day that there is where the article has none, so that it does not pass as older than a dated
    one.
    """

    article: str
    url: str | None
    latest: date
    words: bytes


def read(document: Document) -> Read:
    """Read an article."""
    article = document.article
    latest = article.dct.latest if article.dct else date.max
    return Read(article.id, article.url, latest, packed(words_of(document)))


def packed(words: Words) -> bytes:
    """Words as bytes, seventeen each."""
    places = np.array(words.spans, dtype="<u4").reshape(-1, 2)
    parts = (np.array(words.numbers, dtype="<u8"), places[:, 0], places[:, 1], np.array(words.quoted, dtype=np.bool_))
    return b"".join(part.tobytes() for part in parts)


def unpacked(content: bytes) -> Words:
    """The words again."""
    count = len(content) // _BYTES
    numbers = np.frombuffer(content, "<u8", count)
    starts = np.frombuffer(content, "<u4", count, 8 * count).tolist()
    ends = np.frombuffer(content, "<u4", count, 12 * count).tolist()
    quoted = np.frombuffer(content, np.bool_, count, 16 * count).tolist()
    spans = tuple(zip(starts, ends, strict=True))
    return Words(spans, tuple(numbers.tolist()), shingles_of(numbers), tuple(quoted))


class Text(NamedTuple):
    """The words of an article, and its shingles in order of their numbers."""

    words: Words
    known: NDArray[np.uint64]
    free: int
    """Words that no quotation marks hold."""

    def covered(self, earlier: Text) -> int:
        """How many of its words at most stand in the other text as well: those of common shingles."""
        mine = np.array(self.words.shingles, dtype=np.uint64)
        if not len(mine) or not len(earlier.known):
            return 0
        at = np.minimum(np.searchsorted(earlier.known, mine), len(earlier.known) - 1)
        common = earlier.known[at] == mine
        held = np.zeros(len(mine) + SHINGLE - 1, dtype=np.bool_)
        for place in range(SHINGLE):
            held[place : place + len(mine)] |= common
        return int(held.sum())


class Texts:
    """Articles by their numbers; the file goes with the last one who holds it."""

    def __init__(self, articles: Iterable[Read]) -> None:
        """Write the words of all articles.

        Raises:
            ArchiveUnusable: the folder for temporary files is full or cannot be written.
        """
        self._file = temporary()
        self._places = array("Q")
        self._sizes = array("L")
        self.articles: list[str] = []
        self.urls: dict[int, str] = {}
        self.latest = array("i")
        self.text = lru_cache(maxsize=_KEPT)(partial(_text, self._file.fileno(), self._places, self._sizes))
        for one in articles:
            for listed in (self._places, self._sizes, self.latest):
                listed.append(0)
            self.articles.append(one.article)
            self._put(len(self) - 1, one)
        with room():
            self._file.flush()

    @classmethod
    def of(cls, documents: Sequence[Document], mapper: Mapper = in_process) -> Texts:
        """Read all documents."""
        return cls(each(mapper, read, documents))

    def change(self, read: Iterable[tuple[int, Read]]) -> None:
        """Take in how some of the articles read now.

        Raises:
            ArchiveUnusable: the folder for temporary files is full or cannot be written.
        """
        for number, one in read:
            self.urls.pop(number, None)
            self._put(number, one)
        with room():
            self._file.flush()
        self.text.cache_clear()

    def _put(self, number: int, one: Read) -> None:
        with room():
            self._places[number], self._sizes[number] = self._file.tell(), len(one.words)
            self._file.write(one.words)
        self.latest[number] = one.latest.toordinal()
        if one.url:
            self.urls[number] = one.url

    def __len__(self) -> int:
        return len(self.articles)

    @property
    def in_time(self) -> list[int]:
        """Numbers in order of the last day of print, then of capture: "who was first"."""
        return sorted(range(len(self)), key=lambda number: (self.latest[number], number))


def _text(file: int, places: Sequence[int], sizes: Sequence[int], number: int) -> Text:
    words = unpacked(os.pread(file, sizes[number], places[number]))
    return Text(words, np.unique(np.array(words.shingles, dtype=np.uint64)), words.quoted.count(False))
