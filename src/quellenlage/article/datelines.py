"""Datelines at the beginning of a report: place, agency, day ("Moskau (dpa) -", "BERLIN taz |", "14:32 Uhr:")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from quellenlage.article.agencies import CreditList, read_list
from quellenlage.article.rules import RESOURCE, macros
from quellenlage.model import Span
from quellenlage.resources import load

_UPPER = "A-ZÀ-ÖØ-ÞŁŠŽČ"
_PLACE = (
    rf"(?P<place>[{_UPPER}][\w.'’]*(?:(?:\s?/\s?|\s|-|,\s(?=D\.))(?:\((?:Oder|Saale|Main|Ruhr)\)|[\w.'’]+)){{0,6}}?)"
)
_DASH = r"\s*(?P<dash>[-–—|:])\s"
_QUOTES = "\"'„“»«‚‘›‹("
_HEAD = 200
_NEARBY = 20_000
_SHORTEST = 60
"""A line with a bare place before it must be so long, in code points: a title may begin in the same way."""
_TICKER = re.compile(
    r"(?:\+{2,3}\s*)?(?:[\[(]?(?:\d{1,2}[:.]\d{2})(?:\s?Uhr|\s?h)[\])]?\s*(?:\+{2,3}|[:|–—-]|$)|\[\d{1,2}[:.]\d{2}\]\s*|"
    r"\+{2,3}\s*\d{1,2}[:.]\d{2}\s)\s*"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a dateline lies, what it credits, and the rule that saw it."""

    span: Span
    credits: CreditList
    rule: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    day = macros()["DATE"]
    dated = rf"(?:,?\s(?i:{day})\.?)?"
    return {
        "dateline-agency": re.compile(
            rf"{_PLACE}{dated},?\s?\((?!(?:Oder|Saale|Main|Ruhr)\))(?P<credit>[^()]{{2,50}})\)\s?"
            r"(?:[-–—|:.]+\s?)?"
        ),
        "dateline-bar": re.compile(rf"{_PLACE}{dated}\s(?P<credit>[a-zA-Z/,]{{2,20}})\s?\|\s?"),
        "dateline-slash": re.compile(rf"{_PLACE}{dated}\s?[/,]\s?(?P<credit>[a-zA-Z/-]{{2,20}}){_DASH}"),
        "dateline-credit": re.compile(r"\((?P<credit>[^()]{2,40})\)\s?(?:[-–—:]\s?)?"),
        "dateline-first": re.compile(rf"(?P<credit>[A-Za-z/-]{{2,20}})\s{_PLACE}{dated}(?:\.|:|\s[-–—|])\s"),
        "dateline-country": re.compile(rf"{_PLACE}\s\([{_UPPER}][\w-]{{3,30}}(?:\s[{_UPPER}][\w-]+)?\){_DASH}"),
        "dateline-place": re.compile(rf"{_PLACE}{dated}\s?{_DASH}"),
        "dateline-day": re.compile(rf"{_PLACE},\s(?i:{day})\.?(?:\s[-–—])?\s"),
        "dateline-stop": re.compile(rf"(?:HB\s)?{_PLACE}\.\s"),
    }


@cache
def _places() -> frozenset[str]:
    listed = cast("str", load(RESOURCE)["datelines"]["places"]).split()
    return frozenset(place.replace("_", " ").casefold() for place in listed)


def _known_place(place: str) -> bool:
    parts = [part for part in re.split(r"\s?/\s?|\sund\s", place) if part]
    return place.casefold() in _places() or all(part.casefold() in _places() for part in parts)


def is_listed_place(words: str) -> bool:
    """Whether these words are one of the listed cities, or several joined by slashes."""
    return _known_place(words)


def _formed(place: str) -> bool:
    words = re.split(r"[\s/-]+", place)
    return len(words) <= 6 and all(
        not word[:1].islower() or word in {"am", "an", "der", "de", "la", "el", "al", "im", "bei", "ob", "in", "y"}
        for word in words
    )


def find_dateline(text: str, start: int, end: int, *, near_top: bool) -> Dateline | None:
    """Dateline at the beginning of a line, if there is one.

    A place alone counts only near the top of the text and if it is listed or stands in capitals, because "Muster - der
    Lotse - schwieg" begins in the same way.
    """
    head = text[start : min(end, start + _HEAD)]
    ticker = _TICKER.match(head)
    if ticker and ticker.group().strip():
        return Dateline(Span(start, start + len(ticker.group().rstrip())), CreditList((), False, True), "ticker-time")
    for rule, pattern in _patterns().items():
        match = pattern.match(head)
        if not match:
            continue
        alone = rule == "dateline-agency" and match.end() == end - start
        if not alone and not _opens_sentence(head[match.end() :]):
            continue
        groups = match.groupdict()
        place = (groups.get("place") or "").strip()
        if "credit" in groups:
            span = Span(start + match.start("credit"), start + match.end("credit"))
            listed = read_list(text, span, unknown_codes=rule == "dateline-agency")
            if not _formed(place) or not _credible(listed, rule, place, match.group()):
                continue
            if alone and not (_known_place(place) or match["credit"].casefold() == "ots"):
                continue
        elif near_top and end - start >= _SHORTEST and _bare_place(text, rule, place, groups.get("dash") or ""):
            listed = CreditList((), False, True)
        else:
            continue
        return Dateline(Span(start, start + len(match.group().rstrip())), listed, rule)
    return None


def _credible(listed: CreditList, rule: str, place: str, words: str) -> bool:
    """Whether what stands behind a place are agencies: known ones, or a code of unknown ones with a dash after it."""
    known = listed.house or any(credited.known for credited in listed.credited)
    if rule in {"dateline-first", "dateline-slash"}:
        return listed.complete and known and (_known_place(place) or place.isupper())
    dashed = words.rstrip()[-1:] in {"-", "–", "—"}
    return listed.complete and (known or (bool(listed.credited) and dashed))


def _bare_place(text: str, rule: str, place: str, dash: str) -> bool:
    """Whether a place without an agency opens the report.

    A listed city does, any in capitals before a dash, and a word that the text elsewhere says something is "in".
    """
    if rule == "dateline-stop":
        return _stopped_place(text, place)
    if rule == "dateline-country":
        return dash not in {":", "|"} and " " not in place and (_known_place(place) or _said_to_be_in(text, place))
    if rule == "dateline-place":
        if dash == ":":
            return False
        if _known_place(place) or (place.isupper() and len(place) > 3 and dash != "|"):
            return True
        return dash != "|" and (_joined_places(place) or (len(place) > 3 and _said_to_be_in(text, place)))
    return _known_place(place)


def _said_to_be_in(text: str, place: str) -> bool:
    """Whether the text says that something is "in" a place, or "von" or "aus" there."""
    return bool(re.search(rf"\b(?:in|aus) {re.escape(place)}\b", text[:_NEARBY]))


def _joined_places(place: str) -> bool:
    """Whether single words joined by slashes are places, one of them a listed one ("Wien/Hafenstadt")."""
    parts = re.split(r"\s?/\s?", place)
    return 1 < len(parts) <= 3 and any(_known_place(part) for part in parts) and all(len(part) > 2 for part in parts)


def _stopped_place(text: str, place: str) -> bool:
    """Whether a place with a full stop behind it opens the report.

    Listed ones do in capitals or joined by a slash; others in capitals if the text has the name in its usual form too.
    """
    if _joined_places(place):
        return True
    if not place.isupper():
        return False
    if _known_place(place):
        return True
    usual = "-".join(part.capitalize() for part in place.split("-"))
    return len(place) > 3 and " " not in place and bool(re.search(rf"\b{re.escape(usual)}", text[:_NEARBY]))


def _opens_sentence(rest: str) -> bool:
    """Whether what follows begins a sentence; a second dash at once means that the first was none of a dateline."""
    rest = rest.lstrip()
    if not rest:
        return False
    first = rest.lstrip(_QUOTES)[:1]
    if not (first.isupper() or first.isdigit()):
        return False
    return not re.match(r"[\w'-]+\s[-–—]\s", rest)
