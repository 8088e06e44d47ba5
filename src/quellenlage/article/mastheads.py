"""Outlets by the form of the line that names them: mastheads at the top, signatures at the end.

No list of outlets is needed: an issue number, a word that newspapers are named with, or an agency beside the name makes
the line a masthead. A name within a sentence is never one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from quellenlage.article.agencies import Credited, outlet_named, read_list
from quellenlage.article.datelines import is_listed_place
from quellenlage.article.rules import macros
from quellenlage.model import Span, fold
from quellenlage.names.given import is_foreign, is_western
from quellenlage.resources import load

RESOURCE = "de/outlets.toml"
ABOVE_DAY = "masthead-above-day"
"""Rule of a line that names the outlet by where it stands, whatever its words."""

_LIMIT = 90
_ABOVE = 40
_WORD = r"(?-i:[A-ZÄÖÜ0-9])[\w.+&'’-]*"
_NAME = rf"(?P<name>(?:(?:die|der|das)\s)?{_WORD}(?:\s(?:am|im|an der|zum)?\s?{_WORD}){{0,3}})"
_ISSUE = re.compile(
    rf"{_NAME}(?:\s?[,|·•:–-])?\s(?:(?:nr\.?|nummer|heft|ausgabe|no\.?)\s?\d{{1,4}}(?:\s?[/-]\s?(?:\d{{4}}|\d\d))?"
    r"|\d{1,3}\s?[/-]\s?\d{4})",
    re.IGNORECASE,
)
_BARE = re.compile(_NAME, re.IGNORECASE)
_SIGNED = re.compile(rf"{_NAME}(?:\s?/\s?|\s?[,|]\s|\s(?:mit|und)\s)(?P<credit>[\w/,+ .-]{{2,40}})", re.IGNORECASE)
_DESK = re.compile(rf"(?P<name>{_WORD})-Redaktion\b")
_CAPITALS = re.compile(r"[A-ZÄÖÜ]{5,}")
_ARTICLES = ("der ", "die ", "das ")


@dataclass(frozen=True, slots=True)
class Masthead:
    """An outlet's name as printed, the agencies beside it, and the rule that saw it."""

    name: Span
    rule: str
    credited: tuple[Credited, ...] = ()

    def value(self, text: str) -> str:
        """The name for the record: the table's where it is known, else as printed with capitals set as in prose."""
        words = self.name.of(text)
        known = outlet_named(words)
        if known:
            return known
        plain = " ".join(w.capitalize() if _CAPITALS.fullmatch(w) else w for w in words.split())
        shouted = words.isupper() and words.casefold().startswith(_ARTICLES)
        return plain[:1] + plain[1:3].lower() + plain[3:] if shouted else plain


@cache
def _table(name: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", load(RESOURCE)[name]))


def _named_as_paper(words: str) -> bool:
    """Whether it ends as newspapers' names do; everyday words ("Post") only behind an adjective of a place."""
    parts = words.casefold().split()
    if not parts or not parts[-1].endswith(_table("title_words")):
        return False
    if parts[-1] in _table("everyday_words"):
        return len(parts) > 1 and parts[-2].endswith("er") and parts[-2] not in {"der", "unser", "dieser", "jeder"}
    return True


def _is_name(words: str) -> bool:
    return outlet_named(words) is not None or _named_as_paper(words)


def find_masthead(text: str, span: Span, *, top: bool, end: bool) -> Masthead | None:
    """Masthead or signature that a whole line is; `top` and `end` say where in the text it stands."""
    if len(span) > _LIMIT:
        return None
    line = span.of(text)
    if top or end:
        issue = _ISSUE.fullmatch(line)
        if issue and not is_listed_place(issue["name"]):
            return Masthead(_place(span, issue), "masthead-issue")
    if top and len(line) > 4 and _BARE.fullmatch(line) and _is_name(line):
        return Masthead(span, "masthead-name")
    signed = _SIGNED.fullmatch(line) if end else None
    if signed:
        at = Span(span.start + signed.start("credit"), span.start + signed.end("credit"))
        listed = read_list(text, at, unknown_codes=True)
        name = signed["name"]
        trusted = _is_name(name) or name.casefold().startswith(_ARTICLES) or bool(_CAPITALS.fullmatch(name))
        if trusted and listed.complete and listed.credited:
            return Masthead(_place(span, signed), "masthead-signature", listed.credited)
    return None


@cache
def _day() -> re.Pattern[str]:
    return re.compile(macros()["STAMP"], re.IGNORECASE)


def is_above_day(text: str, name: Span, day: Span) -> bool:
    """Whether a line may be a paper's name by standing right above a line that is a day and nothing else.

    That the report's headline follows below is for the caller to see; without one the line is itself the headline.
    """
    words = name.of(text)
    if len(name) > _ABOVE or not _BARE.fullmatch(words) or words[-1] in ".!?:" or any(c.isdigit() for c in words):
        return False
    first = fold(words.split()[0])
    if is_listed_place(words) or is_western(first) or is_foreign(first):
        return False  # a dateline of its own, or whoever wrote it
    return _day().fullmatch(day.of(text)) is not None


def outlet_beside_date(text: str, span: Span) -> Span | None:
    """Name of the outlet in a header with the day ("Der Seebote, Abendausgabe, 3. Mai")."""
    line = span.of(text)
    desk = _DESK.match(line)
    if desk and desk["name"].casefold() not in _table("desks") and not is_listed_place(desk["name"]):
        return _place(span, desk)
    first = re.split(r"\s?[,|·•]\s|\s[–-]\s", line, maxsplit=1)[0]
    if first != line and _BARE.fullmatch(first) and _is_name(first):
        return Span(span.start, span.start + len(first))
    return None


@cache
def _header() -> re.Pattern[str]:
    edition = r"(?:\w{0,12}ausgabe|ausgabe \w{1,20}|s(?:eite|\.) ?\d{1,3}|nr\. ?\d{1,4}|online)"
    return re.compile(
        rf"[^,|·•.!?]{{3,40}}\s?[,|·•–-]\s?(?:{edition}\s?[,|·•–-]\s?){{1,2}}{macros()['STAMP']}(?:,? {edition})?\W*",
        re.IGNORECASE,
    )


def is_dated_header(text: str, span: Span) -> bool:
    """Whether a line is an outlet's name, its edition and the day, and nothing else."""
    if len(span) > _LIMIT or not _header().fullmatch(span.of(text)):
        return False
    return outlet_beside_date(text, span) is not None


def _place(span: Span, match: re.Match[str]) -> Span:
    return Span(span.start + match.start("name"), span.start + match.end("name"))
