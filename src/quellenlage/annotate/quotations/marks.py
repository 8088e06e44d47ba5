"""Quotation marks of all German and borrowed kinds, paired in one pass."""

from __future__ import annotations

from dataclasses import dataclass

_CLOSERS = {
    "„": '“”"',
    "»": "«",
    "«": "»",
    "“": "”",
    "”": "”",
    '"': '"“”',
    "‚": "‘’'",
    "›": "‹",
    "‹": "›",
    "‘": "’",
    "'": "'",
}
_SINGLE = frozenset("‚›‹‘'")
_ALL = frozenset("„“”»«\"‚‘’›‹'")
LONGEST = 6000
"""Code points after which a mark that is still open is taken for a stray one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words in quotation marks, marks included; `depth` counts the marks around it, `closed` is False at a lost end."""

    start: int
    end: int
    depth: int
    closed: bool = True


@dataclass(slots=True)
class _Open:
    at: int
    char: str


def _opens(text: str, at: int, end: int) -> bool:
    """Whether a mark that could do both opens here: something follows directly and nothing stands before."""
    follows = at + 1 < end and not text[at + 1].isspace()
    before = text[at - 1] if at else " "
    return follows and (before.isspace() or before in '([{–—-/„“»«"‚›' or before == "\u00a0")


def _may_open(text: str, at: int, end: int) -> bool:
    char = text[at]
    if char in "„‚":
        return at + 1 < end and not text[at + 1].isspace()
    return char in _CLOSERS and _opens(text, at, end)


def pair(text: str, start: int, end: int) -> list[Mark]:
    """Pair the marks within [start, end), which should hold whole paragraphs; outer before inner, in order.

    An opening mark without its closing one ends with its paragraph where a new paragraph opens another (the
    custom for speeches over several paragraphs); otherwise it is a stray and ignored.
    """
    found: list[Mark] = []
    stack: list[_Open] = []
    for at in range(start, end):
        char = text[at]
        if char == "\n" and stack and at + 1 < end and text[at + 1] in "\n\r \t":
            _paragraph(text, at, end, stack, found)
        if char not in _ALL:
            continue
        if _inside_word(text, at, end):
            continue
        if stack and at - stack[0].at > LONGEST:
            stack.clear()
        depth = _closing(stack, char)
        straight = char == '"' or (depth is not None and char == stack[depth].char)
        if depth is not None and not (char in "\"“”'" and _opens(text, at, end) and straight):
            found.append(Mark(stack[depth].at, at + 1, depth))
            del stack[depth:]
        elif _may_open(text, at, end) and (
            not stack or char in _SINGLE or stack[-1].char in _SINGLE or char != stack[-1].char
        ):
            stack.append(_Open(at, char))
    found.sort(key=lambda m: (m.start, -m.end))
    return _renumber(found)


def _inside_word(text: str, at: int, end: int) -> bool:
    """An apostrophe."""
    return text[at] in "'’‘" and at > 0 and at + 1 < end and text[at - 1].isalnum() and text[at + 1].isalnum()


def _closing(stack: list[_Open], char: str) -> int | None:
    """Index of the innermost open mark that this one closes."""
    for depth in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
        if char in _CLOSERS[stack[depth].char]:
            return depth
    return None


def _paragraph(text: str, at: int, end: int, stack: list[_Open], found: list[Mark]) -> None:
    """At the end of a paragraph: end what the next paragraph opens again, forget what is too old."""
    following = at
    while following < end and following < at + 8 and text[following].isspace():
        following += 1
    outer = stack[0]
    if following < end and text[following] == outer.char and outer.char in "„»“":
        last = at
        while last > outer.at + 1 and text[last - 1].isspace():
            last -= 1
        found.append(Mark(outer.at, last, 0, closed=False))
        stack.clear()


def _renumber(marks: list[Mark]) -> list[Mark]:
    """Depth by containment; a mark that crosses another is dropped."""
    kept: list[Mark] = []
    around: list[Mark] = []
    for mark in marks:
        while around and around[-1].end <= mark.start:
            around.pop()
        if around and mark.end > around[-1].end:
            continue
        kept.append(Mark(mark.start, mark.end, len(around), mark.closed))
        around.append(kept[-1])
    return kept
