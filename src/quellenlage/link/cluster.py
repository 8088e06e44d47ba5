"""Tellings taken for one happening so far, and what they say together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from quellenlage.link.signs import interned
from quellenlage.link.tellings import Telling, Told
from quellenlage.model import DateInterval, EntityKind, Factuality, Figure

SAME_NEWS = 2
"""Days between two papers that report the same news."""

STEM = 6
"""Letters at the beginning that make two trigger words one word family ("telefonieren", "Telefonat")."""

PLANS = frozenset({Factuality.PLANNED, Factuality.HYPOTHETICAL})
_FACT_OR_PLAN = (frozenset({False}), frozenset({True}))


class Tellings(Protocol):
    """Tellings of a cluster, in memory or filed."""

    def append(self, item: Told, /) -> None:
        """Take one more."""

    def __getitem__(self, number: int, /) -> Told: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Told]: ...


@dataclass(frozen=True, slots=True)
class Sameness:
    """A score and what it is made of, for people to read; `apart` says why two that are so alike are not one."""

    score: float
    reasons: tuple[str, ...]
    apart: Literal["series", "part-of"] | None = None


@dataclass(slots=True)
class Cluster:
    """Tellings taken for one happening so far, and what they say together; `linked` are clusters of the same series, or
    of which it is a part.

    Of the signs (see `Signs`) and days of its tellings it keeps what `compare` asks: `prints` are the trigger lemmas of
    each family of texts, `known_days` the days of publication that are known to a day or two, `yearless` the days
    without a year of tellings that have no others. `dated` says that a person gave the days.
    """

    tellings: Tellings = field(default_factory=list[Told])
    articles: frozenset[str] = frozenset()
    named: Mapping[str, EntityKind] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    place_words: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    undergoing: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    content: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    ordinals: frozenset[int] = frozenset()
    parts: frozenset[str] = frozenset()
    clocks: frozenset[int] = frozenset()
    planned: frozenset[bool] = frozenset()
    yearless: frozenset[str] = frozenset()
    prints: dict[str, frozenset[str]] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    another: bool = False
    plural: bool = False
    whole_state: bool = False
    place_told: bool = False
    dated: bool = False
    interval: DateInterval | None = None
    news: DateInterval | None = None
    printed: DateInterval | None = None
    known_days: tuple[DateInterval, ...] = ()
    reasons: list[str] = field(default_factory=list)
    linked: list[tuple[int, Sameness]] = field(default_factory=list)

    def add(self, telling: Telling, family: str, reasons: tuple[str, ...] = ()) -> None:
        """Take a telling in, of an article of a family of texts; the interval becomes what all tellings allow, if there
        is such a day.
        """
        signs = telling.signs
        self.tellings.append(Told.of(telling))
        self.articles |= {telling.member.article}
        self.named = {**self.named, **telling.named} if self.named else telling.named
        self.lemmas = _with(self.lemmas, telling.lemmas)
        self.stems = _with(self.stems, stems_of(telling.lemmas))
        self.families = _with(self.families, telling.families)
        self.place_words = _with(self.place_words, telling.place_words)
        self.states = _with(self.states, telling.states)
        self.modes = _with(self.modes, telling.modes)
        self.speakers = _with(self.speakers, telling.speakers)
        self.undergoing = _with(self.undergoing, telling.undergoing)
        self.people = _with(self.people, signs.people)
        self.around = _with(self.around, signs.around)
        self.owners = _with(self.owners, signs.owners)
        self.content = _joined(self.content, signs.content)
        self.company = _joined(self.company, telling.company)
        self.things = _joined(self.things, telling.things)
        self.types = _with(self.types, interned((telling.event_type,)))
        self.planned = _with(self.planned, _FACT_OR_PLAN[telling.factuality in PLANS])
        self.prints[family] = _with(self.prints.get(family, frozenset()), telling.lemmas)
        self.figures += telling.account.figures
        self.another |= signs.another
        self.plural |= signs.plural
        self.whole_state |= telling.whole_state
        self.place_told |= telling.place is not None and telling.place_told
        if signs.ordinal:
            self.ordinals |= {signs.ordinal}
        if signs.part:
            self.parts |= {signs.part}
        if signs.clock is not None:
            self.clocks |= {signs.clock}
        if telling.interval is None and telling.printed is None:
            self.yearless = _with(self.yearless, signs.days)
        self._take_days(telling)
        self.reasons += reasons
        if telling.place and telling.place not in self.places:
            self.places += (telling.place,)

    def _take_days(self, telling: Telling) -> None:
        self.news = self.news or telling.news
        self.printed = self.printed or telling.printed
        printed = telling.printed
        if printed and printed.days <= SAME_NEWS and printed not in self.known_days:
            self.known_days += (printed,)
        if any(one.correction.field == "time" for one in telling.righted):
            self.interval, self.dated = telling.interval, True
        elif telling.interval and not self.dated:
            narrowed = self.interval.intersection(telling.interval) if self.interval else telling.interval
            self.interval = narrowed or self.interval


_T = TypeVar("_T")


def _with(known: frozenset[_T], more: frozenset[_T]) -> frozenset[_T]:
    """Both together, without a copy where one of them is all: most clusters have one telling and share its sets."""
    if more <= known:
        return known
    return known | more if known else more


def _joined(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """The same of tuples."""
    return tuple(dict.fromkeys((*known, *more))) if known else more


def stems_of(lemmas: frozenset[str]) -> frozenset[str]:
    """The beginnings by which words of one family are known."""
    return interned(lemma[:STEM] for lemma in lemmas if len(lemma) >= STEM)
