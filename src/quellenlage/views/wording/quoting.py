"""Quotations: inside the quotation marks stands an exact slice of the article, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quellenlage.model import Evidence, Span
from quellenlage.views.locale import Words

if TYPE_CHECKING:
    from quellenlage.execution import Form

CITATION_LIMIT = 420
"""Code points of a sentence that are quoted at most; longer ones are cut at a word, marked outside the quotation."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A slice `text[start:end]` of an article; `before`/`after` say that the sentence goes on there."""

    start: int
    end: int
    exact: str
    before: bool = False
    after: bool = False

    @property
    def span(self) -> Span:
        """The place in the article."""
        return Span(self.start, self.end)


def quoted(evidence: Evidence, limit: int = CITATION_LIMIT, keep: Span | None = None) -> Quoted:
    """Quote evidence up to the limit, cut at white space; `keep` is a part that has to stay in sight."""
    if len(evidence.exact) <= limit:
        return Quoted(evidence.start, evidence.end, evidence.exact)
    text = evidence.exact
    start = 0
    if keep is not None and keep.end - evidence.start > limit:
        kept = keep.start - evidence.start
        start = _next_word(text, max(0, min(kept - limit // 3, len(text) - limit)), kept)
    end = min(len(text), start + limit)
    if end < len(text):
        cut = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = cut if cut > start + limit // 2 else end
    return Quoted(evidence.start + start, evidence.start + end, text[start:end], start > 0, end < len(text))


def _next_word(text: str, at: int, kept: int) -> int:
    """Where the next word begins, but not behind what is kept."""
    space = text.find(" ", at, min(at + 60, kept))
    return space + 1 if at and space >= 0 else at


def marks_around(quote: Quoted, words: Words) -> tuple[str, str]:
    """Quotation marks for a slice: the second kind where it carries marks of the first itself."""
    own = any(mark in quote.exact for mark in '„“”"')
    kind = "other_" if own else ""
    return words(f"quote.{kind}open"), words(f"quote.{kind}close")


_OUTER = (("„", "“"), ("„", "”"), ("“", "”"), ("»", "«"), ("«", "»"), ("‚", "‘"), ("‹", "›"), ("›", "‹"), ('"', '"'))


def without_marks(quote: Quoted) -> Quoted:
    """The slice inside the article's own quotation marks, where one pair of them encloses all of it."""
    inner = quote.exact[1:-1]
    for opening, closing in _OUTER:
        enclosed = quote.exact.startswith(opening) and quote.exact.endswith(closing)
        if enclosed and inner.strip() and opening not in inner and closing not in inner:
            return Quoted(quote.start + 1, quote.end - 1, inner, quote.before, quote.after)
    return quote


def shown(parts: Sequence[Evidence], form: Form, words: Words) -> str:
    """A claim's words: each slice in quotation marks where they are the speaker's own; else unmarked behind a label."""
    cut = [quoted(part) for part in parts]
    if form == "direct":
        return " ".join(in_marks(without_marks(one), words) for one in cut)
    ellipsis = words("quote.ellipsis")
    told = f" {ellipsis} ".join(one.exact for one in cut)
    return f"{words(f'quote.{form}')}: {told}" + (f" {ellipsis}" if cut[-1].after else "")


def in_marks(quote: Quoted, words: Words) -> str:
    """The slice in quotation marks, an ellipsis outside of them where the sentence is cut."""
    left = words("quote.ellipsis") + " " if quote.before else ""
    right = " " + words("quote.ellipsis") if quote.after else ""
    opening, closing = marks_around(quote, words)
    return f"{left}{opening}{quote.exact}{closing}{right}"
