"""Numbers of people and things in a sentence, as ranges with their unit: "mindestens 400 Soldaten"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quellenlage.annotate.events.numbers import INDEFINITE, MULTIPLIERS, parse_figures, parse_word
from quellenlage.annotate.events.totals import counted_before
from quellenlage.annotate.events.words import DETERMINERS, PREPOSITIONS, Word
from quellenlage.model import Span

_NO_UNITS = frozenset(
    "jahr monat woche tag stunde minute sekunde uhr mal prozentpunkt jahrhundert jahrzehnt "
    "januar februar märz april "
    "mai juni juli august september oktober november dezember grad jahren jährige lebensjahr platz liga "
    "artikel paragraf "
    "paragraph kapitel seite nummer absatz montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "etage stock gebot "
    "hälfte weltkrieg runde uhrzeit viertelstunde quartal halbjahr morgen abend nacht mitternacht teil "
    "seite weise zeit reihe anzahl vielzahl dingen ding fall ende mitte anfang".split()
)
"""Nouns whose number is time, rank or part: never a quantity of an event."""

_MORE, _LESS, _ABOUT, _LEAST, _MOST, _SEVERAL = "more", "less", "about", "least", "most", "several"
_BOUNDS: dict[tuple[str, ...], str] = {
    tuple(phrase.split()): kind
    for kind, phrases in {
        _MORE: "mehr als|über|gut",
        _LESS: "fast|beinahe|knapp|nahezu|weniger als|annähernd|unter",
        _ABOUT: "rund|etwa|circa|ca|ca.|ungefähr|schätzungsweise|gegen|an die",
        _LEAST: "mindestens|wenigstens|zumindest|nicht weniger als",
        _SEVERAL: "einige|einigen|mehrere|mehreren|viele|ein paar",
        _MOST: "höchstens|maximal|bis zu",
    }.items()
    for phrase in phrases.split("|")
}
_ROUND = {"dutzend": "dutzende", "hundert": "hunderte", "tausend": "tausende"}
_SOME = frozenset("einige einigen mehrere mehreren viele vielen paar".split())
_BOUND_WORDS = frozenset(phrase[-1] for phrase in _BOUNDS)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_BOUND = 3
_ARTICLES = frozenset("ein eine einen einem einer".split())
"""Count as one before a multiplier ("ein Dutzend") and before those who are counted: "ein Konvoi" is no number."""

_COUNTED = frozenset(
    "toter tote toten todesopfer verletzter verletzte verletzten schwerverletzter mensch person enthaltung gegenstimme "
    "festnahme verletzt".split()
)
"""Nouns that an article counts: "ein Toter und drei Verletzte", "bei einer Enthaltung"."""
_BY_THEMSELVES = frozenset({"davon", "weitere", "weiteren", "darunter", "andere"})
"""What follows a number without a noun that goes on counting those before: "19 davon", "und 34 wurden verletzt"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit and range; `first` is the position of its first word in the sentence."""

    span: Span
    low: float | None
    high: float | None
    unit: str
    first: int
    last: int


def find_amounts(words: Sequence[Word]) -> Iterator[Amount]:
    """Yield the amounts of a sentence in order; ranges "zwei bis drei" and "zwischen 10 und 20" are one amount."""
    position = 0
    counted = ""
    while position < len(words):
        number = _number(words, position)
        if number is None:
            position += 1
            continue
        low, high, after = number
        unit = _unit(words, after)
        if unit is None:
            start, low_bound, high_bound = _bound(words, position, low, high)
            if total := counted_before(words, position, start):
                span = Span(words[start].token.start, words[after - 1].token.end)
                yield Amount(span, low_bound, high_bound, total, start, after - 1)
            elif counted and _goes_on(words, position, after):
                span = Span(words[start].token.start, words[after - 1].token.end)
                yield Amount(span, low_bound, high_bound, counted, start, after - 1)
            position = after
            continue
        start, low_bound, high_bound = _bound(words, position, low, high)
        span = Span(words[start].token.start, words[unit].token.end)
        counted = _unit_name(words[unit])
        yield Amount(span, low_bound, high_bound, counted, start, unit)
        position = unit + 1


def _goes_on(words: Sequence[Word], position: int, after: int) -> bool:
    """Whether a number without a noun counts more of those before: a verb or "davon" follows."""
    following = words[after] if after < len(words) else None
    if following is None or words[position].low in _ARTICLES:
        return False
    return following.low in _BY_THEMSELVES or (
        following.is_verb and words[position - 1].low in {"und", ",", *_BOUND_WORDS, "weitere", "sowie"}
    )


def _number(words: Sequence[Word], position: int) -> tuple[float, float | None, int] | None:
    """Read low, high and the position after the number; high None means an open end ("Hunderte")."""
    first = _single(words, position)
    if first is None:
        return None
    value, after, open_end = first
    if open_end:
        return value, None, after
    if after + 1 < len(words) and words[after].low in {"bis", "und", "–", "-", "oder"}:
        second = _single(words, after + 1)
        between = position > 0 and words[position - 1].low == "zwischen"
        if second and second[0] > value and (words[after].low != "und" or between):
            return value, second[0], second[1]
    return value, value, after


def _single(words: Sequence[Word], position: int) -> tuple[float, int, bool] | None:
    word = words[position]
    if word.low in INDEFINITE and (word.capital or word.low not in {"millionen", "milliarden"}):
        return INDEFINITE[word.low], position + 1, True
    if word.low in _ARTICLES and not _counts_one(words, position):
        return None
    if _YEAR.fullmatch(word.form) and (position == 0 or words[position - 1].low not in _BOUND_WORDS):
        return None
    value = parse_figures(word.form)
    if value is None and word.low not in _ROUND and not (word.capital and position > 0):
        value = parse_word(word.low)
    if word.low in _ROUND:
        some = position > 0 and words[position - 1].low in _SOME
        # "einige Hundert" is at least two hundred, as "Hunderte" is.
        return (
            (INDEFINITE[_ROUND[word.low]], position + 1, True) if some else (MULTIPLIERS[word.low], position + 1, False)
        )
    if value is None:
        return None
    after = position + 1
    if after < len(words):
        multiplier = words[after].low.rstrip(".").removesuffix("en") if words[after].capital else words[after].low
        multiplier = {"millionen": "million", "milliarden": "milliarde", "milliard": "milliarde"}.get(
            multiplier, multiplier
        )
        if multiplier in MULTIPLIERS and (words[after].capital or value > 1):
            return value * MULTIPLIERS[multiplier], after + 1, False
    return value, after, False


def _counts_one(words: Sequence[Word], position: int) -> bool:
    """Whether an article is the number one: before a multiplier or a person counted, or after "mindestens"."""
    if position + 1 >= len(words):
        return False
    if words[position + 1].low in MULTIPLIERS:
        return True
    bounded = position > 0 and words[position - 1].low in {"mindestens", "wenigstens", "höchstens", "nur"}
    noun = _unit(words, position + 1)
    return noun is not None and (bounded or {words[noun].lemma, words[noun].low} & _COUNTED != set())


def _unit(words: Sequence[Word], after: int) -> int | None:
    """Position of the noun that is counted, over at most three adjectives; None if there is none."""
    for position in range(after, min(after + 4, len(words))):
        word = words[position]
        if word.capital and word.form[:1].isalpha():
            if word.lemma in _NO_UNITS or word.low in _NO_UNITS:
                return None
            return position
        if word.low in DETERMINERS:
            return None  # \"neun der Toten\": a part of what is counted, no count of its own
        if (
            not word.is_adjective_like
            or word.low in PREPOSITIONS
            or (word.is_verb and not word.low.endswith(("e", "en")))
        ):
            return None
    return None


def _bound(
    words: Sequence[Word], position: int, low: float, high: float | None
) -> tuple[int, float | None, float | None]:
    """Widen the range by the words before it; the amount then begins with them."""
    start = position
    if position and words[position - 1].low == "zwischen":
        return position - 1, low, high
    for length in range(min(_LONGEST_BOUND, position), 0, -1):
        before = tuple(word.low for word in words[position - length : position])
        kind = _BOUNDS.get(before)
        if kind is None or (kind == _SEVERAL and high is not None):
            continue
        start = position - length
        if high is None:
            return start, low, None
        ranges: dict[str, tuple[float | None, float | None]] = {
            _MORE: (low + 1, None), _LEAST: (low, None), _LESS: (_round(low * 0.9), low - 1), _MOST: (None, high),
            _ABOUT: (_round(low * 0.9), _round(high * 1.1)),
        }  # fmt: skip
        wide_low, wide_high = ranges[kind]
        if wide_low is not None and wide_high is not None and wide_low > wide_high:
            wide_low = wide_high
        return start, wide_low, wide_high
    return start, low, high


def _round(value: float) -> float:
    return float(round(value)) if value >= 10 else round(value, 2)


def _unit_name(word: Word) -> str:
    """Noun in the singular where its lemma is known."""
    lemma = word.token.lemma
    if not lemma or not lemma[:1].isupper():
        return word.form
    return lemma
