"""Segments of an article as HTML whose text content is the text, code point for code point.

Whatever could act on the page is shown and does nothing: characters that steer the direction of writing stand in a box
of their own, invisible ones show their code, heaps of accents stay within their line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape

from markupsafe import Markup

from quellenlage.model import ZoneKind
from quellenlage.views.web.shown.article_text import Block, Segment

_HEAP = 6
"""Combining marks in a row from which on they are a heap, not letters of any writing."""

_LEFT = re.compile(r"[ \t]{3,}")
"""Blanks that a deletion has left in place of words."""


def markup(
    text: str,
    blocks: Sequence[Block],
    segments: Sequence[Sequence[Segment]],
    labels: Mapping[ZoneKind, str],
    *,
    deleted: bool = False,
) -> Markup:
    """The text as paragraphs of marked segments, each labelled as the part of the page that it is.

    `deleted` says that blanks stand for deleted words.
    """
    names = {kind: escape(label) for kind, label in labels.items()}
    parts: list[str] = []
    at = 0
    placed = titled = False
    for block, listed in zip(blocks, segments, strict=True):
        parts.append(_gap(text[at : block.start]))
        title = block.kind is ZoneKind.HEADLINE and not titled
        titled = titled or title
        more = f"{' title' if title else ''}{' wrapped' if block.wrapped else ''}"
        parts.append(f'<p class="block in-{block.kind}{more}" data-label="{names[block.kind]}" dir="auto">')
        for one in listed:
            words = _words(text[one.start : one.end], deleted=deleted)
            if not one.drawn:
                parts.append(words)
                continue
            marked = "at" in one.drawn
            tag = "mark" if marked else "span"
            identified = ' id="at"' if marked and not placed else ""
            placed = placed or marked
            refs = f' data-m="{escape(" ".join(one.refs))}"' if one.refs else ""
            parts.append(f'<{tag}{identified} class="{escape(" ".join(one.drawn))}"{refs}>{words}</{tag}>')
        parts.append("</p>")
        at = block.end
    parts.append(_gap(text[at:]))
    # Every word of the article went through `escape`; the tags around are ours.
    return Markup("".join(parts))  # noqa: S704


def _gap(white: str) -> str:
    return f'<span class="gap">{_escaped(white)}</span>' if white else ""


def _escaped(words: str) -> str:
    """Escaped; a carriage return as a reference, since a reader of HTML would take it for a line feed."""
    escaped = escape(words)
    return escaped.replace("\r", "&#13;") if "\r" in escaped else escaped


def _words(words: str, *, deleted: bool) -> str:
    if words.isascii() and words.isprintable() and not deleted:
        return escape(words)
    odd = _odd(deleted=deleted)
    at = 0
    parts = []
    for match in odd.finditer(words):
        parts.append(_escaped(words[at : match.start()]))
        parts.append(_shown(match.group()))
        at = match.end()
    parts.append(_escaped(words[at:]))
    return "".join(parts)


def _shown(odd: str) -> str:
    if odd.isspace() and len(odd) > 1:
        return f'<span class="deleted">{odd}</span>'
    if len(odd) >= _HEAP:
        return f'<span class="heap" data-n="{len(odd)}" dir="ltr">{_escaped(odd)}</span>'
    code = f"U+{ord(odd):04X}"
    name = escape(unicodedata.name(odd, code))
    return f'<span class="control" data-code="{code}" title="{name}">{_escaped(odd)}</span>'


@cache
def _odd(*, deleted: bool) -> re.Pattern[str]:
    """Heaps of combining marks, and characters that steer or that nobody sees (not soft hyphens and joiners)."""
    codes = range(0x110000)
    marks = _ranges(code for code in codes[0x300:0x1F000] if unicodedata.combining(chr(code)) or _is_mark(code))
    steering = _ranges(code for code in (*codes[:0x1BCA4], *codes[0xE0000:0xE0080]) if _is_odd(code))
    heap = f"[{marks}]{{{_HEAP},}}|[{steering}]"
    return re.compile(f"{_LEFT.pattern}|{heap}" if deleted else heap)


def _is_mark(code: int) -> bool:
    return unicodedata.category(chr(code)) in {"Mn", "Me"}


_PLAIN = frozenset(map(ord, "\t\n\r\u00ad\u200c\u200d"))
_FILLERS = frozenset({0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0})


def _is_odd(code: int) -> bool:
    if code in _PLAIN:
        return False
    return code in _FILLERS or unicodedata.category(chr(code)) in {"Cc", "Cf", "Zl", "Zp"}


def _ranges(codes: Iterable[int]) -> str:
    """Codes as the inside of a class of characters."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found)
