"""Offices of a person in time, as the articles give them, beside what the table of terms says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from quellenlage.model import DateInterval, Entity, OfficeHeld, fold
from quellenlage.offices.holders import Term, office_of, terms
from quellenlage.offices.phrase import Reading, read
from quellenlage.offices.terms import RESOURCE as TERMS
from quellenlage.offices.words import office as office_by
from quellenlage.resources import load
from quellenlage.views.locale import Words
from quellenlage.views.wording.dates import short_day, short_interval
from quellenlage.views.wording.states import state_name

Agreement = Literal["agrees", "disagrees", "former", "unknown"]
"""What the table of terms says of an office that articles give: the same; that the person did not hold it then; the
words themselves say that it was held once; nothing."""


@dataclass(frozen=True, slots=True)
class OfficeSpan:
    """An office from the first to the last article that gives it, the table's term beside it.

    `text` is the wording most often used, `wordings` all of them; `office` is the key in the table of terms, None where
    it has none. `term` is the table's row that the articles fall into; where it disagrees, the person's nearest term
    ("until 2017-01-20"), or the term of whoever held the office.
    """

    text: str
    wordings: tuple[str, ...]
    office: str | None
    given: tuple[OfficeHeld, ...]
    agreement: Agreement
    term: Term | None = None

    @property
    def first(self) -> OfficeHeld:
        """The earliest article that gives it; an undated one where none is dated."""
        return self.given[0]

    @property
    def last(self) -> OfficeHeld:
        """The latest article that gives it."""
        return self.given[-1]

    @property
    def days(self) -> DateInterval | None:
        """From the publication of the first dated article to that of the last."""
        dated = [interval for one in self.given if (interval := held(one))]
        return DateInterval(min(d.earliest for d in dated), max(d.latest for d in dated)) if dated else None


def offices_in_time(entity: Entity) -> list[OfficeHeld]:
    """Offices in the order of the publication of the articles that give them, each wording once a time."""
    seen: dict[tuple[str, object], OfficeHeld] = {}
    for office in entity.offices:
        seen.setdefault((office.text, office.earliest), office)
    return sorted(seen.values(), key=_order)


def held(office: OfficeHeld) -> DateInterval | None:
    """The publication interval of the article that gives an office, if known."""
    return DateInterval(office.earliest, office.latest) if office.earliest and office.latest else None


def office_spans(entity: Entity) -> list[OfficeSpan]:
    """Every office of a person as spans of time, in order of their first evidence, the undated last.

    Wordings of one office of the table are one; so are those that differ only in spelling. What lies in two terms of
    the table, or outside of any, is apart, so that "Präsident" before and after a pause is two spans.
    """
    groups: dict[tuple[str, str], list[OfficeHeld]] = {}
    found: dict[tuple[str, str], tuple[str | None, Agreement, Term | None]] = {}
    for given in entity.offices:
        reading = read(given.text, singular=True)
        one = office_of(reading, [entity.name, *entity.spellings], held(given))
        rows = _rows_of(entity, one.key) if one else []
        agreement, term = _compared(reading, one.key if one else None, rows, held(given))
        name = one.key if one else fold(given.text)
        group = (name, f"{agreement}:{term.start if term and agreement == 'agrees' else ''}")
        groups.setdefault(group, []).append(given)
        found.setdefault(group, (one.key if one else None, agreement, term))
    spans = [_span(sorted(listed, key=_order), *found[group]) for group, listed in groups.items()]
    return sorted(spans, key=lambda span: (_order(span.first), span.text))


def term_words(term: Term, words: Words) -> str:
    """The days of a row of the table: "07.05.2012 – 20.01.2025", or "seit 07.05.2012" where it knows of no end."""
    if term.end is None:
        return words("date.in_office_since", first=short_day(term.start, words))
    return short_interval(term.days, words)


def office_name(key: str, words: Words) -> str:
    """An office of the table of terms in words: "US-Präsident", "Präsident (Finnland)"; empty for what is none."""
    row = _offices().get(key)
    if row is None:
        return ""
    if row["specific"]:
        return str(row["specific"][0])
    state = office_by(key).state
    return f"{row['generic'][0]} ({state_name(state, words)})" if state else str(row["generic"][0])


@cache
def _offices() -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in load(TERMS)["office"]}


def _span(listed: Sequence[OfficeHeld], office: str | None, agreement: Agreement, term: Term | None) -> OfficeSpan:
    texts = [one.text for one in listed]
    wordings = tuple(dict.fromkeys(texts))
    text = max(wordings, key=lambda wording: (texts.count(wording), -wordings.index(wording)))
    return OfficeSpan(text, wordings, office, tuple(listed), agreement, term)


def _rows_of(entity: Entity, office: str) -> list[Term]:
    """The table's rows of an office for one of the entity's names; where none has it in full, for its surname."""
    names = {fold(name) for name in (entity.name, *entity.spellings)}
    full = [term for term in terms(office) if names & {fold(spelling) for spelling in term.spellings}]
    surnames = {name.split()[-1] for name in names if name}
    return full or [t for t in terms(office) if surnames & {fold(s).split()[-1] for s in t.spellings}]


def _compared(
    reading: Reading, office: str | None, rows: Sequence[Term], days: DateInterval | None
) -> tuple[Agreement, Term | None]:
    """What the table says of one article; where it has neither the person nor anybody for these days, nothing."""
    if reading.refusal.startswith("former:"):
        return "former", None
    if office is None or days is None:
        return "unknown", None
    inside = [term for term in rows if term.days.meets(days)]
    if inside:
        return "agrees", inside[0]
    if rows:
        return "disagrees", min(rows, key=lambda term: _apart(term.days, days))
    others = [term for term in terms(office) if term.days.earliest <= days.earliest and days.latest <= term.days.latest]
    return ("disagrees", others[0]) if others else ("unknown", None)


def _apart(one: DateInterval, other: DateInterval) -> int:
    return max((one.earliest - other.latest).days, (other.earliest - one.latest).days)


def _order(office: OfficeHeld) -> tuple[bool, str, str]:
    latest = office.latest.isoformat() if office.latest else ""
    return office.earliest is None, office.earliest.isoformat() if office.earliest else "", latest
