"""Records of the archive for answers: as on the command line, with all citations that they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from quellenlage.model import Archive, Event, Statement
from quellenlage.model.listing import EntityCard, OriginCard, StoryCard
from quellenlage.views.holdings import Holdings
from quellenlage.views.records import Record, entry_record, event_record, statement_record
from quellenlage.views.shelves import citation_of


def cite_all(archive: Archive, holdings: Holdings, articles: Iterable[str]) -> None:
    """Add citations that pages have no need of and records have: those of every account and print."""
    missing = {one for one in articles if one not in holdings.citations}
    if missing:
        holdings.citations.update({card.article: citation_of(card) for card in archive.citations(missing)})


def shorten(archive: Archive, holdings: Holdings, most: int) -> None:
    """Keep so many accounts of each event, and cite all of these."""
    for event in list(holdings.events.values()):
        holdings.events[event.id] = replace(event, accounts=event.accounts[:most])
    cite_all(archive, holdings, (a.evidence.article for e in holdings.events.values() for a in e.accounts))


def event_records(archive: Archive, holdings: Holdings, events: Sequence[str], most: int) -> list[Record]:
    """Events in the order asked for, with so many accounts each."""
    totals = {event.id: len(event.accounts) for event in holdings.events.values()}
    shorten(archive, holdings, most)
    found = (holdings.events[one] for one in events if one in holdings.events)
    return [counted(event_record(event, holdings), totals[event.id]) for event in found]


def line_records(archive: Archive, holdings: Holdings, events: Sequence[str], most: int) -> list[Record]:
    """Lines of the chronicle of these events, with so many accounts each."""
    totals = {event.id: len(event.accounts) for event in holdings.events.values()}
    shorten(archive, holdings, most)
    entries = {entry.event: entry for entry in holdings.linked.chronicle}
    return [counted(entry_record(entries[one], holdings), totals[one]) for one in events if one in entries]


def counted(record: Record, accounts: int) -> Record:
    """A record of an event with how many accounts of it there are."""
    return {**record, "accounts_total": accounts}


def full_event(archive: Archive, event: Event, holdings: Holdings) -> Record:
    """An event with all its accounts."""
    cite_all(archive, holdings, (account.evidence.article for account in event.accounts))
    return counted(event_record(event, holdings), len(event.accounts))


def full_statement(archive: Archive, statement: Statement, holdings: Holdings) -> Record:
    """A statement with all its prints."""
    cite_all(archive, holdings, (e.article for r in statement.retellings for e in r.evidence))
    return statement_record(statement, holdings)


def entity_item(card: EntityCard) -> Record:
    """An entity in a list."""
    counts = {"articles": card.articles, "events": card.events, "claims": card.claims}
    return {"record": "entity", "id": card.id, "kind": card.kind.value, "name": card.name, "counts": counts}


def story_item(card: StoryCard) -> Record:
    """A story in a list."""
    return {
        "record": "story",
        "id": card.id,
        "title": card.title,
        "made": card.made,
        "earliest": card.earliest.isoformat() if card.earliest else None,
        "latest": card.latest.isoformat() if card.latest else None,
        "counts": {"articles": card.articles, "lines": card.lines},
    }


def source_item(card: OriginCard) -> Record:
    """An origin in a list."""
    counts = {
        "articles": card.articles,
        "events": card.events,
        "reprints": card.reprints,
        "relayed": card.relayed,
    }
    return {"record": "origin", "id": card.id, "kind": card.kind.value, "name": card.name, "counts": counts}
