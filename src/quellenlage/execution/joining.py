"""What a link of few articles says of the new ones among them, joined to what the archive has.

Old things change only where something new joins them: they get further members, accounts, prints and sides, and what is
computed of these. Where all old accounts of an event were in the small link, it knows the event whole; of others only
what is new is added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from quellenlage.execution.mapping import Archived
from quellenlage.model import (
    FIRMNESS,
    Account,
    Conflict,
    Corrected,
    Entity,
    Event,
    Occasion,
    Origin,
    RevisionKind,
    Statement,
    content_id,
    fold,
)


def join_entity(old: Entity | None, found: Sequence[Entity], new: Collection[str]) -> Entity:
    """An entity with the members that new articles have of it; without an old one the first found is it."""
    before = old.members if old else ()
    members = [m for e in found for m in e.members if m.article in new and m not in before]
    quoted = [q for e in found for q in e.evidence if q.article in new]
    held = [o for e in found for o in e.offices if o.evidence.article in new]
    known = len(found) == 1 and len(before) <= len(found[0].members)
    whole = known and set(before) <= set(found[0].members)
    told = {fold(q.exact) for q in quoted}
    spelled = [s for e in found for s in e.spellings if whole or fold(s) in told]
    base = old or found[0]
    return replace(
        base,
        name=found[0].name if whole else base.name,
        members=(*before, *dict.fromkeys(members)),
        spellings=tuple(dict.fromkeys((*(old.spellings if old else ()), *spelled))),
        offices=(*(old.offices if old else ()), *held),
        evidence=(*(old.evidence if old else ()), *quoted),
        reasons=tuple(dict.fromkeys((*base.reasons, *(r for e in found for r in e.reasons)))),
        place=found[0].place if whole else base.place or found[0].place,
    )


def join_event(old: Event | None, found: Sequence[Event], new: Collection[str], revised: Collection[str]) -> Event:
    """An event with the accounts of new articles; accounts of `revised` articles no longer stand."""
    if old is None:
        accounts = tuple(a for v in found for a in v.accounts if a.member.article in new)
        return replace(found[0], accounts=accounts)
    now = {a.member: a for v in found for a in v.accounts}
    kept = [
        replace(a, revised=now[a.member].revised) if a.member.article in revised and a.member in now else a
        for a in old.accounts
    ]
    there = {a.member for a in old.accounts}
    more = [a for a in now.values() if a.member.article in new and a.member not in there]
    accounts = (*kept, *more)
    whole = len(found) == 1 and {m for m in now if m.article not in new} == there
    event = found[0] if whole else _widened(old, found)
    links = {link.event: link for link in (*old.links, *event.links) if link.event != old.id}
    return replace(event, id=old.id, accounts=accounts, links=tuple(links.values()), revised=_revised(accounts))


def _widened(old: Event, found: Sequence[Event]) -> Event:
    """An old event of which the small link knows a part, with what that adds."""
    told = {old.factuality, *(v.factuality for v in found)}
    dated = next((v for v in (old, *found) if v.correction("time")), None)
    dated = dated or next((v for v in (old, *found) if v.earliest), old)
    placed = next((v for v in (old, *found) if v.correction("place")), None)
    typed = next((v for v in (old, *found) if v.correction("type")), old)
    corrected = {one.field: one for v in (*reversed(found), old) for one in v.corrected}
    return replace(
        old,
        event_type=typed.event_type,
        actors=tuple(dict.fromkeys((*old.actors, *(one for v in found for one in v.actors)))),
        recipients=tuple(dict.fromkeys((*old.recipients, *(one for v in found for one in v.recipients)))),
        place=placed.place if placed else old.place or found[0].place,
        time=dated.time,
        earliest=dated.earliest,
        latest=dated.latest,
        factuality=next(f for f in FIRMNESS if f in told),
        reasons=tuple(dict.fromkeys((*old.reasons, *(r for v in found for r in v.reasons)))),
        corrected=tuple(corrected[field] for field in Corrected.FIELDS if field in corrected),
    )


def _revised(accounts: Sequence[Account]) -> RevisionKind | None:
    kinds = {a.revised for a in accounts}
    if None in kinds:
        return None
    if len(kinds) == 1:
        return kinds.pop()
    return RevisionKind.CORRECTED if RevisionKind.CORRECTED in kinds else RevisionKind.UPDATED


def join_statement(old: Statement | None, found: Sequence[Statement], new: Collection[str]) -> Statement:
    """A statement with the prints of new articles, each on the occasion that the small link puts it to."""
    base = old.retellings if old else ()
    there = {told.member for told in base}
    more = [t for s in found for t in s.retellings if t.member.article in new and t.member not in there]
    if old and len(found) == 1 and {t.member for t in found[0].retellings if t.member.article not in new} == there:
        return replace(found[0], retellings=(*base, *more))
    occasions = list(old.occasions) if old else []
    for occasion in (o for s in found for o in s.occasions):
        members = tuple(m for m in occasion.members if m.article in new and m not in there)
        if not members:
            continue
        at = next((n for n, o in enumerate(occasions) if not set(o.members).isdisjoint(occasion.members)), None)
        if at is None:
            _insert(occasions, replace(occasion, members=members))
        else:
            occasions[at] = replace(occasions[at], members=(*occasions[at].members, *members))
    return replace(old or found[0], retellings=(*base, *more), occasions=tuple(occasions))


def _insert(occasions: list[Occasion], one: Occasion) -> None:
    """In order of time, the undated last."""
    later = (n for n, o in enumerate(occasions) if o.earliest is None or (one.earliest and o.earliest > one.earliest))
    occasions.insert(next(later, len(occasions)) if one.earliest else len(occasions), one)


def join_origin(old: Origin | None, found: Sequence[Origin], new: Collection[str]) -> Origin:
    """An origin with the new articles that rest on it."""

    def joined(before: Sequence[str], now: Iterable[Sequence[str]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*before, *(article for listed in now for article in listed if article in new))))

    base = old or replace(found[0], articles=(), reprints=(), relayed=())
    return replace(
        base,
        articles=joined(base.articles, (o.articles for o in found)),
        reprints=joined(base.reprints, (o.reprints for o in found)),
        relayed=joined(base.relayed, (o.relayed for o in found)),
    )


def join_conflict(old: Conflict | None, found: Conflict, new: Collection[str]) -> Conflict:
    """A conflict with the sides that new articles take."""
    if old is None:
        return found
    quoted = {(s.evidence.article, s.evidence.start, s.evidence.end) for s in old.sides}
    more = [s for s in found.sides if s.evidence.article in new]
    more = [s for s in more if (s.evidence.article, s.evidence.start, s.evidence.end) not in quoted]
    grades = [c.grade for c in (old, found)]
    return replace(
        old,
        sides=(*old.sides, *more),
        grade=min(grades, key=list(type(old.grade)).index),
        reasons=tuple(dict.fromkeys((*old.reasons, *found.reasons))),
    )


def named_after(conflict: Conflict, archived: Archived) -> Conflict:
    """A conflict of the small link under the identifier that it has in the archive."""
    one = archived.put(conflict)
    return replace(one, id=content_id("cfl", one.event, one.kind, one.about))


def without(conflict: Conflict, articles: Collection[str]) -> Conflict | None:
    """A conflict without the sides of articles that no longer stand; None where it is none then."""
    sides = tuple(s for s in conflict.sides if s.evidence.article not in articles)
    return None if len(sides) < 2 else replace(conflict, sides=sides)
