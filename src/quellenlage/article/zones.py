"""Zones over the untouched text: what is report, and what is the page around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quellenlage.article.agencies import outlet_named
from quellenlage.article.captions import PHOTO_CREDITS, has_words_before, is_caption
from quellenlage.article.credits import credit_tail, is_credit_line
from quellenlage.article.datelines import find_dateline
from quellenlage.article.mastheads import ABOVE_DAY, find_masthead, is_above_day, is_dated_header
from quellenlage.article.report import LOOSE, Label, mark_report
from quellenlage.article.rules import Rule, edge_rules, line_rule
from quellenlage.article.units import Unit, bullet_length, is_prose, is_title_like, split_units
from quellenlage.model import Capture, Mark, MarkKind, Span, Zone, ZoneKind, fold

_TOP = 8
"""A dateline without an agency is looked for in so many units from the top."""
_MASTHEAD = 5
"""A line that is only the name of a section or outlet is page in so many units from the top."""
_END = 4
"""A credit of mere initials, or a bare copyright line, is looked for in so many units from the end."""
_TITLES = 3
"""A date in brackets behind a title is the article's own only in so many units from the top."""
_NAMED = 2
"""A bare name of a paper is its masthead only in so many units from the top."""
_DATED = 4
"""Lines of the shortest report under a masthead with its day: name, day, headline, text."""
_CAPTION = 320
"""So much of a line is compared with the captions beside it, in code points."""
_LOUD = frozenset({MarkKind.HEADING, MarkKind.TITLE, MarkKind.LEAD})
"""Markup of what is never a teaser."""
_STRAY = re.compile(r"(?:\+{2,}|[„“”\"»«'*_|]+)$")
_NAV_WORDS = frozenset(
    "politik wirtschaft sport kultur panorama ausland inland international wissen wissenschaft gesundheit reise auto "
    "digital technik netzwelt medien meinung kommentare finanzen börse geld karriere studium familie stil leben "
    "lifestyle unterhaltung stars promis video videos podcast podcasts fotos bilder wetter lokales regional region "
    "regionales startseite home menü suche login abo e-paper epaper shop newsletter archiv themen welt deutschland "
    "europa österreich schweiz gesellschaft geschichte feuilleton ratgeber horoskop spiele rätsel tv-programm tv "
    "fernsehen live ticker liveticker news nachrichten schlagzeilen immobilien stellenmarkt anzeigen trauer service "
    "kontakt impressum datenschutz agb hilfe blaulicht fußball bundesliga formel chronik debatte wien bayern hessen "
    "hamburg berlin nrw sachsen niedersachsen thüringen mediathek verbraucher arbeit umwelt klima bildung mehr".split()
)


@dataclass(slots=True)
class Piece:
    """A unit under judgement: what is cut off at its ends, and what the rest is."""

    start: int
    end: int
    after_blank: bool
    bullet: bool
    before: list[Zone] = field(default_factory=list)
    behind: list[Zone] = field(default_factory=list)
    kind: ZoneKind | None = None
    rule: str = ""
    follow: str = ""
    marks: frozenset[MarkKind] = frozenset()

    def settle(self, kind: ZoneKind, rule: str) -> None:
        """Decide what the piece is."""
        self.kind, self.rule = kind, rule


def find_zones(capture: Capture) -> tuple[Zone, ...]:
    """Divide a capture's text into zones: in order, not overlapping, and every visible character in one of them."""
    text = capture.text
    units = split_units(text)
    marks = _marks_of(units, capture.marks)
    pieces = [_judge(text, units, i, marks[i]) for i in range(len(units))]
    _follow(text, pieces)
    _duplicate_captions(text, pieces)
    _navigation(text, pieces)
    _below_report(text, pieces)
    title = fold(capture.given.title) if capture.given.title else ""
    labels = [_label(text, piece, title) for piece in pieces]
    for piece, (kind, rule) in zip(pieces, mark_report(labels), strict=True):
        piece.settle(kind, rule)
    return tuple(_emit(text, pieces))


def _marks_of(units: Sequence[Unit], marks: Sequence[Mark]) -> list[frozenset[MarkKind]]:
    """Kinds of the marks that cover each unit, found in one pass over both in order."""
    ordered = sorted(marks, key=lambda m: (m.start, m.end, m.kind))
    found: list[frozenset[MarkKind]] = []
    active: list[Mark] = []
    at = 0
    for unit in units:
        while at < len(ordered) and ordered[at].start <= unit.start:
            active.append(ordered[at])
            at += 1
        active = [mark for mark in active if mark.end > unit.start]
        found.append(frozenset(mark.kind for mark in active if mark.end >= unit.end))
    return found


def _judge(text: str, units: Sequence[Unit], index: int, marks: frozenset[MarkKind]) -> Piece:
    """What a unit's own words and markup say, without its neighbours."""
    unit = units[index]
    line = unit.of(text)
    skip = bullet_length(line[:20]) if len(line) > 20 else bullet_length(line)
    piece = Piece(unit.start, unit.end, unit.after_blank, skip > 0, marks=marks)
    content = line[skip:]
    left = len(units) - 1 - index
    rule = line_rule(content, near_end=left < _END) or (line_rule(line) if skip else None)
    if rule and rule.name in PHOTO_CREDITS and _has_caption(line):
        rule = None
    masthead = _masthead(text, units, index, marks)
    if masthead:
        piece.settle(*masthead)
    elif is_credit_line(text, Span(unit.start, unit.end), near_end=left < _END):
        piece.settle(ZoneKind.CREDIT, "credit-list")
    elif rule:
        piece.settle(rule.kind, rule.name)
        piece.follow = rule.follow
    else:
        _cut_front(text, piece, near_top=index < _TOP)
        _cut_back(text, piece, top=index < _TITLES, left=left)
        if piece.kind is None:
            _by_markup(text, piece)
    return piece


def _masthead(text: str, units: Sequence[Unit], index: int, marks: frozenset[MarkKind]) -> tuple[ZoneKind, str] | None:
    """Kind and rule of a line that names the outlet or a section and nothing else."""
    unit = units[index]
    if unit.end - unit.start > 90 or marks & {MarkKind.TITLE, MarkKind.CAPTION}:
        return None
    left = len(units) - 1 - index
    line, span = unit.of(text), Span(unit.start, unit.end)
    near_top = index < _MASTHEAD and left > 1
    if near_top and len(line) <= 60 and (line.casefold() in _NAV_WORDS or (len(line) > 4 and outlet_named(line))):
        return ZoneKind.BOILERPLATE, "masthead"
    named = index < _NAMED and left > 1 and not is_prose(units[index + 1].of(text))
    found = find_masthead(text, span, top=named, end=index > 0 and left < _END)
    if found:
        return ZoneKind.CREDIT, found.rule
    if index == 0 and not marks and _heads_dated(text, units):
        return ZoneKind.CREDIT, ABOVE_DAY
    if (near_top or left < 2 * _END) and is_dated_header(text, span):
        return ZoneKind.DATELINE, "date-header"
    return None


def _heads_dated(text: str, units: Sequence[Unit]) -> bool:
    """Whether the first line names the paper: right below it the day, and parted from both the headline and text."""
    if len(units) < _DATED or units[1].after_blank or not units[2].after_blank:
        return False
    name, day, title, body = (Span(unit.start, unit.end) for unit in units[:_DATED])
    headed = is_title_like(title.of(text)) and not is_prose(title.of(text)) and is_prose(body.of(text))
    return headed and is_above_day(text, name, day)


def _has_caption(line: str) -> bool:
    """Whether what looks like a credit is a caption that a credit ends: "Bild: Die Fähre am Kai. (Foto: Muster)"."""
    found = [at for rule in edge_rules("caption") if rule.kind is ZoneKind.CREDIT and (at := rule.find(line))]
    return any(has_words_before(line, start) for start, _ in found)


def _by_markup(text: str, piece: Piece) -> None:
    line = text[piece.start : piece.end]
    if MarkKind.CAPTION in piece.marks:
        piece.settle(ZoneKind.CAPTION, "markup-caption")
    elif MarkKind.FURNITURE in piece.marks:
        piece.settle(ZoneKind.BOILERPLATE, "export-furniture")
    elif MarkKind.BYLINE in piece.marks and len(line) <= 160:
        piece.settle(ZoneKind.BYLINE, "markup-byline")
    elif MarkKind.ASIDE in piece.marks and not is_prose(line):
        piece.settle(ZoneKind.BOILERPLATE, "markup-aside")
    elif (
        MarkKind.LINK in piece.marks
        and not piece.marks & {MarkKind.HEADING, MarkKind.TITLE, MarkKind.LEAD}
        and not is_prose(line)
    ):
        piece.settle(ZoneKind.BOILERPLATE, "markup-link")


def _cut_front(text: str, piece: Piece, *, near_top: bool) -> None:
    for rule in edge_rules("prefix"):
        found = rule.find(text[piece.start : min(piece.end, piece.start + 400)])
        if found:
            _take_front(text, piece, piece.start + found[1], rule.kind, rule.name)
    dateline = find_dateline(text, piece.start, piece.end, near_top=near_top)
    if dateline:
        _take_front(text, piece, dateline.span.end, ZoneKind.DATELINE, dateline.rule)


def _take_front(text: str, piece: Piece, upto: int, kind: ZoneKind, rule: str) -> None:
    head = text[piece.start : upto].rstrip()
    piece.before.append(Zone(piece.start, piece.start + len(head), kind, rule))
    rest = text[upto : piece.end]
    piece.start = upto + len(rest) - len(rest.lstrip())
    if piece.start >= piece.end:
        piece.start = piece.end
        piece.settle(kind, rule)


def _cut_back(text: str, piece: Piece, *, top: bool, left: int) -> None:
    for rule in (*edge_rules("suffix"), *edge_rules("caption")):
        if rule.kind is ZoneKind.DATELINE and not top:
            continue
        if piece.start >= piece.end:
            return
        at = max(piece.start, piece.end - 400)
        found = rule.find(text[at : piece.end])
        if not found:
            continue
        if rule.where == "caption" and not piece.before and _all_caption(text, piece):
            _settle_caption(text, piece, at + found[0], rule, left)
            return
        _take_back(text, piece, at + found[0], rule.kind, rule.name)
    if piece.start < piece.end:
        tail = credit_tail(text, Span(piece.start, piece.end), last=left < 2 * _END)
        if tail:
            _take_back(text, piece, tail.start, ZoneKind.CREDIT, "credit-tail")
    ticker = piece.before and piece.before[-1].rule == "ticker-time"
    stray = _STRAY.search(text[max(piece.start, piece.end - 10) : piece.end]) if ticker else None
    if stray and "+" in stray.group():
        _take_back(text, piece, piece.end - len(stray.group()), ZoneKind.BOILERPLATE, "residue")


def _all_caption(text: str, piece: Piece) -> bool:
    return MarkKind.CAPTION in piece.marks or is_caption(text, Span(piece.start, piece.end))


def _settle_caption(text: str, piece: Piece, credit: int, rule: Rule, left: int) -> None:
    """Make a line a caption and cut off the credit behind it; a line that is all credit has no caption."""
    if rule.kind is not ZoneKind.CREDIT:
        piece.settle(rule.kind, rule.name)
    elif credit > piece.start:
        _take_back(text, piece, credit, rule.kind, rule.name)
        if piece.kind is None:
            piece.settle(ZoneKind.CAPTION, "caption")
    else:  # the line below a report is the publisher's, not a picture's
        piece.settle(ZoneKind.CREDIT, "copyright-line" if left < _END else rule.name)


def _take_back(text: str, piece: Piece, start: int, kind: ZoneKind, rule: str) -> None:
    if start <= piece.start:
        piece.settle(kind, rule)
        return
    words = text[start : piece.end]
    piece.behind.insert(0, Zone(start + len(words) - len(words.lstrip()), piece.end, kind, rule))
    piece.end = piece.start + len(text[piece.start : start].rstrip())
    if piece.start >= piece.end:
        piece.end = piece.start
        piece.settle(kind, rule)


def _follow(text: str, pieces: Sequence[Piece]) -> None:
    """Give the lines after a teaser heading to it: the next title, or all titles up to the next sentence."""
    for index, head in enumerate(pieces):
        if not head.follow:
            continue
        taken = 0
        for piece in pieces[index + 1 : index + 13]:
            if piece.kind is ZoneKind.BOILERPLATE and not piece.follow:
                continue
            if piece.kind is not None or piece.before or piece.behind:
                break
            line = text[piece.start : piece.end]
            more = head.follow == "all" or taken == 0 or piece.bullet or MarkKind.LINK in piece.marks
            if (
                not more
                or not is_title_like(line)
                or is_prose(line)
                or piece.marks & {MarkKind.HEADING, MarkKind.TITLE}
            ):
                break
            piece.settle(ZoneKind.BOILERPLATE, "teaser")
            taken += 1


def _duplicate_captions(text: str, pieces: Sequence[Piece]) -> None:
    """A line that repeats the words of a captioned picture beside it is the same caption once more."""
    for index, caption in enumerate(pieces):
        if caption.kind is not ZoneKind.CAPTION:
            continue
        words = fold(text[caption.start : min(caption.end, caption.start + _CAPTION)])
        for piece in pieces[max(0, index - 2) : index + 3]:
            if piece.kind is None and piece.end - piece.start <= _CAPTION:
                line = fold(text[piece.start : piece.end])
                if len(line) > 15 and words.startswith(line):
                    piece.settle(ZoneKind.CAPTION, "caption-duplicate")


def _navigation(text: str, pieces: Sequence[Piece]) -> None:
    """Runs of at least four very short lines, half of which are names of sections, are a menu."""
    run: list[Piece] = []
    for piece in [*pieces, None]:
        line = text[piece.start : piece.end] if piece else ""
        short = piece is not None and 0 < len(line) <= 28 and piece.kind in {None, ZoneKind.BOILERPLATE}
        if short and piece is not None and len(line.split()) <= 3 and line[-1] not in '.!?:"“':
            run.append(piece)
            continue
        named = sum(text[p.start : p.end].casefold() in _NAV_WORDS for p in run)
        if len(run) >= 4 and named * 2 >= len(run):
            for member in run:
                if member.kind is None:
                    member.settle(ZoneKind.BOILERPLATE, "navigation")
        run = []


def _below_report(text: str, pieces: Sequence[Piece]) -> None:
    """Title-like lines below a credit or teaser that no sentence follows belong to the page."""
    below: list[Piece] = []
    for piece in reversed(pieces):
        line = text[piece.start : min(piece.end, piece.start + _CAPTION)]
        if piece.kind in {ZoneKind.BOILERPLATE, ZoneKind.CREDIT} and piece.rule not in PHOTO_CREDITS:
            for title in below:
                title.settle(ZoneKind.BOILERPLATE, "below-report")
            below = []
        elif piece.kind is None and (piece.before or piece.bullet or not is_title_like(line) or is_prose(line)):
            return
        elif piece.kind is None and not piece.marks & _LOUD:
            below.append(piece)


def _label(text: str, piece: Piece, title: str) -> Label:
    line = text[piece.start : piece.end]
    return Label(
        line=line if len(line) <= 400 else line[:200] + line[-200:],
        length=len(line),
        kind=piece.kind,
        rule=piece.rule,
        bullet=piece.bullet,
        dateline=any(zone.rule not in LOOSE for zone in piece.before if zone.kind is ZoneKind.DATELINE),
        ticker=any(zone.rule == "ticker-time" for zone in piece.before),
        marks=piece.marks,
        is_title=bool(title) and len(line) <= 300 and fold(line) == title,
    )


def _emit(text: str, pieces: Sequence[Piece]) -> list[Zone]:
    zones: list[Zone] = []
    for piece in pieces:
        zones += piece.before
        if piece.kind is not None and text[piece.start : piece.end].strip():
            zones.append(Zone(piece.start, piece.end, piece.kind, piece.rule))
        zones += piece.behind
    return zones
