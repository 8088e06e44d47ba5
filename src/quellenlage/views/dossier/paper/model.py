"""The words of a dossier without any form: every text here is final, on one line, and safe in XML.

A note is what becomes a footnote: outlet, headline, date and the sentence up to the citation limit. Where the sentence
stands set apart at the very mark of its note, the note does not say it again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What XML cannot hold, and what could turn the direction of the text that follows."""


def clean(text: str) -> str:
    """Text on one line; what no file may contain becomes U+FFFD."""
    return " ".join(_UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text).split())


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article: `exact` alone is the article's; `left` and `right` are an ellipsis or empty."""

    exact: str
    opening: str = ""
    closing: str = ""
    left: str = ""
    right: str = ""

    @property
    def text(self) -> str:
        """With its marks, as it is printed."""
        parts = (self.left, f"{self.opening}{self.exact}{self.closing}", self.right)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Note:
    """A source: outlet and date, headline, the quoted sentence, and where it stands (`file:start-end`)."""

    source: str
    headline: str
    quote: Quote | None
    place: str


@dataclass(frozen=True, slots=True)
class Also:
    """A further article that tells the same, on whose word, with its note."""

    source: str
    chain: str
    note: Note


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line of the chronicle. `quote` is set apart below a line that only names kind and names."""

    number: int
    when: str
    kind: str
    text: str
    mark: str
    note: Note
    quote: Quote | None
    chain: str
    borne: str
    figures: list[str]
    warnings: list[str]
    """Corrections and withdrawals that a reader must see."""
    conflicts: list[tuple[int, str]]
    """Numbers of conflicts in this dossier (0: not in it), with the conflict in one line."""
    also: list[Also]
    reprints: list[str]


@dataclass(frozen=True, slots=True)
class YearTold:
    """Lines of one year; the last group may be that of the undated."""

    title: str
    lines: list[LineTold]


@dataclass(frozen=True, slots=True)
class SideTold:
    """One side of a conflict: what it holds, the sentence, on whose word."""

    value: str
    quote: Quote
    chain: str
    note: Note


@dataclass(frozen=True, slots=True)
class ConflictTold:
    """A conflict with all its sides; `line` is the number of its line in the chronicle, 0 where it has none here."""

    number: int
    title: str
    line: int
    about: str
    sides: list[SideTold]

    @property
    def across(self) -> int:
        """How many sides stand beside each other: three at most, of four two and two."""
        return 2 if len(self.sides) == 4 else max(1, min(len(self.sides), 3))

    @property
    def rows(self) -> list[list[SideTold]]:
        """The sides, as many as stand beside each other at a time."""
        return [self.sides[n : n + self.across] for n in range(0, len(self.sides), self.across)]


@dataclass(frozen=True, slots=True)
class ClaimTold:
    """A claim: `label` says that the words are not the speaker's own, where they are not; then no marks are around."""

    label: str
    text: str
    direct: bool
    chain: str
    firmness: str
    note: Note


@dataclass(frozen=True, slots=True)
class SpeakerTold:
    """Claims of one speaker, or of several who speak together."""

    name: str
    claims: list[ClaimTold]


@dataclass(frozen=True, slots=True)
class OfficeTold:
    """An office with the time in which articles give it, and which."""

    text: str
    when: str
    source: str


@dataclass(frozen=True, slots=True)
class PerhapsTold:
    """A name that may stand for the same, and what speaks for it."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class PersonTold:
    """A name with its other spellings, offices, lines of the chronicle, and what may be the same.

    `perhaps_label` is the heading of the last: people are not asked whether they are the same thing.
    """

    name: str
    office: str
    spellings: str
    offices: list[OfficeTold]
    perhaps: list[PerhapsTold]
    perhaps_label: str
    lines: list[int]
    claims: int


@dataclass(frozen=True, slots=True)
class KindTold:
    """People, organisations or places."""

    title: str
    entities: list[PersonTold]


@dataclass(frozen=True, slots=True)
class OriginTold:
    """An origin with the articles that rest on it; `reprint` marks those that only repeat another's text."""

    name: str
    kind: str
    count: str
    articles: list[tuple[str, str, str]]
    """Outlet and date, headline, and the word for a reprint or nothing."""
    relayed: list[str]


@dataclass(frozen=True, slots=True)
class RestTold:
    """Of two articles that share text the later one, the earlier one, and how much they share."""

    later: str
    earlier: str
    told: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole dossier. `sections` are the names of those that it has, in order."""

    lang: str
    title: str
    standfirst: str
    counts: list[str]
    day: date
    """The last day of publication of its articles: the only date that is the same for the same archive."""
    sections: list[str]
    labels: dict[str, str]
    chronicle: list[YearTold]
    conflicts: list[ConflictTold]
    claims: list[SpeakerTold]
    people: list[KindTold]
    origins: list[OriginTold]
    rests: list[RestTold]
