"""Numbers of a sentence as ranges with what they count: "mehr als 400 Soldaten" against "380 Mann"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quellenlage.families import people_of
from quellenlage.model import Document, Span, Token, fold
from quellenlage.story.figures import value_of, words

_DIGITS = re.compile(r"\d{1,3}(?:[. \u00a0]\d{3})+|\d+(?:,\d+)?")
_SCALES = {"tausend": 1e3, "million": 1e6, "millionen": 1e6, "milliarde": 1e9, "milliarden": 1e9}
_PEOPLE = frozenset("mensch person leben mann frau einwohner einwohnerin".split())
_FATES = (
    ("injured", re.compile(r"verletz")),
    ("dead", re.compile(r"töt|tote\b|toten\b|tod|starb|sterb|gestorben|ums leben|opfer")),
)
_OPEN_UP = ("mehr als", "mindestens", "über", "wenigstens", "nicht weniger als")
_OPEN_DOWN = ("weniger als", "höchstens", "bis zu", "maximal", "unter")
_ABOUT = frozenset("rund etwa ca circa ungefähr fast knapp gut annähernd".split())
_BEFORE, _AFTER = 3, 5
"""Words before a number that limit it, words behind it among which its noun stands."""

_NOUNS = frozenset({"NOUN", "PROPN"})
_PASSED = frozenset({"ADJ", "ADP", "NUM", "DET", "ADV"})
_ROUGH = 0.1
"""Share by which a rough number may lie off."""

_FAR = 5
"""How many times the least that is told a number may be at most."""

_HOURS = {"sekunde": 1 / 3600, "minute": 1 / 60, "stunde": 1.0}
"""Short times are compared in hours."""

_ONES = frozenset("ein eine einen einem einer eines".split())


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a range (None: open end) with a folded word for what it counts, empty where that is not told."""

    span: Span
    low: float | None
    high: float | None
    unit: str
    groups: frozenset[str] = frozenset()

    def counts_like(self, other: Number) -> bool:
        """Whether both count the same kind of thing."""
        if not self.unit or not other.unit:
            return False
        fates = {"dead", "injured"} & {self.unit, other.unit}
        if fates:
            return self.unit == other.unit
        one, two = sorted((self.unit, other.unit), key=len)
        same = one == two or (len(one) > 4 and (two.startswith(one) or two.endswith(one)))
        return same or not self.groups.isdisjoint(other.groups)

    def meets(self, other: Number) -> bool:
        """Whether the ranges share a number; two that are open to one side ("höchstens") are held to what they name."""
        if None in {self.low, self.high} and (self.low is None, self.high is None) == (
            other.low is None,
            other.high is None,
        ):
            return self.low == other.low and self.high == other.high
        return not self.excludes(other)

    def _far_above(self, other: Number) -> bool:
        """Whether this is many times what the other names as the least ("140" beside "mindestens 14")."""
        return other.high is None and self.high is not None and other.low is not None and self.high >= _FAR * other.low

    def excludes(self, other: Number) -> bool:
        """Whether both cannot hold: "mindestens 400" leaves "mehr als 900" open, "höchstens 200" not 500."""
        if self.low is None and other.low is None:
            return self.high != other.high
        if self._far_above(other) or other._far_above(self):
            return True
        below = self.high is not None and other.low is not None and self.high < other.low
        above = other.high is not None and self.low is not None and other.high < self.low
        return below or above


def numbers_of(document: Document, span: Span) -> tuple[Number, ...]:
    """The numbers of a sentence, durations among them; dates and times of day are none."""
    dated = [t.span for t in document.timexes if t.type != "DURATION" and t.span.overlaps(span)]
    tokens = document.tokens_in(span)
    return tuple(_read(document.text, tokens, dated, span))


def _read(text: str, tokens: Sequence[Token], dated: Sequence[Span], span: Span) -> Iterator[Number]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        value = None if any(one.overlaps(token.span) for one in dated) else _value(token.of(text))
        if value is None:
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and (scale := _SCALES.get(tokens[end].of(text).casefold())):
            value, end = value * scale, end + 1
        low, high = _range(text, tokens, at, value)
        unit, behind = _unit(text, tokens, end)
        unit = _with_fate(text, unit, token.start, tokens[end:], span)
        last = tokens[behind] if behind is not None else tokens[end - 1]
        if unit in _HOURS:
            low, high = (None if n is None else n * _HOURS[unit] for n in (low, high))
            unit = "stunde"
        yield Number(Span(token.start, last.end), low, high, unit, _groups(unit))
        at = end


def _value(word: str) -> float | None:
    if word.casefold() in _ONES:
        return None
    if _DIGITS.fullmatch(word):
        plain = re.sub(r"[. \u00a0](?=\d{3})", "", word)
        return float(plain.replace(",", "."))
    return value_of(word.casefold())


def _range(text: str, tokens: Sequence[Token], at: int, value: float) -> tuple[float | None, float | None]:
    before = " ".join(t.of(text).casefold() for t in tokens[max(0, at - _BEFORE) : at])
    if any(before.endswith(words_) for words_ in _OPEN_DOWN):
        return None, value
    if any(before.endswith(words_) for words_ in _OPEN_UP):
        return value, None
    if before.rpartition(" ")[2] in _ABOUT | words("rough"):
        return value * (1 - _ROUGH), value * (1 + _ROUGH)
    return value, value


def _unit(text: str, tokens: Sequence[Token], end: int) -> tuple[str, int | None]:
    """The first noun behind a number, folded, and its place."""
    for place in range(end, min(len(tokens), end + _AFTER)):
        token = tokens[place]
        word = token.of(text)
        capital = token.upos is None and word[:1].isupper()
        if (token.upos in _NOUNS or capital) and word.casefold() not in _SCALES:
            return _plain(fold(token.lemma or word)), place
        if token.upos not in _PASSED:
            break
    return "", None


def _plain(lemma: str) -> str:
    """A noun without the endings that name women as well ("Beobachter:innen")."""
    return re.sub(r"(?: innen|innen| in)$", "", lemma)


def _with_fate(text: str, unit: str, start: int, after: Sequence[Token], span: Span) -> str:
    """The dead and the injured, by the noun itself or by what the sentence says of people."""
    for fate, told in _FATES:
        if unit and (told.search(unit) or (fate == "dead" and unit in {"toter", "tote"})):
            return fate
    if unit and unit not in _PEOPLE:
        return unit
    behind = text[start : span.end].casefold()
    nearest = [(found.start(), fate) for fate, told in _FATES if (found := told.search(behind))]
    if nearest:
        return min(nearest)[1]
    if unit:
        before = text[span.start : start].casefold()
        return next((fate for fate, told in _FATES if told.search(before)), unit)
    return ""


def _groups(unit: str) -> frozenset[str]:
    return frozenset({"persons"}) | people_of(unit) if unit in _PEOPLE else people_of(unit)
