"""How, to whom and when something was said, by the words beside the verb of saying."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from quellenlage.annotate.claims.people import People
from quellenlage.model.document import Document
from quellenlage.model.layers import Channel, Quotation
from quellenlage.model.spans import Span
from quellenlage.resources import load

CHANNELS = "de/channels.toml"
_GAP = r"\s+(?:[^\s]{1,40}\s+){0,2}?"
_DATED = frozenset({"DATE", "TIME"})
_VAGUE = ("PAST", "PRESENT", "FUTURE")


@dataclass(frozen=True, slots=True)
class Manner:
    """The channel with the words that name it, the entities spoken to, and the time expression of the saying."""

    channel: Channel | None = None
    words: tuple[Span, ...] = ()
    told: tuple[str, ...] = ()
    said: str | None = None


@cache
def channels() -> tuple[tuple[Channel, re.Pattern[str]], ...]:
    """The packaged table as one pattern for each channel, in its order."""
    table = []
    for entry in load(CHANNELS)["channel"]:
        loose = "|".join(_GAP.join(re.escape(p.strip()) for p in phrase.split("…")) for phrase in entry["phrases"])
        exact = "|".join(re.escape(phrase) for phrase in entry.get("exact", ()))
        pattern = rf"(?<!\w)(?:(?i:{loose})" + (rf"|{exact}" if exact else "") + r")(?![\w-])"
        table.append((Channel(entry["name"]), re.compile(pattern)))
    return tuple(table)


def manner(document: Document, people: People, quotation: Quotation) -> Manner:
    """What the frame of a quotation tells besides its speaker; all of it empty where there is no frame."""
    named = _channel(document.text, quotation)
    spoken_to = () if "cue:zitieren" in quotation.reasons else quotation.addressee
    told = [m.entity for part in spoken_to for m in people.within(part.start, part.end)]
    return Manner(
        named[0] if named else None,
        (named[1],) if named else (),
        tuple(dict.fromkeys(entity for entity in told if entity not in quotation.speaker_entities)),
        _said(document, quotation),
    )


def _channel(text: str, quotation: Quotation) -> tuple[Channel, Span] | None:
    parts = [*quotation.frame, *(s for s in quotation.speaker if not any(f.contains(s) for f in quotation.frame))]
    for channel, pattern in channels():
        for part in parts:
            found = pattern.search(text, part.start, part.end)
            if found is not None:
                return channel, Span(found.start(), found.end())
    return None


def _said(document: Document, quotation: Quotation) -> str | None:
    """The first date in the frame ("sagte am Freitag"), where it is one."""
    timexes = document.timexes
    for part in quotation.frame:
        at = bisect_left(timexes, part.start, key=lambda t: t.start)
        while at < len(timexes) and timexes[at].end <= part.end:
            timex = timexes[at]
            if timex.type in _DATED and not timex.value.startswith(_VAGUE):
                return timex.id
            at += 1
    return None
