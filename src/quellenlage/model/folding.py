"""Folding for comparison: one key for the spellings that German readers take for the same."""

from __future__ import annotations

import re
import unicodedata

from quellenlage.model.recent import recent

# Before accents are dropped: ä and ae, ß and ss are the same letter in two spellings.
_GERMAN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "ø": "oe",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "ð": "d",
    }
)
_NOT_WORD = re.compile(r"[\W_]+")
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""Characters that show nothing: soft hyphens, joiners, spaces without width, marks of direction."""


def seen(text: str) -> str:
    """The text without characters that show nothing, for names and terminals: it has no offsets into the text."""
    return text if text.isascii() else _UNSEEN.sub("", text)


@recent(1 << 16)
def fold(text: str) -> str:
    """Lower case, ä to ae, ß to ss, other accents dropped, everything but letters and digits one space.

    For comparison and search only: the result has no offsets into the text.
    """
    if text.isascii():
        plain = text.lower()
    else:
        lowered = unicodedata.normalize("NFKC", seen(text)).casefold().translate(_GERMAN)
        if lowered.isascii():
            return _NOT_WORD.sub(" ", lowered).strip()
        parts = unicodedata.normalize("NFKD", lowered)
        # Once more: compatibility forms (mathematical letters, ligatures) show their case only when decomposed.
        plain = "".join(c for c in parts if not unicodedata.combining(c)).casefold().translate(_GERMAN)
    return _NOT_WORD.sub(" ", plain).strip()
