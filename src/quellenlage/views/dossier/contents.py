"""What goes into a dossier: the chosen part of an archive, numbered in the order of the chronicle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quellenlage.model import Account, ChronicleEntry, Conflict, DateInterval, Entity, Event, Origin, Reuse
from quellenlage.views.holdings import ClaimLine, Holdings, Selection
from quellenlage.views.locale import Words

LANES: tuple[tuple[str, frozenset[str]], ...] = (
    ("talks", frozenset({"CONSULT", "AGREE", "COOPERATE"})),
    ("dispute", frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "PROTEST"})),
    ("force", frozenset({"ASSAULT", "MOBILIZE", "COERCE", "SANCTION"})),
    ("relief", frozenset({"RETREAT", "AID", "SUPPORT", "CONCEDE"})),
    ("order", frozenset({"JUSTICE", "LAW", "PERSONNEL", "ELECTION", "CRIME"})),
    ("harm", frozenset({"DEATH", "ACCIDENT", "DISASTER"})),
)
"""Lanes of the drawing, from above; whatever stands in none of them lies in the lane `life`."""


def lane_of(event_type: str) -> str:
    """The lane in which an event of this type is drawn."""
    return next((name for name, types in LANES if event_type in types), "life")


SECTIONS = ("timeline", "chronicle", "conflicts", "claims", "people", "sources", "reading")
"""Sections of a whole dossier, in order."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the chronicle with its number, under which graphic and list know each other."""

    number: int
    entry: ChronicleEntry
    event: Event

    @property
    def interval(self) -> DateInterval | None:
        """The days it can have been."""
        return self.event.interval

    @property
    def lane(self) -> str:
        """Its lane in the drawing."""
        return lane_of(self.event.event_type)

    @property
    def best(self) -> Account:
        """The account whose sentence the chronicle quotes; the first one if none is."""
        told = self.entry.evidence
        for account in self.event.accounts:
            if (account.evidence.article, account.evidence.start) == (told.article, told.start):
                return account
        return self.event.accounts[0]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that a dossier shows, chosen and in order."""

    title: str
    holdings: Holdings
    words: Words
    lines: tuple[Line, ...]
    conflicts: tuple[Conflict, ...]
    claims: tuple[ClaimLine, ...]
    entities: tuple[Entity, ...]
    origins: tuple[Origin, ...]
    reuses: tuple[Reuse, ...]
    articles: tuple[str, ...]
    whole: bool
    """Whether it is the whole archive, not a part of it."""
    sections: tuple[str, ...] = SECTIONS

    @property
    def outlets(self) -> list[str]:
        """Names of the outlets of its articles, each once, in order."""
        found = (self.holdings.cite(a).outlet for a in self.articles)
        return list(dict.fromkeys(o for o in found if o))

    @property
    def reach(self) -> DateInterval | None:
        """From the first to the last day that any of its events can have been."""
        intervals = [line.interval for line in self.lines if line.interval]
        if not intervals:
            return None
        return DateInterval(min(i.earliest for i in intervals), max(i.latest for i in intervals))

    def line_of(self, event: str) -> Line | None:
        """The line that tells an event, if it is among the chosen."""
        return next((line for line in self.lines if line.event.id == event), None)

    def conflict_number(self, conflict: str) -> int | None:
        """Number of a conflict on the page."""
        return next((n for n, c in enumerate(self.conflicts, 1) if c.id == conflict), None)


def make_dossier(holdings: Holdings, selection: Selection, words: Words, title: str | None = None) -> Dossier:
    """Choose what a dossier shows. With a selection, only articles that tell a chosen event are drawn upon."""
    linked = holdings.linked
    whole = selection == Selection()
    entries = [e for e in linked.chronicle if selection.takes(holdings.events[e.event], e.story)]
    lines = tuple(Line(n, e, holdings.events[e.event]) for n, e in enumerate(_in_time(entries, holdings), 1))
    shown = {line.event.id for line in lines}
    told = {a.member.article for line in lines for a in line.event.accounts}
    articles = tuple(a for a in holdings.citations if whole or a in told)
    kept = {*articles, *told}
    claims = tuple(c for c in holdings.claims if c.article in kept)
    named = {e for line in lines for e in (*line.event.actors, *line.event.recipients, line.event.place)}
    named |= {e for c in claims for link in c.chain for e in link}
    return Dossier(
        title=title or _title(lines, holdings, words),
        holdings=holdings,
        words=words,
        lines=lines,
        conflicts=tuple(c for c in linked.conflicts if c.event in shown),
        claims=claims,
        entities=tuple(e for e in linked.entities if e.id in named),
        origins=tuple(o for o in linked.origins if whole or kept.intersection(o.articles)),
        reuses=tuple(r for r in linked.reuses if whole or r.article in kept),
        articles=articles,
        whole=whole,
    )


def _in_time(entries: list[ChronicleEntry], holdings: Holdings) -> Iterator[ChronicleEntry]:
    """One course of time over all stories; undated ones at the end, in the order of the archive."""
    yield from sorted(
        entries, key=lambda e: (e.earliest is None, e.earliest.isoformat() if e.earliest else "", e.position)
    )


def _title(lines: tuple[Line, ...], holdings: Holdings, words: Words) -> str:
    stories = list(dict.fromkeys(line.entry.story for line in lines))
    if len(stories) == 1 and stories[0] in holdings.stories:
        return holdings.stories[stories[0]].title
    return words("dossier.title")
