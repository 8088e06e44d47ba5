"""The timex stage: sentences to TIMEX3 expressions with value, modifier, anchor and days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from quellenlage.annotate.timex import absolute, amounts, clock, relative
from quellenlage.annotate.timex.grammar import BREAK, RULES, Match, encode, grammar
from quellenlage.annotate.timex.lexicon import HOLIDAYS, NUMBERS, WORDS, Classes
from quellenlage.annotate.timex.meaning import DCT, PAST, UNKNOWN, Context, Focus, Meaning, Normaliser
from quellenlage.annotate.timex.tense import direction
from quellenlage.model.article import ZoneKind
from quellenlage.model.document import Document
from quellenlage.model.layers import Timex, Token
from quellenlage.model.stage import Stage

NORMALISERS: dict[str, Normaliser] = {
    "date": absolute.figures,
    "day": absolute.day,
    "iso": absolute.iso,
    "month": absolute.month,
    "year": absolute.year,
    "bare_year": absolute.bare_year,
    "term": absolute.term,
    "decade": absolute.decade,
    "century": absolute.century,
    "quarter": absolute.quarter,
    "season": absolute.season,
    "holiday": absolute.holiday,
    "relative_day": relative.relative_day,
    "relative_adjective": relative.relative_adjective,
    "weekday": relative.weekday,
    "weekday_night": relative.weekday_night,
    "date_night": relative.date_night,
    "relative_unit": relative.relative_unit,
    "shift": relative.shift,
    "same_day": relative.same_day,
    "offset": relative.offset,
    "clock": clock.clock,
    "daypart": clock.daypart,
    "duration": amounts.duration,
    "vague_duration": amounts.vague_duration,
    "duration_adjective": amounts.duration_adjective,
    "each": amounts.each,
    "reference": amounts.reference,
}
_WINDOW = 80
"""Tokens on either side in which the verbs of the clause are looked for."""
_UNANCHORED = date(2000, 6, 15)
"""Stands for today where no publication date is known; nothing that depends on it is kept."""


@dataclass(slots=True)
class _Line:
    """The tokens of the sentences in question as one sequence, with a break before each sentence."""

    encoded: str
    tokens: list[Token | None]
    classes: list[Classes]
    sentence_of: list[int]
    sentences: list[tuple[int, int]]


@dataclass(slots=True)
class _Told:
    """What the text has said of time so far: the last point in time, and the sentence of the last SET."""

    meaning: Meaning | None = None
    timex: str = ""
    sentence: int = -1
    repeated_in: int = -1

    def take(self, meaning: Meaning, timex: str, sentence: int) -> None:
        """Note an expression; a SET makes the text leave the day that it spoke of."""
        if meaning.type == "SET":
            self.meaning, self.repeated_in = None, sentence
        elif meaning.type in ("DATE", "TIME") and meaning.earliest is not None:
            self.meaning, self.timex, self.sentence = meaning, timex, sentence

    def focus(self, sentence: int) -> Focus | None:
        """The point in time as seen from a sentence."""
        meaning = self.meaning
        if meaning is None or meaning.earliest is None or meaning.latest is None:
            return None
        return Focus(self.timex, meaning.earliest, meaning.latest, sentence - self.sentence, meaning.explicit)


def run(document: Document) -> Document:
    """Write the time expressions of every zone but boilerplate."""
    line = _line(document)
    found = sorted(
        grammar().find(line.encoded, line.classes),
        key=lambda m: (m.begin, -m.end, -m.width, m.rule.order),
    )
    timexes: list[Timex] = []
    told = _Told()
    done = 0
    for begin, group in groupby(found, key=lambda m: m.begin):
        if begin < done:
            continue
        for match in group:
            identifier = f"t{len(timexes) + 1}"
            meaning = _resolve(document, line, match, told)
            if meaning is None:
                continue
            first, last = line.tokens[match.begin], line.tokens[match.end - 1]
            if first is None or last is None:
                continue
            timexes.append(_timex(identifier, first.start, last.end, meaning))
            done = match.end
            told.take(meaning, identifier, line.sentence_of[match.begin])
            break
    return replace(document, timexes=tuple(timexes))


def _line(document: Document) -> _Line:
    line = _Line("", [], [], [], [])
    chars: list[str] = []
    text = document.text
    skipped = [zone for zone in document.article.zones if zone.kind is ZoneKind.BOILERPLATE]
    tokens = document.tokens
    at = skip = 0
    for number, sentence in enumerate(document.sentences):
        while skip < len(skipped) and skipped[skip].end <= sentence.start:
            skip += 1
        leave_out = skip < len(skipped) and skipped[skip].start <= sentence.start
        while at < len(tokens) and tokens[at].start < sentence.start:
            at += 1
        chars.append(BREAK)
        line.tokens.append(None)
        line.classes.append({})
        line.sentence_of.append(number)
        first = len(chars)
        while at < len(tokens) and tokens[at].end <= sentence.end:
            token = tokens[at]
            at += 1
            if leave_out:
                continue
            form = text[token.start : token.end]
            opens = len(chars) == first or chars[-1] == BREAK or text[token.start - 1] in '„“"»«('
            char, classes = encode(form, opens)
            chars.append(char)
            line.tokens.append(token)
            line.classes.append(classes)
            line.sentence_of.append(number)
        line.sentences.append((first, len(chars)))
    line.encoded = "".join(chars)
    return line


def _context(document: Document, line: _Line, match: Match, told: _Told) -> Context:
    text = document.text
    number = line.sentence_of[match.begin]
    first, stop = line.sentences[number]

    def form(at: int) -> str:
        token = line.tokens[at] if first <= at < stop else None
        return text[token.start : token.end] if token else ""

    low, high = max(first, match.begin - _WINDOW), min(stop, match.end + _WINDOW)
    around = [token for token in line.tokens[low:high] if token]
    dct = document.article.dct
    return Context(
        today=dct.earliest if dct else _UNANCHORED,
        anchored=dct is not None,
        direction=_direction(text, around, match.begin - low, match.end - low),
        focus=told.focus(number),
        repeated=told.repeated_in == number,
        before=(form(match.begin - 3), form(match.begin - 2), form(match.begin - 1)),
        after=(form(match.right), form(match.right + 1), form(match.right + 2)),
    )


def _direction(text: str, sentence: list[Token], first: int, last: int) -> int:
    """Direction of the clause; "vom" and "seit" look back by themselves, "ab" and "bis" forward from it."""
    word = text[sentence[first - 1].start : sentence[first - 1].end].lower() if first else ""
    after = text[sentence[last].start : sentence[last].end] if last < len(sentence) else ""
    if word == "seit" or (word == "vom" and after not in ("bis", "und", "-", "–", "/")):
        return PAST
    found = direction(text, sentence, first, last)
    return UNKNOWN if found == PAST and word in ("ab", "bis") else found


def _resolve(document: Document, line: _Line, match: Match, told: _Told) -> Meaning | None:
    """Meaning of a match against both ends of the publication interval; None where it is no time expression."""
    context = _context(document, line, match, told)
    normalise = NORMALISERS[match.rule.kind]
    try:
        first = normalise(match.values, context)
        if first is None or first.anchor is None:
            return first
        dct = document.article.dct
        if dct is None:
            return replace(first, value=first.generic, earliest=None, latest=None) if first.anchor == DCT else first
        if dct.earliest == dct.latest:
            return first
        second = normalise(match.values, replace(context, today=dct.latest))
    except (ValueError, OverflowError):  # a day that the calendar does not have, or a year beyond it
        return None
    if second is None or second.value == first.value:
        return first
    ends = [day for m in (first, second) for day in (m.earliest, m.latest) if day]
    return replace(first, value=first.generic, earliest=min(ends), latest=max(ends)) if ends else first


def _timex(identifier: str, start: int, end: int, meaning: Meaning) -> Timex:
    return Timex(
        identifier,
        start,
        end,
        meaning.type,
        meaning.value,
        meaning.mod,
        meaning.anchor,
        meaning.earliest,
        meaning.latest,
    )


STAGE = Stage(
    name="timex",
    version="1",
    reads=("sentences", "tokens"),
    writes=("timexes",),
    resources=(RULES, WORDS, NUMBERS, HOLIDAYS),
    run=run,
)
