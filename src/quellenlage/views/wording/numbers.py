"""Figures as the sources give them: ranges, never a false middle."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from quellenlage.model import Figure
from quellenlage.views.locale import Words

_WORD = re.compile(r"[^\W\d_]+")


def range_words(low: float | None, high: float | None, unit: str, words: Words) -> str:
    """A range with its unit: "400 Soldat", "mindestens 400", "90 bis 110", "höchstens 99"."""
    if low is None and high is None:
        text = words("number.unknown")
    elif low is not None and high is None:
        text = words("number.at_least", n=words.number(low))
    elif low is None and high is not None:
        text = words("number.at_most", n=words.number(high))
    elif low == high and low is not None:
        text = words.number(low)
    else:
        text = words("number.between", low=words.number(low or 0), high=words.number(high or 0))
    return f"{text} {unit}".strip()


def merged_figures(figures: Iterable[Figure], words: Words) -> list[str]:
    """All accounts' figures of one unit as one range from the lowest to the highest figure given.

    An end that one account leaves open stays open; where both would, each figure is told by itself.
    """
    units: dict[str, list[Figure]] = {}
    for figure in figures:
        units.setdefault(figure.unit, []).append(figure)
    merged: list[str] = []
    for group in units.values():
        unit = surface_unit(group)
        lows = [f.low for f in group if f.low is not None]
        highs = [f.high for f in group if f.high is not None]
        if len(lows) < len(group) and len(highs) < len(group):
            merged += list(dict.fromkeys(range_words(f.low, f.high, unit, words) for f in group))
        else:
            low = min(lows) if len(lows) == len(group) else None
            high = max(highs) if len(highs) == len(group) else None
            merged.append(range_words(low, high, unit, words))
    return merged


def figure_words(figure: Figure, words: Words) -> str:
    """One account's figure with its unit as the text writes it."""
    return range_words(figure.low, figure.high, surface_unit([figure]), words)


def surface_unit(figures: Iterable[Figure]) -> str:
    """The unit as the quoted words write it ("Soldaten" for the lemma "Soldat"); the lemma where they do not."""
    unit = ""
    for figure in figures:
        unit = unit or figure.unit
        stem = _plain(figure.unit)[: max(3, len(figure.unit) - 2)]
        if figure.high == 1 or len(stem) < 3:
            continue
        for word in _WORD.findall(figure.evidence.exact):
            if _plain(word).startswith(stem) and len(word) <= len(figure.unit) + 3 and word[0].isupper():
                return str(word)
    return unit


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
