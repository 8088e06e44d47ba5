"""Everything that spans articles, less what was deleted: what views show until the next build links anew.

Pure functions. They only take away and never compute: what rested on several sources keeps the others, what
is left without any goes. The identifier of what remains stays the same here; the next link gives it that of
its first remaining member and leaves the old one as an alias.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from quellenlage.model import (
    FORGOTTEN,
    Account,
    Camp,
    ChronicleEntry,
    Conflict,
    Corrected,
    Corroboration,
    Doubt,
    Entity,
    Event,
    Linked,
    Member,
    Origin,
    Side,
    Statement,
    Story,
    fold,
)

Chain = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Remaining:
    """What the articles that stay say by themselves: names of local entities, headlines."""

    names: Mapping[Member, str]
    headlines: Mapping[str, str | None]


def without_article(linked: Linked, article: str, remaining: Remaining) -> Linked:
    """Take out all that rests on one article alone."""
    entities = tuple(e for e in (_entity(e, article, remaining) for e in linked.entities) if e)
    gone = {e.id for e in linked.entities} - {e.id for e in entities}
    touched = frozenset(e.id for e in linked.entities if any(m.article == article for m in e.members))
    origins = tuple(o for o in (_origin(o, article) for o in linked.origins) if o)
    events = tuple(e for e in (_event(e, article) for e in linked.events) if e)
    thinned = replace(
        linked,
        entities=entities,
        doubts=tuple(d for d in linked.doubts if touched.isdisjoint(_whose(d, linked.aliases))),
        references=tuple(m for m in linked.references if m.entity not in touched),
        origins=origins,
        reuses=tuple(r for r in linked.reuses if article not in (r.article, r.earlier)),
        revisions=tuple(r for r in linked.revisions if article not in (r.article, r.earlier)),
        events=events,
        conflicts=tuple(
            c
            for c in (_conflict(c, [s for s in c.sides if s.evidence.article != article]) for c in linked.conflicts)
            if c
        ),
        stories=tuple(s for s in (_story(s, article, remaining) for s in linked.stories) if s),
        statements=tuple(s for s in (_statement(s, article) for s in linked.statements) if s),
    )
    return _consistent(without_people(thinned, gone), article)


def without_people(linked: Linked, gone: Iterable[str]) -> Linked:
    """Take out entities; where one was a link of a chain, an unnamed link stays, and no word changes hands."""
    out = frozenset(gone)
    if not out:
        return linked
    return replace(
        linked,
        entities=tuple(e for e in linked.entities if e.id not in out),
        events=tuple(_event_without(e, out) for e in linked.events),
        conflicts=tuple(
            replace(c, sides=tuple(replace(s, chain=_chain_without(s.chain, out)) for s in c.sides))
            for c in linked.conflicts
        ),
        statements=tuple(replace(s, speakers=tuple(p for p in s.speakers if p not in out)) for s in linked.statements),
        doubts=tuple(d for d in linked.doubts if out.isdisjoint(_whose(d, linked.aliases))),
        references=tuple(m for m in linked.references if m.entity not in out),
        aliases={old: new for old, new in linked.aliases.items() if new not in out},
    )


def _whose(doubt: Doubt, aliases: Mapping[str, str]) -> tuple[str, str]:
    """Identifiers of the entities that a doubt is about."""
    return aliases.get(doubt.one, doubt.one), aliases.get(doubt.other, doubt.other)


def without_passages(linked: Linked, articles: frozenset[str]) -> Linked:
    """Take out copied passages and changed sentences of versions: as long as the text itself, they are no citations."""
    return replace(
        linked,
        reuses=tuple(replace(r, passages=()) if r.article in articles else r for r in linked.reuses),
        revisions=tuple(
            r if articles.isdisjoint((r.article, r.earlier)) else replace(r, changes=()) for r in linked.revisions
        ),
    )


def without_notes(linked: Linked) -> Linked:
    """Blank why people corrected events, and the places they named, where some of that told of somebody forgotten."""
    events = (replace(e, corrected=tuple(_blanked(one) for one in e.corrected)) for e in linked.events)
    return replace(linked, events=tuple(events))


def _blanked(one: Corrected) -> Corrected:
    note = FORGOTTEN if one.note else ""
    return replace(one, note=note, value=FORGOTTEN if one.field == "place" else one.value)


def _entity(entity: Entity, article: str, remaining: Remaining) -> Entity | None:
    if all(m.article != article for m in entity.members):
        return entity
    members = tuple(m for m in entity.members if m.article != article)
    if not members:
        return None
    quoted = tuple(e for e in entity.evidence if e.article != article)
    said = [*(remaining.names.get(m, "") for m in members), *(e.exact for e in quoted)]
    still = {fold(s) for s in said if s}
    spellings = tuple(s for s in entity.spellings if fold(s) in still)
    name = entity.name if fold(entity.name) in still else next((s for s in said if s), members[0].local)
    return replace(
        entity,
        name=name,
        members=members,
        spellings=spellings,
        offices=tuple(o for o in entity.offices if o.evidence.article != article),
        evidence=quoted,
        reasons=(),
    )


def _origin(origin: Origin, article: str) -> Origin | None:
    if article not in (*origin.articles, *origin.reprints, *origin.relayed):
        return origin
    articles = tuple(a for a in origin.articles if a != article)
    reprints = tuple(a for a in origin.reprints if a != article)
    relayed = tuple(a for a in origin.relayed if a != article)
    if not (articles or reprints or relayed):
        return None
    return replace(origin, articles=articles, reprints=reprints, relayed=relayed)


def _event(event: Event, article: str) -> Event | None:
    if all(article not in (a.member.article, a.evidence.article, a.reprint_of) for a in event.accounts):
        return event
    accounts = tuple(
        replace(
            a,
            reprint_of=None if a.reprint_of == article else a.reprint_of,
            figures=tuple(f for f in a.figures if f.evidence.article != article),
        )
        for a in event.accounts
        if article not in (a.member.article, a.evidence.article)
    )
    if not accounts:
        return None
    event = _still_corrected(event, article)
    dated = event.time is None or event.correction("time") or any(a.time == event.time for a in accounts)
    placed = event.correction("place") or any(a.place == event.place for a in accounts)
    return replace(
        event,
        accounts=accounts,
        place=event.place if placed else None,
        time=event.time if dated else None,
        earliest=event.earliest if dated else None,
        latest=event.latest if dated else None,
        corroboration=_corroboration(event.corroboration, accounts),
        reasons=(),
    )


def _still_corrected(event: Event, article: str) -> Event:
    """An event with what people corrected about tellings of other articles; a type is again what was read."""
    kept: list[Corrected] = []
    for one in event.corrected:
        members = tuple(m for m in one.members if m.article != article)
        if members:
            kept.append(replace(one, members=members))
        elif one.field == "type":
            event = replace(event, event_type=one.was)
    return replace(event, corrected=tuple(kept))


def _corroboration(before: Corroboration, accounts: tuple[Account, ...]) -> Corroboration:
    origins = {a.origin for a in accounts}
    informants = {e for a in accounts for link in a.chain[:1] for e in link} | origins
    return Corroboration(
        informants=tuple(i for i in before.informants if i in informants),
        origins=tuple(o for o in before.origins if o in origins),
        reprints=min(before.reprints, sum(a.reprint_of is not None for a in accounts)),
        camps=_camps(before.camps, informants | origins),
    )


def _camps(camps: tuple[Camp, ...], voices: Collection[str]) -> tuple[Camp, ...]:
    """Camps of the voices that are left, where it still has more than one of them."""
    left = []
    for camp in camps:
        kept = [place for place, voice in enumerate(camp.voices) if voice in voices]
        if len(kept) > 1:
            told = tuple(camp.reasons[place] for place in kept if place < len(camp.reasons))
            left.append(replace(camp, voices=tuple(camp.voices[place] for place in kept), reasons=told))
    return tuple(left)


def _conflict(conflict: Conflict, sides: list[Side]) -> Conflict | None:
    return replace(conflict, sides=tuple(sides)) if len({s.value for s in sides}) > 1 else None


def _story(story: Story, article: str, remaining: Remaining) -> Story | None:
    if article not in story.articles:
        return story
    articles = tuple(a for a in story.articles if a != article)
    if not articles:
        return None
    headlines = [h for h in (remaining.headlines.get(a) for a in articles) if h]
    title = story.title if story.made or story.title in headlines else next(iter(headlines), "")
    why = tuple(one for one in story.why if one.article != article)
    return replace(story, articles=articles, title=title, why=why)


def _statement(statement: Statement, article: str) -> Statement | None:
    """The statement without one article's prints; an occasion that no other article prints goes with them.

    An occasion dated by the article alone keeps no date: another print's day is not known to be that of saying.
    """
    if all(r.member.article != article for r in statement.retellings):
        return statement
    retellings = tuple(r for r in statement.retellings if r.member.article != article)
    if not retellings:
        return None
    days = {r.member: (r.earliest, r.latest) for r in retellings}
    occasions = []
    for occasion in statement.occasions:
        members = tuple(m for m in occasion.members if m.article != article)
        if members == occasion.members:
            occasions.append(occasion)
        elif members and (occasion.earliest, occasion.latest) in {days[m] for m in members}:
            occasions.append(replace(occasion, members=members, reasons=()))
        elif members:
            occasions.append(replace(occasion, members=members, earliest=None, latest=None, dated_by=None, reasons=()))
    return replace(statement, retellings=retellings, occasions=tuple(occasions), reasons=())


def _event_without(event: Event, out: frozenset[str]) -> Event:
    accounts = tuple(
        replace(
            a,
            chain=_chain_without(a.chain, out),
            place=None if a.place in out else a.place,
            figures=tuple(replace(f, word_of=_chain_without(f.word_of, out)) for f in a.figures),
        )
        for a in event.accounts
    )
    told = event.corroboration
    return replace(
        event,
        accounts=accounts,
        actors=tuple(a for a in event.actors if a not in out),
        recipients=tuple(a for a in event.recipients if a not in out),
        place=None if event.place in out else event.place,
        corroboration=replace(
            told,
            informants=tuple(i for i in told.informants if i not in out),
            camps=_camps(told.camps, {v for camp in told.camps for v in camp.voices} - out),
        ),
    )


def _chain_without(chain: Chain, out: frozenset[str]) -> Chain:
    return tuple(tuple(e for e in link if e not in out) for link in chain)


def _consistent(linked: Linked, article: str) -> Linked:
    """Let nothing point at what is no longer there; a chronicle line moves to a remaining account."""
    events = {e.id: e for e in linked.events}
    stories = {s.id for s in linked.stories}
    chronicle: list[ChronicleEntry] = []
    for entry in linked.chronicle:
        event = events.get(entry.event)
        if event is None or entry.story not in stories:
            continue
        kept = entry if entry.evidence.article != article else replace(entry, evidence=event.accounts[0].evidence)
        now = replace(kept, time=event.time, earliest=event.earliest, latest=event.latest)
        chronicle.append(replace(now, event_type=event.event_type))
    statements = {s.id for s in linked.statements}
    thinned = replace(
        linked,
        conflicts=tuple(c for c in linked.conflicts if c.event in events),
        statements=tuple(
            replace(s, related=tuple(r for r in s.related if r.statement in statements)) for s in linked.statements
        ),
        stories=tuple(replace(s, events=tuple(e for e in s.events if e in events)) for s in linked.stories),
        chronicle=tuple(chronicle),
    )
    here = {i.id for group in (thinned.entities, thinned.origins, thinned.stories) for i in group}
    here |= set(events) | statements | {c.id for c in thinned.conflicts}
    return replace(thinned, aliases={old: new for old, new in thinned.aliases.items() if new in here})
