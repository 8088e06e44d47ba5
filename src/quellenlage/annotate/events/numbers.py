"""German number words and figures as they stand in news: "rund 1,5 Millionen", "zweihundertfünfzig", "ein Dutzend"."""

from __future__ import annotations

import re
from functools import cache

_UNITS = {
    "null": 0, "ein": 1, "eins": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "zwei": 2, "zwo": 2,
    "drei": 3, "vier": 4,
    "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13,
    "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80,
    "neunzig": 90,
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_TEN = "|".join(_TENS)
_BELOW_100 = rf"(?:(?:(?P<u{{n}}>{_UNIT})und)?(?P<t{{n}}>{_TEN})|(?P<s{{n}}>{_UNIT}))"
_WORD = re.compile(
    rf"(?:(?:(?P<thousands>{_UNIT}|(?:(?:{_UNIT})und)?(?:{_TEN}))?(?P<thousand>tausend))?"
    rf"(?:(?P<hundreds>{_UNIT})?(?P<hundred>hundert))?(?:und)?{_BELOW_100.format(n=1)}?)"
)
_FIGURES = re.compile(r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
MULTIPLIERS = {
    "million": 1e6,
    "mio": 1e6,
    "milliarde": 1e9,
    "mrd": 1e9,
    "billion": 1e12,
    "dutzend": 12.0,
    "tausend": 1e3,
    "hundert": 100.0,
}
"""Words after a number that multiply it, by folded singular."""

INDEFINITE = {
    "dutzende": 24.0,
    "hunderte": 200.0,
    "aberhunderte": 200.0,
    "tausende": 2000.0,
    "abertausende": 2000.0,
    "zehntausende": 20000.0,
    "hunderttausende": 200000.0,
    "millionen": 2e6,
    "milliarden": 2e9,
}
"""Plural words that are numbers by themselves, with the least they mean."""


def parse_figures(text: str) -> float | None:
    """Read "1.500", "3,5", "12 000"; None if it is no number in figures."""
    if not _FIGURES.fullmatch(text):
        return None
    return float(re.sub(r"[. \u00a0\u202f]", "", text).replace(",", "."))


@cache
def parse_word(word: str) -> float | None:
    """Read a number word up to 99,999 in lower case; None if it is none. Articles ("ein") count as 1."""
    if len(word) > 60:
        return None
    match = _WORD.fullmatch(word)
    if not word or not match or not any(match.groupdict().values()):
        return None
    part = match.groupdict()
    total = 0.0
    if part["thousand"]:
        total += 1000 * (_below_100(part["thousands"]) if part["thousands"] else 1)
    if part["hundred"]:
        total += 100 * (_UNITS[part["hundreds"]] if part["hundreds"] else 1)
    if part["t1"]:
        total += _TENS[part["t1"]] + (_UNITS[part["u1"]] if part["u1"] else 0)
    elif part["s1"]:
        total += _UNITS[part["s1"]]
    return total


def _below_100(word: str) -> float:
    value = parse_word(word)
    return value or 0.0
