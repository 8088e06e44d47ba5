"""What an export holds: the whole archive, or what belongs to the lines of the chronicle that were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quellenlage.model import ChronicleEntry, Conflict, Entity, Event, Origin, Story
from quellenlage.views.exports.facts import title_of
from quellenlage.views.holdings import Chain, ClaimLine, Holdings, Selection


@dataclass(frozen=True, slots=True)
class Part:
    """Everything in the order of the archive; `lines` are the chronicle's, `events` also hold what has no line.

    Of a selection there are only events with a line, with the claims behind them, and who and what they name.
    """

    lines: Sequence[ChronicleEntry]
    events: tuple[Event, ...]
    claims: tuple[ClaimLine, ...]
    entities: Sequence[Entity]
    origins: tuple[Origin, ...]
    articles: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    stories: Sequence[Story]
    titles: dict[str, str]
    """Titles of all stories by identifier."""


def part_of(holdings: Holdings, selection: Selection | None = None) -> Part:
    """All that an archive holds, or the selection of it."""
    linked = holdings.linked
    titles = {story.id: title_of(story, holdings) for story in linked.stories}
    if selection is None:
        return Part(
            linked.chronicle,
            _in_time(holdings),
            tuple(holdings.claims),
            linked.entities,
            linked.origins,
            tuple(holdings.citations),
            linked.conflicts,
            linked.stories,
            titles,
        )
    lines = tuple(e for e in linked.chronicle if _taken(e, selection, holdings))
    events = tuple(holdings.events[e.event] for e in lines)
    keys = {a.claim for event in events for a in event.accounts if a.claim}
    claims = tuple(c for c in holdings.claims if c.key in keys)
    chosen = {event.id for event in events}
    conflicts = tuple(c for c in linked.conflicts if c.event in chosen)
    named = {linked.aliases.get(one, one) for one in _named(events, claims, conflicts)}
    told = {a.member.article for event in events for a in event.accounts}
    told |= {a.reprint_of for event in events for a in event.accounts if a.reprint_of}
    told |= {side.evidence.article for conflict in conflicts for side in conflict.sides}
    stories = {story for line in lines for story in (line.story, *line.also)}
    if selection.stories is not None:
        stories &= selection.stories
    return Part(
        lines,
        events,
        claims,
        tuple(e for e in linked.entities if e.id in named),
        tuple(o for o in linked.origins if o.id in named or told.intersection(o.articles)),
        tuple(a for a in holdings.citations if a in told),
        conflicts,
        tuple(s for s in linked.stories if s.id in stories),
        titles,
    )


def _taken(entry: ChronicleEntry, selection: Selection, holdings: Holdings) -> bool:
    """Whether a line is asked for, in its own story or in one that people made."""
    return any(selection.takes(holdings.events[entry.event], story) for story in (entry.story, *entry.also))


def _in_time(holdings: Holdings) -> tuple[Event, ...]:
    """Events as the chronicle has them, then those without a line."""
    told = dict.fromkeys(entry.event for entry in holdings.linked.chronicle)
    rest = (event for event in holdings.linked.events if event.id not in told)
    return (*(holdings.events[one] for one in told), *rest)


def _named(events: Iterable[Event], claims: Iterable[ClaimLine], conflicts: Iterable[Conflict]) -> Iterator[str]:
    for event in events:
        borne = event.corroboration
        yield from (*event.actors, *event.recipients, *borne.origins)
        yield from (one for voice in borne.informants for one in voice.split("+"))
        yield from (one for one in (event.place,) if one)
        for account in event.accounts:
            yield from _linked(account.chain)
            yield from (one for one in (account.place, account.origin) if one)
            for figure in account.figures:
                yield from _linked(figure.word_of)
    for claim in claims:
        yield from (*_linked(claim.chain), *claim.told)
    for conflict in conflicts:
        for side in conflict.sides:
            yield from (*_linked(side.chain), side.value)


def _linked(chain: Chain) -> Iterator[str]:
    yield from (one for link in chain for one in link)
