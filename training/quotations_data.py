"""Quotations of the German Wikinews corpus as tags and roles over words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tokenizers import Tokenizer

from training.data import data_path, read_jsonl
from training.labels import QUOTATION_TAGS, ROLES
from training.pieces import LONGEST, cut, windows

_TAG = {tag: i for i, tag in enumerate(QUOTATION_TAGS)}
_TYPES = {
    "Direct": "direct",
    "Indirect": "indirect",
    "Reported": "reported",
    "FreeIndirect": "free_indirect",
    "IndirectFreeIndirect": "indirect_free_indirect",
}
TYPES = tuple(_TYPES.values())
MEDIA = ("speech", "thought", "writing")
_MEDIA = {"S": 0, "T": 1, "W": 2}
BEFORE, AFTER, WIDEST = 2, 1, 200
"""Sentences around a quotation that can hold its roles, and the most words of such a window."""


@dataclass(slots=True)
class Marked:
    """One quotation in a window: words by number within the window of words `start` to `end`."""

    start: int
    end: int
    quote: list[int]
    roles: list[list[int]]
    type: int
    media: tuple[int, ...]


@dataclass(slots=True)
class Window:
    """Word pieces of some sentences of an article with the tags of both levels and the quotations wholly inside."""

    article: str
    ids: list[int]
    firsts: list[int]
    first_word: int
    outer: list[int]
    nested: list[int]
    marked: list[Marked]


def part(number: str) -> str:
    """ "tune" (10 %) or "train" by the article's number."""
    return "tune" if int(hashlib.sha256(number.encode()).hexdigest()[:8], 16) % 10 == 0 else "train"


def articles(split: str = "train") -> Iterator[dict[str, Any]]:
    """The articles of one split."""
    yield from read_jsonl(data_path(f"quotations/{split}.jsonl"))


def article_windows(tokenizer: Tokenizer, raw: dict[str, Any], overlap: int = 64) -> Iterator[Window]:
    """The windows of an article; a quotation belongs to every window that holds all its words."""
    words = [(t["charBegin"], t["charEnd"]) for t in raw["tokens"]]
    if not words:
        return
    outer, nested = tags(raw)
    sentences = [s["tokenIds"] for s in raw["sentences"] if s["tokenIds"]]
    lengths = [len(cut(tokenizer, raw["originalText"], [words[i] for i in s]).ids) for s in sentences]
    sentence_of = {i: n for n, ids in enumerate(sentences) for i in ids}
    for a, b in windows(lengths, LONGEST, overlap):
        low, high = sentences[a][0], sentences[b - 1][-1] + 1
        pieces = cut(tokenizer, raw["originalText"], words[low:high])
        pieces.ids = pieces.ids[:512]
        firsts = [min(f, 511) for f in pieces.firsts]
        marked = [
            _marked(item, sentences, sentence_of, (low, high), (a, b))
            for item in raw["annotations"]
            if item["quote"]["tokenIds"]
            and low <= min(item["quote"]["tokenIds"])
            and max(item["quote"]["tokenIds"]) < high
        ]
        yield Window(raw["documentName"].split()[0], pieces.ids, firsts, low, outer[low:high], nested[low:high], marked)


def tags(raw: dict[str, Any]) -> tuple[list[int], list[int]]:
    """Tags of the outer and of the nested level, one per word."""
    levels = ([0] * len(raw["tokens"]), [0] * len(raw["tokens"]))
    items = sorted(raw["annotations"], key=lambda a: (a["isNested"], -len(a["quote"]["tokenIds"])))
    for item in items:
        ids = set(item["quote"]["tokenIds"])
        level = next((row for row in levels[bool(item["isNested"]) :] if not any(row[i] for i in ids)), None)
        if level is None:
            continue
        kind = _TYPES[item["type"]]
        before = -2
        for n, i in enumerate(sorted(ids)):
            step = "B" if n == 0 else "I" if i == before + 1 else "C"
            level[i] = _TAG[f"{step}-{kind}"]
            before = i
    return levels


def role_window(
    quote: list[int], sentences: list[list[int]], sentence_of: dict[int, int], limits: tuple[int, int]
) -> tuple[int, int]:
    """Words (half-open) of the sentences in which the roles of a quotation are looked for."""
    a, b = limits
    first = max(a, sentence_of[min(quote)] - BEFORE)
    last = min(b - 1, sentence_of[max(quote)] + AFTER)
    low, high = sentences[first][0], sentences[last][-1] + 1
    if high - low > WIDEST:
        low = max(low, min(quote) - WIDEST // 2)
        high = min(high, low + WIDEST)
    return low, high


def _marked(
    item: dict[str, Any],
    sentences: list[list[int]],
    sentence_of: dict[int, int],
    words: tuple[int, int],
    limits: tuple[int, int],
) -> Marked:
    quote = item["quote"]["tokenIds"]
    low, high = role_window(quote, sentences, sentence_of, limits)
    origin = words[0]
    letters = item["medium"] if item["medium"].isupper() else item["medium"][:1]
    return Marked(
        low - origin,
        high - origin,
        [i - origin for i in quote if low <= i < high],
        [[i - origin for i in item[role]["tokenIds"] if low <= i < high] for role in ROLES],
        TYPES.index(_TYPES[item["type"]]),
        tuple(_MEDIA[x] for x in letters if x in _MEDIA),
    )
