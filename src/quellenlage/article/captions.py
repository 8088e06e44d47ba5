"""Captions and the photo credits in and behind them."""

from __future__ import annotations

import re

from quellenlage.model import Span

PHOTO_CREDITS = frozenset({"photo-credit", "caption-credit"})
"""Rules whose zones credit a picture: what they name made no text."""

_LONGEST = 320
"""A longer line that ends in a photo credit is report with a credit at its end, in code points."""
_LONGEST_PAIR = 240
"""The same for a line of two sentences."""
_SENTENCE_END = re.compile(r"[.!?][\"“”«»]?\s+(?=[A-ZÄÖÜ„\"»])")
_SPEECH = re.compile(
    r"\b(?:sagte[nr]?|sagt|erklärte[nr]?|teilte[nr]? .{0,80}\bmit|mitteilte[n]?|betonte[n]?|"
    r"warnte[n]?|kritisierte[n]?|"
    r"forderte[n]?|kündigte[n]? .{0,80}\ban|berichtete[n]?|meinte[n]?|zufolge|hieß es|versicherte[n]?|"
    r"räumte[n]? .{0,80}\bein|"
    r"bestätigte[n]?|bestritt(?:en)?|dementierte[n]?)\b"
)
_RUNNING = re.compile(r"\s[a-zäöü]{2,}")


def is_caption(text: str, span: Span) -> bool:
    """Whether a line that ends in a photo credit is all caption, and not a paragraph with a credit glued to it.

    A caption is short, of at most two sentences, and tells what a picture shows, not what somebody said.
    """
    line = span.of(text).rstrip(". ")
    if len(line) > _LONGEST or _SPEECH.search(line):
        return False
    sentences = len(_SENTENCE_END.findall(line))
    return sentences <= 1 or (sentences == 2 and len(line) <= _LONGEST_PAIR)


def has_words_before(line: str, credit: int) -> bool:
    """Whether running words, closed by a full stop, stand before a credit: "Bild: Die Fähre am Kai. (Foto: Muster)"."""
    words = line[:credit].rstrip()
    return words.endswith((".", "!", "?", ")", "“", '"')) and bool(_RUNNING.search(words))
