"""Text that repeats: near-duplicates, revisions of one URL, and reprints of an agency's or outlet's text.

Articles are taken in order of time, each with those before it that its rare shingles point to (`shingles`); the two
texts are then aligned (`alignment`), and the copied passages are kept from both sides as evidence. An article may
take from several: after the one it has most of, others count with what they add. Nothing is dropped: a reprint stays
an article, it only counts as no origin of its own.

What an article takes depends on articles before it alone. So one more article changes, of the others, only those that
are later in time and share shingles with it; where these are rare, nobody else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, NamedTuple, overload

from quellenlage.link.alignment import PASSAGE, Passage, passages, places_of
from quellenlage.link.shingles import Shelf, Words
from quellenlage.link.texts import Text, Texts, read
from quellenlage.model import Article, Document, Evidence, Reuse, Span, evidence
from quellenlage.model.apart import apart
from quellenlage.model.partition import Mapper, in_process

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
"""Earlier articles of which it is kept at hand where each of their shingles begins."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """What an article shares with an earlier one: `free` are the places of the words that no quotation marks hold."""

    earlier: int
    passages: Sequence[Passage]
    free: frozenset[int]


def find_reuse(documents: Sequence[Document], mapper: Mapper = in_process) -> tuple[Reuse, ...]:
    """What each article takes from earlier ones: of one article's sources the one it has most of comes last.

    So a mapping made of them by article keeps the main source. Who was first is told by the latest day that an article
    can be from, then by the order of capture; not the earliest day, since an article of unknown date must not pass as
    older than a dated one.
    """
    return copies_of(documents, mapper).found


def copies_of(documents: Sequence[Document], mapper: Mapper = in_process) -> Copies:
    """The same, to be looked through again when some of the documents have changed."""
    return _copies(documents, Texts.of(documents, mapper), Known())


@dataclass(frozen=True, slots=True)
class Copies(Sequence[Reuse]):
    """What documents take from each other, with their words and what each was compared with."""

    found: tuple[Reuse, ...]
    texts: Texts
    compared: Mapping[int, Compared]

    def __len__(self) -> int:
        return len(self.found)

    @overload
    def __getitem__(self, place: int) -> Reuse: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Reuse, ...]: ...
    def __getitem__(self, place: int | slice) -> Reuse | tuple[Reuse, ...]:
        return self.found[place]

    def again(self, documents: Sequence[Document], changed: Collection[str]) -> Copies:
        """What the same documents take from each other now that some of them have changed, as other days do.

        These alone are read again, and compared is what they have to do with. It takes the words along: these copies
        cannot be asked again.
        """
        numbers = [number for number, article in enumerate(self.texts.articles) if article in changed]
        self.texts.change([(number, read(documents[number])) for number in numbers])
        found: dict[str, list[Reuse]] = {}
        for reuse in self.found:
            found.setdefault(reuse.article, []).append(reuse)
        return _copies(documents, self.texts, Known(frozenset(numbers), self.compared, found))


def _copies(documents: Sequence[Document], texts: Texts, known: Known) -> Copies:
    # Apart: the words by which candidates are found take more memory than all that is taken over.
    taken, compared = apart(lambda: _taken(texts, known), len(documents))
    found = [_quoted(one, documents) for one in taken]
    return Copies(tuple(sorted(found, key=lambda r: (r.article, r.share, r.earlier))), texts, compared)


def _taken(texts: Texts, known: Known) -> tuple[list[Taken], dict[int, Compared]]:
    """What each has from those before it in time, and what it was compared with."""
    finder = Finder(texts, known)
    taken = [one for number in texts.in_time for one in finder.take(number)]
    texts.text.cache_clear()
    return taken, finder.compared


def _quoted(taken: Taken, documents: Sequence[Document]) -> Reuse:
    """What was taken over, with its words in both articles; as it is, where it was quoted before."""
    if not taken.passages:
        return taken.reuse
    return replace(
        taken.reuse,
        passages=_quotes(documents[taken.later].article, taken.passages),
        sources=_quotes(documents[taken.earlier].article, taken.sources),
    )


def _quotes(article: Article, spans: Sequence[Span]) -> tuple[Evidence, ...]:
    return tuple(evidence(article.id, article.text, span, digest=article.text_sha256) for span in spans)


class Taken(NamedTuple):
    """What an article has of an earlier one (both by their numbers), and where its `passages` stand in both.

    Without any, `reuse` has all that is told of it.
    """

    later: int
    earlier: int
    reuse: Reuse
    passages: tuple[Span, ...] = ()
    sources: tuple[Span, ...] = ()


Compared = tuple[bool, tuple[int, ...]]
"""Whether an article has the address of an earlier one, and the numbers of those that it is compared with."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was found before some articles (by their numbers) changed: what each is compared with, and has of others."""

    changed: frozenset[int] = frozenset()
    compared: Mapping[int, Compared] = field(default_factory=dict)
    found: Mapping[str, list[Reuse]] = field(default_factory=dict)

    def holds(self, number: int, compared: Compared) -> bool:
        """Whether an article has of others what it had: it is compared with the same, and nobody there changed."""
        same = self.compared.get(number) == compared
        return same and number not in self.changed and self.changed.isdisjoint(compared[1])


class Finder:
    """Takes articles one by one, in order of time, and says what each has from those before it."""

    def __init__(self, texts: Texts, known: Known) -> None:
        self._texts, self._known = texts, known
        self.compared: dict[int, Compared] = {}
        self._shelf = Shelf()
        self._order: list[int] = []
        self._by_url: dict[str, int] = {}
        order = self._order

        @lru_cache(maxsize=_KEPT)
        def places(rank: int) -> Mapping[int, Sequence[int]]:
            return places_of(texts.text(order[rank]).words)

        # Not a method of this object, which would hold itself then: its shelf would outlast it while nobody collects.
        self._places = places

    def _text(self, rank: int) -> Text:
        return self._texts.text(self._order[rank])

    def take(self, number: int) -> list[Taken]:
        """The sources of the article of this number; all before it in time were taken already."""
        rank = len(self._order)
        self._order.append(number)
        words = self._text(rank).words
        url = self._texts.urls.get(number)
        revised = self._by_url.get(url) if url else None
        if url:
            self._by_url[url] = rank
        candidates = self._shelf.candidates(words, _COMPARED)
        self._shelf.put(rank, words)
        against = candidates if revised is None else [revised]
        if not against:
            return []
        compared = (revised is not None, tuple(self._order[one] for one in against))
        self.compared[number] = compared
        if self._known.holds(number, compared):
            return [Taken(number, number, one) for one in self._known.found.get(self._texts.articles[number], [])]
        if revised is not None:
            return [self._reuse(rank, self._shared(rank, revised), "revision")]
        likely = [one for one in candidates if self._may_copy(rank, one)]
        return [self._reuse(rank, one) for one in self._sources(rank, [self._shared(rank, one) for one in likely])]

    def _may_copy(self, later: int, earlier: int) -> bool:
        """Whether two texts have so many words in common that it is worth aligning them (see `_copied`)."""
        mine, theirs = self._text(later), self._text(earlier)
        covered = mine.covered(theirs)
        longest = max(len(mine.words.numbers), len(theirs.words.numbers))
        return covered >= COPIED_WORDS or (covered > 0 and covered >= DUPLICATE * longest)

    def _shared(self, later: int, earlier: int) -> _Shared:
        words = self._text(later).words
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
        fresh = one.free - covered
        free_words = min(self._text(later).free, self._text(one.earlier).free)
        if len(fresh) < COPIED_WORDS:
            # Of texts that are quotation for the most part, that which is not must be the same, too.
            return self._alike(later, one) and len(fresh) >= DUPLICATE * free_words
        if len(fresh) < REPRINT * free_words:
            return False
        pieces = [p for p in one.passages if sum(place in fresh for place in p.same) >= PASSAGE]
        if not pieces:
            return False  # a few words each time around what both quote: "sagte Minister Tamm"
        if len(pieces) > 1 or pieces[0].changed or len(fresh) >= STANDING_WORDS:
            return True
        if max(pieces[0].start, pieces[0].earlier_start) <= OPENING:
            return True  # news, and no standing paragraph: both reports open with it
        return len(fresh) >= STANDING * free_words

    def _alike(self, later: int, one: _Shared) -> bool:
        sizes = (len(self._text(rank).words.numbers) for rank in (later, one.earlier))
        same = sum(len(p.same) for p in one.passages)
        return bool(same) and same >= DUPLICATE * max(sizes)

    def _reuse(self, later: int, one: _Shared, kind: Literal["revision"] | None = None) -> Taken:
        mine, theirs = self._text(later).words, self._text(one.earlier).words
        same = sum(len(p.same) for p in one.passages)
        sizes = len(mine.numbers), len(theirs.numbers)
        number, earlier = self._order[later], self._order[one.earlier]
        reuse = Reuse(
            article=self._texts.articles[number],
            earlier=self._texts.articles[earlier],
            kind=kind or ("duplicate" if self._alike(later, one) else "reprint"),
            similarity=round(min(1.0, same / min(sizes)), 4) if min(sizes) else 0.0,
            share=round(same / sizes[0], 4) if sizes[0] else 0.0,
        )
        passages = tuple(_span(mine, p.start, p.end) for p in one.passages)
        return Taken(
            number, earlier, reuse, passages, tuple(_span(theirs, p.earlier_start, p.earlier_end) for p in one.passages)
        )


def _span(words: Words, start: int, end: int) -> Span:
    """Where the words from one place up to another one stand."""
    return Span(words.spans[start][0], words.spans[end - 1][1])
