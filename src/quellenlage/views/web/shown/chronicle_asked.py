"""What a reader asks of the chronicle: filters in the address, and the question to the archive that they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams

from quellenlage.model import EVENT_TYPES, Archive, DateInterval, Factuality
from quellenlage.model.listing import EntityCard, EntityQuestion, LineQuestion
from quellenlage.views.bearing import the_one
from quellenlage.views.dossier.contents import LANES
from quellenlage.views.web.links import with_query
from quellenlage.views.web.shown.asked import Unread, backwards

PATH = "/chronicle"
LANE_KINDS = ("kind", "actor", "place")
CERTAINTIES = ("several", "origins", "one", "reprints", "conflict", "revised")
"""Ways in which an event can be borne out; of several chosen all must hold."""

LISTED = ("story", "actor", "place", "type", "outlet", "origin", "certainty", "factuality")
"""Parameters that can be there several times."""

PARAMETERS = frozenset({*LISTED, "from", "to", "q", "lanes"})
"""All that `read_filters` understands."""

_BEARERS = 20
"""Entities among which the one is looked for that a name means."""

LANE_TYPES: Mapping[str, frozenset[str]] = {
    **dict(LANES),
    "life": EVENT_TYPES - frozenset().union(*(types for _, types in LANES)),
}
"""Kinds of events by lane, in the order of the drawing."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one address; identifiers are those that stand for these things now.

    `unknown` are values in it that could not be understood.
    """

    story: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    factuality: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    words: str = ""
    lanes: str = "kind"
    unknown: tuple[Unread, ...] = ()

    @property
    def question(self) -> LineQuestion:
        """The lines that are asked for."""
        wanted = LineQuestion(
            stories=self.story,
            entities=self.actor,
            places=self.place,
            types=self.type,
            factualities=tuple(Factuality(one) for one in self.factuality),
            first=self.first,
            last=self.last,
            origins=self.origin,
            outlets=self.outlet,
            words=self.words,
        )
        for one in self.certainty:
            wanted = borne(wanted, one)
        return wanted

    @property
    def whole(self) -> LineQuestion:
        """The same over all time."""
        return replace(self.question, first=None, last=None)

    @property
    def asks(self) -> bool:
        """Whether anything is chosen at all."""
        return bool(self.words or self.first or self.last or any(getattr(self, name) for name in LISTED))

    def query(self, **changed: Any) -> dict[str, object | None]:
        """Parameters of the address, some of them changed."""
        given: dict[str, object | None] = {name: list(getattr(self, name)) for name in LISTED}
        given |= {
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "q": self.words or None,
            "lanes": self.lanes if self.lanes != LANE_KINDS[0] else None,
        }
        return {**given, **changed}

    def address(self, path: str = PATH, /, **changed: Any) -> str:
        """Address of the same filters at a path, some of them changed."""
        return with_query(path, self.query(**changed))

    def without(self, name: str, value: str) -> str:
        """Address without one chosen value."""
        return self.address(**{name: [one for one in getattr(self, name) if one != value]})


def borne(question: LineQuestion, certainty: str) -> LineQuestion:
    """The question narrowed to what is borne out in one of the ways of `CERTAINTIES`."""
    match certainty:
        case "several":
            return replace(question, min_informants=2)
        case "origins":
            return replace(question, min_origins=2)
        case "one":
            return replace(question, max_informants=1)
        case "reprints":
            return replace(question, only_reprints=True)
        case "conflict":
            return replace(question, conflicting=True)
        case _:
            return replace(question, revised=True)


def read_filters(query: QueryParams, archive: Archive) -> Filters:
    """Understand an address; what makes no sense is left out and named in `unknown`."""
    given = {name: [one.strip() for one in query.getlist(name) if one.strip()] for name in LISTED}
    unknown: list[Unread] = []
    entities = {name: tuple(_entities(name, given[name], archive, unknown)) for name in ("actor", "place")}
    first, last = _day("from", query, unknown), _day("to", query, unknown)
    asked = Unread("from", query.get("from", "")), Unread("to", query.get("to", ""))
    if wrong := backwards(first, last, asked):
        first = last = None
        unknown += wrong
    return Filters(
        story=_stories(given["story"], archive, unknown),
        actor=entities["actor"],
        place=entities["place"],
        type=_known("type", given, EVENT_TYPES, unknown),
        outlet=tuple(dict.fromkeys(given["outlet"])),
        origin=tuple(dict.fromkeys(archive.resolve(one) for one in given["origin"])),
        certainty=_known("certainty", given, CERTAINTIES, unknown),
        factuality=_known("factuality", given, [one.value for one in Factuality], unknown),
        first=first,
        last=last,
        words=query.get("q", "").strip(),
        lanes=next(iter(_known("lanes", {"lanes": query.getlist("lanes")}, LANE_KINDS, unknown)), LANE_KINDS[0]),
        unknown=tuple(unknown),
    )


def _known(
    name: str, given: Mapping[str, Sequence[str]], known: Iterable[str], unknown: list[Unread]
) -> tuple[str, ...]:
    kept = frozenset(known)
    unknown += [Unread(name, one) for one in given[name] if one not in kept]
    return tuple(dict.fromkeys(one for one in given[name] if one in kept))


def _stories(given: Sequence[str], archive: Archive, unknown: list[Unread]) -> tuple[str, ...]:
    """Identifiers as they are now."""
    now = {one: archive.resolve(one) for one in given}
    cards = archive.stories_by_id(list(now.values())) if now else {}
    unknown += [Unread("story", one) for one, story in now.items() if story not in cards]
    return tuple(dict.fromkeys(story for story in now.values() if story in cards))


def _entities(name: str, given: Iterable[str], archive: Archive, unknown: list[Unread]) -> Iterator[str]:
    """Identifiers as they are now; of a name, the one whom it names, else the one whom most articles mean."""
    for one in given:
        found = bearers(archive, one)
        if found:
            yield (the_one(found, one) or found[0]).id
        else:
            unknown.append(Unread(name, one))


def bearers(archive: Archive, name: str) -> Sequence[EntityCard]:
    """Who may be meant by a name that was typed, or is meant by an identifier; most articles mean the first."""
    if name.startswith("ent-"):
        return list(archive.entities_by_id([archive.resolve(name)]).values())
    return archive.entities(EntityQuestion(words=name, prefix=True), limit=_BEARERS).items


def _day(name: str, query: QueryParams, unknown: list[Unread]) -> date | None:
    given = query.get(name, "").strip()
    if not given:
        return None
    try:
        interval = DateInterval.parse(given)
    except ValueError:
        unknown.append(Unread(name, given))
        return None
    return interval.latest if name == "to" else interval.earliest
