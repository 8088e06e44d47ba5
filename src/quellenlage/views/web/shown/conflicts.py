"""Conflicts as a template shows them: the sides beside each other, numbers on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quellenlage.model import Conflict, Side, fold
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.figures import Range, Ranges, ranges
from quellenlage.views.web.shown.quotes import ShownName, ShownQuote, shown_chain, shown_name, shown_quote
from quellenlage.views.wording.dates import date_words
from quellenlage.views.wording.lines import (
    about_words,
    conflict_words,
    event_title,
    side_claimed,
    side_figure,
    side_sentence,
    side_value,
)
from quellenlage.views.wording.numbers import figure_words, surface_unit
from quellenlage.views.wording.reasons import reason_words


@dataclass(frozen=True, slots=True)
class ShownSide:
    """One side: the sentence, on whose word, from which origin; `also` are articles that print the same words."""

    quote: ShownQuote
    also: list[ShownQuote]
    chain: list[list[ShownName]]
    nobody: str
    origin: ShownName | None


@dataclass(frozen=True, slots=True)
class ShownValue:
    """All sides that give one value."""

    value: str
    sides: list[ShownSide]


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A conflict with all its sides; `told` is it in one line, `settled` why a person holds it to be settled."""

    id: str
    href: str
    told: str
    kind: str
    about: str
    grade: str
    grade_told: str
    settled: str
    event: str
    event_told: str
    event_href: str
    values: list[ShownValue]
    ranges: Ranges | None
    reasons: list[str]


def shown_conflict(conflict: Conflict, holdings: Holdings, words: Words) -> ShownConflict:
    """Word a conflict."""
    figures = [f for f in (side_figure(conflict, s, holdings) for s in conflict.sides) if f is not None]
    about = surface_unit(figures) or about_words(conflict, holdings, words)
    event = holdings.events.get(conflict.event)
    return ShownConflict(
        id=conflict.id,
        href=page_of(conflict.id),
        told=conflict_words(conflict, holdings, words),
        kind=words.code("conflict", conflict.kind.value),
        about=about if about != conflict.kind.value else "",
        grade=conflict.grade.value,
        grade_told=words.code("grade", conflict.grade.value),
        settled=conflict.settled,
        event=conflict.event,
        event_told=event_title(event, holdings, words) if event else "",
        event_href=page_of(conflict.event),
        values=list(_values(conflict, holdings, words)),
        ranges=_ranges(conflict, holdings, words),
        reasons=reason_words(conflict.reasons, words),
    )


def nobody_words(*, claimed: bool, words: Words) -> str:
    """What stands where a chain has no name: the article tells it on its own word, or names nobody."""
    return words("dossier.unnamed" if claimed else "dossier.own_word")


def _values(conflict: Conflict, holdings: Holdings, words: Words) -> Iterator[ShownValue]:
    """Sides by their values; the same words on the same word, printed again, are one side."""
    grouped: dict[str, dict[tuple[str, object], list[Side]]] = {}
    for side in conflict.sides:
        value = side_value(conflict, side.value, holdings, words)
        said = fold(side_sentence(conflict, side, holdings).exact)
        grouped.setdefault(value, {}).setdefault((said, side.chain), []).append(side)
    for value, told in grouped.items():
        yield ShownValue(value, [_side(conflict, same, holdings, words) for same in told.values()])


def _side(conflict: Conflict, same: Sequence[Side], holdings: Holdings, words: Words) -> ShownSide:
    first, *others = (side_sentence(conflict, side, holdings) for side in same)
    side = same[0]
    inside = first.span.contains(side.evidence.span) and first.span != side.evidence.span
    return ShownSide(
        quote=shown_quote(first, holdings, words, mark=side.evidence.span if inside else None),
        also=[
            shown_quote(one, holdings, words)
            for article, one in {one.article: one for one in others}.items()
            if article != first.article
        ],
        chain=shown_chain(side.chain, holdings),
        nobody=nobody_words(claimed=side_claimed(conflict, side, holdings), words=words),
        origin=shown_name(side.origin, holdings) if side.origin else None,
    )


def _ranges(conflict: Conflict, holdings: Holdings, words: Words) -> Ranges | None:
    """Numbers on one scale in the order of the reports; sides that give none are told beside it, not drawn."""
    rows = []
    for side in sorted(conflict.sides, key=lambda one: _day(one, holdings)):
        figure = side_figure(conflict, side, holdings)
        if figure is not None:
            citation = holdings.cite(side.evidence.article)
            when = date_words(citation.published, words) if citation.published else ""
            rows.append(Range(figure.low, figure.high, figure_words(figure, words), citation.label, when))
    return ranges(rows, words) if len(rows) > 1 else None


def _day(side: Side, holdings: Holdings) -> tuple[bool, str]:
    published = holdings.cite(side.evidence.article).published
    return published is None, published.earliest.isoformat() if published else ""


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind one value: whose words it rests on, and who obtained them."""

    value: str
    informants: list[ShownName]
    origins: list[ShownName]


def behind(conflict: Conflict, holdings: Holdings, words: Words) -> list[Behind]:
    """Informants and origins of each value; an account on the author's own word has its origin for an informant."""
    told: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for side in conflict.sides:
        value = side_value(conflict, side.value, holdings, words)
        informants, origins = told.setdefault(value, ({}, {}))
        informants.update(dict.fromkeys(side.chain[0] if side.chain else [side.origin] if side.origin else []))
        origins.update({side.origin: None} if side.origin else {})
    return [
        Behind(value, [shown_name(i, holdings) for i in informants], [shown_name(o, holdings) for o in origins])
        for value, (informants, origins) in told.items()
    ]
