"""Hits of a search as a page shows them: the sentence with the words that were asked for, narrowed by facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from re import compile as pattern
from typing import Literal

from quellenlage.model import Archive, EntityKind, Evidence, Hit, Span, ZoneKind, fold
from quellenlage.store.searching import parse_query
from quellenlage.views.discretion import shown_source
from quellenlage.views.holdings import Citation
from quellenlage.views.locale import Words
from quellenlage.views.shelves import citation_of
from quellenlage.views.web.links import sentence_of
from quellenlage.views.web.shown.article_marks import ZONES
from quellenlage.views.wording.lines import published_words
from quellenlage.views.wording.quoting import marks_around, quoted

Field = Literal["outlet", "year", "entity", "zone"]
FIELDS: tuple[Field, ...] = ("outlet", "year", "entity", "zone")
MOST_VALUES = 12
_WORD = pattern(r"\w+")
_NAMED = frozenset({EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.LOC})


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a sentence; `hit` says that it was asked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A sentence that was found, quoted, with its citation; `near` tells how like it is where the meaning found it."""

    left: str
    opening: str
    runs: tuple[Run, ...]
    closing: str
    right: str
    href: str
    label: str
    published: str
    day: str
    headline: str
    near: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, with the number of hits that have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """What hits are narrowed to; a year may be a month ("2021-11")."""

    outlet: str = ""
    year: str = ""
    entity: str = ""
    zone: str = ""

    def given(self) -> dict[str, str]:
        """What is asked for, as an address has it."""
        return {name: value for name in FIELDS if (value := getattr(self, name))}


@dataclass
class Hits:
    """What a search found, with what its facets need, looked up once."""

    archive: Archive
    hits: Sequence[Hit]
    _articles: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._articles = tuple(dict.fromkeys(hit.evidence.article for hit in self.hits))

    @cached_property
    def citations(self) -> Mapping[str, Citation]:
        """How to cite the articles."""
        return {card.article: citation_of(card) for card in self.archive.citations(self._articles)}

    @cached_property
    def named(self) -> Mapping[str, frozenset[str]]:
        """Entities that each article names."""
        found: dict[str, set[str]] = {}
        for member, entity in self.archive.placed(self._articles).entity_of.items():
            found.setdefault(member.article, set()).add(entity)
        return {article: frozenset(entities) for article, entities in found.items()}

    def values(self, hit: Hit, name: Field) -> Iterable[str]:
        """What a hit has in a field."""
        article = hit.evidence.article
        if name == "zone":
            return (hit.zone or "",)
        if name == "entity":
            return self.named.get(article, ())
        citation = self.citations.get(article)
        if name == "outlet":
            return (citation.outlet or "",) if citation else ()
        return tuple(_periods(citation)) if citation else ()

    def narrowed(self, chosen: Chosen, *, but: str = "") -> list[Hit]:
        """Hits that have all that is chosen, but for one field."""
        wanted = [(name, value) for name in FIELDS if name != but and (value := getattr(chosen, name))]
        return [hit for hit in self.hits if all(value in self.values(hit, name) for name, value in wanted)]

    def facet(self, name: Field, chosen: Chosen, say: Callable[[str], str]) -> list[Value]:
        """The most frequent values of a field among hits that have all else that is chosen."""
        counted: Counter[str] = Counter()
        for hit in self.narrowed(chosen, but=name):
            counted.update(value for value in self.values(hit, name) if value and _counts(name, value, chosen))
        if name == "entity":
            return self._entities(counted, chosen.entity)
        listed = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        if name == "year":
            listed = sorted(listed)
        shown = listed[:MOST_VALUES] if name != "year" else listed[-2 * MOST_VALUES :]
        return [Value(value, _label(name, value, say), count) for value, count in shown]

    def _entities(self, counted: Counter[str], chosen: str) -> list[Value]:
        most = dict(counted.most_common(6 * MOST_VALUES))
        if chosen in counted:
            most[chosen] = counted[chosen]
        cards = self.archive.entities_by_id(most)
        listed = [card for card in cards.values() if card.kind in _NAMED or card.id == chosen]
        listed.sort(key=lambda card: (card.id != chosen, -most[card.id], card.name))
        return [Value(card.id, card.name, most[card.id]) for card in listed[:MOST_VALUES]]


def _periods(citation: Citation) -> Iterator[str]:
    """Year and month of publication, as far as they are known."""
    interval = citation.published
    if interval is None or citation.open_end or interval.earliest.year != interval.latest.year:
        return
    yield f"{interval.earliest:%Y}"
    if interval.earliest.month == interval.latest.month:
        yield f"{interval.earliest:%Y-%m}"


def _counts(name: Field, value: str, chosen: Chosen) -> bool:
    """Years are listed, and the months of the one that is chosen."""
    return name != "year" or len(value) == 4 or (bool(chosen.year) and value.startswith(chosen.year[:4]))


def _label(name: Field, value: str, say: Callable[[str], str]) -> str:
    return say(ZONES[ZoneKind(value)]) if name == "zone" else value


def in_order(hits: Sequence[Hit], found: Hits, order: str) -> list[Hit]:
    """Hits by relevance as they come, or by day of publication, the undated last."""
    if order not in {"time", "-time"}:
        return list(hits)
    newest = order == "-time"

    def key(hit: Hit) -> tuple[bool, int]:
        citation = found.citations.get(hit.evidence.article)
        interval = citation.published if citation else None
        day = (interval.latest if newest else interval.earliest).toordinal() if interval else 0
        return interval is None, -day if newest else day

    return sorted(hits, key=key)


def shown_hit(hit: Hit, found: Hits, query: str, words: Words) -> ShownHit:
    """Quote a hit up to the citation limit, with the words that were asked for marked."""
    one = hit.evidence
    places = matches(one, query)
    cut = quoted(one, keep=Span(one.start + places[0].start, one.start + places[0].end) if places else None)
    opening, closing = marks_around(cut, words)
    citation = found.citations.get(one.article) or Citation(
        one.article, shown_source(hit.source), hit.outlet, hit.headline
    )
    interval = citation.published
    ellipsis = words("quote.ellipsis")
    by_meaning = hit.text_score is None and hit.meaning_score is not None
    return ShownHit(
        left=ellipsis if cut.before else "",
        opening=opening,
        runs=tuple(_runs(cut.exact, places, cut.start - one.start)),
        closing=closing,
        right=ellipsis if cut.after else "",
        href=sentence_of(one),
        label=citation.label,
        published=published_words(citation, words) if interval else words("citation.undated"),
        day=interval.value if interval and interval.days == 1 else "",
        headline=citation.headline or "",
        near=words("search.by_meaning", score=words.number(round(hit.meaning_score or 0.0, 2))) if by_meaning else "",
    )


def matches(one: Evidence, query: str) -> list[Span]:
    """Where in a sentence the terms of a request stand, in order; offsets are those within the sentence."""
    tokens = [(Span(*match.span()), fold(match.group())) for match in _WORD.finditer(one.exact)]
    found: set[Span] = set()
    for term in parse_query(query):
        count = len(term.words)
        for at in range(len(tokens) - count + 1):
            run = [folded for _, folded in tokens[at : at + count]]
            whole = run[:-1] == list(term.words[:-1])
            last = run[-1].startswith(term.words[-1]) if term.prefix else run[-1] == term.words[-1]
            if whole and last:
                found.update(span for span, _ in tokens[at : at + count])
    return sorted(found)


def _runs(text: str, places: Sequence[Span], shift: int) -> Iterator[Run]:
    """The slice in runs; `shift` is where it begins in the sentence."""
    at = 0
    for place in places:
        start, end = max(place.start - shift, at), min(place.end - shift, len(text))
        if start >= end:
            continue
        if start > at:
            yield Run(text[at:start], hit=False)
        yield Run(text[start:end], hit=True)
        at = end
    if at < len(text):
        yield Run(text[at:], hit=False)
