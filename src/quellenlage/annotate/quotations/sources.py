"""Sources named by a preposition: "laut X", "X zufolge", "nach Angaben von X", "seiner Meinung nach", "demnach"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.annotate.quotations.lexicon import AUXILIARY, after_nach, lexicon, words
from quellenlage.annotate.quotations.phrases import PREPOSITIONS, is_determiner, phrase_end, temporal
from quellenlage.annotate.quotations.units import Word
from quellenlage.model.layers import Medium

LOOKAHEAD = 7
"""Words between "nach" and its noun, or in front of "zufolge"; longer phrases are hardly sources."""
_BACK = 14


@dataclass(frozen=True, slots=True)
class Source:
    """Words [lo, hi) of the phrase, those that name the source, and the preposition's place."""

    lo: int
    hi: int
    cue: tuple[int, ...]
    source: tuple[int, int]
    word: str
    medium: Medium


def find_source(ws: Sequence[Word], lo: int, hi: int) -> Source | None:
    """The first source phrase in [lo, hi)."""
    for i in range(lo, hi):
        low = ws[i].low
        found = None
        if low in {"laut", "gemäß"}:
            found = _before(ws, i, hi) or (_after(ws, lo, i) if low == "gemäß" else None)
        elif low in {"zufolge"}:
            found = _after(ws, lo, i)
        elif low == "nach":
            found = _nach(ws, lo, i, hi)
        elif low == "aus" and i + 2 < hi and "sicht" in {ws[i + 1].low, ws[i + 2].low}:
            found = _spoken(ws, i, i, phrase_end(ws, i + 1, hi), "thought")
        elif low in words("prepositions", "adverbs") and i == lo and low != "danach":
            found = Source(i, i + 1, (i,), (i, i + 1), low, "speech")
        if found is not None:
            return found
    return None


def _spoken(ws: Sequence[Word], cue: int, lo: int, end: int, medium: Medium) -> Source | None:
    if end <= cue + 1:
        return None
    return Source(lo, end, (cue,), (cue + 1, end), ws[cue].low, medium)


def _medium(ws: Sequence[Word], lo: int, hi: int) -> Medium:
    for i in range(lo, hi):
        medium = after_nach(ws[i].low) if ws[i].low else None
        if medium in {"speech", "writing", "thought"}:
            return "writing" if medium == "writing" else "thought" if medium == "thought" else "speech"
    return "speech"


def _before(ws: Sequence[Word], i: int, hi: int) -> Source | None:
    """ "laut X"."""
    end = phrase_end(ws, i + 1, hi)
    return Source(i, end, (i,), (i + 1, end), ws[i].low, _medium(ws, i + 1, end)) if end > i + 1 else None


def _after(ws: Sequence[Word], lo: int, i: int) -> Source | None:
    """ "X zufolge": the noun phrase that ends before the preposition."""
    begin = i
    if i > lo and ws[i - 1].capital and after_nach(ws[i - 1].low):
        begin = i - 1
        while begin > lo and _modifies(ws[begin - 1], first=begin - 1 == lo):
            begin -= 1
        return Source(begin, i + 1, (i,), (begin, i), ws[i].low, _medium(ws, begin, i))
    for k in range(max(lo, i - _BACK), i):
        if (k == lo or not ws[k - 1].capital or is_determiner(ws[k])) and phrase_end(ws, k, i, wide=True) == i:
            begin = k
            break
    if begin == i:
        return None
    return Source(begin, i + 1, (i,), (begin, i), ws[i].low, _medium(ws, begin, i))


def _modifies(word: Word, *, first: bool) -> bool:
    """An article or adjective before a noun, with a capital only where the sentence begins."""
    if word.capital and not first:
        return False
    if word.low in AUXILIARY or word.low in PREPOSITIONS or (word.feats is not None and "VerbForm=Fin" in word.feats):
        return False
    return is_determiner(word) or word.low.endswith(("en", "er"))


def _nach(ws: Sequence[Word], lo: int, i: int, hi: int) -> Source | None:
    """ "nach Angaben von X", "X' Meinung nach", "nach dem Bericht"; not "zwei Tage nach dem Bericht"."""
    if i > lo and (temporal(ws, i - 1, i) or ws[i - 1].low == "kurz"):
        return None
    for k in range(i + 1, min(hi, i + 1 + LOOKAHEAD)):
        word = ws[k]
        if word.mark or not word.low:
            break
        if word.capital and after_nach(word.low):
            if phrase_end(ws, i + 1, hi) <= k:
                break
            end = phrase_end(ws, i + 1, hi)
            return Source(i, end, (i,), (i + 1, end), "nach", _medium(ws, k, k + 1))
        if word.capital and (word.low in lexicon().documents) and k == i + 2:
            end = phrase_end(ws, i + 1, hi)
            return Source(i, end, (i,), (i + 1, end), "nach", "writing") if end > k else None
        possessor = k + 1 < hi and word.capital and word.text.endswith(("s", "’", "'")) and after_nach(ws[k + 1].low)
        if possessor:
            return Source(i, k + 2, (i,), (i + 1, k + 2), "nach", _medium(ws, k + 1, k + 2))
        if word.capital or word.low in PREPOSITIONS:
            break
    return _postposed(ws, lo, i)


def _postposed(ws: Sequence[Word], lo: int, i: int) -> Source | None:
    for k in range(max(lo, i - LOOKAHEAD), i):
        if ws[k].capital and after_nach(ws[k].low) in {"thought", "speech"}:
            begin = k
            while (
                begin > lo
                and (is_determiner(ws[begin - 1]) or ws[begin - 1].low.endswith(("er", "en")))
                and not ws[begin - 1].capital
            ):
                begin -= 1
            if (
                begin > lo
                and begin == k
                and ws[begin - 1].capital
                and ws[begin - 1].low in {"seiner", "ihrer", "meiner"}
            ):
                begin -= 1
            if begin > lo and is_determiner(ws[begin - 1]):
                begin -= 1
            if phrase_end(ws, begin, i) == i:
                return Source(begin, i + 1, (i,), (begin, i), "nach", _medium(ws, k, k + 1))
    return None
