"""Where sentences end: what belongs to a full stop, what may follow it, and which line breaks count.

Decided on pieces rather than characters, so that a boundary never lies inside a token. The rules look at the form of
the piece before and of the piece after; nothing is learned from texts.
"""

from __future__ import annotations

import re
from functools import cache

from quellenlage.annotate.language.tokenizer import ABBREVIATIONS, Kind, Piece
from quellenlage.model.calendar import MONTHS, WEEKDAYS
from quellenlage.resources import load

CLOSED_CLASSES = "de/closed_classes.toml"
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ENDERS = frozenset(".!?…")
_CLOSERS = frozenset(("''", *"\"'“”‘’»«›‹)]}*"))
_OPENERS = frozenset(("``", *"\"'„“‚‘»«›‹([{"))
_DASHES = frozenset("-–—−")
_BULLETS = frozenset("•‣◦▪●■►▶·*+-–—→")
_WRAP_LIMIT = 120
_WRAP_LEAST = 40


@cache
def _abbreviations(which: str) -> frozenset[str]:
    return frozenset(load(ABBREVIATIONS)[which]["forms"])


@cache
def _ordinal_words(which: str) -> frozenset[str]:
    return frozenset(load(ABBREVIATIONS)["ordinals"][which].split())


@cache
def starters() -> frozenset[str]:
    """Capitalised function words: they open a sentence even where an abbreviation could go on."""
    return frozenset(word.capitalize() for word in load(CLOSED_CLASSES)["starters"]["words"].split())


def resolve_dots(found: list[Piece]) -> tuple[list[Piece], list[bool]]:
    """Give every full stop to its word or make it a piece of its own.

    Returns:
        The final pieces, and for each whether it carries a full stop that may also end the sentence.
    """
    out: list[Piece] = []
    ending: list[bool] = []
    for i, piece in enumerate(found):
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        if piece.dotted and _owns_dot(piece, before, after):
            out.append(Piece(piece.start, piece.end + 1, piece.kind, piece.form + "."))
            ending.append(_may_end(piece, after))
        elif piece.dotted:
            out.append(Piece(piece.start, piece.end, piece.kind, piece.form))
            out.append(Piece(piece.end, piece.end + 1, Kind.MARK, "."))
            ending += (False, False)
        else:
            out.append(piece)
            ending.append(piece.kind in (Kind.MULTI, Kind.DATE) and piece.form.endswith("."))
    return out, ending


def _owns_dot(piece: Piece, before: Piece | None, after: Piece | None) -> bool:
    if piece.kind is Kind.NUMBER:
        return _is_ordinal(piece.form, before, after)
    form = piece.form
    if form in _abbreviations("never_ends") or form in _abbreviations("may_end"):
        # "St", "Art", "Min" ... as plain words at the end of a sentence: a capital function word follows
        return form in _abbreviations("may_end") or after is None or after.form not in starters()
    if len(form) == 1 and form.isupper():
        return (
            after is not None and after.kind is Kind.WORD and after.form not in starters() and after.form[0].isupper()
        )
    if _ROMAN.fullmatch(form):
        named = before is not None and before.form[:1].isupper() and before.kind is Kind.WORD
        if after is None or after.form in starters():
            return False
        return named or after.form.casefold() in _ordinal_words("counted")
    return False


def _is_ordinal(form: str, before: Piece | None, after: Piece | None) -> bool:
    if after is None or not form.isdecimal() or len(form) > 3:
        return False
    word = after.form
    if word == ",":
        return True  # no sentence ends before a comma
    if after.kind is Kind.MARK or not word[0].isalnum():
        led = before is not None and before.form.casefold() in _ordinal_words("before")
        return word[0] == "/" and led and int(form) < 32
    key = word.casefold()
    if after.kind is Kind.NUMBER or key in MONTHS or key in _ordinal_words("counted") or key in WEEKDAYS:
        return len(form) < 3 or key in _ordinal_words("counted")
    if word[0].islower():
        return True
    if word in starters():
        return False
    led = before is None or before.form.casefold() in _ordinal_words("before") or before.kind is Kind.MARK
    if led or before is None or before.kind is not Kind.WORD or not before.form[0].islower():
        return led
    return int(form) < 32 or (before.form.endswith(("em", "en", "er", "es")) and int(form) < 101)


def _may_end(piece: Piece, after: Piece | None) -> bool:
    if after is None:
        return True
    return piece.kind is Kind.WORD and piece.form in _abbreviations("may_end")


def boundaries(text: str, found: list[Piece], ending: list[bool]) -> list[int]:
    """Return the indices of the pieces that open a sentence, the first piece included."""
    opens = [0] if found else []
    wrap = _wrap_width(text, found)
    i = 0
    while i < len(found) - 1:
        piece = found[i]
        last = i
        ends = piece.kind is Kind.MARK and piece.form[0] in _ENDERS
        if ends or ending[i]:
            while last + 1 < len(found) and _closes(text, found, last + 1):
                last += 1
            if last + 1 < len(found) and _ends_here(text, found, i, last, ends):
                opens.append(last + 1)
                i = last + 1
                continue
        for at in range(i, last + 1):
            if at + 1 < len(found) and _breaks(text, found[at], found[at + 1], wrap):
                opens.append(at + 1)
        i = last + 1
    return opens


def _closes(text: str, found: list[Piece], at: int) -> bool:
    """Whether the piece is a bracket, mark or quotation mark that closes what stands before it."""
    piece = found[at]
    if piece.kind is not Kind.MARK:
        return False
    adjoins = piece.start == found[at - 1].end
    if piece.form[0] in _ENDERS:
        return adjoins
    if piece.form not in _CLOSERS or not adjoins:
        return False
    following = text[piece.end : piece.end + 1]
    # `."Der` opens only where nothing was closed before; a mark between two words without spaces closes
    return piece.form not in _OPENERS or not following.isalnum() or piece.form in "“”"


def _ends_here(text: str, found: list[Piece], dot: int, last: int, hard: bool) -> bool:
    after = found[last + 1]
    gap = text[found[last].end : after.start]
    if gap.count("\n") > 1:
        return True
    word = after.form
    if after.kind is Kind.MARK and (word in _DASHES or word in _OPENERS or word in _BULLETS) and last + 2 < len(found):
        if word in _OPENERS and not hard:
            return found[last + 2].form in starters()
        word = found[last + 2].form
    first = word[0]
    if not hard:
        return word in starters()
    if not gap:
        glued = last == dot and dot > 0 and len(found[dot - 1].form) > 1 and found[dot - 1].form[-1].islower()
        return (glued and first.isupper() and word[1:2].islower()) or (last > dot and first.isupper())
    if first.isalpha():
        return not first.islower()
    return first.isdecimal() or word in _OPENERS or first in "§€$#@+•" or (not first.isascii() and first not in "…–—")


def _wrap_width(text: str, found: list[Piece]) -> int:
    """Width of hard-wrapped text, or 0 where every line break was meant."""
    if len(found) < 2:
        return 0
    lines = text[found[0].start : found[-1].end].split("\n")
    width = max(len(line.rstrip()) for line in lines)
    return width if len(lines) > 1 and _WRAP_LEAST <= width <= _WRAP_LIMIT else 0


def _breaks(text: str, before: Piece, after: Piece, wrap: int) -> bool:
    """Whether the white space between two pieces ends a line on purpose."""
    gap_start, gap_end = before.end, after.start
    if gap_start == gap_end:
        return False
    breaks = text.count("\n", gap_start, gap_end) or text.count("\r", gap_start, gap_end)
    breaks += text.count("\u2029", gap_start, gap_end) * 2
    if not breaks:
        return False
    if breaks > 1 or text.count("\n", gap_start, gap_end) > 1:
        return True
    if after.form in _BULLETS and text[after.end : after.end + 1].isspace():
        return True
    if after.form[0].islower() or after.form in (",", ";", ")") or before.form in (",", "-"):
        return False
    if not wrap:
        return True
    # the test of a paragraph filler: had the next word fitted, the break was made on purpose
    line_start = max(text.rfind("\n", max(0, gap_start - _WRAP_LIMIT - 1), gap_start), gap_start - _WRAP_LIMIT) + 1
    word_end = after.end
    while word_end < len(text) and word_end < after.end + 40 and not text[word_end].isspace():
        word_end += 1
    return gap_start - line_start + 1 + (word_end - after.start) <= wrap - 8
