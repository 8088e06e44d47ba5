"""Days beside the running text, which date nothing that is told: credits, captions, notes on changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from quellenlage.model import READ_ZONES, Document, Sentence, Timex
from quellenlage.resources import load

MARGINS = "de/event_margins.toml"
AGENCIES = "de/agencies.toml"
RESOURCES = (MARGINS, AGENCIES)
_BRACKET = re.compile(r"\([^()\n]{1,80}\)")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LABEL_REACH = 40
"""Code points before a day within which a label of its line says what it dates."""
_FEW = 2
"""Words of a name that a credit may give beside what is known ("(Foto: Max Muster, 3. Mai)")."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Patterns of labels, and the folded words of credits."""

    caption: re.Pattern[str]
    note: re.Pattern[str]
    pictures: frozenset[str]
    credits: frozenset[str]


@cache
def _table() -> _Table:
    raw = load(MARGINS)
    captions = raw["captions"]["labels"].split()
    notes = "|".join(map(re.escape, raw["notes"]["labels"]))
    spellings = {
        word.casefold()
        for agency in load(AGENCIES)["agency"]
        for spelling in agency["spellings"]
        for word in _WORDS.findall(spelling)
    }
    pictures = frozenset(word.casefold() for word in captions)
    return _Table(
        caption=re.compile(rf"\s*\(?(?:{'|'.join(captions)})\s?:"),
        note=re.compile(rf"(?:^|[\n(.!?–|])\s*(?:{notes})\s?(?::|\b(?=\s(?:am|vom|den|\d|heute|gestern)))[^\n.!?]*$"),
        pictures=pictures,
        credits=frozenset(raw["credits"]["words"].split()) | spellings | pictures,
    )


class Margins:
    """Where the text of one document is no report."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._article = document.article

    def running(self, timexes: Sequence[Timex]) -> tuple[Timex, ...]:
        """Expressions of time within the report, those of credits, captions and notes left out."""
        zones = ((timex, self._article.zone_at(timex.start)) for timex in timexes)
        inside = (timex for timex, zone in zones if zone is not None and zone.kind in READ_ZONES)
        return tuple(timex for timex in inside if not self._beside(timex, timexes))

    def caption(self, sentence: Sentence) -> bool:
        """Whether a sentence opens with the label of a picture, so that it describes that and reports nothing."""
        return _table().caption.match(self._text, sentence.start, sentence.end) is not None

    def _beside(self, timex: Timex, timexes: Iterable[Timex]) -> bool:
        line = self._text.rfind("\n", 0, timex.start) + 1
        if _table().caption.match(self._text, line, timex.start):
            return True
        if _table().note.search(self._text[max(line, timex.start - _LABEL_REACH) : timex.start]):
            return True
        return self._in_credit(timex, timexes, line)

    def _in_credit(self, timex: Timex, timexes: Iterable[Timex], line: int) -> bool:
        """Whether a bracket holds nothing but a day and words of credits: "(dpa/12.3.)"."""
        opening = self._text.rfind("(", line, timex.start)
        bracket = _BRACKET.match(self._text, opening) if opening >= 0 else None
        if bracket is None or bracket.end() < timex.end:
            return False
        rest = bracket.group()
        for other in timexes:
            if bracket.start() <= other.start and other.end <= bracket.end():
                at = slice(other.start - bracket.start(), other.end - bracket.start())
                rest = rest[: at.start] + " " * (at.stop - at.start) + rest[at.stop :]
        words = [word.casefold() for word in _WORDS.findall(rest)]
        known = [word for word in words if word in _table().credits]
        few = len(words) - len(known) <= (_FEW if _table().pictures & set(words) else 0)
        return bool(known) and few
