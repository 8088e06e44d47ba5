"""Passages that a reader of some format found, put together to one text with marks over it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quellenlage.model.capture import Mark, MarkKind

_TIGHT = frozenset({MarkKind.LIST_ITEM, MarkKind.TABLE})
_DROPPED = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n ?")


@dataclass(frozen=True, slots=True)
class Block:
    """One passage of running text and what the markup calls it."""

    text: str
    kind: MarkKind = MarkKind.PARAGRAPH


def tidy(text: str) -> str:
    """Normalise white space within a passage; line breaks stay, soft hyphens and zero-width spaces go."""
    spaced = _SPACES.sub(" ", _DROPPED.sub("", text))
    return _AROUND_BREAK.sub("\n", spaced).strip()


def assemble(blocks: Iterable[Block]) -> tuple[str, tuple[Mark, ...]]:
    """Join the passages, an empty line between them (list items and table rows follow line by line).

    The marks' offsets count code points of the text returned; empty passages are left out.
    """
    parts: list[str] = []
    marks: list[Mark] = []
    at, before = 0, None
    for block in blocks:
        if not block.text.strip():
            continue
        if parts:
            gap = "\n" if block.kind is before and block.kind in _TIGHT else "\n\n"
            parts.append(gap)
            at += len(gap)
        parts.append(block.text)
        marks.append(Mark(at, at + len(block.text), block.kind))
        at += len(block.text)
        before = block.kind
    return "".join(parts), tuple(marks)
