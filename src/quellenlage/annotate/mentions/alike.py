"""Whether two spellings within one article are one name: other letters for the same sounds, or a slip of the pen.

The one place where spellings are compared within an article: whatever compares names better can be put here.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from quellenlage.annotate.mentions.lexicon import common_surnames
from quellenlage.model import fold
from quellenlage.model.recent import recent
from quellenlage.names import to_latin

_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"(?<=[bdfklmnprstvwz])[jy]e(?=(?:w|v|ff)\b)", "e"),  # "Medwedjew", "Medwedew"
        (r"schtsch|shch|tsch|sch|sh|ch|kh|gh", "h"),
        (r"dsch|dzh|dj", "j"),
        (r"off\b|ow\b|ov\b", "ov"),
        (r"ph|ff", "f"),
        (r"[wv]", "v"),
        (r"ck|q|c", "k"),
        (r"tz|ts|z", "s"),
        (r"(?:ij|yj|iy|yi|ii|ie|i|y|j)+", "i"),
        (r"ou|oo", "u"),
        (r"(\w)\1+", r"\1"),
    )
)
"""Letters that transcriptions use for one sound, in this order."""
_NUMBERS = re.compile(r"(?<!\w)(?:\d+|[IVX]+)(?!\w)")
_VOWELS = re.compile(r"[aeiou]")
_SHORTEST = 4
_SLIP_SHORTEST, _SLIP_CONSONANTS, _SLIP_EDITS = 7, 4, 2


def block(name: str) -> str:
    """What all names that are alike share, so that only those with the same need be compared: the consonants."""
    return _VOWELS.sub("", _sound(name))


@recent(1 << 14)
def _sound(name: str) -> str:
    folded = fold(to_latin(name))
    for pattern, letter in _SOUNDS:
        folded = pattern.sub(letter, folded)
    return folded


def alike(one: str, other: str, *, slip: bool = False) -> bool:
    """Whether two different spellings can be one name: Peskow, Peskov, Peskoff; not Petrow and Petrowa.

    With `slip`, vowels may differ too if the consonants of a long name are the same: Hmeimim, Hamaimim. Two German
    surnames of the table are two names, however they sound, and so are names with other numbers: "Gericht I", "II".
    """
    a, b = _sound(one), _sound(other)
    if min(len(a), len(b)) < _SHORTEST or {one, other} <= common_surnames():
        return False
    if _NUMBERS.findall(one) != _NUMBERS.findall(other):
        return False
    if a == b:
        return True
    if not slip or min(len(a), len(b)) < _SLIP_SHORTEST or a[0] != b[0]:
        return False
    bare = _VOWELS.sub("", a)
    return (
        bare == _VOWELS.sub("", b)
        and len(bare) >= _SLIP_CONSONANTS
        and bool(_VOWELS.match(a[-1])) == bool(_VOWELS.match(b[-1]))
        and Levenshtein.distance(a, b) <= _SLIP_EDITS
    )
