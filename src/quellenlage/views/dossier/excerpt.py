"""What stands on one page of an archive, chosen by its identifiers, as a dossier with only these sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from quellenlage.errors import NotFound
from quellenlage.model import ChronicleEntry, Conflict, Entity, Event, Origin
from quellenlage.views.dossier.contents import Dossier, Line
from quellenlage.views.holdings import ClaimLine, Holdings
from quellenlage.views.locale import Words

T = TypeVar("T")
ExcerptKind = Literal["chronicle", "claims", "conflicts", "entity", "sources"]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Identifiers of what a page shows, in its order: events, claims (their keys), conflicts, entities, origins.

    Events stand in the order of time, whatever the order here, as everywhere.
    """

    kind: ExcerptKind
    title: str
    events: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the identifiers of an excerpt stand for."""

    entries: tuple[ChronicleEntry, ...]
    events: tuple[Event, ...]
    claims: tuple[ClaimLine, ...]
    conflicts: tuple[Conflict, ...]
    entities: tuple[Entity, ...]
    origins: tuple[Origin, ...]


def chosen(excerpt: Excerpt, holdings: Holdings) -> Chosen:
    """Look an excerpt up.

    Raises:
        NotFound: there is nothing of one of these identifiers in the archive.
    """
    aliases, linked = holdings.linked.aliases, holdings.linked
    events = tuple(_found(aliases.get(one, one), holdings.events) for one in excerpt.events)
    entries = tuple(sorted(_entries(events, holdings), key=_when))
    claims = {claim.key: claim for claim in holdings.claims} if excerpt.claims else {}
    conflicts = {conflict.id: conflict for conflict in linked.conflicts}
    return Chosen(
        entries,
        tuple(holdings.events[entry.event] for entry in entries),
        tuple(_found(one, claims) for one in excerpt.claims),
        tuple(_found(one, conflicts) for one in excerpt.conflicts),
        tuple(_found(aliases.get(one, one), holdings.entities) for one in excerpt.entities),
        tuple(_found(aliases.get(one, one), holdings.origins) for one in excerpt.origins),
    )


def _found(identifier: str, known: dict[str, T]) -> T:
    if identifier not in known:
        raise NotFound("Nothing in the archive has the identifier {name}.", name=identifier)
    return known[identifier]


def _entries(events: tuple[Event, ...], holdings: Holdings) -> Iterator[ChronicleEntry]:
    """The line of each event; one that the chronicle has no line for is told by its first account."""
    lines = {entry.event: entry for entry in holdings.linked.chronicle}
    for event in dict.fromkeys(events):
        yield lines.get(event.id) or ChronicleEntry(
            event.id,
            "",
            0,
            event.accounts[0].evidence,
            event.event_type,
            event.factuality,
            event.time,
            event.earliest,
            event.latest,
        )


def _when(entry: ChronicleEntry) -> tuple[bool, str, int, str]:
    return (entry.earliest is None, entry.earliest.isoformat() if entry.earliest else "", entry.position, entry.event)


def make_excerpt(excerpt: Excerpt, holdings: Holdings, words: Words) -> Dossier:
    """The dossier of an excerpt; a section that it has nothing for is left out, unless it is all there is.

    Raises:
        NotFound: there is nothing of one of these identifiers in the archive.
    """
    found = chosen(excerpt, holdings)
    lines = tuple(Line(n, entry, holdings.events[entry.event]) for n, entry in enumerate(found.entries, 1))
    told = {account.member.article for line in lines for account in line.event.accounts}
    told |= {claim.article for claim in found.claims}
    told |= {side.evidence.article for conflict in found.conflicts for side in conflict.sides}
    if excerpt.kind == "entity":
        told |= {member.article for entity in found.entities for member in entity.members}
    told |= {article for origin in found.origins for article in (*origin.articles, *origin.relayed)}
    present = {
        "people": found.entities,
        "chronicle": found.entries,
        "claims": found.claims,
        "conflicts": found.conflicts,
        "sources": found.origins,
    }
    main = "people" if excerpt.kind == "entity" else excerpt.kind
    return Dossier(
        title=excerpt.title,
        holdings=holdings,
        words=words,
        lines=lines,
        conflicts=found.conflicts,
        claims=found.claims,
        entities=found.entities,
        origins=found.origins,
        reuses=holdings.linked.reuses if found.origins else (),
        articles=tuple(article for article in holdings.citations if article in told),
        whole=False,
        sections=tuple(name for name, content in present.items() if content or name == main),
    )
