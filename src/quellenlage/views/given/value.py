"""A JSON value that knows where it stands, so that whatever is wrong with it names the place."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from quellenlage.errors import BadInput, Phrase
from quellenlage.model import Span

_OFFSETS = Phrase("offsets are half-open code points into article.text: [start, end] with start < end")
_NONE = Phrase("")
_LONGEST_NAME = 64
_SHOWN = 60
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an entry: `place` is the file's and the entry's, `path` leads to it within the entry."""

    raw: Any
    source: str
    place: str
    path: str = ""

    def wrong(self, problem: Phrase, remedy: Phrase = _NONE) -> BadInput:
        """The error for this value."""
        what = problem
        if self.path:
            what = Phrase("{place}: {problem}", place=self.path, problem=problem)
        return BadInput(self.source, Phrase("{place}: {problem}", place=self.place, problem=what), remedy=remedy)

    def has(self, key: str) -> bool:
        """Whether an object has a field, null or not."""
        return key in self.fields()

    def get(self, key: str) -> Value:
        """A field of an object; null where it is missing."""
        raw = self.fields().get(key)
        return Value(raw, self.source, self.place, f"{self.path}.{key}" if self.path else key)

    def fields(self) -> dict[str, Any]:
        """An object's fields."""
        if not isinstance(self.raw, dict):
            raise self.wrong(Phrase("an object is expected here, not {value}", value=self.shown))
        return self.raw

    def items(self) -> list[Value]:
        """The members of a list; none where it is null."""
        raw = [] if self.raw is None else self.raw
        if not isinstance(raw, list):
            raise self.wrong(Phrase("a list is expected here, not {value}", value=self.shown))
        return [Value(one, self.source, self.place, f"{self.path}[{n}]") for n, one in enumerate(raw)]

    def text(self, default: str = "") -> str:
        """A string; the default where it is null."""
        if self.raw is None:
            return default
        if not isinstance(self.raw, str):
            raise self.wrong(Phrase("a string is expected here, not {value}", value=self.shown))
        if _HALF.search(self.raw):
            raise self.wrong(Phrase("half a character (a lone surrogate)"), Phrase("give JSON in UTF-8"))
        return self.raw

    def choice(self, allowed: Collection[str], default: str) -> str:
        """One of some words; the default where it is null."""
        word = self.text(default)
        if word not in allowed:
            raise self.wrong(
                Phrase("{value} is not known here", value=self.shown),
                Phrase("one of: {choices}", choices=", ".join(allowed)),
            )
        return word

    def name(self) -> str | None:
        """An identifier; a number counts as one."""
        if self.raw is None:
            return None
        name = str(self.raw) if isinstance(self.raw, int) and not isinstance(self.raw, bool) else self.text()
        odd = any(c.isdigit() and not c.isdecimal() for c in name)
        if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable() or odd:
            raise self.wrong(
                Phrase("{value} is no identifier", value=self.shown), Phrase("an identifier is a short word such as e7")
            )
        return name

    def score(self) -> float:
        """A number from 0 to 1; 1 where it is null."""
        if self.raw is None:
            return 1.0
        if isinstance(self.raw, bool) or not isinstance(self.raw, int | float) or not 0 <= self.raw <= 1:
            raise self.wrong(Phrase("a number from 0 to 1 is expected here, not {value}", value=self.shown))
        return float(self.raw)

    def span(self, text: str) -> Span:
        """A place in the text: [start, end], or an object with start and end whose text, if given, is checked."""
        pair = self.raw
        if isinstance(pair, dict):
            pair = [pair.get("start"), pair.get("end")]
        if not isinstance(pair, list) or len(pair) != 2 or any(type(at) is not int for at in pair):
            raise self.wrong(Phrase("a place [start, end] is expected here, not {value}", value=self.shown), _OFFSETS)
        problem = _out_of_place(pair[0], pair[1], len(text))
        if problem is not None:
            raise self.wrong(problem, _OFFSETS)
        span = Span(pair[0], pair[1])
        words = self.raw.get("text") if isinstance(self.raw, dict) else None
        if isinstance(words, str) and words != span.of(text):
            problem = Phrase(
                "the text says {found} there, not {value}", found=_shown(span.of(text)), value=_shown(words)
            )
            raise self.wrong(problem, _OFFSETS)
        return span

    def spans(self, text: str) -> tuple[Span, ...]:
        """Places in order; a lone [start, end] counts as one place. They may not overlap."""
        alone = isinstance(self.raw, dict) or (
            isinstance(self.raw, list) and len(self.raw) == 2 and all(type(at) is int for at in self.raw)
        )
        listed = [self] if alone else self.items()
        found = sorted(one.span(text) for one in listed)
        for before, after in pairwise(found):
            if before.overlaps(after):
                raise self.wrong(
                    Phrase("{first} and {second} overlap", first=_pair(before), second=_pair(after)),
                    Phrase("give pieces that have no character in common"),
                )
        return tuple(found)

    @property
    def shown(self) -> str:
        """The value for a message."""
        return _shown(self.raw)


def _shown(raw: Any) -> str:
    written = json.dumps(raw, ensure_ascii=False, default=str)
    return written if len(written) <= _SHOWN else f"{written[: _SHOWN - 1]}…"


def _pair(span: Span) -> str:
    return f"[{span.start}, {span.end}]"


def _out_of_place(start: int, end: int, length: int) -> Phrase | None:
    """What is wrong with offsets into a text of this length."""
    place = f"[{start}, {end}]" if max(abs(start), abs(end)) < 10**12 else "[…]"
    if start > end:
        return Phrase("{place} is the wrong way round", place=place)
    if start == end:
        return Phrase("{place} is empty", place=place)
    if start < 0 or end > length:
        return Phrase("{place} lies outside the text of {length} characters", place=place, length=length)
    return None
