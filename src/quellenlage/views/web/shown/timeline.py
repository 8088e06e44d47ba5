"""What the drawing of the chronicle is given: marks one by one, or counts where they are too many; lanes; silences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from quellenlage.model import Archive, DateInterval
from quellenlage.model.listing import Line, LineQuestion, Page
from quellenlage.views.dossier.contents import lane_of
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.chronicle_asked import LANE_TYPES, Filters
from quellenlage.views.web.shown.timeline_kept import gaps
from quellenlage.views.web.shown.timeline_periods import Bar, bars, grouped, step_of
from quellenlage.views.web.shown.titles import names_of, title_of
from quellenlage.views.wording.dates import date_words, span_words
from quellenlage.views.wording.phrases import Name

CAP = 400
"""Marks that are drawn one by one; beyond them, counts are."""

TOP = 6
"""Actors or places that have a lane of their own."""

_SILENT = 21
"""Days of silence that are shown at the least."""

_TAIL = 60
"""Lines from the end among which the last day of all is found: a vague date reaches beyond later ones."""

Said = Callable[[str], str]
Answer = dict[str, object]


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the drawing: `key` is a kind of event, an entity, or one of `rest` and `all`."""

    key: str
    name: str
    tone: str = "life"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Who asks for a drawing, and how wide it is."""

    archive: Archive
    filters: Filters
    words: Words
    say: Said
    columns: int


def drawing(asked: Drawn, *, strip: bool) -> Answer:
    """Everything that the drawing shows of what is asked for; with `strip` also how it lies over the whole time."""
    archive, filters = asked.archive, asked.filters
    dated = replace(filters.question, dated=True)
    found = archive.lines(dated, limit=CAP)
    span = _span(archive, filters.whole, found) if strip else None
    reach = _reach(filters, archive, found)
    lanes = _lanes(asked, dated)
    buckets: list[Answer] = []
    marks: list[Answer] = []
    if found.total <= CAP:
        lanes, marks = _marks(found.items, lanes, asked)
    elif reach:
        lanes, buckets = _buckets(dated, lanes, reach, asked)
    return {
        "span": [span[0].isoformat(), span[1].isoformat()] if span else None,
        "total": found.total,
        "lanes": [{"id": lane.key, "name": lane.name, "tone": lane.tone, "href": lane.href} for lane in lanes],
        "marks": marks,
        "buckets": buckets,
        "silences": list(_silences(asked, reach)) if reach else [],
        "strip": [_bar(one) for one in bars(archive, filters.whole)] if strip else [],
        "labels": _labels(asked),
    }


def _labels(asked: Drawn) -> Answer:
    say = asked.say
    return {
        "months": [asked.words(f"date.month_short.{n}") for n in range(1, 13)],
        "events": say("events"),
        "zoom": say("Zoom in"),
        "nothing": say("Nothing here has a day that could be drawn."),
        "drawing": say("Timeline: each mark is a line of the list"),
        "strip": say("The whole period; the window is what is shown below"),
        "from": say("Beginning of the window"),
        "to": say("End of the window"),
    }


def _bar(one: Bar) -> list[object]:
    return [one.first.isoformat(), one.last.isoformat(), one.count]


def _span(archive: Archive, whole: LineQuestion, found: Page[Line]) -> tuple[date, date] | None:
    """First and last day of everything that has one."""
    dated = replace(whole, dated=True)
    first = archive.lines(dated, limit=1).items
    if not first or first[0].earliest is None:
        return None
    ends = [one.latest for one in (*archive.lines(dated, limit=_TAIL, order="-time").items, *found.items) if one.latest]
    return first[0].earliest, max(ends)


def _reach(filters: Filters, archive: Archive, found: Page[Line]) -> tuple[date, date] | None:
    """The days in view."""
    if filters.first and filters.last:
        return filters.first, filters.last
    span = _span(archive, filters.whole, found)
    return (filters.first or span[0], filters.last or span[1]) if span else None


def _lanes(asked: Drawn, dated: LineQuestion) -> list[Lane]:
    """The lanes that there may be, those of kinds all, those of names the most frequent ones."""
    words, say = asked.words, asked.say
    if asked.filters.lanes == "kind":
        return [Lane(key, words(f"lane.{key}"), key) for key in LANE_TYPES]
    found = asked.archive.facets(dated, "actor" if asked.filters.lanes == "actor" else "place", TOP).values
    rest = say("Others") if asked.filters.lanes == "actor" else say("Elsewhere, or no place told")
    return [*(Lane(one.value, one.label, href=page_of(one.value)) for one in found), Lane("rest", rest)]


def _lane_keys(line: Line, kind: str) -> tuple[str, ...]:
    """Lanes in which a line could stand."""
    if kind == "kind":
        return (lane_of(line.event_type),)
    if kind == "actor":
        return (*line.actors, *line.recipients)
    return (line.place,) if line.place else ()


def _marks(lines: Sequence[Line], lanes: Sequence[Lane], asked: Drawn) -> tuple[list[Lane], list[Answer]]:
    names = names_of(asked.archive, lines)
    placed: list[tuple[Line, list[int]]] = []
    for line in lines:
        keys = _lane_keys(line, asked.filters.lanes)
        at = [n for n, lane in enumerate(lanes) if lane.key in keys] or [len(lanes) - 1]
        placed.append((line, at))
    used = sorted({n for _, at in placed for n in at})
    new = {old: n for n, old in enumerate(used)}
    marks = [_mark(number, line, [new[n] for n in at], names, asked.words) for number, (line, at) in enumerate(placed)]
    return [lanes[n] for n in used], marks


def _mark(number: int, line: Line, lanes: Sequence[int], names: Mapping[str, Name], words: Words) -> Answer:
    first, last = line.earliest or date.min, line.latest or date.max
    return {
        "id": line.event,
        "n": number,
        "lane": lanes[0],
        "ties": list(lanes[1:]),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "factuality": line.factuality.value,
        "origins": line.origins,
        "clash": line.grade.value if line.grade else "",
        "tone": lane_of(line.event_type),
        "name": title_of(line, names, words),
        "when": date_words(DateInterval(first, last), words),
    }


def _buckets(
    dated: LineQuestion, lanes: Sequence[Lane], reach: tuple[date, date], asked: Drawn
) -> tuple[list[Lane], list[Answer]]:
    """Counts of each lane by stretches of time that are wide enough to be pointed at."""
    step = step_of(reach, asked.columns)
    shown: list[Lane] = []
    counted: list[Answer] = []
    for lane, question in _asked_by_lane(dated, lanes, asked):
        found = [
            one for one in grouped(asked.archive, question, step) if one.last >= reach[0] and one.first <= reach[1]
        ]
        if not found:
            continue
        counted += [
            {"lane": len(shown), "first": one.first.isoformat(), "last": one.last.isoformat(), "count": one.count}
            for one in found
        ]
        shown.append(lane)
    return shown, counted


def _asked_by_lane(dated: LineQuestion, lanes: Iterable[Lane], asked: Drawn) -> Iterator[tuple[Lane, LineQuestion]]:
    kind = asked.filters.lanes
    if kind == "kind":
        for lane in lanes:
            types = LANE_TYPES[lane.key]
            wanted = types.intersection(dated.types) if dated.types else types
            if wanted:
                yield lane, replace(dated, types=tuple(sorted(wanted)))
        return
    yield Lane("all", asked.say("All")), dated
    for lane in lanes:
        if lane.key != "rest":
            narrowed = {"actors": (lane.key,)} if kind == "actor" else {"places": (lane.key,)}
            yield lane, replace(dated, **narrowed)  # type: ignore[arg-type]  # fields by name


def _silences(asked: Drawn, reach: tuple[date, date]) -> Iterator[Answer]:
    least = max(_SILENT, (reach[1] - reach[0]).days // 14)
    for gap in gaps(asked.archive, asked.filters.whole, least):
        first, last = gap.since + timedelta(days=1), gap.until - timedelta(days=1)
        if first <= reach[1] and last >= reach[0]:
            yield {
                "first": first.isoformat(),
                "last": last.isoformat(),
                "told": asked.say("nothing for %s") % span_words(gap.days, asked.words),
            }
