"""The filters beside the chronicle: what can be chosen, how much there is of it, and what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from quellenlage.model import Archive, EntityKind, Factuality
from quellenlage.model.listing import EntityQuestion, LineField, LineQuestion
from quellenlage.views.locale import Words
from quellenlage.views.web.shown.chronicle_asked import CERTAINTIES, LANE_TYPES, LISTED, Filters, borne
from quellenlage.views.web.shown.timeline_kept import total
from quellenlage.views.wording.dates import day_words

Said = Callable[[str], str]

OFFERED = 7
"""Names that are offered for choice, beside those that are chosen."""

_ALL = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen; `n` tells in words how many lines have it, empty where they were not counted."""

    value: str
    label: str
    n: str
    chosen: bool
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Choices of one parameter under a heading; `open` where something in it is chosen."""

    name: str
    heading: str
    choices: list[Choice]
    parts: list[tuple[str, str, list[Choice]]] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether anything in it is chosen."""
        return any(one.chosen for one in self.choices) or any(c.chosen for _, _, part in self.parts for c in part)


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, and the address without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Panel:
    """All filters of a page; how much there is of each choice is asked for group by group, when it is looked at."""

    groups: list[Group]
    chips: list[Chip]


def panel(archive: Archive, filters: Filters, words: Words, say: Said) -> Panel:
    """What is chosen, and what can be chosen without asking the archive."""
    made = _Panel(archive, filters, words, say, _names(archive, filters))
    return Panel([made.group(name, counted=False) for name in GROUPS], list(made.chips()))


def group(archive: Archive, filters: Filters, words: Words, say: Said, name: str) -> Group:
    """The choices of one filter, counted as if it alone were not there. Raises KeyError for one that is unknown."""
    return _Panel(archive, filters, words, say, _names(archive, filters)).group(name, counted=True)


def _names(archive: Archive, filters: Filters) -> dict[str, str]:
    """Names of chosen entities, stories and origins."""
    found = {one.id: one.name for one in archive.entities_by_id((*filters.actor, *filters.place)).values()}
    found |= {one.id: one.title for one in archive.stories_by_id(filters.story).values()}
    if filters.origin:
        found |= {one.id: one.name for one in archive.parts_of(filters.origin).origins}
    return found


GROUPS: dict[str, tuple[str, LineField | None]] = {
    "story": ("stories", "story"),
    "actor": ("entities", "actor"),
    "place": ("places", "place"),
    "type": ("types", "type"),
    "factuality": ("factualities", "factuality"),
    "certainty": ("", None),
    "outlet": ("outlets", "outlet"),
    "origin": ("origins", "origin"),
}
"""Filters in the order of the page: what each asks for, and the field by which it is counted."""


@dataclass(frozen=True, slots=True)
class _Panel:
    archive: Archive
    filters: Filters
    words: Words
    say: Said
    names: Mapping[str, str]

    def group(self, name: str, *, counted: bool) -> Group:
        """One group; the words of its heading, its choices, and how many lines have each."""
        headings = _headings(self.say)
        asked, field = GROUPS[name]
        counts = self._counts(asked, field) if counted else {}
        if name == "type":
            return Group(name, headings[name], [], self._types(counts))
        if name == "certainty":
            return Group(name, headings[name], self._certainties(counted=counted))
        if name == "factuality":
            return Group(name, headings[name], self._factualities(counts))
        chosen = getattr(self.filters, name)
        offered = [*chosen, *(value for value in counts if value not in chosen)]
        choices = []
        for value in offered:
            label, n = counts.get(value, ("", ""))
            choices.append(Choice(value, label or self.names.get(value, value), n, value in chosen))
        return Group(name, headings[name], choices)

    def chips(self) -> Iterator[Chip]:
        """Everything chosen."""
        filters, words = self.filters, self.words
        told = {**self.names, **_certainty_words(self.say)}
        codes = {"type": "event", "factuality": "factuality"}
        for name in LISTED:
            for value in getattr(filters, name):
                label = words.code(codes[name], value) if name in codes else told.get(value, value)
                yield Chip(label, filters.without(name, value))
        if filters.words:
            yield Chip(filters.words, filters.address(q=None))
        for name, day, since in (("from", filters.first, self.say("from %s")), ("to", filters.last, self.say("to %s"))):
            if day:
                yield Chip(since % day_words(day, words), filters.address(**{name: None}))

    def _counts(self, asked: str, field: LineField | None) -> dict[str, tuple[str, str]]:
        """Label and number by value, those of most first."""
        if field is None:
            return {}
        question = replace(self.filters.question, **{asked: ()})  # type: ignore[arg-type]  # all hold tuples
        found = self.archive.facets(question, field, _ALL if field in {"type", "factuality"} else OFFERED)
        more = "" if found.complete else "+"
        return {one.value: (one.label, self.words.number(one.count) + more) for one in found.values}

    def _types(self, counts: Mapping[str, tuple[str, str]]) -> list[tuple[str, str, list[Choice]]]:
        chosen = self.filters.type
        parts = []
        for lane, types in LANE_TYPES.items():
            there = [one for one in types if one in counts or one in chosen or not counts]
            there.sort(key=lambda one: self.words.code("event", one))
            choices = [
                Choice(one, self.words.code("event", one), counts.get(one, ("", ""))[1], one in chosen, lane)
                for one in there
            ]
            if choices:
                parts.append((lane, self.words(f"lane.{lane}"), choices))
        return parts

    def _factualities(self, counts: Mapping[str, tuple[str, str]]) -> list[Choice]:
        chosen = self.filters.factuality
        return [
            Choice(one, self.words.code("factuality", one), counts.get(one, ("", ""))[1], one in chosen, "life")
            for one in (kind.value for kind in Factuality)
            if one in counts or one in chosen or not counts
        ]

    def _certainties(self, *, counted: bool) -> list[Choice]:
        told = _certainty_words(self.say)
        base = replace(self.filters, certainty=()).question
        return [
            Choice(one, told[one], self._total(borne(base, one)) if counted else "", one in self.filters.certainty)
            for one in CERTAINTIES
        ]

    def _total(self, question: LineQuestion) -> str:
        count, more = total(self.archive, question)
        return self.words.number(count) + ("+" if more else "")


def _headings(say: Said) -> dict[str, str]:
    return {
        "story": say("Story"),
        "actor": say("Who takes part"),
        "place": say("Place"),
        "type": say("Kind of event"),
        "factuality": say("Told as"),
        "certainty": say("How well borne out"),
        "outlet": say("Outlet"),
        "origin": say("Origin"),
    }


def _certainty_words(say: Said) -> dict[str, str]:
    return {
        "several": say("Several informants"),
        "origins": say("Several origins"),
        "one": say("One informant"),
        "reprints": say("Only reprints of one report"),
        "conflict": say("In conflict"),
        "revised": say("Corrected or withdrawn"),
    }


def options(archive: Archive, words: str, kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Names that begin so, for completion: identifier and name."""
    wanted = tuple(EntityKind(one) for one in kinds)
    if not words.strip():
        return []
    found = archive.entities(EntityQuestion(words=words, prefix=True, kinds=wanted), limit=10).items
    return [(one.id, one.name) for one in found]
