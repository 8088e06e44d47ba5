"""News agencies by the codes and names with which outlets credit them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from quellenlage.model import Span
from quellenlage.resources import load

RESOURCE = "de/agencies.toml"
OUTLETS = "de/outlets.toml"

_SEPARATOR = re.compile(r"\s*(?:[/,;|+&()]|\s[-–—]\s|\bund\b|\bsowie\b|\bmit\b)\s*")
_INITIALS = re.compile(r"[a-zäöü]{1,4}\.?")
_CODE = re.compile(r"[a-zäöü]{3,6}|[A-ZÄÖÜ]{3,6}")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:de|at|ch|net|com|org|eu|it|lu|info)", re.IGNORECASE)
_HOUSE_WORDS = frozenset(
    "agenturen agentur ag ag. red red. redaktion mit material eigen eigenbericht eig eb online nachrichtenagenturen "
    "agenturmaterial reuters.com archiv print web ots apa-ots".split()
)
_DPA_NUMBER = re.compile(r"dpa(?:-infocom)?:\d{6}-\S{3,30}|dpa-infocom")


@dataclass(frozen=True, slots=True)
class Credited:
    """An agency that a credit names, with the words that do; `known` is false for a code that no table has."""

    code: str
    span: Span
    known: bool


@dataclass(frozen=True, slots=True)
class CreditList:
    """What a list such as "mf/dpa/AFP" holds; `house` says that it also names the outlet or "Agenturen"."""

    credited: tuple[Credited, ...]
    house: bool
    complete: bool


@cache
def _codes() -> dict[str, str]:
    """Spellings, as printed and in capitals, to codes; the earlier row wins."""
    table: dict[str, str] = {}
    for row in cast("list[dict[str, Any]]", load(RESOURCE)["agency"]):
        for spelling in row["spellings"]:
            for form in (spelling, spelling.upper()):
                table.setdefault(form, row["code"])
    return table


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {
        word.casefold(): row["code"]
        for row in cast("list[dict[str, Any]]", load(RESOURCE)["agency"])
        for word in row.get("words", ())
    }
    ordered = sorted(table, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + r")\b", re.IGNORECASE), table


@cache
def _services() -> frozenset[str]:
    return frozenset(cast("list[str]", load(RESOURCE)["services"]))


@cache
def _not_codes() -> frozenset[str]:
    return frozenset(word.casefold() for word in cast("list[str]", load(RESOURCE)["not_codes"]))


@cache
def _outlet_spellings() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in cast("list[dict[str, Any]]", load(OUTLETS)["outlet"]):
        for spelling in (row["name"], *row.get("names", ()), *row["hosts"]):
            table.setdefault(spelling if len(spelling) < 4 else spelling.casefold(), row["name"])
    return table


def outlet_named(word: str) -> str | None:
    """Name of an outlet by one of its spellings; up to three letters count only as printed (nd, FR)."""
    return _outlet_spellings().get(word if len(word) < 4 else word.casefold())


def code_of(word: str) -> str | None:
    """Code of an agency by one of its spellings, in this case or in capitals."""
    return _codes().get(word.strip().strip("()[]").strip())


def agency_like(word: str) -> bool:
    """Whether an unknown word has the form of an agency's code: three to six letters of one case, no party or state."""
    return bool(_CODE.fullmatch(word)) and word.casefold() not in _not_codes() and word not in _services()


def read_list(text: str, span: Span, *, unknown_codes: bool) -> CreditList:
    """Read a slash or comma list of agencies, outlets and initials.

    With `unknown_codes` (a dateline), a word in the form of a code counts as an agency that no table has; elsewhere
    lower-case ones are their writers' initials. `complete` is false if some part is none of all this.
    """
    credited: list[Credited] = []
    house, complete = False, True
    at = span.start
    inner = span.of(text)
    pieces: list[tuple[int, str]] = []
    for match in _SEPARATOR.finditer(inner):
        pieces.append((at, text[at : span.start + match.start()]))
        at = span.start + match.end()
    pieces.append((at, text[at : span.end]))
    for start, piece in pieces:
        word = piece.strip(" ()[]\t.:")
        if not word:
            continue
        begin = start + piece.index(word)
        place = Span(begin, begin + len(word))
        code = code_of(word)
        if code:
            credited.append(Credited(code, place, True))
        elif word.casefold() in _HOUSE_WORDS or outlet_named(word) or _DOMAIN.fullmatch(word):
            house = True
        elif word in _services():
            continue
        elif unknown_codes and agency_like(word):
            credited.append(Credited(word, place, False))
        elif not _INITIALS.fullmatch(word) and not (not unknown_codes and word.isupper() and len(word) <= 3):
            complete = False
    return CreditList(tuple(credited), house, complete)


def named_in(text: str, span: Span) -> list[Credited]:
    """Agencies that a credit sentence names in full or by code ("Mit Material der Nachrichtenagentur dpa")."""
    pattern, table = _names()
    found = [
        Credited(table[m.group().casefold()], Span(*m.span()), True)
        for m in pattern.finditer(text, span.start, span.end)
    ]
    for match in re.finditer(r"[\wÀ-ž]+(?:-[\wÀ-ž]+)*", span.of(text)):
        code = code_of(match.group())
        place = Span(span.start + match.start(), span.start + match.end())
        if code and not any(place.overlaps(other.span) for other in found):
            found.append(Credited(code, place, True))
    for match in _DPA_NUMBER.finditer(text, span.start, span.end):
        place = Span(match.start(), match.start() + 3)
        if not any(place.overlaps(other.span) for other in found):
            found.append(Credited("dpa", place, True))
    return sorted(found, key=lambda c: c.span)
