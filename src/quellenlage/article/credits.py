"""Credits at the end of a report or on a line of their own: "/bua/news.de/dpa", "(dpa/mf)", "ZEIT ONLINE, dpa"."""

from __future__ import annotations

import re

from quellenlage.article.agencies import read_list
from quellenlage.model import Span

_LIMIT = 90
_TAIL = re.compile(
    r"(?<=[.!?…\"“”«»)])\s+"
    r"(?P<credit>\(\s?[^()]{2,60}\)|[A-Za-z./,-]{2,40}(?: [A-Za-z./,-]{2,20}){0,3})\.?$"
)
_INITIALS = re.compile(r"(?<=[.!?…\"“”«»])\s+(?:\([a-zäöü]{2,5}(?:/[a-zäöü]{2,5})?\)|/[a-zäöü]{2,4})$")
_ALONE = re.compile(r"\(?/?[a-zäöü]{2,4}(?:/[a-zäöü]{2,4})*\)?")


def is_credit_line(text: str, span: Span, *, near_end: bool) -> bool:
    """Whether a whole line is a credit: nothing but agencies, outlets and initials, and at least one that is known."""
    if len(span) > _LIMIT:
        return False
    line = span.of(text)
    listed = read_list(text, span, unknown_codes=False)
    if not listed.complete:
        return False
    several = any(mark in line for mark in "/,;|()")
    if listed.credited:
        short = line.strip("()[] .")
        return several or len(short) <= 4 or short.isupper() or short[:1].islower()
    if listed.house and several:
        return True
    return near_end and bool(_ALONE.fullmatch(line))


def credit_tail(text: str, span: Span, *, last: bool) -> Span | None:
    """Credit after the last sentence of a paragraph; bare initials only in the last paragraph."""
    at = max(span.start, span.end - _LIMIT)
    tail = text[at : span.end]
    match = _TAIL.search(tail)
    if match:
        found = Span(at + match.start("credit"), span.end)
        listed = read_list(text, found, unknown_codes=False)
        if listed.complete and listed.credited:
            return found
    match = _INITIALS.search(tail) if last else None
    return Span(at + match.start() + len(match.group()) - len(match.group().lstrip()), span.end) if match else None
