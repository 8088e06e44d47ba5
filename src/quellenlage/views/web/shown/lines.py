"""Lines of the chronicle as a template shows them."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.model import ChronicleEntry
from quellenlage.views.dossier.contents import lane_of
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.quotes import ShownQuote, shown_quote
from quellenlage.views.wording.corrections import event_marks
from quellenlage.views.wording.lines import (
    by_hand,
    conflict_words,
    corroboration_words,
    event_date,
    event_mark,
    participants,
    place_of,
)
from quellenlage.views.wording.numbers import merged_figures
from quellenlage.views.wording.told import best_account, entry_line


@dataclass(frozen=True, slots=True)
class ShownClash:
    """A conflict in one line."""

    told: str
    grade: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the chronicle: when, what, the sentence it rests on, and how far that carries.

    `iso` is the day where it is one; `told` is the line that grammar makes, else the names that take part.
    """

    event: str
    href: str
    when: str
    iso: str | None
    lane: str
    kind: str
    told: str
    factuality: str
    mark: str
    quote: ShownQuote
    borne: str
    figures: list[str]
    clashes: list[ShownClash]
    revised: list[str]
    accounts: int


def shown_line(entry: ChronicleEntry, holdings: Holdings, words: Words) -> ShownLine:
    """Word an entry of the chronicle."""
    event = holdings.events[entry.event]
    best = best_account(event, entry)
    interval = event.interval
    told = entry_line(entry, holdings, words, dated=False)
    if told is None:
        parts = (participants(event, holdings), by_hand(place_of(event, holdings), event, "place", words))
        told = " – ".join(part for part in parts if part)
    return ShownLine(
        event=event.id,
        href=page_of(event.id),
        when=event_date(event, holdings, words),
        iso=interval.value if interval and interval.days == 1 else None,
        lane=lane_of(event.event_type),
        kind=by_hand(words.code("event", event.event_type), event, "type", words),
        told=told,
        factuality=event.factuality.value,
        mark=event_mark(event, words),
        quote=shown_quote(
            entry.evidence,
            holdings,
            words,
            mark=holdings.triggers.get((best.member.article, best.member.local)),
        ),
        borne=corroboration_words(event, words),
        figures=merged_figures((f for a in event.accounts for f in a.figures), words),
        clashes=[
            ShownClash(conflict_words(c, holdings, words), c.grade.value, page_of(c.id))
            for c in holdings.conflicts_of.get(event.id, ())
        ],
        revised=list(event_marks(event, holdings, words)),
        accounts=len(event.accounts),
    )
