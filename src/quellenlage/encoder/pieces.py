"""From words to word pieces and windows, the same at run time and in training."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from quellenlage.encoder import files

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST = 382
"""Word pieces of a window of an article, without the two that frame it."""
MOST = 510
"""Word pieces that the encoder has places for, without the two that frame them."""
START, END = 0, 2
"""Ids of `<s>` and `</s>`."""
Span = tuple[int, int]
_KEPT = 1024
"""Sentences and windows of an article whose word pieces are kept."""
_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Pieces:
    """Ids with `<s>` and `</s>`, and for every word the place of its first piece."""

    ids: list[int]
    firsts: list[int]


@cache
def tokenizer() -> Tokenizer:
    """The one tokenizer of all models."""
    from tokenizers import Tokenizer

    return Tokenizer.from_str(files.content("shared/tokenizer.json").decode())


def encoded(own: Tokenizer, text: str) -> tuple[list[int], list[Span]]:
    """Ids and offsets of the word pieces of a text; half a character pair, which no encoding knows, reads as U+FFFD."""
    try:
        found = own.encode(text, add_special_tokens=False)
    except (TypeError, UnicodeEncodeError):
        found = own.encode(_HALVES.sub("\ufffd", text), add_special_tokens=False)
    return found.ids, found.offsets


def cut(own: Tokenizer, text: str, words: Sequence[Span]) -> Pieces:
    """Word pieces of `text` from the first word's start to the last one's end.

    A word's first piece is the first that ends after the word's start; two words can share a piece ("“,").
    """
    origin = words[0][0]
    ids, offsets = encoded(own, text[origin : words[-1][1]])
    firsts, at = [], 0
    ends = [end + origin for _, end in offsets]
    for start, _ in words:
        while at < len(ends) - 1 and ends[at] <= start:
            at += 1
        firsts.append(at + 1)
    return Pieces([START, *ids, END], firsts)


def windows(lengths: Sequence[int], longest: int, overlap: int) -> list[tuple[int, int]]:
    """Ranges of sentences whose word pieces fit, each starting at most `overlap` pieces before the last one's end.

    A sentence that is longer by itself stands alone.
    """
    found, start = [], 0
    while start < len(lengths):
        end, total = start, 0
        while end < len(lengths) and (end == start or total + lengths[end] <= longest):
            total += lengths[end]
            end += 1
        found.append((start, end))
        if end == len(lengths):
            break
        back, shared = end, 0
        while back > start + 1 and shared + lengths[back - 1] <= overlap:
            back -= 1
            shared += lengths[back]
        start = back
    return found


@dataclass(slots=True)
class Part:
    """A sentence, or as much of a very long one as fits; `start` is its first word's number in the article."""

    sentence: int
    start: int
    words: Sequence[Span]
    pieces: Pieces

    @property
    def end(self) -> int:
        """Number of the word behind it."""
        return self.start + len(self.words)


@dataclass(slots=True)
class Window:
    """Neighbouring parts that are read together: the words `start` to `end` of the article."""

    parts: Sequence[Part]
    pieces: Pieces

    @property
    def start(self) -> int:
        """Number of the first word."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Number of the word behind it."""
        return self.parts[-1].end


def article_windows(text: str, sentences: Sequence[Sequence[Span]], longest: int, overlap: int) -> list[Window]:
    """The windows of an article, whose words are numbered through over all sentences; every word is in one or more."""
    cutting = _Cutting(tokenizer(), text)
    parts: list[Part] = []
    start = 0
    for number, sentence in enumerate(sentences):
        for words, pieces in _bounded(cutting, sentence):
            parts.append(Part(number, start, words, pieces))
            start += len(words)
    found: list[Window] = []
    for a, b in _ranges(parts, longest, overlap):
        if found and parts[b - 1].end <= found[-1].end:
            continue  # before a long sentence that does not fit, nothing but the overlap
        together = parts[a].pieces
        if b > a + 1:
            together = cutting.of([word for part in parts[a:b] for word in part.words])
        if len(together.ids) > MOST + 2:
            # a word of many hundred pieces, or much text that belongs to no sentence in between
            together = _joined([part.pieces for part in parts[a:b]])
        found.append(Window(parts[a:b], together))
    return found


def _ranges(parts: Sequence[Part], longest: int, overlap: int) -> list[tuple[int, int]]:
    """Ranges of parts whose word pieces fit, and whose words do as well where thousands of them share pieces."""
    pieces = [len(part.pieces.ids) for part in parts]
    found = windows(pieces, longest, overlap)
    if all(sum(len(part.words) for part in parts[a:b]) <= MOST for a, b in found):
        return found
    return windows([max(some, len(part.words)) for some, part in zip(pieces, parts, strict=True)], longest, overlap)


class _Cutting:
    """Word pieces of one text; what came last is not cut again where a page says it thousands of times."""

    def __init__(self, own: Tokenizer, text: str) -> None:
        self._own, self._text = own, text
        self._known: dict[tuple[str, tuple[int, ...]], Pieces] = {}

    def of(self, words: Sequence[Span]) -> Pieces:
        """The same as `cut`."""
        origin = words[0][0]
        said = self._text[origin : words[-1][1]], tuple([start - origin for start, _ in words])
        found = self._known.get(said)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[said] = cut(self._own, self._text, words)
        return found


def _bounded(cutting: _Cutting, sentence: Sequence[Span]) -> Iterator[tuple[Sequence[Span], Pieces]]:
    """A sentence as it is, or, where it has too many word pieces for a window, in runs of words that fit.

    Words that share pieces (thousands of signs that no encoding knows are a single one) count by themselves as well:
    a reader may compare every word with every other one.
    """
    if not sentence:
        return
    pieces = cutting.of(sentence)
    if len(pieces.ids) <= MOST + 2 and len(sentence) <= MOST:
        yield sentence, pieces
        return
    bounds = [*pieces.firsts, len(pieces.ids) - 1]
    low = 0
    for i in range(1, len(sentence) + 1):
        # one piece less than fits: cut by itself, a run can have one more, for the blank before its first word
        if i == len(sentence) or bounds[i + 1] - bounds[low] >= MOST or i - low == MOST:
            yield sentence[low:i], cutting.of(sentence[low:i])
            low = i


def _joined(alone: Sequence[Pieces]) -> Pieces:
    """Parts that were cut one by one, in a row; what does not fit is left off, and its words are read at the end."""
    ids: list[int] = []
    firsts: list[int] = []
    for one in alone:
        firsts += (len(ids) + first for first in one.firsts)
        ids += one.ids[1:-1]
    return Pieces([START, *ids[:MOST], END], [min(first, MOST + 1) for first in firsts])
