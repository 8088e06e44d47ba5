"""Half-open spans of Unicode code points over an immutable text, and evidence that quotes them."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from quellenlage.errors import Defect

CONTEXT = 32
"""Code points of prefix and suffix kept with a piece of evidence (W3C TextQuoteSelector)."""


def content_id(prefix: str, *parts: object) -> str:
    """Identifier that depends on nothing but its parts: same content, same identifier, on every machine."""
    joined = "\x1f".join([str(part) for part in parts])
    if not joined.isascii():
        joined = "\x1f".join(unicodedata.normalize("NFC", str(part)) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def text_digest(text: str) -> str:
    """SHA-256 of the text in UTF-8: what evidence is checked against."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise Defect(f"span [{self.start}, {self.end}) is empty or negative")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words themselves."""
        if self.end > len(text):
            raise Defect(f"span [{self.start}, {self.end}) lies beyond a text of {len(text)}")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other lies inside (or is the same)."""
        return self.start <= other.start and other.end <= self.end


def hull(spans: Iterable[Span]) -> Span:
    """Smallest span that covers all of them; at least one is needed."""
    listed = list(spans)
    if not listed:
        raise Defect("no span to cover")
    return Span(min(s.start for s in listed), max(s.end for s in listed))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in which text a statement of ours rests, quoted: position and quote selector in one.

    `exact` is `text[start:end]` of the article whose text has the digest `text_sha256`; `prefix` and `suffix` are
    up to `CONTEXT` code points around it, so that the place is found again in a revised text.
    """

    article: str
    text_sha256: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise Defect(f"evidence [{self.start}, {self.end}) is empty or negative")
        if len(self.exact) != self.end - self.start:
            raise Defect(f"evidence quotes {len(self.exact)} code points for [{self.start}, {self.end})")

    @property
    def span(self) -> Span:
        """The place without the article."""
        return Span(self.start, self.end)

    def holds_in(self, text: str) -> bool:
        """Whether the text still says exactly this at exactly this place."""
        return text[self.start : self.end] == self.exact and text_digest(text) == self.text_sha256


class Quoted(Evidence):
    """Evidence that shares its text with all other evidence of the article, and cuts the words out when asked for.

    An archive's link holds millions of quotations; with words of its own each would take three times the memory. It is
    equal to evidence that has the same words of its own.
    """

    __slots__ = ("_words",)

    @classmethod
    def of(cls, words: _Words, start: int, end: int) -> Quoted:
        """Quote what lies between two places of a text."""
        one = cls.__new__(cls)
        for name, value in zip(_SHARED, (words.article, words.digest, start, end, words), strict=True):
            object.__setattr__(one, name, value)
        return one

    def __getattr__(self, name: str) -> Any:
        """Called where a field is empty."""
        if name == "exact":
            return self._words.between(self.start, self.end)
        if name == "prefix":
            return self._words.between(max(0, self.start - CONTEXT), self.start)
        if name == "suffix":
            return self._words.between(self.end, self.end + CONTEXT)
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Evidence) and _fields(self) == _fields(other)

    def __hash__(self) -> int:
        return hash(_fields(self))

    def __repr__(self) -> str:
        return repr(Evidence(*_fields(self)))

    def __reduce__(self) -> tuple[Any, ...]:
        # With the text that it shares: what is sent to another process shares one there.
        return (Quoted.of, (self._words, self.start, self.end))


_SHARED = ("article", "text_sha256", "start", "end", "_words")


def _fields(one: Evidence) -> tuple[str, str, int, int, str, str, str]:
    return one.article, one.text_sha256, one.start, one.end, one.exact, one.prefix, one.suffix


class _Words:
    """The text of an article as quotations share it: one byte a letter where that code page has all its letters."""

    __slots__ = ("__weakref__", "_text", "article", "digest")

    def __init__(self, article: str, digest: str, text: str) -> None:
        self.article = article
        self.digest = digest
        try:
            self._text: str | bytes = text.encode(_PAGE)
        except UnicodeEncodeError:
            self._text = text

    @classmethod
    def of(cls, article: str, digest: str, text: str) -> _Words:
        """The one object for a text."""
        key = (article, digest, hash(text))
        words = _QUOTED.get(key)
        if words is None:
            words = _QUOTED[key] = cls(article, digest, text)
            _LATEST.append(words)
        return words

    def __reduce__(self) -> tuple[Any, ...]:
        return (_Words.of, (self.article, self.digest, self.between(0, len(self._text))))

    def between(self, start: int, end: int) -> str:
        """The words between two places, as far as the text goes."""
        part = self._text[start:end]
        return part if isinstance(part, str) else part.decode(_PAGE)


_PAGE = "cp1252"
"""A code page with German letters, quotation marks and dashes: each is one byte, so that places stay what they are."""

_QUOTED: WeakValueDictionary[tuple[str, str, int], _Words] = WeakValueDictionary()
"""Texts of which quotations are held, by article, digest and hash."""

_LATEST: deque[_Words] = deque(maxlen=2)
"""Kept although nothing is held that quotes them: an article is quoted again and again for a moment while it is read,
and each time its text would be encoded anew."""

_PLACES = tuple(range(1 << 14))
"""Numbers that are shared as well: nearly all places in texts."""


def evidence(article: str, text: str, span: Span, *, digest: str | None = None) -> Evidence:
    """Quote a span of an article's text; pass the digest where it is known, since hashing costs."""
    start, end = span.start, span.end
    if end > len(text):
        raise Defect(f"span [{start}, {end}) lies beyond a text of {len(text)}")
    words = _Words.of(article, digest or text_digest(text), text)
    if end < len(_PLACES):
        start, end = _PLACES[start], _PLACES[end]
    return Quoted.of(words, start, end)
