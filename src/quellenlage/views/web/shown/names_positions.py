"""What somebody said in the course of time; beside a word that differs from an earlier one stands the earlier one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from quellenlage.model import Archive, Event, Linked, Statement
from quellenlage.model.listing import ClaimCard, ClaimOrder, ClaimQuestion, Wanted
from quellenlage.story.positions import Change, Position, positions
from quellenlage.views.holdings import ClaimLine, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.shelves import holdings_of_claims
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.claims import ShownClaim, shown_claim
from quellenlage.views.web.shown.claims_grouped import beginning_here
from quellenlage.views.wording.dates import date_words
from quellenlage.views.wording.lines import event_title
from quellenlage.views.wording.statements import standing

LOOKED = 200
"""Claims of a speaker, the newest, among which changes are looked for where only these are asked for."""

SIZE = 15
"""Claims on one page."""


@dataclass(frozen=True, slots=True)
class ShownChange:
    """An earlier word: how it stood and when; `event` is what both are about, empty where they are of one content."""

    stood: str
    when: str
    claim: ShownClaim
    event: str
    event_href: str


@dataclass(frozen=True, slots=True)
class ShownPosition:
    """Once that the speaker spoke: the day, how the words stand, how often printed, of which events."""

    when: str
    standing: list[str]
    printed: str
    claim: ShownClaim
    statement_href: str
    events: list[tuple[str, str]]
    changes: list[ShownChange]


@dataclass(frozen=True, slots=True)
class Course:
    """A part of what somebody said: `total` claims there are; not `complete`: looked for among the newest only."""

    shown: list[ShownPosition]
    total: int
    capped: bool = False
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Asking:
    """What of a speaker's words is asked for."""

    speaker: str
    about: str = ""
    changes: bool = False
    newest: bool = False
    offset: int = 0


def course(archive: Archive, asking: Asking, words: Words) -> Course:
    """What a speaker said in order of time, a page of it; what differs from before is marked wherever it is shown."""
    question = ClaimQuestion(speakers=(asking.speaker,), about=asking.about)
    return _changes(archive, question, asking, words) if asking.changes else _page(archive, question, asking, words)


def _page(archive: Archive, question: ClaimQuestion, asking: Asking, words: Words) -> Course:
    order: ClaimOrder = "-time" if asking.newest else "time"
    found = archive.claims(question, offset=asking.offset, limit=SIZE, order=order)
    here = [card.key for card in found.items]
    groups = {one.position: one.keys for one in _said(archive, asking.speaker, found.items)}
    names = {str(number): position for number, position in enumerate(groups)}
    first = beginning_here(archive, question, order, here, {name: groups[one] for name, one in names.items()})
    listed = [names[name] for name in sorted(first, key=lambda name: here.index(first[name]))]
    return Course(_shown(archive, listed, words), found.total, found.more)


def _changes(archive: Archive, question: ClaimQuestion, asking: Asking, words: Words) -> Course:
    """Only what differs from before, among the newest claims."""
    found = archive.claims(question, limit=LOOKED, order="-time")
    keys = {card.key for card in found.items}
    said = (one for one in _said(archive, asking.speaker, found.items) if one.keys & keys)
    listed = [one.position for one in said if one.position.changes]  # what changes has a day, and they are in order
    if asking.newest:
        listed.reverse()
    part = listed[asking.offset : asking.offset + SIZE]
    return Course(_shown(archive, part, words), len(listed), complete=found.total <= LOOKED)


@dataclass(frozen=True, slots=True)
class _Said:
    """A position with the keys of its claims."""

    position: Position
    keys: frozenset[str]


def _said(archive: Archive, speaker: str, cards: Collection[ClaimCard]) -> list[_Said]:
    """Positions of a speaker in order of time: those of some claims, and all that theirs may differ from.

    These are what the speaker said of the same events, and statements that the link found to be contrary.
    """
    statements = _by_id(archive.portion(Wanted(claims=[card.key for card in cards])).linked.statements)
    told = archive.parts_of(archive.events_in(dict.fromkeys(card.article for card in cards))).events
    keys = {retelling.claim for one in statements.values() for retelling in one.retellings}
    events = [event for event in told if any(account.claim in keys for account in event.accounts)]
    beside = {claim for event in events for claim in _claims_of(event, speaker)} - keys
    if beside:
        statements = _by_id(archive.portion(Wanted(claims=beside)).linked.statements) | statements
    contrary = {r.statement for one in statements.values() for r in one.related if r.kind == "contrary"}
    statements |= _by_id(archive.parts_of(contrary - statements.keys()).statements)
    claim_of = {retelling.member: retelling.claim for one in statements.values() for retelling in one.retellings}
    found = positions(Linked(statements=tuple(statements.values()), events=tuple(events)), frozenset({speaker}))
    return [_Said(one, frozenset(claim_of[member] for member in one.members)) for one in found]


def _by_id(statements: Iterable[Statement]) -> dict[str, Statement]:
    return {one.id: one for one in statements}


def _claims_of(event: Event, speaker: str) -> list[str]:
    """Claims on whose word of the speaker's an event is told."""
    return [a.claim for a in event.accounts if a.claim and a.chain and speaker in a.chain[0]]


def _shown(archive: Archive, part: list[Position], words: Words) -> list[ShownPosition]:
    keys = dict.fromkeys(r.claim for one in part for r in (one.retelling, *(c.before for c in one.changes)))
    events = {event for one in part for event in one.events}
    events |= {change.event for one in part for change in one.changes if change.event}
    holdings = holdings_of_claims(archive, list(keys), events=events)
    claims = {claim.key: claim for claim in holdings.claims}
    return [_position(one, claims, holdings, words) for one in part if one.retelling.claim in claims]


def _position(one: Position, claims: Mapping[str, ClaimLine], holdings: Holdings, words: Words) -> ShownPosition:
    claim = claims[one.retelling.claim]
    return ShownPosition(
        when=date_words(one.days, words),
        standing=standing(one.retelling, claim, words),
        printed=words.count("statement.printed", len({member.article for member in one.members})),
        claim=shown_claim(claim, holdings, words),
        statement_href=page_of(one.statement),
        events=[
            (event_title(holdings.events[event], holdings, words), page_of(event))
            for event in one.events
            if event in holdings.events
        ],
        changes=[_change(change, claims, holdings, words) for change in one.changes if change.before.claim in claims],
    )


def _change(change: Change, claims: Mapping[str, ClaimLine], holdings: Holdings, words: Words) -> ShownChange:
    before = change.before
    event = holdings.events.get(change.event or "")
    return ShownChange(
        stood=", ".join(standing(before, claims[before.claim], words)),
        when=date_words(before.interval, words),
        claim=shown_claim(claims[before.claim], holdings, words),
        event=event_title(event, holdings, words) if event else "",
        event_href=page_of(event.id) if event else "",
    )
