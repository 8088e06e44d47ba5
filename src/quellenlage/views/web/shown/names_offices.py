"""Offices of a person in time: bars for the days they are told for, the words that tell them, the table's term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quellenlage.model import DateInterval, Entity, Evidence, OfficeHeld
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.web.shown.quotes import ShownQuote, shown_quote
from quellenlage.views.wording.dates import short_interval
from quellenlage.views.wording.offices import OfficeSpan, office_name, office_spans, term_words

_MARKS = 6
"""Labelled days of the scale at most."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on the scale, in per cent of its width."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class ShownOffice:
    """An office from the first to the last article that gives it; `bar` is None where no article is dated.

    `term` is what the table of terms has beside it, `others` are other wordings, `quotes` the sentences of the first
    and the last article.
    """

    text: str
    others: list[str]
    when: str
    times: int
    agreement: str
    agrees: bool
    table: str
    bar: Stretch | None
    term: Stretch | None
    quotes: list[ShownQuote]


@dataclass(frozen=True, slots=True)
class ShownOffices:
    """Offices in order of time on one scale with its marks (position in per cent, label)."""

    dated: list[ShownOffice]
    undated: list[ShownOffice]
    marks: list[tuple[float, str]]

    @property
    def drawn(self) -> bool:
        """Whether there is more on the scale than one day."""
        return bool(self.marks)


def quoted_offices(entity: Entity) -> list[Evidence]:
    """The words by which the first and the last article of each office give it."""
    return [one.evidence for span in office_spans(entity) for one in _ends(span)]


def shown_offices(
    entity: Entity, holdings: Holdings, sentences: Mapping[tuple[str, int], Evidence], words: Words
) -> ShownOffices:
    """Lay out the offices of a person; `sentences` are those around the words of `quoted_offices`."""
    spans = office_spans(entity)
    reach = _reach(span.days for span in spans)
    rows = [(span.days, _row(span, reach, holdings, sentences, words)) for span in spans]
    return ShownOffices(
        [row for days, row in rows if days], [row for days, row in rows if not days], _marks(reach) if reach else []
    )


def _ends(span: OfficeSpan) -> tuple[OfficeHeld, ...]:
    return (span.first,) if span.first is span.last else (span.first, span.last)


def _row(
    span: OfficeSpan,
    reach: DateInterval | None,
    holdings: Holdings,
    sentences: Mapping[tuple[str, int], Evidence],
    words: Words,
) -> ShownOffice:
    term = span.term
    table = ""
    if term is not None:
        told = office_name(span.office, words) if span.office else ""
        table = f"{told}: {term_words(term, words)}" if told else term_words(term, words)
    return ShownOffice(
        text=span.text,
        others=[one for one in span.wordings if one != span.text],
        when=short_interval(span.days, words),
        times=len(span.given),
        agreement=words.code("agreement", span.agreement) if span.agreement != "unknown" else "",
        agrees=span.agreement != "disagrees",
        table=table,
        bar=_stretch(span.days, reach),
        term=_stretch(term.days, reach) if term is not None else None,
        quotes=[_quote(one.evidence, holdings, sentences, words) for one in _ends(span)],
    )


def _quote(
    words_of: Evidence, holdings: Holdings, sentences: Mapping[tuple[str, int], Evidence], words: Words
) -> ShownQuote:
    around = sentences.get((words_of.article, words_of.start), words_of)
    inside = around.span.contains(words_of.span) and around.span != words_of.span
    return shown_quote(around, holdings, words, mark=words_of.span if inside else None)


def _reach(intervals: Iterable[DateInterval | None]) -> DateInterval | None:
    """The days of the scale; None where there are fewer than two."""
    known = [one for one in intervals if one is not None]
    if not known:
        return None
    first, last = min(one.earliest for one in known), max(one.latest for one in known)
    return DateInterval(first, last) if first < last else None


def _stretch(days: DateInterval | None, reach: DateInterval | None) -> Stretch | None:
    """Days as far as they lie on the scale."""
    if days is None or reach is None or not days.meets(reach):
        return None
    first, last = max(days.earliest, reach.earliest), min(days.latest, reach.latest)
    x, end = _at(first, reach), _at(last + timedelta(days=1), reach)
    return Stretch(round(x, 2), round(end - x, 2))


def _at(day: date, reach: DateInterval) -> float:
    return 100 * (day - reach.earliest).days / reach.days


def _marks(reach: DateInterval) -> list[tuple[float, str]]:
    """Beginnings of years, where there are few; else the first and the last day."""
    years: Sequence[int] = range(reach.earliest.year + 1, reach.latest.year + 1)
    step = -(-len(years) // _MARKS) if years else 1
    marks = [(round(_at(date(year, 1, 1), reach), 2), str(year)) for year in years if year % step == 0]
    return [one for one in marks if one[0] <= 97] or [(0.0, f"{reach.earliest:%Y}")]
