"""Text to raw pieces: one regular expression, one pass, every visible character in exactly one piece.

Whether the full stop after a word or a number belongs to it ("Dr.", "18.") depends on its neighbours and is decided
in `sentences`; here such pieces only know that a full stop follows.

What goes on without an end is cut after 500 letters or figures: no word or number is longer, and whoever looks up what
a word ends with must not be handed a megabyte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from quellenlage.resources import load

ABBREVIATIONS = "de/abbreviations.toml"


class Kind(IntEnum):
    """What a piece is made of."""

    WORD = 1
    NUMBER = 2
    DATE = 3
    MULTI = 4
    URL = 5
    MARK = 6


@dataclass(slots=True)
class Piece:
    """A stretch of text; a `dotted` piece is followed by a full stop that may or may not belong to it."""

    start: int
    end: int
    kind: Kind
    form: str
    dotted: bool = False


_DOMAINS = "de|com|org|net|eu|at|ch|info|ru|tv|gov|edu|uk|fr|it|io|biz|news|online"
_WEB_HINT = re.compile(rf"@|#\w|://|www\.|\w\.(?:{_DOMAINS})\b")
_END = r"[^\s<>\"„“”»«.,;:!?)\]}'’*]"
_WEB = rf"""
    (?P<url> (?:https?://|www\.)[^\s<>"„“”»«]{{0,4000}}{_END}
           | (?<![\w@.])[\w.+-]{{1,64}}@(?:[\w-]{{1,63}}\.){{1,4}}[a-zA-Z]{{2,12}}\b
           | (?<![\w@.])(?:[a-zA-Z0-9-]{{1,40}}\.){{1,4}}(?:{_DOMAINS})\b(?!-)(?:/[^\s<>"„“”»«]{{0,4000}}{_END})?
           | (?<!\w)[@\#][^\W_]\w{{0,500}} ) |
"""
_PLAIN = r"""
    (?P<multi> (?=[A-Za-zäÄüÜöÖ]{1,4}\.)(?:MULTI)(?!\w) )
  | (?P<date> (?<![\w.])\d{1,2}\.(?:0?[1-9]|1[0-2])\.(?:\d{4}|\d{2})?(?!\w) )
  | (?P<number> \d{1,500}(?:[.,:]\d{1,500}){0,50}(?:(?=(?:UNITS)(?!\w))|(?![^\W_]|-[^\W\d_])) )(?P<ndot>\.(?!\.))?
  | (?P<word> LETTERS
              (?:(?:[-‐‑](?=[^\W_])|/-(?=in)|[:*_](?=in(?:nen)?\b|[rn]\b)|(?<=\d)[.,](?=\d)
                 |['’](?!s\b)(?=[^\W\d_])|(?<=[A-Z])&(?=[A-Z])) LETTERS){0,50}
              [-‐‑]?(?<!\d[-‐‑]) )(?P<wdot>\.(?!\.))?
  | (?P<mark> \.{2,500} | -{2,500} | `` | '' | ['’]s\b | [!?]{2,500} | \S )
"""
_LETTERS = r"(?:[^\W_]|[\u00ad\u0300-\u036f]){1,500}"
_KINDS = {
    "url": Kind.URL,
    "multi": Kind.MULTI,
    "date": Kind.DATE,
    "number": Kind.NUMBER,
    "ndot": Kind.NUMBER,
    "word": Kind.WORD,
    "wdot": Kind.WORD,
    "mark": Kind.MARK,
}


def _flexible(form: str) -> str:
    return r"[ \u00a0\u202f\u2009]?".join(re.escape(part) for part in form.split(" "))


@cache
def _compiled(web: bool) -> re.Pattern[str]:
    table = load(ABBREVIATIONS)
    multi, units = (sorted(table[name]["forms"], key=len, reverse=True) for name in ("multi", "units"))
    plain = _PLAIN.replace("LETTERS", _LETTERS).replace("MULTI", "|".join(map(_flexible, multi)))
    plain = plain.replace("UNITS", "|".join(map(re.escape, units)))
    return re.compile((_WEB if web else "") + plain, re.VERBOSE)


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """Cut `text[start:end]` into pieces, in order, leaving out white space; linear in its length."""
    found: list[Piece] = []
    web = _WEB_HINT.search(text, start, end) is not None
    for match in _compiled(web).finditer(text, start, end):
        group = match.lastgroup or "mark"
        dotted = group in ("ndot", "wdot")
        at, stop = match.span()
        stop -= dotted
        form = text[at:stop]
        if form in ("'s", "’s") and len(found) > 1 and found[-1].end == at and found[-1].form[:1].isupper():
            at = found.pop().start  # "Putin's" is one word, "geht's" is two
            found.append(Piece(at, stop, Kind.WORD, text[at:stop]))
        else:
            found.append(Piece(at, stop, _KINDS[group], form, dotted))
    return found


def given(text: str, start: int, end: int) -> Piece:
    """A word that somebody else cut, as the piece it would be here; a word where it would be several."""
    found = pieces(text, start, end)
    last = found[-1] if found else None
    if last is None or found[0].start != start or len(found) > 1:
        return Piece(start, end, Kind.WORD, text[start:end])
    return Piece(start, end, last.kind, text[start:end])
