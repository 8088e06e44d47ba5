"""Whether two passages say the same: first by their words, then by their content words.

A cut quotation is contained in the whole one, so words are compared in runs, in any order; indirect or translated
words share content words only. Whatever contradicts (numbers, names, days, negation, opposites) keeps two apart:
unsure is not the same.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz

from quellenlage.link.wording import NEGATORS, Wording

RUN = 3
"""Words of a run that two passages must share to count as the same words there."""

SHARED = 0.8
"""Share of the shorter passage in such runs from which the words are the same: one word in six may be edited."""

CONTAINED, DICE = 0.8, 0.6
"""Content words: share of the poorer passage found in the richer one, and of both together, to say the same."""

MIN_CONTENT = 3
"""Content words that two passages share at least to say the same in other words."""

CLOSE = 0.8
"""Share of words, or Dice of content words, from which neither passage says much more than the other."""

UNSURE = 0.5
"""Likeness (Dice) from which two passages that fail the rules above are listed as perhaps the same."""

LONG = 15
"""Words from which one exchanged content word is an edit rather than another statement."""

_SUBORDINATORS = frozenset("dass ob weil wenn als damit sodass bis bevor nachdem obwohl wie wo was wer".split())
_COORDINATORS = frozenset("und oder aber denn doch sondern".split())
_SUBJECTS = frozenset("ich wir er sie es man das".split())
_INFINITIVE = re.compile(r"[a-z]{2,}zu[a-z]+en")
_OPPOSITES: tuple[tuple[str, str], ...] = (
    ("steig", "sink"), ("erhoeh", "senk"), ("zunehm", "abnehm"), ("mehr", "weniger"), ("zustimm", "ablehn"),
    ("annehm", "ablehn"), ("begruess", "kritisier"), ("oeffn", "schliess"), ("beginn", "end"), ("beginn", "beend"),
    ("gewinn", "verlier"), ("verlaenger", "verkuerz"), ("staerk", "schwaech"), ("moeglich", "unmoeglich"),
    ("schuldig", "unschuldig"), ("richtig", "falsch"), ("gut", "schlecht"), ("bleib", "zuruecktret"),
    ("unterstuetz", "ablehn"), ("sicher", "unsicher"), ("freund", "feind"), ("krieg", "frieden"), ("gross", "klein"),
    ("hoch", "niedrig"), ("stark", "schwach"), ("oben", "unten"), ("fuer", "gegen"), ("kauf", "verkauf"),
)  # fmt: skip
"""Stems that exclude each other: two passages that differ in such a pair are not one statement."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two passages relate: the same words, the same content, perhaps the same, the opposite; or a clash.

    A clash forbids that the two ever stand in one statement, also by way of a third. Close are passages of which
    neither says much that the other does not.
    """

    kind: Literal["words", "content", "perhaps", "contrary", "clash"]
    score: float
    reasons: tuple[str, ...]
    close: bool = False


def weights(wordings: Sequence[Wording]) -> dict[str, float]:
    """How telling a content stem is: the rarer among all passages, the more (root of the inverse frequency)."""
    counted = Counter(stem for wording in wordings for stem in wording.content)
    return {stem: _rarity(len(wordings), count) for stem, count in counted.items()}


def _rarity(passages: int, count: int) -> float:
    # Of fifty passages more than there are, so that in a small folder no word counts as common.
    return math.sqrt((50 + passages) / (count + 4))


def compare(a: Wording, b: Wording, telling: Mapping[str, float]) -> Likeness | None:
    """Compare two passages of one speaker; None where they have nothing to do with each other."""
    by_words = _by_words(*sorted((a, b), key=lambda one: (len(one.words), one.words)))
    return by_words or _by_content(a, b, telling)


def _by_words(short: Wording, long: Wording) -> Likeness | None:
    tiles = _tiles(short.words, long.words)
    mine = {i for i, _, size in tiles for i in range(i, i + size)}
    share = len(mine) / len(short.words) if short.words else 0.0
    if share < SHARED or not any(short.stems[i] for i in mine):
        return None
    left_short, left_long = _leftovers(
        [i for i in range(len(short.words)) if i not in mine], _between(tiles, short, long), short, long
    )
    reasons = (f"words:{share:.2f}",)
    if short.polarity is not long.polarity:
        return Likeness("contrary", share, (*reasons, f"polarity:{short.polarity}/{long.polarity}"))
    if (_words(short, left_short) & NEGATORS) or (_words(long, left_long) & NEGATORS):
        return Likeness("contrary", share, (*reasons, "negation"))
    first, last = min(j for _, j, _ in tiles), max(j + size for _, j, size in tiles) - 1
    if any(long.words[i] in NEGATORS for i in _reach(long, first, last)):
        return Likeness("perhaps", share, (*reasons, "negation-around"))
    if _exchanged(short, left_short, long, left_long, share):
        return Likeness("clash", share, (*reasons, "exchanged"))
    return Likeness("words", share, reasons, close=len(short.words) >= CLOSE * len(long.words))


_Tile = tuple[int, int, int]
"""A run of words in common: where it begins in either passage, and how many words it has."""


def _tiles(short: Sequence[str], long: Sequence[str]) -> list[_Tile]:
    """Cover the shorter passage with the longest runs that the longer one has too (greedy string tiling, Wise 1993).

    In the order of the shorter passage; every word of either belongs to one run at most.
    """
    least = min(RUN, len(short))
    free_a, free_b = [True] * len(short), [True] * len(long)
    places: dict[str, list[int]] = {}
    for j, word in enumerate(long):
        places.setdefault(word, []).append(j)
    tiles: list[_Tile] = []
    while least:
        best: _Tile = (0, 0, 0)
        for i, word in enumerate(short):
            for j in places.get(word, ()):
                if i and j and free_a[i - 1] and free_b[j - 1] and short[i - 1] == long[j - 1]:
                    continue  # inside a run that was measured from its beginning
                size = 0
                while (
                    i + size < len(short)
                    and j + size < len(long)
                    and free_a[i + size]
                    and free_b[j + size]
                    and short[i + size] == long[j + size]
                ):
                    size += 1
                if size > best[2]:
                    best = (i, j, size)
        i, j, size = best
        if size < least:
            break
        tiles.append(best)
        free_a[i : i + size] = [False] * size
        free_b[j : j + size] = [False] * size
    return sorted(tiles)


def _between(tiles: Sequence[_Tile], short: Wording, long: Wording) -> list[int]:
    """Places of the longer passage that stand against what is left of the shorter one.

    Between runs that follow each other in both, and as many words before the first and after the last as the shorter
    passage has there.
    """
    found: set[int] = set()
    for (_, j, size), (_, following, _) in pairwise(tiles):
        found.update(range(j + size, following))
    lead, (tail, at, size) = tiles[0], tiles[-1]
    found.update(range(max(0, lead[1] - lead[0]), lead[1]))
    found.update(range(at + size, min(len(long.words), at + size + len(short.words) - tail - size)))
    covered = {k for _, j, size in tiles for k in range(j, j + size)}
    return sorted(found - covered)


def _leftovers(mine: Sequence[int], theirs: Sequence[int], a: Wording, b: Wording) -> tuple[list[int], list[int]]:
    """Places outside the common runs, less those whose words or stems stand on the other side too."""
    return (
        [i for i in mine if not any(_alike(a, i, b, j) for j in theirs)],
        [j for j in theirs if not any(_alike(a, i, b, j) for i in mine)],
    )


def _alike(a: Wording, i: int, b: Wording, j: int) -> bool:
    return a.words[i] == b.words[j] or (bool(a.stems[i]) and a.stems[i] == b.stems[j])


def _words(wording: Wording, places: Sequence[int]) -> set[str]:
    return {wording.words[i] for i in places}


def _reach(long: Wording, first: int, last: int) -> list[int]:
    """Places around a cut where a negation would govern it: its own clause, and those that its clause depends on."""
    found = [i for i in range(last + 1, len(long.words)) if long.clauses[i] == long.clauses[last]]
    clause = long.clauses[first]
    if first and long.words[first - 1] in _COORDINATORS and long.words[first] in _SUBJECTS:
        return found
    for i in range(first - 1, -1, -1):
        if long.clauses[i] != clause:
            own = [j for j, one in enumerate(long.clauses) if one == clause]
            if long.clauses[i][0] != clause[0] or not _depends([long.words[j] for j in own]):
                break
            clause = long.clauses[i]
        found.append(i)
    return found


def _depends(words: Sequence[str]) -> bool:
    """Whether a clause is a part of the one before it: by its first word, or as an infinitive with "zu"."""
    return words[0] in _SUBORDINATORS or "zu" in words or any(_INFINITIVE.fullmatch(word) for word in words)


def _exchanged(short: Wording, mine: Sequence[int], long: Wording, theirs: Sequence[int], share: float) -> bool:
    """Whether content was exchanged for other content, which is more than an edit."""
    a = [i for i in mine if short.stems[i]]
    b = [j for j in theirs if long.stems[j]]
    if not a or not b:
        return False
    left, right = {short.stems[i] for i in a}, {long.stems[j] for j in b}
    if _opposite(left, right):
        return True
    if (left & short.numbers and right & long.numbers) or (
        _words(short, a) & short.name_words and _words(long, b) & long.name_words
    ):
        return True
    spelled = all(any(fuzz.ratio(short.words[i], long.words[j]) >= 75 for j in b) for i in a)
    return not spelled and (len(short.words) < LONG or share < 0.85 or len(a) > 1)


def _opposite(left: set[str] | frozenset[str], right: set[str] | frozenset[str]) -> bool:
    for one, other in _OPPOSITES:
        for x, y in ((one, other), (other, one)):
            if any(s.startswith(x) for s in left) and any(s.startswith(y) for s in right):
                return True
    return False


def _by_content(a: Wording, b: Wording, telling: Mapping[str, float]) -> Likeness | None:
    common = a.content & b.content
    if len(common) < 2:
        return None
    shared = sum(telling.get(s, 1.0) for s in common)
    whole = sorted(sum(telling.get(s, 1.0) for s in one.content) for one in (a, b))
    contained, dice = shared / whole[0], 2 * shared / sum(whole)
    if dice < UNSURE and contained < CONTAINED:
        return None
    score = round(dice, 3)
    reasons = (f"content:{dice:.2f}", *(f"shared:{stem}" for stem in sorted(common)[:6]))
    clash = _clash(a, b)
    if clash:
        return Likeness("clash", score, (*reasons, clash))
    if contained < CONTAINED or dice < DICE or len(common) < MIN_CONTENT:
        return Likeness("perhaps", score, reasons) if dice >= UNSURE else None
    if a.polarity is not b.polarity or a.negated is not b.negated:
        kind: Literal["perhaps", "contrary"] = "perhaps" if a.stance is b.stance else "contrary"
        return Likeness(kind, score, (*reasons, f"stance:{a.stance}/{b.stance}"))
    if (a.verbs - b.content) and (b.verbs - a.content):
        return Likeness("perhaps", score, (*reasons, "verbs"))
    return Likeness("content", score, reasons, close=dice >= CLOSE)


def _clash(a: Wording, b: Wording) -> str:
    """What makes the two exclude each other: each says something of a kind that the other says otherwise."""
    for name, one, other in (
        ("numbers", a.numbers, b.numbers),
        ("names", a.names, b.names),
        ("days", a.days, b.days),
    ):
        if one and other and not (one <= other or other <= one):
            return f"{name}-differ"
    return "opposites" if _opposite(a.content - b.content, b.content - a.content) else ""
