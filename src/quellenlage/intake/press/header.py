"""One article of an export: its header and footer read, and what in it is not the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from quellenlage.intake.press.layouts import Layout, Role
from quellenlage.intake.press.lines import (
    Kind,
    Line,
    Value,
    byline,
    is_name,
    is_prose,
    line_at,
    lines_in,
    looks_like_person,
)

_WINDOW = 60
"""Lines of the longest header, blank ones included."""
_FOOTER = 40
"""Lines of the longest footer."""
_FIRST_GAP, _GAP = 6, 3
"""So many lines without a label may stand above the first line that is known as part of a header, and between two."""
_RUN_ON = 50
"""Three lines of this length without an empty one between them are text, in code points."""
_BODY_CODE = re.compile(r"^(LP|TD)[ \t]+(?=\S)", re.MULTILINE)
_TITLE = 220
_WRAPPED = 60
"""A value of a label goes on in the next line only where its own line is this long, in code points."""
_FULL = 0.85
"""A line that was broken for want of room has this share of the width of the lines that follow it."""
_AROUND = 700
_PIVOT = (Kind.DAY, Kind.SOURCE, Kind.LENGTH)


@dataclass(slots=True)
class Parsed:
    """An article within its export; all offsets count in the export's text.

    `breaks` are white space between a label and its value: a line break there leaves the value on a line of its own.
    `aside` are runs of header and footer lines, `body` where the text begins and the footer does, `labels` what the
    header was told by (two articles of one layout share most of them), `kinds` what these labels are for.
    """

    start: int
    end: int
    values: dict[Role, Value] = field(default_factory=dict)
    authors: list[Value] = field(default_factory=list)
    aside: list[tuple[int, int]] = field(default_factory=list)
    body: tuple[int, int] = (0, 0)
    labels: frozenset[str] = frozenset()
    kinds: frozenset[Role] = frozenset()
    breaks: list[int] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether there are a day, a headline and text: what an article must have before anything is split."""
        return Role.DATE in self.values and Role.HEADLINE in self.values and self.body[1] > self.body[0]


class _Reader:
    """Reads one article; a state of its own, so that steps need not pass a dozen values."""

    def __init__(self, text: str, bounds: tuple[int, int], layout: Layout, heads: frozenset[int], strict: bool) -> None:
        self.text, self.layout, self.heads, self.strict = text, layout, heads, strict
        start, end = bounds
        self.out = Parsed(start, end)
        self.absorbed = 0
        self.region: list[Line] = []
        self.below = start
        self.footer = end
        self.told: set[str] = set()
        self.kinds: set[Role] = set()

    def run(self, given: Sequence[Value]) -> Parsed:
        """Header, footer, what stands unlabelled, and the rest as text."""
        for value in given:
            self._keep(value)
        used = self._header()
        self._footer()
        self._place_unlabelled(used)
        self._headline_below()
        self._finish()
        return self.out

    def _keep(self, value: Value) -> None:
        """Take a value where nothing better is known of its kind."""
        if value.start >= value.end or (value.role is Role.DATE and not value.iso):
            return
        if value.role is Role.AUTHOR:
            self.out.authors.append(value)
        elif value.role not in {Role.OTHER, Role.PLACE, Role.LENGTH, Role.BODY}:
            self.out.values.setdefault(value.role, value)

    def _header(self) -> set[int]:
        """Gather the lines of the header; returns the beginnings of lines that are values of labels."""
        pending: list[Line] = []
        used: set[int] = set()
        open_value: Value | None = None
        for number, line in enumerate(lines_in(self.text, self.out.start, self.out.end, codes=self.layout.codes)):
            if number >= _WINDOW:
                break
            if line.kind is Kind.BLANK or line.start in self.heads:
                if line.kind is Kind.BLANK and open_value and open_value.end > open_value.start:
                    open_value = None
                pending.append(line)
                continue
            if line.known:
                self.absorbed += bool(self.region) and any(other.kind is Kind.TEXT for other in pending)
                self.region += [*pending, line]
                pending, open_value = [], None
                self.told.add(line.kind if line.kind is not Kind.LABEL else line.values[0].label)
                if line.kind is Kind.LABEL:
                    last = line.values[-1]
                    for value in line.values:
                        self.kinds.add(value.role)
                        self._keep(value)
                    if last.role is Role.BODY:
                        self.below = last.start if last.end > last.start else line.end
                        self._cut_label(line, last)
                        return used
                    if last.end == last.start or line.end - line.start >= _WRAPPED:
                        open_value = last
                else:
                    for value in line.values:
                        self._keep(value)
                self.below = line.end
                continue
            adjacent = not pending or pending[-1].kind is not Kind.BLANK
            if (
                open_value
                and (open_value.end == open_value.start or (adjacent and self._goes_on(line)))
                and not (self._runs_on(line))
            ):
                first = open_value.start if open_value.end > open_value.start else line.start
                grown = Value(open_value.role, first, line.end, None, open_value.label)
                self._regrow(open_value, grown)
                self.region += [*pending, line]
                pending, self.below = [], line.end
                used.add(line.start)
                open_value = grown if line.end - line.start >= _WRAPPED else None
                continue
            pending.append(line)
            if self._ends(pending):
                break
        return used

    def _goes_on(self, line: Line) -> bool:
        """Whether the value above was broken for want of room: then few lines around are wider than its own."""
        above = self.text.rfind("\n", 0, max(0, line.start - 1)) + 1
        widest = max(map(len, self.text[line.start : min(self.out.end, line.start + _AROUND)].split("\n")))
        return line.start - 1 - above >= _FULL * widest

    def _cut_label(self, line: Line, last: Value) -> None:
        """Leave of a line "Text: Am Montag …" only the label to the header."""
        if last.end > last.start:
            self.region[-1] = Line(line.start, last.start, line.kind, line.values)

    def _regrow(self, old: Value, grown: Value) -> None:
        if grown.role is Role.DATE:
            grown = next((v for v in line_at(self.text, grown.start, grown.end).values if v.role is Role.DATE), grown)
        if grown.role is Role.AUTHOR:
            self.out.authors = [a for a in self.out.authors if a is not old]
        elif self.out.values.get(grown.role) is old:
            del self.out.values[grown.role]
        self._keep(grown)

    def _ends(self, pending: Sequence[Line]) -> bool:
        """Whether lines without a label are too many, or text, so that the header ended above them."""
        lines = [line for line in pending if line.kind is Kind.TEXT and line.start not in self.heads]
        if self._runs_on(lines[-1]) or (self.strict and self.absorbed):
            return True
        first = lines[-2] if len(lines) > 1 and self._adjacent(lines[-2], lines[-1]) else lines[-1]
        words = self.text[first.start : lines[-1].end].rstrip('"“”«»)')
        if len(words) >= _RUN_ON and words.endswith((".", "…")):
            return True
        if len(lines) > (_GAP if self.region else _FIRST_GAP):
            return True
        tail = pending[-3:]
        long = all(line.kind is Kind.TEXT and line.end - line.start >= _RUN_ON for line in tail[:2])
        return len(tail) == 3 and long and tail[2].kind is Kind.TEXT

    def _runs_on(self, line: Line) -> bool:
        return line.end - line.start > _TITLE

    def _footer(self) -> None:
        """Gather the lines below the text, upwards; a footer has a label, a notice of rights or a source in it."""
        trusted: int | None = None
        doubted = False
        for line in islice(self._lines_upwards(), _FOOTER):
            if line.start <= self.below or (line.values and line.values[0].role is Role.BODY):
                break
            closes = self._closes(line)
            if line.kind is Kind.TEXT and line.start not in self.heads and not closes:
                if doubted:
                    break
                doubted = True  # the value of a label above may go on in it
                continue
            if line.kind is Kind.BLANK or line.start in self.heads:
                continue
            if doubted and (line.kind not in {Kind.LABEL, Kind.RIGHTS} or line.end - line.start < _WRAPPED):
                break
            doubted = False
            if closes or line.kind in {Kind.LABEL, Kind.RIGHTS, Kind.SOURCE, Kind.DAY}:
                trusted = line.start
                self.told |= {line.values[0].label} if line.kind is Kind.LABEL else set()
        if trusted is not None:
            self.footer = trusted
            for line in lines_in(self.text, trusted, self.out.end, codes=self.layout.codes):
                for value in line.values:
                    self._keep(value)

    def _lines_upwards(self) -> Iterator[Line]:
        """Lines of the article, the last one first."""
        at = self.out.end
        while at > self.below:
            start = self.text.rfind("\n", self.below, at)
            start = self.below - 1 if start < 0 else start
            yield line_at(self.text, start + 1, at, codes=self.layout.codes)
            at = start

    def _closes(self, line: Line) -> bool:
        closes = self.layout.closes
        return closes is not None and closes.match(self.text, line.start, line.end) is not None

    def _place_unlabelled(self, used: set[int]) -> None:
        """Give lines of the header that have no label what the layout says of their place."""
        texts = [
            line
            for line in self.region
            if line.kind is Kind.TEXT and line.start not in used and line.start not in self.heads
        ]
        pivot = next((line.start for line in self.region if line.kind in _PIVOT), None)
        if pivot is None:
            self._in_order(texts)
            return
        above = [line for line in texts if line.start < pivot]
        below = [line for line in texts if line.start > pivot]
        self._above(above)
        if Role.OUTLET in self.layout.after and below:
            self._take(Role.OUTLET, below[:1])
        elif Role.HEADLINE in self.layout.after:
            titles = [line for line in below if not byline(line.of(self.text))]
            self._take(Role.HEADLINE, self._run(titles))

    def _in_order(self, texts: list[Line]) -> None:
        """Lines of a header without a day: what the layout has above the day and below it, in that order."""
        roles = [role for role in (*self.layout.before, *self.layout.after) if role in {Role.OUTLET, Role.HEADLINE}]
        if roles[:1] == [Role.HEADLINE]:
            self._above(texts)
        elif Role.OUTLET in self.out.values:
            self._take(Role.HEADLINE, self._run(texts))
        elif texts:
            self._take(Role.OUTLET, texts[:1] if is_name(texts[0].of(self.text)) else ())
            self._take(Role.HEADLINE, self._run(texts[1:]))

    def _above(self, above: list[Line]) -> None:
        """Lines above the day: the outlet last, the author below the headline, the name of a section above it."""
        roles = self.layout.before
        if Role.OUTLET in roles and above and is_name(above[-1].of(self.text)):
            self._take(Role.OUTLET, above[-1:])
            above = above[:-1]
        if Role.AUTHOR in roles and len(above) > 1:
            last = above[-1].of(self.text)
            if byline(last) or looks_like_person(last):
                self._take(Role.AUTHOR, above[-1:])
                above = above[:-1]
            if len(above) > 1 and len(above[0].of(self.text).split()) <= 2 and not above[0].of(self.text).endswith(","):
                above = above[1:]
        if Role.HEADLINE in roles and above:
            self._take(Role.HEADLINE, self._last_run(above))

    def _take(self, role: Role, lines: Sequence[Line]) -> None:
        if lines:
            self._keep(Value(role, lines[0].start, lines[-1].end))

    def _adjacent(self, one: Line, other: Line) -> bool:
        return self.text.count("\n", one.end, other.start) == 1

    def _run(self, lines: Sequence[Line]) -> list[Line]:
        """The first line with those that follow it without an empty line between, three at most."""
        taken = list(lines[:1])
        for line in lines[1:3]:
            if not self._adjacent(taken[-1], line) or taken[-1].end - taken[-1].start < 30:
                break
            taken.append(line)
        return taken

    def _last_run(self, lines: Sequence[Line]) -> list[Line]:
        taken = list(lines[-1:])
        for line in reversed(lines[:-1]):
            if not self._adjacent(line, taken[0]):
                break
            taken.insert(0, line)
        return taken

    def _headline_below(self) -> None:
        """Find the headline below the header where none is in it, and a byline below the headline."""
        known = self.out.values.get(Role.HEADLINE)
        lines = [
            line
            for _, line in zip(range(14), lines_in(self.text, self.below, self.footer), strict=False)
            if line.kind is not Kind.BLANK and line.start not in self.heads and not line.of(self.text).endswith("/")
        ]
        if known is not None and not known.label and self.out.start <= known.start and self._opening(known):
            self._grow(known, lines)
        if known is None and lines:
            names = byline(lines[0].of(self.text))
            if names and len(lines) > 1:
                self._take(Role.AUTHOR, lines[:1])
                lines = lines[1:]
            if self._may_be_title(lines[0]):
                run = self._wrapped_title(lines)
                self._take(Role.HEADLINE, run)
                lines = lines[len(run) :]
        if not self.out.authors:
            signed = next((line for line in lines[:2] if byline(line.of(self.text))), None)
            if signed:
                self._take(Role.AUTHOR, [signed])

    def _opening(self, known: Value) -> bool:
        """Whether a headline stands at the end of the line that opens the article."""
        opens = self.layout.opens
        return opens is not None and "headline" in opens.groupindex and self.text[known.end : known.end + 1] == "\n"

    def _grow(self, known: Value, lines: Sequence[Line]) -> None:
        """Let a headline in an opening line go on in the next one, where it was broken for want of room."""
        start = self.text.rfind("\n", 0, known.start) + 1
        run = self._wrapped_title([Line(start, known.end, Kind.TEXT), *lines])
        if len(run) > 1:
            self.out.values[Role.HEADLINE] = Value(Role.HEADLINE, known.start, run[-1].end)

    def _may_be_title(self, line: Line) -> bool:
        words = line.of(self.text)
        prose = is_prose(words) and not words.rstrip('"“”«»').endswith(("!", "?"))
        return not prose and any(c.isalpha() for c in words) and not words.endswith((",", ";")) and len(words) <= _TITLE

    def _wrapped_title(self, lines: Sequence[Line]) -> list[Line]:
        """A headline broken into two lines: the second is parted from the text, or shorter than both its neighbours."""
        first, rest = lines[0], lines[1:]
        if len(rest) < 2 or not self._adjacent(first, rest[0]) or not self._may_be_title(rest[0]):
            return [first]
        if byline(rest[0].of(self.text)) or rest[0].kind is not Kind.TEXT:
            return [first]
        if self.text[first.end - 1] == "\xad":
            return [first, rest[0]]
        length, second, third = (line.end - line.start for line in (first, *rest[:2]))
        parted = not self._adjacent(rest[0], rest[1]) and length >= 30
        parted = parted or (byline(rest[1].of(self.text)) is not None and length >= _RUN_ON)
        fuller = second < 0.9 * length and second < 0.7 * third and length >= 35
        return [first, rest[0]] if parted or fuller else [first]

    def _finish(self) -> None:
        """Mark what is header and footer, and say where the text is."""
        head = self.out.values.get(Role.HEADLINE)
        own = [v for v in (head, self.out.values.get(Role.LEAD), *self.out.authors) if v]
        runs = [line for line in self.region if line.kind is not Kind.BLANK]
        runs += [
            line for line in lines_in(self.text, self.footer, self.out.end) if line.kind is not Kind.BLANK
        ]  # fmt: skip
        for line in runs:
            self._aside(line.start, line.end, own)
        for start in sorted(self.heads):
            if self.below <= start < self.footer:
                stop = self.text.find("\n", start)
                self._aside(start, self.footer if stop < 0 else stop, own)
        if head and head.start >= self.below:  # lines above the headline that are none, such as an agency's keywords
            for line in lines_in(self.text, self.below, self.text.rfind("\n", 0, head.start) + 1):
                if line.kind is not Kind.BLANK:
                    self._aside(line.start, line.end, own)
        begin = max(self.below, head.end if head and head.start >= self.below else self.below)
        body = self.text[begin : self.footer]
        if any(c.isalpha() for c in body):
            begin += len(body) - len(body.lstrip())
            self.out.body = (begin, begin + len(body.strip()))
            self._break_behind_labels()
        self.out.labels, self.out.kinds = frozenset(self.told), frozenset(self.kinds)

    def _break_behind_labels(self) -> None:
        """Note where a headline, a lead or the text stands on one line with its label."""
        values = (self.out.values.get(Role.HEADLINE), self.out.values.get(Role.LEAD))
        places = [*(v.start for v in values if v), self.out.body[0]]
        if self.layout.codes:
            for match in _BODY_CODE.finditer(self.text, *self.out.body):
                self.out.aside.append(match.span(1))
                places.append(match.end())
        for place in places:
            first = self.text.rfind("\n", 0, place) + 1
            if self.text[first:place].strip() and self.text[place - 1] in " \t\xa0":
                self.out.breaks.append(place - 1)

    def _aside(self, start: int, end: int, own: Sequence[Value]) -> None:
        """Note a line of the header or footer, but for what of it is headline, lead or author."""
        for value in own:
            if value.start < end and value.end > start:
                before = self.text[start : value.start].rstrip()
                if before:
                    self.out.aside.append((start, start + len(before)))
                if value.role is Role.AUTHOR and value.label:
                    break
                return
        if end > start:
            self.out.aside.append((start, end))


def parse(
    text: str, bounds: tuple[int, int], layout: Layout, heads: frozenset[int] = frozenset(), given: Sequence[Value] = ()
) -> Parsed:
    """Read the article between two offsets.

    `heads` are beginnings of running heads, `given` is what the line that opens it says.
    """
    start, end = bounds
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    bounds = (start, max(start, start + len(words.strip())))
    found = _Reader(text, bounds, layout, heads, False).run(given)
    if found.body[0] == found.body[1]:  # a text so short that it was taken for lines of the header
        found = _Reader(text, bounds, layout, heads, True).run(given)
    return found
