"""Whose words a frame tells: rumours of nobody, reports that are denied, people whom a paper quotes."""

from __future__ import annotations

import re

from quellenlage.annotate.claims.people import SPEAKING, People
from quellenlage.model.layers import EntityKind, Mention, Quotation
from quellenlage.model.spans import Span

_PLACES = frozenset({EntityKind.GPE, EntityKind.LOC})
_QUOTED = frozenset({EntityKind.PER, EntityKind.GRP})
_PASSIVE = re.compile(r"(?<!\w)(?:wird|wurde|werden|wurden|worden)(?!\w)")


def is_rumour(people: People, quotation: Quotation) -> bool:
    """ "in Moskau hieß es": said in a place by nobody who is named; "aus Moskau hieß es" is the state's word."""
    if not quotation.speaker or not any(part.of(people.text) in ("hieß es", "heißt es") for part in quotation.cue):
        return False
    place = quotation.speaker[0]
    kinds = {m.kind for m in people.over(place.start, place.end)}
    return bool(kinds & _PLACES) and people.text[max(0, place.start - 3) : place.start].lower() in ("in ", "im ")


_TELLING = frozenset({"neutral", "assert", "concede", "opine", "suppose"})
_KEEPING = frozenset({"confirm", "deny", "accuse", "reject", "demand", "threaten"})


def _stance(quotation: Quotation) -> str:
    return next((r.removeprefix("stance:") for r in quotation.reasons if r.startswith("stance:")), "neutral")


def tells(quotation: Quotation) -> bool:
    """Whether any body that was spoken to is likely to print it: not the one that is blamed or asked."""
    return _stance(quotation) in _TELLING


def passes_on(quotation: Quotation) -> bool:
    """Whether whom a verb governs can have passed the words on: "bestätigte einen Bericht der X" names no relay."""
    return _stance(quotation) not in _KEEPING


DENIED_REPORT = "denied-report"
"""Reason of the claim of a paper that somebody denies in the same breath."""
_REPORT = re.compile(r"(?<!\w)(?:Bericht|Berichte|Berichten|Meldung|Meldungen|Darstellung)(?!\w)")


def denied_report(people: People, quotation: Quotation) -> Mention | None:
    """The paper whose words they are ("wies einen Bericht der Zeitung Y zurück, …"); the denial is another claim."""
    if "stance:deny" not in quotation.reasons or not quotation.cue:
        return None
    for part in quotation.frame:
        found = _REPORT.search(people.text, part.start, part.end)
        if found is not None:
            behind = [m for m in people.within(found.end(), part.end) if people.is_paper(m)]
            return behind[0] if behind and behind[0].entity not in quotation.speaker_entities else None
    return None


def cited(people: People, quotation: Quotation) -> Mention | None:
    """The person whose words a paper quotes: "das Blatt zitierte den Berater X mit den Worten, …"."""
    if "cue:zitieren" not in quotation.reasons or not quotation.speaker_entities:
        return None
    if any(_PASSIVE.search(part.of(people.text)) for part in quotation.cue):
        return None  # "wird X von Y zitiert": X speaks
    parts = quotation.addressee or [
        Span(cue.end, part.end) for cue in quotation.cue for part in quotation.frame if part.start <= cue.end < part.end
    ]
    named = [m for part in parts for m in people.within(part.start, part.end) if m.kind in SPEAKING]
    named = [m for m in named if m.kind in _QUOTED and m.entity not in quotation.speaker_entities]
    return named[0] if named else None


def naming(people: People, quotation: Quotation, speakers: tuple[str, ...]) -> Span | None:
    """The words that name the speaker: a mention of them, else the whole phrase."""
    for part in quotation.speaker:
        for mention in people.over(part.start, part.end):
            if mention.entity in speakers:
                return mention.span
    return quotation.speaker[0] if quotation.speaker and speakers else None
