"""Which number of an event belongs into a name such as "400 Soldaten", and how it is told: "mindestens 400"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quellenlage.views.locale import Words
from quellenlage.views.wording.frames import plain
from quellenlage.views.wording.numbers import range_words

_WORDS = {
    word: value
    for value, word in enumerate("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(), start=2)
}
_DIGITS = re.compile(r"\d[\d.]*")
_PEOPLE = frozenset({"menschen", "personen"})
_SAME = ({"mensch", "person", "tote", "todesopfer"},)
"""Units that count the same."""


def count_words(name: str, figures: Sequence[tuple[float | None, float | None, str]], words: Words) -> str | None:
    """The number with its bounds, where the figures of the event give it for this noun; None where they do not."""
    first, _, noun = name.strip().partition(" ")
    if not first:
        return None
    value = _value(first)
    if not noun and plain(first) in _PEOPLE:
        return _one_range([(low, high) for low, high, unit in figures if plain(unit) in _SAME[0]], words)
    if value is None or not noun:
        return None
    fitting = [(low, high) for low, high, unit in figures if _counts(unit, noun)]
    if not fitting or not any(_within(value, low, high) for low, high in fitting):
        return None
    lows = [low for low, _ in fitting if low is not None]
    highs = [high for _, high in fitting if high is not None]
    low = min(lows) if len(lows) == len(fitting) else None
    high = max(highs) if len(highs) == len(fitting) else None
    if low is None and high is None:
        return None
    if low == high == value and words.lang == "de":
        return first
    return range_words(low, high, "", words)


def counted_as(name: str, figures: Sequence[tuple[float | None, float | None, str]]) -> bool:
    """Whether a name such as "400 Soldaten" begins with a number that the figures allow for its noun."""
    first, _, noun = name.strip().partition(" ")
    value = _value(first) if first else None
    fits = value is not None and bool(noun)
    return fits and any(_counts(unit, noun) and _within(value or 0, low, high) for low, high, unit in figures)


def _one_range(ranges: Sequence[tuple[float | None, float | None]], words: Words) -> str | None:
    """Of people in general: their number where only one is given."""
    if len(set(ranges)) != 1 or ranges[0] == (None, None):
        return None
    return range_words(*ranges[0], "", words)


def _value(word: str) -> float | None:
    if _DIGITS.fullmatch(word):
        return float(word.replace(".", ""))
    return _WORDS.get(word.casefold())


def _counts(unit: str, noun: str) -> bool:
    """Whether a unit is the noun's, by the beginning of the last word ("Soldat" for "russische Soldaten")."""
    one, other = plain(unit), plain(noun.rpartition(" ")[2])
    if any(one in same and any(other.startswith(word[:5]) for word in same) for same in _SAME):
        return True
    stem = one[: max(3, len(one) - 2)]
    return len(stem) >= 3 and (other.startswith(stem) or other.endswith(one))


def _within(value: float, low: float | None, high: float | None) -> bool:
    """Whether a number is one that the range allows, its open bound included ("fast 1000": 900 to 999)."""
    return (low is None or value >= low) and (high is None or value <= high + 1)
