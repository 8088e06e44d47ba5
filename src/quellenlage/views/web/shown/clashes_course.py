"""How a conflict came about: its sides in the order of their reports, and what people decided on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from quellenlage.model import FORGOTTEN, Archive, Conflict, DateInterval, Judgement, Side, Verdict, in_force
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.web.links import sentence_of
from quellenlage.views.web.shown.quotes import ShownName, shown_chain, shown_name
from quellenlage.views.wording.dates import moment_words, short_day
from quellenlage.views.wording.lines import published_words, side_sentence, side_value


@dataclass(frozen=True, slots=True)
class Report:
    """One report: when it was published, what it gives, on whose word, where."""

    when: str
    value: str
    who: list[ShownName]
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Mark:
    """So many reports of one day, or (`point` is not set) of the same days, in per cent of the time."""

    x: float
    width: float
    point: bool
    count: int


@dataclass(frozen=True, slots=True)
class Course:
    """Reports in order of time, the undated last; `rows` are the values as rows of the drawing, none for one day."""

    reports: list[Report]
    rows: list[tuple[str, list[Mark]]]
    ends: tuple[str, str]


def course(conflict: Conflict, holdings: Holdings, words: Words) -> Course:
    """Lay out when each side of a conflict was reported; one article gives one value once."""
    told: dict[tuple[str, str], Side] = {}
    for side in conflict.sides:
        told.setdefault((side.evidence.article, side_value(conflict, side.value, holdings, words)), side)
    known = [one for article, _ in told if (one := _days(article, holdings))]
    reach = DateInterval(min(d.earliest for d in known), max(d.latest for d in known)) if known else None
    drawn = reach if reach and reach.days > 1 else None
    ordered = sorted(told.items(), key=lambda pair: _order(pair[0][0], holdings))
    reports = [_report(conflict, side, value, holdings, words) for (_, value), side in ordered]
    rows = _rows(told, drawn, holdings) if drawn and len(reports) > 2 else []
    ends = (short_day(drawn.earliest, words), short_day(drawn.latest, words)) if drawn else ("", "")
    return Course(reports, rows, ends)


def _rows(told: Iterable[tuple[str, str]], reach: DateInterval, holdings: Holdings) -> list[tuple[str, list[Mark]]]:
    """A row for each value with the days of its reports; wide stretches first, so that days lie upon them."""
    counted: dict[str, Counter[DateInterval]] = {}
    for article, value in told:
        days = _days(article, holdings)
        counted.setdefault(value, Counter()).update([days] if days else [])
    return [
        (value, [_mark(days, n, reach) for days, n in sorted(found.items(), key=lambda one: -one[0].days)])
        for value, found in counted.items()
    ]


def _mark(days: DateInterval, count: int, reach: DateInterval) -> Mark:
    x = 100 * (days.earliest - reach.earliest).days / reach.days
    return Mark(round(x, 2), round(100 * days.days / reach.days, 2), days.days == 1, count)


def _days(article: str, holdings: Holdings) -> DateInterval | None:
    """When an article was published, where both ends are known."""
    citation = holdings.cite(article)
    return None if citation.open_end else citation.published


def _order(article: str, holdings: Holdings) -> tuple[bool, str]:
    days = _days(article, holdings)
    return days is None, days.earliest.isoformat() if days else ""


def _report(conflict: Conflict, side: Side, value: str, holdings: Holdings, words: Words) -> Report:
    citation = holdings.cite(side.evidence.article)
    chain = shown_chain(side.chain, holdings)
    origin = [shown_name(side.origin, holdings)] if side.origin else []
    return Report(
        when=published_words(citation, words),
        value=value,
        who=chain[0] if chain else origin,
        label=citation.label,
        href=sentence_of(side_sentence(conflict, side, holdings)),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about a conflict: who made it when, what, in whose words; `stands` says whether it counts."""

    when: str
    author: str
    what: str
    note: str
    stands: bool


def history(archive: Archive, conflict: str, about: str, words: Words) -> list[Decided]:
    """All that people decided on a conflict, the newest first, with what took it back; `about` names it."""
    log = archive.judgements()
    mine = [j for j in log if j.subject == conflict or (j.subject.startswith("cfl-") and _now(archive, j) == conflict)]
    ids = {one.id for one in mine}
    undoing = [j for j in log if j.verdict is Verdict.UNDO and j.subject in ids]
    standing = {one.id for one in in_force(log)} | {one.id for one in undoing}
    known = sorted([*mine, *undoing], key=lambda one: one.made_at, reverse=True)
    return [_decided(one, standing, about, words) for one in known]


def _now(archive: Archive, judgement: Judgement) -> str:
    return archive.resolve(judgement.subject)


def _decided(judgement: Judgement, standing: Collection[str], about: str, words: Words) -> Decided:
    made = datetime.fromisoformat(judgement.made_at)
    note = words("judge.forgotten") if judgement.note == FORGOTTEN else judgement.note
    return Decided(
        when=moment_words(made, words),
        author=judgement.author,
        what=words(f"judge.said_{judgement.verdict.value}", subject=about, value=judgement.value or ""),
        note=note,
        stands=judgement.id in standing,
    )
