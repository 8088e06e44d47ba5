"""What a reader asks of the chronicle: filters in the address, and the question to the archive that they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams

from quellenlage.model import EVENT_TYPES, Archive, DateInterval, Factuality
from quellenlage.model.listing import EntityQuestion, LineQuestion
from quellenlage.views.dossier.contents import LANES
from quellenlage.views.web.links import with_query

PATH = "/chronicle"
LANE_KINDS = ("kind", "actor", "place")
CERTAINTIES = ("several", "origins", "one", "reprints", "conflict", "revised")
"""Ways in which an event can be borne out; of several chosen all must hold."""

LISTED = ("story", "actor", "place", "type", "outlet", "origin", "certainty", "factuality")
"""Parameters that can be there several times."""

LANE_TYPES: Mapping[str, frozenset[str]] = {
    **dict(LANES),
    "life": EVENT_TYPES - frozenset().union(*(types for _, types in LANES)),
}
"""Kinds of events by lane, in the order of the drawing."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one address; identifiers are those that stand for these things now.

    `unknown` are names and days in it that could not be understood.
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
    unknown: tuple[str, ...] = ()

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
    unknown: list[str] = []
    entities = {name: tuple(_entities(given[name], archive, unknown)) for name in ("actor", "place")}
    return Filters(
        story=tuple(dict.fromkeys(archive.resolve(one) for one in given["story"])),
        actor=entities["actor"],
        place=entities["place"],
        type=_known(given["type"], EVENT_TYPES, unknown),
        outlet=tuple(dict.fromkeys(given["outlet"])),
        origin=tuple(dict.fromkeys(archive.resolve(one) for one in given["origin"])),
        certainty=_known(given["certainty"], CERTAINTIES, unknown),
        factuality=_known(given["factuality"], [one.value for one in Factuality], unknown),
        first=_day(query.get("from", ""), unknown, last=False),
        last=_day(query.get("to", ""), unknown, last=True),
        words=query.get("q", "").strip(),
        lanes=query.get("lanes", "") if query.get("lanes") in LANE_KINDS else LANE_KINDS[0],
        unknown=tuple(unknown),
    )


def _known(given: Iterable[str], known: Iterable[str], unknown: list[str]) -> tuple[str, ...]:
    kept = frozenset(known)
    unknown += [one for one in given if one not in kept]
    return tuple(dict.fromkeys(one for one in given if one in kept))


def _entities(given: Iterable[str], archive: Archive, unknown: list[str]) -> Iterator[str]:
    """Identifiers as they are now; of a name that was typed, the entity that most articles mean by it."""
    for one in given:
        if one.startswith("ent-"):
            yield archive.resolve(one)
            continue
        found = archive.entities(EntityQuestion(words=one, prefix=True), limit=1).items
        if found:
            yield found[0].id
        else:
            unknown.append(one)


def _day(given: str, unknown: list[str], *, last: bool) -> date | None:
    if not given.strip():
        return None
    try:
        interval = DateInterval.parse(given.strip())
    except ValueError:
        unknown.append(given)
        return None
    return interval.latest if last else interval.earliest
