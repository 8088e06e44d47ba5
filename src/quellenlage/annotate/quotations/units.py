"""Units of attribution: sentences, joined where quotation marks span several, with quoted words folded into one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quellenlage.annotate.quotations.marks import Mark, pair
from quellenlage.model.document import Document
from quellenlage.model.layers import Sentence, Token

_STOPS = frozenset(",:;–—-")
BULLETS = frozenset("•‣◦▪▫●○■□►▶➤➢✓·∙⁃*+-–—")
"""Signs that open an item of a list."""
_LABEL = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]\s")
_QUOTING = frozenset('„“»«"‚›')
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_SITE = re.compile(r"\w[\w-]*\.[a-z]{2,7}$")
_AGED = re.compile(r"\d{1,3}-[A-ZÄÖÜ]")
_ARABIC = re.compile("(?:al|el|as|an|ad|ar|asch|bin|ibn)-[A-ZÄÖÜ]")
PARENTHESIS = 25
"""Tokens after which an opened parenthesis is no longer believed to close."""


@dataclass(frozen=True, slots=True)
class Word:
    """A token, or a whole passage in quotation marks; `low` is its text in lower case ("" for a passage)."""

    start: int
    end: int
    text: str
    low: str
    feats: str | None = None
    upos: str | None = None
    mark: Mark | None = None

    @property
    def capital(self) -> bool:
        """Whether it looks like a noun or name."""
        return (
            self.mark is not None
            or self.text[:1].isupper()
            or _ARABIC.match(self.text) is not None
            or _SITE.match(self.text) is not None
            or _AGED.match(self.text) is not None
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """Words [lo, hi) of a unit between punctuation; `before` is the punctuation that precedes it."""

    lo: int
    hi: int
    before: str
    mark: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence (or several under one pair of quotation marks) as words and segments."""

    words: tuple[Word, ...]
    segments: tuple[Segment, ...]
    paragraph: int
    headline: bool = False

    @property
    def start(self) -> int:
        """Code point of its first word."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Code point after its last word."""
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class Reading:
    """The units of an article in order, and all its pairs of quotation marks."""

    units: tuple[Unit, ...]
    marks: tuple[Mark, ...]


def read(document: Document) -> Reading:
    """Cut the report (headline, lead, body) into units."""
    sentences = list(document.read_sentences())
    marks: list[Mark] = []
    units: list[Unit] = []
    paragraph = 0
    for run in _runs(document, sentences):
        found = pair(document.text, run[0].start, run[-1].end)
        marks += found
        outer = [m for m in found if m.depth == 0]
        previous = None
        for words in _join(document, run, outer):
            if previous is not None and "\n" in document.text[previous : words[0].start]:
                paragraph += 1
            previous = words[-1].end
            zone = document.article.zone_at(words[0].start)
            headline = zone is not None and zone.kind.value == "headline"
            units.append(Unit(tuple(words), tuple(segment(words)), paragraph, headline))
        paragraph += 1
    return Reading(tuple(units), tuple(marks))


def _runs(document: Document, sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences of one zone kind that follow each other: marks are paired within."""
    run: list[Sentence] = []
    for sentence in sentences:
        if run and document.text[run[-1].end : sentence.start].strip():
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def _join(document: Document, run: list[Sentence], outer: list[Mark]) -> Iterator[list[Word]]:
    tokens = _tokens_of(document, run)
    at = 0
    current: list[Word] = []
    ends = [s.end for s in run]
    sentence = 0
    for token in tokens:
        while sentence < len(ends) and ends[sentence] <= token.start:
            sentence += 1
            if current and not _goes_on(current[-1], token, document.text):
                yield current
                current = []
        while at < len(outer) and outer[at].end <= token.start:
            at += 1
        if at < len(outer) and outer[at].start < token.end and outer[at].end > token.start:
            mark = outer[at]
            if not current or current[-1].mark is not mark:
                if token.start < mark.start:
                    current.append(_word(document.text, token.start, mark.start, None))
                current.append(Word(mark.start, mark.end, document.text[mark.start : mark.end], "", mark=mark))
            continue
        if current and current[-1].mark and _closes(current[-1], token, document.text):
            yield current
            current = []
        current.append(_word(document.text, token.start, token.end, token))
    if current:
        yield current


def _tokens_of(document: Document, run: list[Sentence]) -> Iterator[Token]:
    low, high = 0, len(document.tokens)
    while low < high:
        mid = (low + high) // 2
        if document.tokens[mid].start < run[0].start:
            low = mid + 1
        else:
            high = mid
    for index in range(low, len(document.tokens)):
        token = document.tokens[index]
        if token.start >= run[-1].end:
            return
        yield token


def _word(text: str, start: int, end: int, token: Token | None) -> Word:
    form = text[start:end]
    return Word(start, end, form, form.lower(), token.feats if token else None, token.upos if token else None)


def _goes_on(last: Word, token: Token, text: str) -> bool:
    """Whether a sentence boundary does not end the unit: inside a mark, or the frame follows the quoted words."""
    if last.mark is None:
        return False
    if token.start < last.mark.end:
        return True
    return not (_closes(last, token, text) or _next_line(last, token, text))


def _next_line(last: Word, token: Token, text: str) -> bool:
    """Whether the token opens a line with a bullet or further quoted words, after a line of quoted words."""
    opens = text[token.start] in BULLETS or text[token.start] in _QUOTING or _LABEL.match(text, token.start)
    return bool(opens) and "\n" in text[last.end : token.start]


def _closes(last: Word, token: Token, text: str) -> bool:
    """Whether a quoted passage with its own full stop ends the sentence before this token."""
    inner = last.text.rstrip("“”\"«»‘’'‹› ")
    first = text[token.start]
    return inner.endswith((".", "!", "?", "…")) and first not in ",;–—-." and not first.islower() and first.isalnum()


def segment(words: list[Word]) -> list[Segment]:
    """Cut at commas, colons, semicolons and dashes, not inside parentheses; quoted passages stand alone."""
    found: list[Segment] = []
    lo, before, until = 0, "", -1
    for i, word in enumerate(words):
        if i <= until:
            continue
        if word.text in _OPENING:
            until = _closing(words, i)
        elif word.text in _STOPS:
            if i > lo:
                found += _pieces(words, lo, i, before)
            lo, before = i + 1, word.text
    if lo < len(words):
        found += _pieces(words, lo, len(words), before)
    return found


def _closing(words: list[Word], i: int) -> int:
    for j in range(i + 1, min(len(words), i + PARENTHESIS)):
        if words[j].text in _CLOSING:
            return j
    return i


def _pieces(words: list[Word], lo: int, hi: int, before: str) -> Iterator[Segment]:
    """One segment; quoted passages of sentence length at its edges become segments of their own."""
    last = hi
    while last > lo and words[last - 1].text in {".", "!", "?", "…"}:
        last -= 1
    if last == lo:
        return
    if words[lo].mark and last - lo > 1 and _long(words[lo]):
        yield Segment(lo, lo + 1, before, True)
        lo, before = lo + 1, ""
    if last - lo > 1 and words[last - 1].mark and _sentence_like(words[last - 1]):
        yield Segment(lo, last - 1, before, False)
        lo, before = last - 1, ""
    yield Segment(lo, last, before, words[lo].mark is not None and last - lo == 1)


def _long(word: Word) -> bool:
    return word.text.count(" ") >= 3


def _sentence_like(word: Word) -> bool:
    inner = word.text.strip("„“”\"«»‚‘’'‹› ")
    return inner.endswith((".", "!", "?")) and inner[:1].isupper()
