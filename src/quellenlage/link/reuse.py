"""Text that repeats: near-duplicates, revisions of one URL, and reprints of an agency's or outlet's text.

Articles are taken in order of time, each with those before it that its rare shingles point to (`shingles`); the two
texts are then aligned (`alignment`), and the copied passages are kept from both sides as evidence. An article may
take from several: after the one it has most of, others count with what they add. Nothing is dropped: a reprint stays
an article, it only counts as no origin of its own.

What an article takes depends on articles before it alone. So one more article changes, of the others, only those that
are later in time and share shingles with it; where these are rare, nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from quellenlage.link.alignment import PASSAGE, Passage, passages, places_of
from quellenlage.link.shingles import Shelf, Words, words_of
from quellenlage.model import Document, Evidence, Reuse, Span, evidence

COPIED_WORDS = 20
"""Words that a copy has at least of its source, those within quotation marks left out."""

REPRINT = 0.12
"""Share of the shorter text, quotations left out, from which the later counts as taken from the earlier."""

STANDING_WORDS, STANDING = 80, 0.5
"""What they share must be at least this share where it is one piece, word for word, of fewer words than these: papers
print the same paragraph with unrelated articles. None of the standing paragraphs that we know is longer."""

OPENING = 24
"""Words of headline and dateline before which a passage opens its report."""

DUPLICATE = 0.9
"""Share of the words, in both directions, from which two texts count as the same but for trifles."""

_COMPARED = 8
"""Candidates that an article is aligned with."""

_KEPT = 512
"""Earlier articles whose words are kept at hand; those of others are read again when they are needed."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """What an article shares with an earlier one: `free` are the places of the words that no quotation marks hold."""

    earlier: int
    passages: Sequence[Passage]
    free: frozenset[int]


def order(document: Document, position: int) -> tuple[date, int]:
    """Sort key "who was first": the latest day the article can be from, then the order of capture.

    The latest day, not the earliest: an article of unknown date must not pass as older than a dated one.
    """
    dct = document.article.dct
    return (dct.latest if dct else date.max, position)


def find_reuse(documents: Sequence[Document]) -> tuple[Reuse, ...]:
    """What each article takes from earlier ones: of one article's sources the one it has most of comes last.

    So a mapping made of them by article keeps the main source.
    """
    ranked = [documents[i] for i in sorted(range(len(documents)), key=lambda i: order(documents[i], i))]
    finder = Finder(ranked)
    found = [reuse for number in range(len(ranked)) for reuse in finder.take(number)]
    return tuple(sorted(found, key=lambda r: (r.article, r.share, r.earlier)))


class Finder:
    """Takes articles one by one, in order of time, and says what each has from those before it."""

    def __init__(self, ranked: Sequence[Document]) -> None:
        self._documents = ranked
        self._shelf = Shelf()
        self._by_url: dict[str, int] = {}
        self._words = lru_cache(maxsize=_KEPT)(self._read)
        self._places = lru_cache(maxsize=_KEPT)(self._look_up)

    def _read(self, number: int) -> Words:
        return words_of(self._documents[number])

    def _look_up(self, number: int) -> Mapping[int, Sequence[int]]:
        return places_of(self._words(number))

    def take(self, number: int) -> list[Reuse]:
        """The sources of the article of this number; all before it were taken already."""
        words = self._words(number)
        url = self._documents[number].article.url
        revised = self._by_url.get(url) if url else None
        if url:
            self._by_url[url] = number
        found = [self._shared(number, c) for c in self._shelf.candidates(words, _COMPARED)]
        self._shelf.put(number, words)
        if revised is not None:
            return [self._reuse(number, self._shared(number, revised), "revision")]
        return [self._reuse(number, one) for one in self._sources(number, found)]

    def _shared(self, later: int, earlier: int) -> _Shared:
        words = self._words(later)
        found = passages(words, self._places(earlier))
        free = frozenset(place for one in found for place in one.same if not words.quoted[place])
        return _Shared(earlier, found, free)

    def _sources(self, later: int, found: Sequence[_Shared]) -> list[_Shared]:
        """Greedily the source that adds most, until none adds enough; of equals the earlier."""
        chosen: list[_Shared] = []
        covered: frozenset[int] = frozenset()
        rest = list(found)
        while rest:
            best = max(rest, key=lambda one: (len(one.free - covered), -one.earlier))
            if not self._copied(later, best, covered):
                break
            chosen.append(best)
            # What lies between two copied words was taken with them: an earlier copy of the same adds nothing there.
            covered |= {place for one in best.passages for place in range(one.start, one.end)}
            rest.remove(best)
        return chosen

    def _copied(self, later: int, one: _Shared, covered: frozenset[int]) -> bool:
        words, theirs = self._words(later), self._words(one.earlier)
        fresh = one.free - covered
        free_words = min(words.quoted.count(False), theirs.quoted.count(False))
        if len(fresh) < COPIED_WORDS:
            # Of texts that are quotation for the most part, that which is not must be the same, too.
            return self._alike(later, one) and len(fresh) >= DUPLICATE * free_words
        if len(fresh) < REPRINT * free_words:
            return False
        pieces = [p for p in one.passages if sum(place in fresh for place in p.same) >= PASSAGE]
        if len(pieces) > 1 or pieces[0].changed or len(fresh) >= STANDING_WORDS:
            return True
        if max(pieces[0].start, pieces[0].earlier_start) <= OPENING:
            return True  # news, and no standing paragraph: both reports open with it
        return len(fresh) >= STANDING * free_words

    def _alike(self, later: int, one: _Shared) -> bool:
        sizes = (len(self._words(number).numbers) for number in (later, one.earlier))
        same = sum(len(p.same) for p in one.passages)
        return bool(same) and same >= DUPLICATE * max(sizes)

    def _reuse(self, later: int, one: _Shared, kind: Literal["revision"] | None = None) -> Reuse:
        mine, theirs = self._words(later), self._words(one.earlier)
        same = sum(len(p.same) for p in one.passages)
        sizes = len(mine.numbers), len(theirs.numbers)
        return Reuse(
            article=self._documents[later].article.id,
            earlier=self._documents[one.earlier].article.id,
            kind=kind or ("duplicate" if self._alike(later, one) else "reprint"),
            similarity=round(min(1.0, same / min(sizes)), 4) if min(sizes) else 0.0,
            passages=tuple(self._quote(later, mine, p.start, p.end) for p in one.passages),
            sources=tuple(self._quote(one.earlier, theirs, p.earlier_start, p.earlier_end) for p in one.passages),
            share=round(same / sizes[0], 4) if sizes[0] else 0.0,
        )

    def _quote(self, number: int, words: Words, start: int, end: int) -> Evidence:
        article = self._documents[number].article
        span = Span(words.spans[start][0], words.spans[end - 1][1])
        return evidence(article.id, article.text, span, digest=article.text_sha256)
