"""What a link of few articles says of the new ones among them, as changes of the archive."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from quellenlage.execution.joining import (
    join_conflict,
    join_entity,
    join_event,
    join_origin,
    join_statement,
    named_after,
    without,
)
from quellenlage.execution.mapping import mapped
from quellenlage.execution.telling import Surroundings, goes_on, gone_on, with_lines
from quellenlage.model import (
    Archive,
    ChronicleEntry,
    Conflict,
    Document,
    Doubt,
    Entity,
    Event,
    Linked,
    Origin,
    Statement,
    Story,
)
from quellenlage.model.ports import Delta, Placed
from quellenlage.store import present
from quellenlage.story.affiliations import Affiliations
from quellenlage.story.corroboration import corroborate

Item = TypeVar("Item", Entity, Event, Statement, Origin)


def brought(
    archive: Archive, small: Linked, placed: Placed, documents: Sequence[Document], new: Collection[str]
) -> Delta:
    """What `new` articles bring.

    `small` is the link of them with their neighbours, which are `placed` in the archive; `documents` are both.
    """
    stand = archive.linked_stand()
    articles = stand.articles if stand else 0
    around = Surroundings(small, mapped(small, placed), placed, documents, frozenset(new), articles)
    return _Brought(archive, around).delta()


class _Brought:
    """The link of few articles beside what the archive has of the things that it touches."""

    def __init__(self, archive: Archive, around: Surroundings) -> None:
        self._archive = archive
        self._around = around
        self._small = small = around.small
        self._ids = around.ids
        self._new = around.new
        self._dct = {d.article.id: d.article.dct for d in around.documents if d.article.id in self._new}
        self._revisions = [r for r in small.revisions if not self._new.isdisjoint({r.article, r.earlier})]
        self._replaced = {r.earlier for r in self._revisions if r.whole and r.earlier} - self._new
        self._entities = [e for e in small.entities if any(m.article in self._new for m in e.members)]
        self._events = [v for v in small.events if any(self._tells(a.member.article) for a in v.accounts)]
        self._statements = [s for s in small.statements if any(t.member.article in self._new for t in s.retellings)]
        self._origins = [o for o in small.origins if not self._new.isdisjoint((*o.articles, *o.relayed))]
        self._sides = [c for c in small.conflicts if any(s.evidence.article in self._new for s in c.sides)]
        touched = (self._entities, self._events, self._statements, self._origins)
        named = [*(item.id for group in touched for item in group), *(c.event for c in self._sides)]
        self._there = archive.parts_of({self._ids.of(one) for one in named})

    def _tells(self, article: str) -> bool:
        return article in self._new or article in self._replaced

    def delta(self) -> Delta:
        """Everything that the new articles bring."""
        new, there = self._new, self._there
        entities = self._joined(self._entities, there.entities, lambda old, found: join_entity(old, found, new))
        origins = self._joined(self._origins, there.origins, lambda old, found: join_origin(old, found, new))
        events = self._joined(
            self._events, there.events, lambda old, found: join_event(old, found, new, self._replaced)
        )
        events = self._corroborated(events, entities, origins)
        statements = self._joined(self._statements, there.statements, lambda old, s: join_statement(old, s, new))
        stories, known = gone_on(self._archive, self._around, entities, events)
        conflicts, gone = self._conflicts(events)
        here = {*present(there), *known}
        everything = Linked(
            entities=tuple(entities),
            origins=tuple(origins),
            events=tuple(events),
            conflicts=tuple(conflicts),
            stories=tuple(stories),
            statements=tuple(statements),
        )
        old, fresh = _those(everything, here.__contains__), _those(everything, lambda one: one not in here)
        opened = {entity.id for entity in fresh.entities}
        fresh = replace(
            fresh,
            reuses=tuple(r for r in self._small.reuses if not new.isdisjoint({r.article, r.earlier})),
            revisions=tuple(self._revisions),
            references=tuple(m for m in map(self._ids.put, self._small.references) if m.entity in opened),
            aliases=self._aliases(),
        )
        fresh = replace(fresh, doubts=self._doubts(opened))
        return Delta(tuple(self._dct), fresh, old, self._lines(events, stories), gone)

    def _joined(
        self, found: Iterable[Item], there: Iterable[Item], join: Callable[[Item | None, Sequence[Item]], Item]
    ) -> list[Item]:
        """Things that new articles have a part in, each joined to what the archive has of it."""
        old = {item.id: item for item in there}
        grouped: dict[str, list[Item]] = {}
        for item in found:
            put = self._ids.put(item)
            grouped.setdefault(put.id, []).append(put)
        return [join(old.get(identifier), items) for identifier, items in grouped.items()]

    def _corroborated(
        self, events: Sequence[Event], entities: Iterable[Entity], origins: Iterable[Origin]
    ) -> list[Event]:
        named = {one for v in events for a in v.accounts for one in (a.origin, *(e for link in a.chain for e in link))}
        known = self._archive.parts_of(named)
        affiliations = Affiliations(
            {e.id: e for e in (*known.entities, *entities)}, {o.id: o for o in (*known.origins, *origins)}
        )
        return [
            replace(v, corroboration=corroborate([a for a in v.accounts if a.revised is None], affiliations))
            for v in events
        ]

    def _conflicts(self, events: Iterable[Event]) -> tuple[list[Conflict], tuple[str, ...]]:
        """Conflicts that new articles have a side in, those that lose one, and those that are none any more."""
        here = {event.id for event in (*events, *self._there.events)}
        old = {c.id: c for c in self._there.conflicts}
        now: dict[str, Conflict] = {}
        gone: list[str] = []
        for conflict in old.values():
            if any(side.evidence.article in self._replaced for side in conflict.sides):
                left = without(conflict, self._replaced)
                if left is None:
                    gone.append(conflict.id)
                else:
                    now[conflict.id] = left
        for conflict in self._sides:
            one = named_after(conflict, self._ids)
            if one.event in here and one.id not in gone:
                now[one.id] = join_conflict(now.get(one.id, old.get(one.id)), one, self._new)
        return list(now.values()), tuple(gone)

    def _aliases(self) -> dict[str, str]:
        """Identifiers that members of new articles would have given; the archive knows those of old ones."""
        told = self._small.aliases.items()
        return {one: self._ids.of(target) for one, target in told if not one.startswith("sty-")}

    def _doubts(self, opened: Collection[str]) -> tuple[Doubt, ...]:
        """Doubts about what is new; those between old things were there before."""
        found = []
        for doubt in self._small.doubts:
            one, other = (self._ids.of(self._small.aliases.get(x, x)) for x in (doubt.one, doubt.other))
            if not doubt.merged and one != other and not {one, other}.isdisjoint(opened):
                found.append(replace(doubt, one=one, other=other))
        return tuple(found)

    def _lines(self, events: Sequence[Event], stories: Sequence[Story]) -> dict[str, tuple[ChronicleEntry, ...]]:
        by_event = {line.event: line for line in self._archive.lines_of({event.id for event in events})}
        small = {line.event: line for line in map(self._ids.put, self._small.chronicle)}
        home = {article: story.id for story in stories if not story.made for article in story.articles}
        telling: dict[str, list[str]] = {}
        for story in stories:
            for event_id in story.events:
                telling.setdefault(event_id, []).append(story.id)
        changed: dict[str, dict[str, ChronicleEntry]] = {}
        for event in events:
            old, line = by_event.get(event.id), small.get(event.id)
            told = telling.get(event.id, [])
            if old is not None:
                line = goes_on(old, event, self._days(event), told)
            elif line is not None:
                first = event.accounts[0].member.article
                own = home.get(first) or next(iter(self._around.placed.stories_of.get(first, ())), None)
                if own is None:
                    continue
                line = goes_on(replace(line, story=own, also=(), later=0), event, self._days(event), told)
            if line is not None:
                changed.setdefault(line.story, {})[event.id] = line
        before: dict[str, list[ChronicleEntry]] = {}
        for line in self._archive.parts_of(changed).chronicle:
            before.setdefault(line.story, []).append(line)
        by_id = {event.id: event for event in events}
        timed = {line.event for lines in (*before.values(), *map(dict.values, changed.values())) for line in lines}
        reported = self._reported(timed, by_id)
        return {story: with_lines(before.get(story, ()), lines, by_id, reported) for story, lines in changed.items()}

    def _reported(self, told: Collection[str], now: Mapping[str, Event]) -> dict[str, date]:
        """The first reports of events, those by new articles among them."""
        found = dict(self._archive.first_reports(told))
        for event in now.values():
            dated = [self._dct.get(a.member.article) for a in event.accounts]
            days = [dct.latest for dct in dated if dct]
            if days:
                found[event.id] = min([*days, found.get(event.id, date.max)])
        return found

    def _days(self, event: Event) -> list[date]:
        articles = {a.member.article for a in event.accounts if a.member.article in self._new}
        dated = (self._dct[article] for article in sorted(articles))
        return [dct.earliest for dct in dated if dct]


def _those(linked: Linked, wanted: Callable[[str], bool]) -> Linked:
    """Of things that have identifiers, those of wanted ones."""
    return Linked(
        entities=tuple(one for one in linked.entities if wanted(one.id)),
        origins=tuple(one for one in linked.origins if wanted(one.id)),
        events=tuple(one for one in linked.events if wanted(one.id)),
        conflicts=tuple(one for one in linked.conflicts if wanted(one.id)),
        stories=tuple(one for one in linked.stories if wanted(one.id)),
        statements=tuple(one for one in linked.statements if wanted(one.id)),
    )
