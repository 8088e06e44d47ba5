"""An article beside a question: its paragraphs, the passage in question marked."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.model import Document, Span
from quellenlage.views.web.shown.article_text import Mark, blocks, segments


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not; of the marked ones `first` is where the panel opens."""

    text: str
    marked: bool
    first: bool = False


def shown_text(document: Document, span: Span | None) -> list[tuple[str, list[Piece]]]:
    """Paragraphs in pieces, each with its zone; `span` is marked (code points). Empty where the text was deleted."""
    text = document.text
    marks = [Mark(span.start, span.end, "at")] if span and 0 <= span.start < span.end <= len(text) else []
    listed = blocks(text, document.article.zones)
    shown: list[tuple[str, list[Piece]]] = []
    opened = False
    for block, cut in zip(listed, segments(listed, marks), strict=True):
        pieces = []
        for one in cut:
            marked = bool(one.drawn)
            pieces.append(Piece(text[one.start : one.end], marked, marked and not opened))
            opened = opened or marked
        shown.append((block.kind.value, pieces))
    return shown
