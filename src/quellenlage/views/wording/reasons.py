"""Why two names are taken for one's, in words: "surname:peskow; office:kremlsprecher" for a reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from quellenlage.views.locale import Words

_BETWEEN = re.compile("[~+]")


def reason_words(reasons: Iterable[str], words: Words) -> list[str]:
    """Each reason in words, once; a code that the catalogue does not know stays as it is."""
    found = (_one(part, words) for reason in reasons for part in reason.split("; "))
    return list(dict.fromkeys(text for text in found if text))


def _one(reason: str, words: Words) -> str:
    code, _, detail = reason.partition(":")
    sides = [_readable(side) for side in _BETWEEN.split(detail)]
    key = f"reason.{code}"
    if len(sides) > 1 and sides[0] == sides[1] and words.knows("reason.word"):
        key = "reason.word"
    if not words.knows(key):
        return reason
    return words(key, a=sides[0], b=sides[-1])


def _readable(folded: str) -> str:
    """Names are compared without capitals; a reader expects them."""
    return " ".join(word[:1].upper() + word[1:] for word in folded.split())


def script_of(text: str) -> str:
    """The script of the first letter: "latin", "cyrillic", "arabic"; empty where there is none."""
    letter = next((c for c in text if c.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0].lower() if letter else ""
