"""Tokens of a corpus as running text, the same for training and evaluation: what a reader reads has no blank before a
comma."""

from __future__ import annotations

from collections.abc import Sequence

_NO_BLANK_BEFORE = frozenset(".,;:!?)]%“”’»") | {"..."}
_NO_BLANK_AFTER = frozenset("([„‚«")
_STRAIGHT = '"'


def running(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text and each token's offsets; straight quotation marks open and close in turn."""
    text, words = "", []
    opened, glue = False, True
    for written in tokens:
        straight = written == _STRAIGHT
        if text and not glue and written not in _NO_BLANK_BEFORE and not (straight and opened):
            text += " "
        start = len(text)
        text += written
        words.append((start, len(text)))
        glue = written in _NO_BLANK_AFTER or (straight and not opened)
        if straight:
            opened = not opened
    return text, words
