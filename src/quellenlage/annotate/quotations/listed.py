"""Items of a list that are nothing but words in quotation marks, and the speaker whom the line before introduces."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quellenlage.annotate.quotations.cues import find_cues, subject_of
from quellenlage.annotate.quotations.drafts import Draft, some, span_of
from quellenlage.annotate.quotations.units import BULLETS, Unit, Word
from quellenlage.model.layers import QuotationType
from quellenlage.model.spans import Span

SCORE = 0.6
"""Score of quoted words without a frame."""
WORDS = 3
"""Spaces that quoted words must have at least to be a sentence rather than a title."""
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]*")
_CLOSING = frozenset({".", ",", ";", "!", "?", "…"})


def bulleted(unit: Unit) -> int:
    """How many words of a unit are its bullet ("•", "-", "1.", "a)")."""
    ws = unit.words
    if ws[0].text and all(char in BULLETS for char in ws[0].text):
        return 1
    at = 0
    while at < len(ws) and at < 3 and ws[at].mark is None and (ws[at].text in {"(", ")", "."} or at < 2):
        at += 1
        if _NUMBER.fullmatch("".join(w.text for w in ws[:at])) and (at == len(ws) or ws[at].mark is not None):
            return at
    return 0


def quoted_alone(unit: Unit) -> Word | None:
    """The quoted words of a unit that holds nothing else besides a bullet and a final stop."""
    if not any(w.mark for w in unit.words):
        return None
    body = [w for w in unit.words[bulleted(unit) :] if w.text not in _CLOSING]
    if len(body) != 1 or body[0].mark is None or body[0].text.count(" ") < WORDS:
        return None
    return body[0]


@dataclass(slots=True)
class Introduction:
    """Who was introduced by a sentence that ends in a colon; held while quoted items follow."""

    speaker: list[Span] = field(default_factory=list)
    _open: bool = False
    _bullet: bool = False
    """Whether the unit before was nothing but a bullet: a tokenizer may take "1." for a sentence."""
    _was_bullet: bool = False

    def advance(self, unit: Unit) -> None:
        """Take the next unit of the text into account, before it is attributed itself."""
        self._bullet, self._was_bullet = bulleted(unit) == len(unit.words), self._bullet
        if unit.words[-1].text == ":":
            self.speaker, self._open = _introduced(unit), True
        elif quoted_alone(unit) is None and not self._bullet:
            self.speaker, self._open = [], False

    def item(self, unit: Unit) -> Draft | None:
        """The quotation that a quoted item makes: its speaker is the one introduced, or unknown."""
        word = quoted_alone(unit)
        if word is None or unit.headline:
            return None
        item = self._was_bullet or bulleted(unit) > 0
        if not (item or (self._open and self.speaker)):
            return None
        draft = Draft(QuotationType.DIRECT, "speech", [Span(word.start, word.end)], paragraph=unit.paragraph)
        draft.carried = True
        draft.speaker = list(self.speaker)
        draft.reasons = ["list-item", "marks"]
        draft.score = SCORE
        return draft


def _introduced(unit: Unit) -> list[Span]:
    """The subject of the last verb of saying in a sentence that ends in a colon."""
    ws = unit.words
    for seg in reversed(unit.segments):
        for cue in find_cues(ws, seg.lo, seg.hi) if not seg.mark else ():
            subject = None if cue.passive else subject_of(ws, seg.lo, seg.hi, cue)
            if subject is not None:
                return some(span_of(ws, subject.lo, subject.hi))
    return []
