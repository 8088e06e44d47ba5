"""The text of an article in pieces: paragraphs, and in them segments that no border of a mark runs through.

Offsets are half-open code points of the article's text. Blocks and the white space between them give the whole text
again, and so do the segments of a block: nothing of it is lost, moved or nested.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from quellenlage.model import Span, Zone, ZoneKind

_BLANK = re.compile(r"\n[ \t\r]*\n")
_WRAPPED_FROM, _WRAPPED_TO = 45, 100
"""Letters a line between which a passage is taken for set in lines of one width, not for lines of their own."""
_NARROW = 0.6
"""Share of the usual width that a line of a wrapped passage has at least: lines break between words."""


class Mark(NamedTuple):
    """A passage that a layer marks: how it is drawn, and the local identifier of what it belongs to."""

    start: int
    end: int
    drawn: str
    ref: str = ""


class Segment(NamedTuple):
    """A stretch of text under the same marks; `refs` are those it belongs to, what is shortest first."""

    start: int
    end: int
    drawn: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or line; `kind` is the zone that most of it belongs to. `wrapped`: its line breaks mean nothing."""

    start: int
    end: int
    kind: ZoneKind
    wrapped: bool = False


def blocks(text: str, zones: Sequence[Zone]) -> list[Block]:
    """Paragraphs in order; between them there is only white space."""
    found: list[Block] = []
    for passage in _passages(text, zones):
        start, end = passage.start, passage.end
        kind = _kind(passage, zones)
        if _is_wrapped(text[start:end]):
            found.append(Block(start, end, kind, wrapped=True))
            continue
        for line in _lines(text, start, end):
            found.append(Block(line.start, line.end, _kind(line, zones)))
    return found


def _passages(text: str, zones: Sequence[Zone]) -> Iterator[Span]:
    """Stretches without a blank line, nor a border of zones at which a line ends."""
    borders = {match.start() for match in _BLANK.finditer(text)}
    borders |= {one.end for one, following in pairwise(zones) if "\n" in text[one.end : following.start]}
    at = 0
    for border in (*sorted(borders), len(text)):
        if trimmed := _trimmed(text, at, border):
            yield trimmed
        at = border


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    while at < end:
        border = text.find("\n", at, end)
        border = end if border < 0 else border
        if trimmed := _trimmed(text, at, border):
            yield trimmed
        at = border + 1


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _is_wrapped(passage: str) -> bool:
    """Whether a passage is set in lines of about one width, as mails and old text files are."""
    lengths = [len(line.strip()) for line in passage.split("\n")]
    if len(lengths) < 2:
        return False
    full, usual = lengths[:-1], median(lengths[:-1])
    return (
        _WRAPPED_FROM <= usual <= _WRAPPED_TO
        and max(lengths) <= _WRAPPED_TO
        and all(length >= usual * _NARROW for length in full)
    )


def _kind(span: Span, zones: Sequence[Zone]) -> ZoneKind:
    """The zone that most of a passage belongs to."""
    shares: dict[ZoneKind, int] = {}
    at = bisect_right(zones, span.start, key=lambda zone: zone.end)
    while at < len(zones) and zones[at].start < span.end:
        zone = zones[at]
        at += 1
        shares[zone.kind] = shares.get(zone.kind, 0) + min(zone.end, span.end) - max(zone.start, span.start)
    return max(shares, key=lambda kind: shares[kind], default=ZoneKind.BODY)


def segments(listed: Sequence[Block], marks: Sequence[Mark]) -> list[list[Segment]]:
    """The segments of each block, cut at every border of a mark."""
    opening = sorted(marks, key=lambda mark: mark.start)
    borders = sorted({place for mark in marks for place in (mark.start, mark.end)})
    active: list[Mark] = []
    place = next_mark = 0
    found = []
    for block in listed:
        while place < len(borders) and borders[place] <= block.start:
            place += 1
        inside = place
        cuts = [block.start]
        while inside < len(borders) and borders[inside] < block.end:
            cuts.append(borders[inside])
            inside += 1
        place = inside
        cuts.append(block.end)
        parts = []
        for start, end in pairwise(cuts):
            while next_mark < len(opening) and opening[next_mark].start <= start:
                active.append(opening[next_mark])
                next_mark += 1
            active = [mark for mark in active if mark.end > start]
            parts.append(_segment(start, end, active))
        found.append(parts)
    return found


def _segment(start: int, end: int, active: Sequence[Mark]) -> Segment:
    if not active:
        return Segment(start, end)
    if len(active) == 1:
        (mark,) = active
        return Segment(start, end, tuple(mark.drawn.split()), (mark.ref,) if mark.ref else ())
    ordered = sorted(active, key=_length)
    drawn = dict.fromkeys(" ".join([mark.drawn for mark in ordered]).split())
    return Segment(start, end, tuple(drawn), tuple(dict.fromkeys([mark.ref for mark in ordered if mark.ref])))


def _length(mark: Mark) -> int:
    return mark.end - mark.start
