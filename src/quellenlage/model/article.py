"""One text with zones over it, and what is known of its making, each value with its evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter

from quellenlage.errors import Defect
from quellenlage.model.spans import Span, text_digest
from quellenlage.model.time import DateInterval


class ZoneKind(StrEnum):
    """What a passage of the page is for. Only headline, lead and body are read for claims and events."""

    HEADLINE = "headline"
    LEAD = "lead"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    DATELINE = "dateline"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"


READ_ZONES = frozenset({ZoneKind.HEADLINE, ZoneKind.LEAD, ZoneKind.BODY})
"""Zones whose sentences are the journalist's report."""

ASIDE: Mapping[ZoneKind, int] = {
    ZoneKind.CAPTION: 1,
    ZoneKind.DATELINE: 2,
    ZoneKind.BYLINE: 2,
    ZoneKind.CREDIT: 2,
    ZoneKind.BOILERPLATE: 3,
}
"""How far a zone is from the report: a search ranks what is in it below all that is nearer."""

_END = attrgetter("end")


@dataclass(frozen=True, slots=True)
class Zone:
    """A passage and what it is for; `rule` names the rule that decided, so that a wrong zone can be traced."""

    start: int
    end: int
    kind: ZoneKind
    rule: str = ""

    def __post_init__(self) -> None:
        Span(self.start, self.end)

    @property
    def span(self) -> Span:
        """The place without the kind."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Found:
    """A value with how it was found: `method` is e.g. "markup", "url", "text", "given", "filename", "judgement"."""

    value: str
    method: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Dct:
    """Document creation time: always an interval, with the method and the words it was inferred from.

    `method` is one of given, url, header, dateline, text, inferred, judgement; `reasons` are short stable codes
    with their values, e.g. "office:US-Präsident Barack Obama 2009-01-20/2017-01-20".
    """

    earliest: date
    latest: date
    method: str
    evidence: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        DateInterval(self.earliest, self.latest)

    @property
    def interval(self) -> DateInterval:
        """The days in question."""
        return DateInterval(self.earliest, self.latest)

    @property
    def value(self) -> str:
        """ISO day, month, year or interval: as precise as known and no more."""
        return self.interval.value


class RevisionKind(StrEnum):
    """What became of a version of an article, the strongest first."""

    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class Notice:
    """Words by which an article says that it, or another one, was corrected, updated or withdrawn.

    `rule` names what recognised them. `about` is a headline that they quote, `wrong` and `right` the words that were
    to be replaced and those that stand for them, `day` the day they name. One that does not stand `alone` is no more
    than a sign, which counts where an earlier version is found.
    """

    start: int
    end: int
    kind: RevisionKind
    rule: str
    alone: bool = True
    about: Span | None = None
    wrong: Span | None = None
    right: Span | None = None
    day: date | None = None

    def __post_init__(self) -> None:
        Span(self.start, self.end)

    @property
    def span(self) -> Span:
        """The place of the words."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Article:
    """A text, its zones (in order, not overlapping, between them only white space) and its metadata.

    `modified` is the day of the last change that the container gives, where it is after the publication.
    """

    id: str
    capture: str
    source: str
    text: str
    text_sha256: str
    offsets_in: str
    zones: tuple[Zone, ...]
    language: str | None = None
    url: str | None = None
    headline: Found | None = None
    outlet: Found | None = None
    authors: tuple[Found, ...] = ()
    agencies: tuple[Found, ...] = ()
    dct: Dct | None = None
    warnings: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    modified: date | None = None

    def __post_init__(self) -> None:
        if self.text_sha256 != text_digest(self.text):
            raise Defect(f"{self.id}: digest and text differ")
        at = 0
        for zone in self.zones:
            if zone.start < at or zone.end > len(self.text):
                raise Defect(f"{self.id}: zone [{zone.start}, {zone.end}) overlaps or lies beyond the text")
            if self.text[at : zone.start].strip():
                raise Defect(f"{self.id}: text [{at}, {zone.start}) belongs to no zone")
            at = zone.end
        if self.text[at:].strip():
            raise Defect(f"{self.id}: text [{at}, {len(self.text)}) belongs to no zone")
        for notice in self.notices:
            for span in (notice.span, notice.about, notice.wrong, notice.right):
                if span and span.end > len(self.text):
                    raise Defect(f"{self.id}: notice {notice.rule} [{span.start}, {span.end}) lies beyond the text")

    def zone_at(self, offset: int) -> Zone | None:
        """Return the zone that covers a code point, if any."""
        low = bisect_right(self.zones, offset, key=_END)
        found = self.zones[low] if low < len(self.zones) else None
        return found if found and found.start <= offset else None
