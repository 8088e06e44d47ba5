"""When an article was published, from what says so outright: a judgement, the container, the address, a header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from urllib.parse import urlsplit

from quellenlage.article.inference import Clue, infer_dct
from quellenlage.article.shortlines import place_and_date, short_dates
from quellenlage.errors import BadInput
from quellenlage.model import Capture, DateInterval, Dct, Span, Zone, ZoneKind, text_digest
from quellenlage.model.calendar import explicit_dates, make_interval

_ISO_START = re.compile(r"\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?![\d-])")
_URL_DAY = re.compile(
    r"[/_-](?P<y>(?:19|20)\d\d)(?:/(?P<m1>\d{1,2})/(?P<d1>\d{1,2})(?=[/.?#_-]|$)|-(?P<m2>\d{2})-(?P<d2>\d{2})(?!\d)|"
    r"(?P<m3>[01]\d)(?P<d3>[0-3]\d)(?=[/.?#_-]|$)|/(?P<m4>[01]\d)(?=/))"
)
_FILE_DAY = re.compile(
    r"(?<!\d)(?:(?P<y1>(?:19|20)\d\d)(?P<sep>[-_.]?)(?P<m1>[01]\d)(?:(?P=sep)(?P<d1>[0-3]\d))?|"
    r"(?:(?P<d2>[0-3]?\d)[-_.])?(?P<m2>[01]\d)[-_.](?P<y2>(?:19|20)\d\d))(?!\d)"
)
_STAMP = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?=[Tt/]\d)")
_WIRE = re.compile(r"dpa(?:-infocom)?:(\d{2})(\d{2})(\d{2})-\S")
_UPDATED = re.compile(
    r"(?:aktualisier\w*|update\w*|geändert|stand|letzte|bearbeitet)\W*(?:am|um|:)?\W*$", re.IGNORECASE
)
_HEADER_RULES = frozenset({"date-header", "residue-prefix", "headline-date"})
_LABELLED = re.compile(
    r"(?:stand|veröffentlicht|aktualisiert|erstellt|publiziert|erschienen|"
    r"published|updated|datum|ots\d+|apa\d+)\b",
    re.IGNORECASE,
)
_SENT = re.compile(r"\b(?:berichtete|lief|sendete|meldung wurde)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Published:
    """The publication interval, or None, and what was odd about it in short codes."""

    dct: Dct | None
    warnings: tuple[str, ...] = ()


def find_published(
    capture: Capture, zones: Sequence[Zone], override: str | None, anchors: Sequence[tuple[str, str]] = ()
) -> Published:
    """Publication date by the first of these that tells one: judgement, container, URL, header, file name, inference.

    A month or year from address, header or file name is narrowed by what the text tells. `anchors` are days that other
    articles of the archive allow, as ISO interval and reason.

    Raises:
        BadInput: the override is no ISO date, month, year or interval.
    """
    if override:
        try:
            interval = DateInterval.parse(override)
        except ValueError as error:
            raise BadInput(
                capture.source, "{value!r} is no date", remedy="write 2015-09-18, 2015-09 or 2015", value=override
            ) from error
        return Published(Dct(interval.earliest, interval.latest, "judgement"))
    warnings: list[str] = []
    if capture.given.published:
        match = _ISO_START.match(capture.given.published)
        given = _parse(match.group(1)) if match else None
        if given:
            how = capture.given.how.get("published", "")
            return Published(Dct(given.earliest, given.latest, "given", (), (f"given:{how}",) if how else ()))
        warnings.append("given-date-unreadable")
    told = next((d for d in (_by_url(capture), _by_header(capture.text, zones), _by_file(capture)) if d), None)
    if told and told.interval.days == 1:
        return Published(told, tuple(warnings))
    clues = [Clue(2, (DateInterval.parse(days),), (), reason) for days, reason in anchors]
    if told:
        clues.insert(0, Clue(0, (told.interval,), told.evidence, told.reasons[0]))
    inferred = infer_dct(capture.text, zones, _captured(capture), clues)
    if anchors and inferred.dct:
        inferred = replace(inferred, dct=_noted(inferred.dct, find_published(capture, zones, None).dct, anchors))
    if inferred.contradictions:
        warnings.append("dct-clues-disagree")
    if told and inferred.dct:
        return Published(replace(inferred.dct, method=told.method), tuple(warnings))
    return Published(told or inferred.dct, tuple(warnings))


def _noted(dct: Dct, alone: Dct | None, anchors: Sequence[tuple[str, str]]) -> Dct:
    """The date with a note of what the article allows alone, so that it can be freed from the others again."""
    days = f"{alone.earliest.isoformat()}/{alone.latest.isoformat()}" if alone else "-"
    note = f"alone:{days} {text_digest(repr(tuple(anchors)))[:12]}"
    return replace(dct, reasons=(*dct.reasons, note))


def _parse(value: str) -> DateInterval | None:
    try:
        return DateInterval.parse(value)
    except ValueError:
        return None


def _captured(capture: Capture) -> date | None:
    interval = _parse(capture.captured_at[:10])
    return interval.latest if interval and interval.days == 1 else None


def _by_url(capture: Capture) -> Dct | None:
    url = capture.given.url or (capture.source if "://" in capture.source else "")
    try:
        path = urlsplit(url).path if url else ""
    except ValueError:
        return None
    for match in _URL_DAY.finditer(path):
        group = match.groupdict()
        month = next((int(group[k]) for k in ("m1", "m2", "m3", "m4") if group[k]), 13)
        day = next((int(group[k]) for k in ("d1", "d2", "d3") if group[k]), None)
        interval = make_interval(int(match["y"]), month or 13, day)
        if interval:
            return Dct(interval.earliest, interval.latest, "url", (), (f"url:{match.group().strip('/_-')}",))
    return None


def _by_header(text: str, zones: Sequence[Zone]) -> Dct | None:
    """Date in a header, byline or dateline at the top, or in the lines below the report.

    A day of publication goes before one of the last change; below the report the last line counts first.
    """
    found = list(_header_dates(text, zones))
    if not found:
        return _by_line(text, zones)
    plain = {interval for _, interval, method, updated in found if method == "header" and not updated}
    if len(plain) > 2:
        return None  # a programme or a list with a date above each part
    span, interval, method, updated = min(found, key=lambda f: (f[3], f[1].days > 1, f[0].start))
    reason = ("updated:" if updated else f"{method}:") + " ".join(span.of(text).split())
    return Dct(interval.earliest, interval.latest, method, (span,), (reason,))


def _by_line(text: str, zones: Sequence[Zone]) -> Dct | None:
    """Date in a line that no rule knows as a header: nearly nothing but a date, or a place with a date before prose."""
    body = next((zone for zone in zones if zone.kind in {ZoneKind.BODY, ZoneKind.LEAD}), None)
    opening = place_and_date(text, body.start, body.end) if body else None
    if opening:
        span, days = opening
        return Dct(days.earliest, days.latest, "dateline", (span,), (f"dateline:{span.of(text)}",))
    lines = list(short_dates(text))
    if len({days for _, days in lines}) != 1:
        return None
    span, days = lines[0]
    return Dct(days.earliest, days.latest, "header", (span,), (f"header:{span.of(text)}",))


def _header_dates(text: str, zones: Sequence[Zone]) -> Iterator[tuple[Span, DateInterval, str, bool]]:
    top = next((i for i, zone in enumerate(zones) if zone.kind is ZoneKind.BODY), len(zones))
    for index, zone in enumerate(zones):
        above, below = index < top, index > len(zones) - 5
        if not (above or below):
            continue
        header = zone.kind is ZoneKind.BYLINE or zone.rule in _HEADER_RULES
        opening = zone.kind is ZoneKind.DATELINE and zone.rule.startswith("dateline") and above
        words = zone.span.of(text)[:400]
        if header and below and not above and zone.kind is not ZoneKind.BYLINE and not _LABELLED.search(words):
            continue
        sent = zone.kind is ZoneKind.BOILERPLATE and below and bool(_SENT.search(words))
        if zone.kind is ZoneKind.CREDIT:
            for wire in _WIRE.finditer(words):
                day = make_interval(2000 + int(wire[1]), int(wire[2]) or 13, int(wire[3]) or 32)
                if day:
                    yield Span(zone.start + wire.start(), zone.start + wire.end()), day, "header", False
        elif header or opening or sent:
            for start, end, interval in _dates(words):
                span = Span(zone.start + start, zone.start + end)
                updated = bool(_UPDATED.search(words[:start][-30:]))
                yield span, interval, "dateline" if opening else "header", updated


def _dates(words: str) -> list[tuple[int, int, DateInterval]]:
    """Dates with a year, among them the day of "2019-03-12T14:30:00+01:00"."""
    found = [(told.span.start, told.span.end, told.interval) for told in explicit_dates(words)]
    for match in _STAMP.finditer(words):
        interval = _parse(match.group())
        if interval:
            found.append((*match.span(), interval))
    return sorted(found, key=lambda f: f[0])


def _by_file(capture: Capture) -> Dct | None:
    if "://" in capture.source:
        return None
    match = _FILE_DAY.search(PurePath(capture.source.replace("\\", "/")).name)
    if not match:
        return None
    year, month, day = (
        (match["y1"], match["m1"], match["d1"]) if match["y1"] else (match["y2"], match["m2"], match["d2"])
    )
    interval = make_interval(int(year), int(month) or 13, int(day) or 32 if day else None)
    if not interval:
        return None
    return Dct(interval.earliest, interval.latest, "filename", (), (f"filename:{match.group()}",))
