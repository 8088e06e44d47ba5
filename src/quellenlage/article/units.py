"""The working units of a text: lines, or paragraphs where the lines are hard-wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[•●▪◦‣■□∙·*]|[-–—](?=\s)|\d{1,2}[.)](?=\s\D))\s*")
_WORD = re.compile(r"\S+")
_TERMINAL = ".!?…:;"
_CLOSING = "\"'“”„«»‹›‘’)] "

WRAP_WIDTH = 100
"""Longest line of a text that is taken for hard-wrapped, in code points."""
WRAP_LINES = 4
"""So many lines must run on into the next one before a text is taken for hard-wrapped."""
_FILLED = 50
"""A line that breaks off before a capital is taken for wrapped from this length on, in code points."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A line or paragraph without its outer white space; `after_blank` says that an empty line precedes it."""

    start: int
    end: int
    after_blank: bool = False

    def of(self, text: str) -> str:
        """Return its words."""
        return text[self.start : self.end]


def bullet_length(line: str) -> int:
    """Length of a bullet and the white space around it at the start of a line; 0 without one."""
    match = _BULLET.match(line)
    return match.end() if match and match.end() < len(line) else 0


def is_closed(line: str) -> bool:
    """Whether a line ends as a sentence does: with a full stop or the like, quotation marks aside."""
    return line.rstrip(_CLOSING).endswith((".", "!", "?", "…", ":", ";"))


def is_prose(line: str) -> bool:
    """Whether a line reads as running text: a closed sentence of some length, or a long line."""
    return len(line) >= 180 or (len(line) >= 45 and line.rstrip(_CLOSING).endswith((".", "!", "?", "…")))


def is_title_like(line: str, limit: int = 160) -> bool:
    """Whether a line can be a headline: short, with letters, and no full stop at its end."""
    if len(line) > limit or not any(c.isalpha() for c in line[:limit]):
        return False
    bare = line.rstrip(_CLOSING)
    return bool(bare) and (bare.endswith(("...", "…", "!", "?")) or not bare.endswith((".", ";", ",", ":")))


def split_units(text: str) -> list[Unit]:
    """Cut a text into units in order; together they hold every character that is not white space."""
    lines: list[Unit] = []
    before = 0
    for match in _LINE.finditer(text):
        content = match.group()
        stripped = content.strip()
        if not stripped:
            continue
        start = match.start() + len(content) - len(content.lstrip())
        blank = text.count("\n", before, match.start()) > 1 or text.count("\r", before, match.start()) > 1
        lines.append(Unit(start, start + len(stripped), blank))
        before = match.end()
    return _unwrap(text, lines) if _is_wrapped(text, lines) else lines


def _is_wrapped(text: str, lines: list[Unit]) -> bool:
    if len(lines) <= WRAP_LINES or any(unit.end - unit.start > WRAP_WIDTH for unit in lines):
        return False
    filled = 0.75 * max(unit.end - unit.start for unit in lines)
    runs_on = 0
    for unit, following in pairwise(lines):
        if not following.after_blank and text[unit.end - 1] not in _TERMINAL:
            runs_on += text[following.start].islower() or unit.end - unit.start >= max(filled, _FILLED)
    return runs_on >= WRAP_LINES and runs_on * 6 >= len(lines)


def _unwrap(text: str, lines: list[Unit]) -> list[Unit]:
    """Join lines that were broken only because the next word did not fit into the width of the text."""
    width = max(unit.end - unit.start for unit in lines)
    joined: list[Unit] = []
    last_line = lines[0]
    for unit in lines:
        first = _WORD.match(text, unit.start)
        fits = last_line.end - last_line.start + 1 + len(first.group() if first else "") <= width - 1
        if joined and not unit.after_blank and not fits and not bullet_length(unit.of(text)):
            joined[-1] = Unit(joined[-1].start, unit.end, joined[-1].after_blank)
        else:
            joined.append(unit)
        last_line = unit
    return joined
