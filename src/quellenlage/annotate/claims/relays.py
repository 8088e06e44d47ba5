"""Relays: those who passed the words on ("laut X", "X zufolge", "von X zitiert", "sagte sie dem Blatt Y")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quellenlage.annotate.claims.people import SPEAKING, People
from quellenlage.model.layers import Mention
from quellenlage.model.spans import Span

SPREAD = frozenset({"verbreitet", "vorliegt", "unter Berufung auf", "beruft sich"})
"""Relays that may stand within the words for the speaker: "Angaben von X, die die Agentur Y verbreitete"."""
_LED = frozenset({"der", "dem", "den", "einem", "einer"})
REACH = 90
"""Code points between a relay's word and the name it belongs to."""


@dataclass(frozen=True, slots=True)
class Relay:
    """An entity that passed words on, or (with `origin`) from whom the speaker has them."""

    entity: str
    span: Span
    word: str
    origin: bool = False


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A word that makes the name after it (or before it) a relay; `media` asks for a medium."""

    regex: re.Pattern[str]
    word: str
    before: bool = False
    media: bool = False
    origin: bool = False
    near: bool = False
    """The name must follow at once: "im Deutschlandfunk"."""
    told: bool = False
    """Asks for a medium, but takes any organisation by name."""


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


_PATTERNS = (
    _Pattern(_compiled("laut|gemäß"), "laut"),
    _Pattern(_compiled("zufolge"), "zufolge", before=True),
    _Pattern(
        _compiled(
            r"nach\s+(?:(?:den|einem|einer)\s+)?"
            r"(?:Angaben|Informationen|Darstellung|Berichten?|Meldung|Meldungen|Worten|Aussagen|Auskunft)"
        ),
        "nach",
    ),
    _Pattern(_compiled(r"unter\s+(?:Berufung|Hinweis|Verweis)\s+auf"), "unter Berufung auf", origin=True),
    _Pattern(_compiled(r"gegenüber"), "gegenüber", media=True),
    _Pattern(_compiled(r"(?:Interview|Gespräch|Telefonat)\s+(?:mit|bei)"), "Interview", told=True),
    _Pattern(
        _compiled(r"(?:Interview|Gespräch|Gastbeitrag|Beitrag)\s+(?:in|im|bei|für|des|der)"), "Interview", media=True
    ),
    _Pattern(
        _compiled(r"(?:berichtet|berichtete|berichteten|berichten|meldet|meldete|meldeten|zitiert|zitierte)"),
        "berichtet",
        media=True,
    ),
    _Pattern(
        _compiled(r"(?:beruft|berief|berufen|beriefen|stützt|stützte)\s+sich\s+(?:dabei\s+)?auf"),
        "beruft sich",
        origin=True,
    ),
    _Pattern(_compiled(r"im|in\s+der|bei"), "in", media=True, near=True),
    _Pattern(_compiled(r"vorliegt|vorliegen|vorlag|vorlagen|einsehen|eingesehen"), "vorliegt", before=True),
    _Pattern(_compiled(r"wie|so"), "wie", media=True),
    _Pattern(
        _compiled(r"verbreitete|verbreiteten|weiterverbreitete|veröffentlichte|veröffentlichten"),
        "verbreitet",
        before=True,
    ),
)


def find_relays(people: People, start: int, end: int) -> Iterator[Relay]:
    """Relays named in [start, end) by a preposition or verb, in order of the text."""
    found: list[Relay] = []
    for pattern in _PATTERNS:
        for match in pattern.regex.finditer(people.text, start, end):
            relay = (
                _after(people, match.end(), end, pattern)
                if not pattern.before
                else _before(people, start, match.start(), pattern)
            )
            if relay is not None:
                found.append(relay)
    found += _cited_by(people, start, end)
    found += _quoting(people, start, end)
    seen: set[str] = set()
    for relay in sorted(found, key=lambda r: (r.span.start, r.span.end, r.word)):
        if relay.entity not in seen:
            seen.add(relay.entity)
            yield relay


def _after(people: People, at: int, end: int, pattern: _Pattern) -> Relay | None:
    stop = _clause_end(people.text, at, min(end, at + (NEAR if pattern.near else REACH)))
    titled = _TITLE.match(people.text, at, stop)
    if titled is not None and not people.over(*titled.span(1)) and people.mediated(Span(*titled.span(1))):
        title = people.name_at(*titled.span(1))
        return Relay(title[0], title[1], pattern.word, pattern.origin) if title else None
    for mention in people.within(at, stop):
        if _speaks(people, mention) and _suits(people, mention, pattern) and mention.form != "pronoun":
            return Relay(mention.entity, mention.span, pattern.word, pattern.origin)
        if not (pattern.media or pattern.told):
            break
    if pattern.media or pattern.told or pattern.origin:
        return None
    lead = people.text[at:stop].lstrip()
    if not lead or not (lead[0].isupper() or lead[0] in '„"»' or lead.split()[0] in _LED):
        return None
    named = people.name_at(at, stop)
    return Relay(named[0], named[1], pattern.word, pattern.origin) if named else None


NEAR = 25
"""Code points within which a medium follows "im", "in der"."""
_TITLE = re.compile(r"\s+(?:(?:der|dem|den|die|das)\s+)?([„\"»][^“\"«]{2,30}[“\"«])")


def _suits(people: People, mention: Mention, pattern: _Pattern) -> bool:
    if pattern.media:
        return people.medium(mention)
    return people.told(mention) if pattern.told else True


def _before(people: People, start: int, at: int, pattern: _Pattern) -> Relay | None:
    """The name that ends right before "zufolge"."""
    for mention in reversed(people.within(max(start, at - REACH), at)):
        if not people.text[mention.end : at].strip(' “"«)'):
            return Relay(mention.entity, mention.span, pattern.word) if _speaks(people, mention) else None
    lead = _NAMED_BEFORE.search(people.text[max(start, at - REACH) : at])
    if lead is None:
        return None
    named = people.name_at(max(start, at - REACH) + lead.start(1), at)
    return Relay(named[0], named[1], pattern.word) if named else None


_NAMED_BEFORE = re.compile(r"(?:Agentur|Zeitung|Sender|Magazin|Portal|Blatt)\s+([A-ZÄÖÜ„][^,;:]{1,40})$")


_BY = re.compile(r"(?<!\w)(?:von|vom|durch)(?!\w)")
_CITED = re.compile(r"(?<!\w)(?:zitiert|wiedergegeben|verbreitet|zitierten)(?!\w)")


_RELY = re.compile(
    r"(?<!\w)auf\s+(?:die|den|das)\s+sich\s+(?=[^,;.]{3,80}?\s(?:berufen|beruft|beriefen|berief|stützt|stützen)(?!\w))"
)
_QUOTES = re.compile(r"(?<!\w)(?:zitiert|zitierte|zitieren|zitierten)(?!\w)")


def _quoting(people: People, start: int, end: int) -> Iterator[Relay]:
    """ "Die Zeitung Y zitiert einen Augenzeugen": Y; "…, auf die sich mehrere Medien berufen": the media."""
    found = _QUOTES.search(people.text, start, end)
    if found is not None and not _BY.search(people.text, start, found.start()):
        before = [m for m in people.within(start, found.start()) if _speaks(people, m)]
        if before and people.is_paper(before[-1]):
            yield Relay(before[-1].entity, before[-1].span, "zitiert")
    for match in _RELY.finditer(people.text, start, end):
        behind = [m for m in people.within(match.end(), min(end, match.end() + REACH)) if _speaks(people, m)]
        if behind:
            yield Relay(behind[0].entity, behind[0].span, "beruft sich")


def _cited_by(people: People, start: int, end: int) -> Iterator[Relay]:
    """ "wird X von Y zitiert": Y; "zitiert Y den Minister": Y as well, if it is a medium."""
    cited = _CITED.search(people.text, start, end)
    if cited is None:
        return
    for match in _BY.finditer(people.text[start : cited.start()]):
        listed = [m for m in people.within(start + match.end(), cited.start()) if m.kind in SPEAKING]
        if listed:
            if _speaks(people, listed[0]):
                yield Relay(listed[0].entity, listed[0].span, "zitiert")
            continue
        named = people.name_at(start + match.end(), cited.start())
        if named is not None and not people.silent(named[0]):
            yield Relay(named[0], named[1], "zitiert")


def _speaks(people: People, mention: Mention) -> bool:
    return people.passes_on(mention)


def _clause_end(text: str, at: int, stop: int) -> int:
    for i in range(at, stop):
        if text[i] in ",;:\n":
            return i
    return stop
