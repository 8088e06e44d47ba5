"""Half-open spans of Unicode code points over an immutable text, and evidence that quotes them."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from quellenlage.errors import Defect

CONTEXT = 32
"""Code points of prefix and suffix kept with a piece of evidence (W3C TextQuoteSelector)."""


def content_id(prefix: str, *parts: object) -> str:
    """Identifier that depends on nothing but its parts: same content, same identifier, on every machine."""
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


def evidence(article: str, text: str, span: Span, *, digest: str | None = None) -> Evidence:
    """Quote a span of an article's text; pass the digest where it is known, since hashing costs."""
    return Evidence(
        article=article,
        text_sha256=digest or text_digest(text),
        start=span.start,
        end=span.end,
        exact=span.of(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )
