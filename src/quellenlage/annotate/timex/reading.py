"""Sentences to time expressions: the matches of the grammar in order, each resolved against what was told before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Protocol

from quellenlage.annotate.timex import absolute, amounts, clock, relative
from quellenlage.annotate.timex.grammar import Match, encode, grammar
from quellenlage.annotate.timex.lexicon import Classes
from quellenlage.annotate.timex.meaning import (
    DCT,
    PASSING,
    PAST,
    UNKNOWN,
    Context,
    Focus,
    Link,
    Meaning,
    Normaliser,
    hold_of,
)
from quellenlage.annotate.timex.periods import NoSuchDay
from quellenlage.annotate.timex.tense import direction, moving
from quellenlage.model.layers import Timex, Token
from quellenlage.model.time import DateInterval

NORMALISERS: dict[str, Normaliser] = {
    "date": absolute.figures,
    "day": absolute.day,
    "iso": absolute.iso,
    "month": absolute.month,
    "month_part": absolute.month_part,
    "year": absolute.year,
    "bare_year": absolute.bare_year,
    "short_year": absolute.short_year,
    "before_christ": absolute.before_christ,
    "term": absolute.term,
    "school_year": absolute.school_year,
    "decade": absolute.decade,
    "century": absolute.century,
    "quarter": absolute.quarter,
    "season": absolute.season,
    "holiday": absolute.holiday,
    "from_holiday": absolute.from_holiday,
    "calendar_week": absolute.calendar_week,
    "weekday_of_month": absolute.weekday_of_month,
    "relative_day": relative.relative_day,
    "relative_adjective": relative.relative_adjective,
    "weekday": relative.weekday,
    "weekday_night": relative.weekday_night,
    "date_night": relative.date_night,
    "relative_unit": relative.relative_unit,
    "new_year": relative.new_year,
    "shift": relative.shift,
    "shifted_day": relative.shifted_day,
    "day_of_this_month": relative.day_of_this_month,
    "same_day": relative.same_day,
    "offset": relative.offset,
    "clock": clock.clock,
    "half_hour": clock.half_hour,
    "daypart": clock.daypart,
    "duration": amounts.duration,
    "vague_duration": amounts.vague_duration,
    "duration_adjective": amounts.duration_adjective,
    "each": amounts.each,
    "reference": amounts.reference,
}
_WINDOW = 80
"""Words on either side in which the verbs of the clause are looked for."""
_UNANCHORED = date(2000, 6, 15)
"""Stands for today where no publication date is known; nothing that depends on it is kept."""
_OPENING = frozenset('„“"»«(‚›‹')
_NEAR = 8
"""Words on either side that a normalisation may look at."""
_LINKS: dict[str, Link] = {"bis": "range", "-": "range", "–": "range", "—": "range", "und": "list", "sowie": "list"}
_LINKS |= {"oder": "list", ",": "list", "/": "list", "auf": "range"}
_LINKING = frozenset(_LINKS) | {"am", "zum", "zur", "vom", "im", "in", "den", "dem", "die", "der", "etwa"}
_LONGEST_LINK = 3
_FRAMING = frozenset(("im", "am", "zu", "an", "in", "zum"))
_TIMES = frozenset(("clock", "half_hour", "daypart"))
_DAYS = frozenset(("date", "day", "weekday", "relative_day", "relative_adjective", "holiday", "date_night"))
_TO_DAY = frozenset(("am", ",", "den", "dem"))


class Placed(Protocol):
    """A word by its place in the text."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """Code point behind it."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a sentence; `tokens` gives them with the features of verbs, and is asked only where they matter."""

    places: Sequence[Placed]
    tokens: Callable[[], Sequence[Token]]


@dataclass(slots=True)
class _Told:
    """What the text has said of time so far: the last point in time, and the sentence of the last SET."""

    meaning: Meaning | None = None
    timex: str = ""
    sentence: int = -1
    repeated_in: int = -1
    several: bool = False
    hold: int = PASSING

    def take(self, meaning: Meaning, timex: str, sentence: int, link: Link, hold: int) -> None:
        """Note an expression; a SET makes the text leave the day that it spoke of."""
        if meaning.type == "SET":
            self.meaning, self.repeated_in = None, sentence
        elif meaning.earliest is not None:
            other = self.meaning is not None and self.meaning.type == "DATE" and self.meaning.value != meaning.value
            listed = link in ("list", "range") and other  # "morgen, Freitag" is one day
            self.several = listed if meaning.type == "DATE" else self.several and sentence == self.sentence
            if meaning.anchor is None or not meaning.explicit:  # else its year is that of what was told before
                self.hold = hold
            self.meaning, self.timex, self.sentence = meaning, timex, sentence

    def focus(self, sentence: int) -> Focus | None:
        """The point in time as seen from a sentence."""
        meaning = self.meaning
        if meaning is None or meaning.earliest is None or meaning.latest is None:
            return None
        distance = sentence - self.sentence
        night = meaning.type == "TIME" and meaning.value.endswith("TNI")
        days = meaning.earliest, meaning.latest
        return Focus(self.timex, *days, distance, meaning.explicit, self.several, night, self.hold)


def read(text: str, sentences: Iterable[Words], days: DateInterval | None) -> Iterator[Timex]:
    """The time expressions of sentences that follow one another, in order; `days` is when the text was published."""
    reader = _Reader(text, days)
    for number, words in enumerate(sentences):
        yield from reader.sentence(number, words)


class _Reader:
    """Reads one text; keeps what it has told so far."""

    def __init__(self, text: str, days: DateInterval | None) -> None:
        self._text = text
        self._days = days
        self._ends = (days.earliest, days.latest) if days else (_UNANCHORED,)
        self._ends = self._ends[:1] if self._ends[0] == self._ends[-1] else self._ends
        self._told = tuple(_Told() for _ in self._ends)
        self._count = 0
        self._grammar = grammar()

    def sentence(self, number: int, words: Words) -> Iterator[Timex]:
        """The time expressions of the next sentence."""
        text, places = self._text, words.places
        codes = [encode(text[p.start : p.end], text[p.start - 1] in _OPENING) for p in places]
        if codes:
            codes[0] = encode(text[places[0].start : places[0].end], True)
        finder = self._grammar.find("".join([char for char, _ in codes]))
        if finder is None:
            return
        classes: list[Classes] = [found for _, found in codes]
        done = 0
        begun = -1
        match = finder.take(classes, done)
        while match is not None:
            link = self._link(places, begun, done, match.begin)
            contexts = self._contexts(match, words, number, link)
            meanings = self._resolve(match, contexts)
            if not any(meanings):
                match = finder.take(classes, done)
                continue
            begun, done = match.begin, match.end
            following = finder.take(classes, done)
            if following and self._awaits_day(match, following, places, contexts):
                days = self._resolve(following, self._contexts(following, words, number, ""))
                contexts = [replace(c, ahead=_day_of(m)) for c, m in zip(contexts, days, strict=True)]
                meanings = self._resolve(match, contexts)
            yield self._take(match, places, meanings, number, link)
            match = following

    def _take(
        self, match: Match, places: Sequence[Placed], meanings: Sequence[Meaning | None], number: int, link: Link
    ) -> Timex:
        """Note what an expression means at either end, and merge it."""
        self._count += 1
        identifier = f"t{self._count}"
        merged = self._merged(meanings)
        low = max(0, match.begin - _NEAR)
        forms = [self._form(place) for place in places[low : match.end + _NEAR]]
        hold = hold_of(forms[: match.begin - low], forms[match.begin - low : match.end - low], forms[match.end - low :])
        for told, meaning in zip(self._told, meanings if self._days else (merged,), strict=True):
            if meaning is not None:
                told.take(meaning, identifier, number, link, hold)
        return Timex(
            identifier,
            places[match.begin].start,
            places[match.end - 1].end,
            merged.type,
            merged.value,
            merged.mod,
            merged.anchor,
            merged.earliest,
            merged.latest,
            merged.distance,
        )

    def _form(self, place: Placed) -> str:
        return self._text[place.start : place.end]

    def _link(self, places: Sequence[Placed], begun: int, done: int, begin: int) -> Link:
        """How the words between the expression before and this one join the two."""
        if begun < 0 or not 0 < begin - done <= _LONGEST_LINK:
            return ""
        between = [self._form(place).lower() for place in places[done:begin]]
        if len(between) == 1 and between[0] in _FRAMING:
            return "frame"
        if not _LINKING.issuperset(between):
            return ""
        kinds = {_LINKS[word] for word in between if word in _LINKS}
        if kinds == {"list"} and begun and self._form(places[begun - 1]).lower() == "zwischen":
            return "range"
        return "range" if "range" in kinds else "list" if kinds else ""

    def _contexts(self, match: Match, words: Words, number: int, link: Link) -> list[Context]:
        """What a match is read against, once for each end of the publication interval."""
        places = words.places
        low = max(0, match.begin - _NEAR)
        before = tuple([self._form(place) for place in places[low : match.begin]])
        after = tuple([self._form(place) for place in places[match.right : match.right + _NEAR]])
        find_direction = cache(lambda: self._direction(words, match))
        return [
            Context(
                today=today,
                anchored=self._days is not None,
                focus=told.focus(number),
                repeated=told.repeated_in == number,
                link=link,
                before=("",) * (_NEAR - len(before)) + before,
                after=after + ("",) * (_NEAR - len(after)),
                find_direction=find_direction,
                find_moved=lambda: self._tells_of_moving(places, match),
            )
            for today, told in zip(self._ends, self._told, strict=True)
        ]

    def _tells_of_moving(self, places: Sequence[Placed], match: Match) -> bool:
        around = places[max(0, match.begin - _WINDOW) : match.end + _WINDOW]
        return not moving().isdisjoint(self._form(place).lower() for place in around)

    def _awaits_day(
        self, match: Match, following: Match, places: Sequence[Placed], contexts: Sequence[Context]
    ) -> bool:
        """Whether a time of day has no day yet and a day follows it directly."""
        if match.rule.kind not in _TIMES or following.rule.kind not in _DAYS:
            return False
        if following.begin - match.end >= _LONGEST_LINK or any(c.focus and c.focus.distance == 0 for c in contexts):
            return False
        return all(self._form(place).lower() in _TO_DAY for place in places[match.end : following.begin])

    def _direction(self, words: Words, match: Match) -> int:
        """Direction of the clause; "vom" and "seit" look back by themselves, "ab" and "bis" forward from it."""
        places = words.places
        word = self._form(places[match.begin - 1]).lower() if match.begin else ""
        after = self._form(places[match.end]) if match.end < len(places) else ""
        if word == "seit" or (word == "vom" and after not in ("bis", "und", "-", "–", "/")):
            return PAST
        low = max(0, match.begin - _WINDOW)
        around = words.tokens()[low : match.end + _WINDOW]
        found = direction(self._text, around, match.begin - low, match.end - low)
        return UNKNOWN if found == PAST and word in ("ab", "bis") else found

    def _resolve(self, match: Match, contexts: Sequence[Context]) -> list[Meaning | None]:
        """Meaning of a match at each end of the publication interval; None where it is no time expression."""
        normalise = NORMALISERS[match.rule.kind]
        found: list[Meaning | None] = []
        for context in contexts:
            try:
                found.append(normalise(match.values, context))
            except (NoSuchDay, OverflowError):  # a day that the calendar does not have, or a year beyond it
                found.append(None)
        return found

    def _merged(self, meanings: Sequence[Meaning | None]) -> Meaning:
        """What holds whenever in the publication interval the text was written."""
        known = [meaning for meaning in meanings if meaning is not None]
        first, second = known[0], known[-1]
        if self._days is None and first.anchor == DCT:
            return replace(first, value=first.generic, earliest=None, latest=None)
        if first == second and len(known) == len(meanings):
            return first
        value = first.value if second.value == first.value and len(known) == len(meanings) else first.generic
        if first.earliest is None or first.latest is None or second.earliest is None or second.latest is None:
            return replace(first, value=value, earliest=None, latest=None)
        earliest, latest = min(first.earliest, second.earliest), max(first.latest, second.latest)
        return replace(first, value=value, earliest=earliest, latest=latest)


def _day_of(meaning: Meaning | None) -> tuple[date, str | None] | None:
    if meaning is None or meaning.earliest is None or meaning.earliest != meaning.latest:
        return None
    return meaning.earliest, meaning.anchor
