"""How far two words of names are from each other by the sounds that their letters can stand for."""

from __future__ import annotations

import math
import unicodedata
from functools import cache

from quellenlage.model.recent import recent
from quellenlage.names.scripts import SOUNDS, abjad_sounds, is_abjad
from quellenlage.resources import load

_RECENT = 1 << 15
_VOWELS = frozenset("aeiouD")
_UNWRITTEN = 0.06
"""Price of a vowel that an abjad does not write."""
_ABJAD_LIMIT = 0.45
_SILENT = frozenset("'’‘`ʿʾʼ´-. ")
_HARDENED = frozenset({"bp", "pb", "dt", "td", "gk", "kg"})
"""Sounds that fall together at the end of a word: Edib, Edip."""
_LONGEST = 40
"""Letters of a word beyond which it is compared letter by letter only."""
_HARD_PRICE = 0.25
_NO_PRICE = 1.0
_VOWEL_PRICE = 0.7


@cache
def _graphemes() -> tuple[dict[str, str], int]:
    table = dict(cell.split("=") for cell in load(SOUNDS)["spellings"]["table"].split())
    return table, max(map(len, table))


@cache
def _prices() -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for cell in load(SOUNDS)["nearness"]["prices"].split():
        pair, _, price = cell.partition("=")
        found[pair[0], pair[1]] = found[pair[1], pair[0]] = float(price)
    return found


@cache
def _drops(which: str) -> dict[str, float]:
    cells = (cell.split("=") for cell in load(SOUNDS)["nearness"][which].split())
    return {sound: float(price) for sound, price in cells}


_ROUNDING = 1e-9
"""Sums of the same prices in another order differ by less."""


@recent(_RECENT)
def segments(word: str) -> tuple[str, ...]:
    """A word in lower case as what each of its spellings can sound like: "schukow" as SZ u k o u/v.

    A doubled letter is one; "x" and "schtsch" are two sounds.
    """
    if is_abjad(word):
        return abjad_sounds(word)
    table, longest = _graphemes()
    letters = "".join(c for c in unicodedata.normalize("NFC", word.lower()) if c not in _SILENT)
    found: list[str] = []
    at = 0
    while at < len(letters):
        for length in range(min(longest, len(letters) - at), 0, -1):
            sounds = table.get(letters[at : at + length])
            if sounds is not None and not _opens_syllable(letters, at, length):
                break
        else:
            length, sounds = 1, _plain(letters[at])
        if sounds and not (length == 1 and at and letters[at] == letters[at - 1]):
            found += sounds.split("+")
        at += length
    return tuple(found)


def _opens_syllable(letters: str, at: int, length: int) -> bool:
    """Whether the j or y of a spelling such as "ej" belongs to the vowel behind it: Ahmadi-ne-jad."""
    if length != 2 or letters[at + 1] not in "jy" or letters[at] not in "aeiouy":
        return False
    return letters[at + 2 : at + 3] in tuple("aeiouäöü")


def _plain(letter: str) -> str:
    base = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    table, _ = _graphemes()
    return table.get(base[:1], base[:1] if base[:1].isalnum() else "")


@cache
def _change(one: str, other: str) -> float:
    prices = _prices()
    best = _NO_PRICE
    for a in one:
        for b in other:
            if a == b:
                return 0.0
            price = prices.get((a, b))
            if price is None:
                price = _VOWEL_PRICE if a in _VOWELS and b in _VOWELS else _NO_PRICE
            best = min(best, price)
    return best


@cache
def _drop(sounds: str, last: bool, unwritten: bool) -> float:
    if unwritten and any(s in _VOWELS or s in "YG" for s in sounds):
        return _UNWRITTEN
    prices = _drops("drops")
    price = min(prices.get(s, _NO_PRICE) for s in sounds)
    if last:
        ends = _drops("last_drops")
        price = min((ends.get(s, prices.get(s, _NO_PRICE)) for s in sounds), default=price)
    return price


def _least(longer: tuple[str, ...], shorter: tuple[str, ...], unwritten: bool) -> float:
    """What it costs at least that one word has more sounds than the other: so many of them are dropped."""
    more = len(longer) - len(shorter)
    return sum(_cheapest(longer, unwritten)[:more]) - _ROUNDING if more > 0 else 0.0


@recent(1 << 14)
def _cheapest(sounds: tuple[str, ...], unwritten: bool) -> list[float]:
    """The prices of dropping each of the sounds, the least first."""
    return sorted(_drop(one, at == len(sounds) - 1, unwritten) for at, one in enumerate(sounds))


def distance(one: str, other: str, limit: float = math.inf) -> float:
    """Least price of turning the sounds of one word into those of the other (Wagner and Fischer 1974).

    Infinite where it is found to lie above `limit`.
    """
    if one == other:
        return 0.0
    a, b = segments(one), segments(other)
    abjad_a, abjad_b = is_abjad(one), is_abjad(other)
    if _least(a, b, abjad_b) > limit or _least(b, a, abjad_a) > limit:
        return math.inf
    width = len(b)
    comes = [_drop(sounds, j == width - 1, abjad_a) for j, sounds in enumerate(b)]
    row = [0.0]
    for price in comes:
        row.append(row[-1] + price)
    for i, ours in enumerate(a):
        last = i == len(a) - 1
        gone = _drop(ours, last, abjad_b)
        left = row[0] + gone
        new = [left]
        for j in range(width):
            change = _change(ours, b[j])
            if last and j == width - 1 and ours[0] + b[j][0] in _HARDENED:
                change = _HARD_PRICE
            left = min(row[j] + change, row[j + 1] + gone, left + comes[j])
            new.append(left)
        row = new
        if min(row) > limit:
            return math.inf
    return row[-1]


@cache
def _limits() -> tuple[float, ...]:
    return tuple(load(SOUNDS)["limits"]["by_length"])


@recent(_RECENT)
def near(one: str, other: str) -> float | None:
    """How near two words are, from 1 (the same sounds) to 0.5 (just within the limit); None beyond it."""
    if one == other:
        return 1.0
    if max(len(one), len(other)) > _LONGEST:
        return None
    limits = _limits()
    length = max(len(segments(one)), len(segments(other)))
    limit = limits[min(length, len(limits) - 1)]
    if is_abjad(one) != is_abjad(other):
        limit = max(limit, _ABJAD_LIMIT)
    price = distance(one, other, limit)
    if price > limit:
        return None
    return 1.0 - 0.5 * price / limit if limit else 1.0
