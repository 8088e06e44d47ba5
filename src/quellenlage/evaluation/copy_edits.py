"""Makes edited copies of articles as desks do: cut, reordered, reworded, merged, put into a text of their own.

All chance comes from the generator that is passed in, so that a seed gives the same copies on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random

from quellenlage.resources import load

RESOURCE = "de/copy_edits.toml"

KINDS = ("cut", "short", "reordered", "reworded", "merged", "inserted", "mixed")
"""Kinds of editing, in the order in which cases are dealt out."""

_ABBREVIATED = r"(?<!\b\w\.)(?<!\d\.)(?<!\bDr\.)(?<!\bNr\.)(?<!\bSt\.)"
_SENTENCE_END = re.compile(rf'{_ABBREVIATED}(?<=[.!?])["“»]?\s+(?=["„«»A-ZÄÖÜ\d])')
_APPLIED = 0.8
"""Share of the places for a substitution at which it is made."""
_LEAST_WORDS = 40
"""Words that a copy has at least: of less nobody could say where it is from."""


def paragraphs(text: str) -> list[str]:
    """Paragraphs of a text, empty ones left out."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def sentences(text: str) -> list[str]:
    """Sentences of a paragraph, roughly."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(parts)


def cut(text: str, random: Random) -> str:
    """Leave out 30 to 60 % of the sentences, wherever they stand."""
    share = random.uniform(0.4, 0.7)
    told = [(number, s) for number, part in enumerate(paragraphs(text)) for s in sentences(part)]
    order = random.sample(range(len(told)), len(told))
    kept = set(order[: max(2, round(share * len(told)))])
    for extra in order:
        if sum(len(told[i][1].split()) for i in kept) >= _LEAST_WORDS:
            break
        kept.add(extra)
    by_paragraph: dict[int, list[str]] = {}
    for place in sorted(kept):
        by_paragraph.setdefault(told[place][0], []).append(told[place][1])
    return _joined([" ".join(found) for found in by_paragraph.values()])


def short(text: str, random: Random) -> str:
    """Keep two to four sentences in a row from near the beginning, as a brief does."""
    told = [s for part in paragraphs(text) for s in sentences(part)]
    first = random.choice((0, 0, 0, 1)) if len(told) > 3 else 0
    last = first + random.randint(2, 4)
    while last < len(told) and sum(len(s.split()) for s in told[first:last]) < _LEAST_WORDS:
        last += 1
    return " ".join(told[first:last])


def reordered(text: str, random: Random) -> str:
    """Shuffle the paragraphs; of a text with few, groups of sentences."""
    parts = paragraphs(text)
    if len(parts) < 3:
        told = [s for part in parts for s in sentences(part)]
        parts = [" ".join(told[i : i + 2]) for i in range(0, len(told), 2)]
    return _joined(random.sample(parts, len(parts)))


def reworded(text: str, random: Random) -> str:
    """Substitute words, number words, tenses and voices, move times to the front, drop fillers."""
    return _joined([" ".join(_sentence(s, random) for s in sentences(part)) for part in paragraphs(text)])


def _sentence(text: str, random: Random) -> str:
    table = load(RESOURCE)
    for pattern, new in table["phrases"]["patterns"]:
        if random.random() < _APPLIED:
            text = re.sub(pattern, new, text)
    swaps, found = _swaps()
    text = found.sub(lambda m: swaps[m.group()] if random.random() < _APPLIED else m.group(), text)
    fillers = set(table["fillers"]["words"])
    text = " ".join(w for w in text.split() if w not in fillers or random.random() >= _APPLIED)
    when = re.search(table["phrases"]["time_words"], text)
    if when and when.start() > 0 and random.random() < _APPLIED:
        rest = (text[: when.start()] + text[when.end() :]).replace("  ", " ")
        text = f"{when.group()[0].upper()}{when.group()[1:]} war es, {rest[0].lower()}{rest[1:]}"
    return text


@cache
def _swaps() -> tuple[Mapping[str, str], re.Pattern[str]]:
    table = load(RESOURCE)
    swaps: dict[str, str] = {}
    for one, other in (*table["words"]["pairs"], *table["numbers"]["pairs"]):
        swaps.setdefault(one, other)
        swaps.setdefault(other, one)
    listed = "|".join(re.escape(word) for word in sorted(swaps, key=lambda w: (-len(w), w)))
    return swaps, re.compile(rf"(?<![\w%])(?:{listed})(?![\w%])")


def merged(text: str, other: str, random: Random) -> str:
    """Put two articles together, each cut, one after the other or paragraph by paragraph."""
    one, two = paragraphs(cut(text, random)), paragraphs(cut(other, random))
    if random.random() < 0.5:
        return _joined([*one, *two])
    mixed = [part for pair in zip(one, two, strict=False) for part in pair]
    return _joined([*mixed, *one[len(two) :], *two[len(one) :]])


def inserted(text: str, host: str, random: Random) -> str:
    """Put half or more of an article, in one piece, into a longer text by somebody else."""
    told = [s for part in paragraphs(text) for s in sentences(part)]
    count = max(2, round(random.uniform(0.5, 1.0) * len(told)))
    while count < len(told) and sum(len(s.split()) for s in told[:count]) < _LEAST_WORDS:
        count += 1
    first = random.randint(0, max(0, len(told) - count))
    piece = told[first : first + count]
    own = paragraphs(host)
    at = random.randint(1, max(1, len(own) - 1))
    half = (len(piece) + 1) // 2
    return _joined([*own[:at], " ".join(piece[:half]), *([" ".join(piece[half:])] if piece[half:] else []), *own[at:]])


def mixed(text: str, random: Random) -> str:
    """Cut, reorder and reword."""
    return reworded(reordered(cut(text, random), random), random)


ALONE: Mapping[str, Callable[[str, Random], str]] = {
    "cut": cut,
    "short": short,
    "reordered": reordered,
    "reworded": reworded,
    "mixed": mixed,
}
"""Edits that need no second text."""


def boilerplate() -> tuple[str, ...]:
    """Paragraphs that papers print with unrelated articles."""
    return tuple(load(RESOURCE)["paragraphs"]["boilerplate"])


def with_paragraph(text: str, extra: str, random: Random) -> str:
    """Put a paragraph below an article, sometimes above or between."""
    parts = paragraphs(text)
    at = random.choice((len(parts), len(parts), len(parts), len(parts) // 2, 0))
    return _joined([*parts[:at], extra, *parts[at:]])
