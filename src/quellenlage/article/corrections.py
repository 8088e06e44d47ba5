"""What an article says of its own making: corrected, updated, withdrawn; the words for it report no events.

The rules are in `corrections.toml`. A note is recognised by what only an editor says ("In einer früheren Version dieses
Artikels"), never by a verb alone: who corrects a forecast or withdraws a motion is in the news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal, cast

from quellenlage.model import READ_ZONES, Notice, RevisionKind, Span, Zone, ZoneKind
from quellenlage.model.calendar import explicit_dates
from quellenlage.resources import load

RESOURCE = "de/corrections.toml"
ZONE_RULE = "correction"
"""Rule of the zones that hold notes. They are read like what stands around them, but tell no events: what was wrong is
no report."""

Where = Literal["headline", "label", "sentence"]

_LINE = re.compile(r"[^\n]+")
_LEAD = re.compile(r"[\s(\[*_•–—-]*")
_SENTENCE = re.compile(r"(?<![\s.(]\w)(?<!\d)(?<!Abs)(?<!Red)(?<!Anm)[.!?][.!?)\]“”\"»«*_]*\s+(?=[A-ZÄÖÜ„“\"»«(\[0-9])")
_CLOSING = {"„": "“”", "“": "”", "»": "«", "«": "»", '"': '"'}
_PAGE = frozenset({ZoneKind.BOILERPLATE, ZoneKind.BYLINE, ZoneKind.CREDIT, ZoneKind.CAPTION, ZoneKind.DATELINE})
_LONGEST = 4000
"""Code points of a line that are searched: an editor's note stands in no longer one, or at its beginning."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One group of patterns; the fields are those of the file."""

    name: str
    kind: RevisionKind
    where: Where
    pattern: re.Pattern[str]
    alone: bool = True
    edge: bool = False
    spoken: bool = False
    needs: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text; `edge`: among the first or last of the report."""

    span: Span
    words: str
    kind: ZoneKind
    edge: bool


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file: of two that match at one place the first counts."""
    return tuple(_rule(row) for row in load(RESOURCE)["rule"])


def _rule(row: dict[str, Any]) -> Rule:
    def optional(name: str) -> re.Pattern[str] | None:
        return _compiled(row[name]) if name in row else None

    return Rule(
        name=row["name"],
        kind=RevisionKind(row["kind"]),
        where=cast("Where", row["where"]),
        pattern=_compiled("|".join(f"(?:{pattern})" for pattern in row["patterns"])),
        alone=row.get("alone", True),
        edge=row.get("edge", False),
        spoken=row.get("spoken", False),
        needs=optional("needs"),
        unless=optional("unless"),
        examples=tuple(row.get("examples", ())),
        counter=tuple(row.get("counter", ())),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _words(name: str) -> re.Pattern[str]:
    return _compiled(load(RESOURCE)["words"][name])


@cache
def _values() -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(pattern) for pattern in load(RESOURCE)["values"]["patterns"])


def find_notices(text: str, zones: Sequence[Zone]) -> tuple[Notice, ...]:
    """Notes in which the article tells of its correction, update or withdrawal, in order, none overlapping another."""
    found: list[Notice] = []
    at = 0
    for line in _lines(text, zones):
        for notice in sorted(_in_line(line, text), key=lambda n: (n.start, -n.end)):
            if notice.start >= at:
                found.append(notice)
                at = notice.end
    return tuple(found)


def _lines(text: str, zones: Sequence[Zone]) -> list[_Line]:
    """Lines of every zone, since a page may set a note apart; a headline is whole, however many lines it has."""
    limits = load(RESOURCE)["limits"]
    placed: list[tuple[Span, ZoneKind]] = []
    for zone in zones:
        for match in _LINE.finditer(text, zone.start, zone.end):
            if match.group().strip():
                placed.append((Span(*match.span()), zone.kind))
    told = [i for i, (_, kind) in enumerate(placed) if kind not in _PAGE]
    edge = {*told[: limits["first_lines"]], *told[-limits["last_lines"] :]}
    edge |= {i for i, (_, kind) in enumerate(placed) if kind in _PAGE and (not told or not told[0] <= i <= told[-1])}
    return [_Line(span, span.of(text)[:_LONGEST], kind, index in edge) for index, (span, kind) in enumerate(placed)]


def _in_line(line: _Line, text: str) -> Iterator[Notice]:
    quoted = _quoted(line.words)
    lead = _LEAD.match(line.words)
    begin = lead.end() if lead else 0
    for rule in rules():
        if (rule.edge and not line.edge) or (rule.needs and not rule.needs.search(line.words)):
            continue
        if rule.where == "headline":
            match = rule.pattern.match(line.words, begin) if line.kind is ZoneKind.HEADLINE else None
            if match:
                whole = rule.kind is RevisionKind.WITHDRAWN
                yield _notice(rule, line, text, 0, len(line.words.rstrip()) if whole else match.end())
        elif rule.where == "label":
            match = rule.pattern.match(line.words, begin) if _is_prose(line) else None
            if match and not (rule.unless and rule.unless.search(line.words)):
                yield _notice(rule, line, text, *_extent(line.words, 0, match.end(), whole=True))
        else:
            for start, end in _sentences(line.words):
                match = rule.pattern.search(line.words, start, end)
                if match and not quoted[match.start()] and _by_editors(rule, line.words, match.end(), start, end):
                    begun = _bracket(line.words, start, match.start())
                    yield _notice(rule, line, text, *_extent(line.words, begun, match.end()))


def _is_prose(line: _Line) -> bool:
    """A short note at the top looks like a headline, but that it ends like a sentence."""
    return line.kind is not ZoneKind.HEADLINE or line.words.rstrip().endswith((".", "!", ":", ")", "*"))


def _by_editors(rule: Rule, words: str, match_end: int, start: int, end: int) -> bool:
    """Whether nobody in the news says it, and nothing in the sentence speaks against it."""
    if rule.spoken and _words("spoken").search(words, match_end, end):
        return False
    return not (rule.unless and rule.unless.search(words, start, end))


def _bracket(words: str, start: int, at: int) -> int:
    """Beginning of the note: the bracket that opens before it in the sentence, else the sentence."""
    opened = words.rfind("(", start, at + 1)
    return opened if opened >= 0 and words.find(")", opened, at) < 0 else start


def _sentences(words: str) -> list[tuple[int, int]]:
    ends = [match.end() for match in _SENTENCE.finditer(words)]
    bounds = [0, *ends, len(words)]
    return [(a, b) for a, b in pairwise(bounds) if a < b]


def _extent(words: str, start: int, told: int, *, whole: bool = False) -> tuple[int, int]:
    """From where a note begins to where it ends: at the bracket around what was `told`, or after what goes on."""
    close = words.rfind(")", told) if words[start : start + 1] == "(" else -1
    if close > 0:
        return start, close + 1
    end = len(words.rstrip())
    if whole and end - start <= load(RESOURCE)["limits"]["label_length"]:
        return start, end
    parts = [(a, b) for a, b in _sentences(words) if b > start]
    last = parts[0][1]
    for a, b in parts[1:]:
        if not _words("continuing").match(words, a):
            break
        last = b
    return start, len(words[:last].rstrip())


def _quoted(words: str) -> list[bool]:
    """For every code point whether it stands in quotation marks; what no mark closes ends with the line."""
    inside: list[bool] = []
    closing = ""
    for char in words:
        if closing:
            inside.append(True)
            if char in closing:
                closing = ""
        else:
            closing = _CLOSING.get(char, "")
            inside.append(bool(closing))
    return inside


def _notice(rule: Rule, line: _Line, text: str, start: int, end: int) -> Notice:
    base = line.span.start
    start += len(line.words[start:end]) - len(line.words[start:end].lstrip())
    span = Span(base + start, base + end)
    about = _words("named").search(text, span.start, span.end)
    wrong, right = _replaced(text, span)
    days = [told.interval for told in explicit_dates(span.of(text)) if told.interval.days == 1]
    return Notice(
        start=span.start,
        end=span.end,
        kind=rule.kind,
        rule=rule.name,
        alone=rule.alone,
        about=Span(*about.span("about")) if about else None,
        wrong=wrong,
        right=right,
        day=days[0].earliest if days and rule.kind is RevisionKind.UPDATED else None,
    )


def _replaced(text: str, span: Span) -> tuple[Span | None, Span | None]:
    for pattern in _values():
        match = pattern.search(text, span.start, span.end)
        if match:
            return Span(*match.span("wrong")), Span(*match.span("right"))
    return None, None


def set_apart(zones: Sequence[Zone], notices: Sequence[Notice], text: str) -> tuple[Zone, ...]:
    """Give the notes zones of their own, of the kind around them, whose rule says what they are."""
    made: list[Zone] = []
    for zone in zones:
        inside = [n for n in notices if zone.start <= n.start < zone.end] if zone.kind in READ_ZONES else []
        at = zone.start
        for notice in inside:
            made += _rest(zone, at, notice.start, text)
            at = min(notice.end, zone.end)
            made.append(Zone(notice.start, at, zone.kind, f"{ZONE_RULE}-{notice.kind}"))
        made += _rest(zone, at, zone.end, text) if inside else [zone]
    return tuple(made)


def _rest(zone: Zone, start: int, end: int, text: str) -> list[Zone]:
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    return [Zone(start, end, zone.kind, zone.rule)] if start < end else []
