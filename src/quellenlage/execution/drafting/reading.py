"""A draft as a document of its own, which is never written to an archive, and the quotations in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quellenlage.annotate.quotations.marks import pair
from quellenlage.execution.drafting.wordwise import Spelled, words_of
from quellenlage.execution.ports import PipelineLike
from quellenlage.model import Capture, Claim, Document, Judgement, Sentence, Span, Verdict, make_capture

SOURCE = "draft"
MOST_LETTERS = 60_000
"""Code points of a draft that are read, some thirty pages; what is longer is cut at a paragraph, and said to be."""

_CAPTURED_AT = "2100-01-01T00:00:00Z"
"""No day is too late for a draft; when it is checked changes nothing."""

_OMITTED = re.compile(r"\[[^\]\n]{0,200}\]|\((?:\.\.\.|…)\)|\.\.\.|…")
_LEAST_WORDS = 2
"""Words from which what stands in quotation marks is checked where nobody is said to have said it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What one sentence has of a quotation: its place without the marks, and its parts between marked omissions.

    `claim` is who is said to have said it; None where the words are not attributed.
    """

    span: Span
    parts: tuple[tuple[Spelled, ...], ...]
    claim: Claim | None

    @property
    def words(self) -> list[Spelled]:
        """All words of it, in order."""
        return [word for part in self.parts for word in part]


def cut(text: str, most: int = MOST_LETTERS) -> int:
    """Where a text ends that is too long: at the last end of a paragraph, a line or a word before the limit."""
    if len(text) <= most:
        return len(text)
    for border in ("\n\n", "\n", " "):
        at = text.rfind(border, most // 2, most)
        if at > 0:
            return at
    return most


def read_draft(text: str, pipeline: PipelineLike, dct: str | None) -> Document:
    """Analyse a draft; `dct` is its day, against which "gestern" is read.

    Raises:
        Defect: the text has no visible character.
    """
    capture = _captured(text)
    said: tuple[Judgement, ...] = ()
    if dct is not None:
        # Only here: the pipeline takes time to load.
        from quellenlage.pipeline import article_id

        article = article_id(capture.id)
        said = (Judgement("draft", Verdict.CORRECT, article, _CAPTURED_AT, SOURCE, field="dct", value=dct),)
    return pipeline.analyse(capture, pipeline.overrides_for(said, capture.id))


def _captured(text: str) -> Capture:
    return make_capture(
        source=SOURCE,
        media_type="text/plain",
        content=text.encode("utf-8", "surrogatepass"),
        text=text,
        captured_at=_CAPTURED_AT,
        encoding="utf-8",
    )


def quotes_in(document: Document, marks: Sequence[Span], sentence: Sentence) -> Iterator[Quote]:
    """What a sentence has of quotations that are worth a check: attributed ones, and others of several words."""
    for mark in marks:
        if not mark.overlaps(sentence.span):
            continue
        start, end = max(mark.start, sentence.start), min(mark.end, sentence.end)
        if start >= end:
            continue
        span = Span(start, end)
        parts = tuple(_parts(document.text, span))
        claim = _claim(document, span)
        count = sum(map(len, parts))
        if count and (count > _LEAST_WORDS or (claim is not None and count >= _LEAST_WORDS)):
            yield Quote(span, parts, claim)


def marks_in(text: str) -> tuple[Span, ...]:
    """What stands in closed quotation marks, without the marks; of nested ones the outer."""
    found: list[Span] = []
    for mark in pair(text, 0, len(text)):
        if mark.closed and mark.depth == 0 and mark.end - mark.start > 2:
            found.append(Span(mark.start + 1, mark.end - 1))
    return tuple(found)


def _parts(text: str, span: Span) -> Iterator[tuple[Spelled, ...]]:
    at = span.start
    for found in _OMITTED.finditer(text, span.start, span.end):
        if part := words_of(text, at, found.start()):
            yield tuple(part)
        at = found.end()
    if part := words_of(text, at, span.end):
        yield tuple(part)


def _claim(document: Document, span: Span) -> Claim | None:
    found = [c for c in document.claims if any(part.overlaps(span) for part in c.spans)]
    return next((c for c in found if c.chain), found[0] if found else None)
