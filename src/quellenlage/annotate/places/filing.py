"""What an article notes of places, filed so that each name asks those near it and the weightiest of the others alone.

An article that lists a thousand towns notes as many; that each is weighed by all would take a million steps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from quellenlage.model import Mention
from quellenlage.places import Candidate, at_home
from quellenlage.places.ranking import Points

FAR = (1.0, 0.85, 0.7, 0.6)
"""Weights by distance in sentences; what stands farther off has the last."""
OPENING = 0.85
"""Least weight of what the first two sentences name: the headline and the dateline hold for the whole article."""
MOST = 24
"""So many clues are weighed for a name, those at it and near it first."""
REACH = 45
"""Code points between a name and what stands at it."""


@dataclass(frozen=True, slots=True, eq=False)
class Noted:
    """A word of the article that tells of a place, at `start` to `end` in sentence number `sentence`."""

    start: int
    end: int
    sentence: int
    word: str
    points: Points
    top: Candidate
    weight: float
    entity: str | None = None
    adjective: bool = False
    dateline: bool = False

    def weighs(self, off: int) -> float:
        """Its weight for a name so many sentences off."""
        return self.weight * max(FAR[min(off, len(FAR) - 1)], OPENING if self.sentence < 2 else 0.0)


class Standing:
    """Where the mentions of what is asked for stand, to be asked by what stands elsewhere."""

    def __init__(self, mentions: Sequence[Mention], sentences: Sequence[int]) -> None:
        self.mentions = sorted(mentions, key=lambda m: (m.start, m.end))
        self._starts = [m.start for m in self.mentions]
        self._furthest = list(accumulate((m.end for m in self.mentions), max))
        self._by_end = sorted(mentions, key=lambda m: m.end)
        self._ends = [m.end for m in self._by_end]
        self._sentences = sorted(sentences)

    def cover(self, offset: int) -> bool:
        """Whether one of them lies over a code point."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and self._furthest[at] > offset

    def distance(self, sentence: int) -> int:
        """Sentences to the nearest of them."""
        at = bisect_left(self._sentences, sentence)
        return min(abs(sentence - s) for s in self._sentences[max(0, at - 1) : at + 1])

    def near(self, noted: Noted) -> Sequence[Mention]:
        """Those that begin soon after an adjective, or end shortly before any other word."""
        if noted.adjective:
            first = bisect_right(self._starts, noted.end)
            return self.mentions[first : bisect_left(self._starts, noted.end + REACH, lo=first)]
        first = bisect_left(self._ends, noted.start - REACH)
        return self._by_end[first : bisect_left(self._ends, noted.start, lo=first)]

    def sentences(self) -> set[int]:
        """Numbers of the sentences in which what is noted weighs more than what is far off."""
        return {one + off for one in self._sentences for off in range(1 - len(FAR) + 1, len(FAR) - 1)}


class Filed:
    """All that an article notes, by sentence, by word, by entity, and by where it begins or ends."""

    def __init__(self, noted: Sequence[Noted]) -> None:
        self._noted = noted
        self._of_word: dict[str, list[int]] = {}
        self._of_entity: dict[str, list[int]] = {}
        sentences: dict[int, list[int]] = {}
        for number, one in enumerate(noted):
            self._of_word.setdefault(one.word, []).append(number)
            sentences.setdefault(one.sentence, []).append(number)
            if one.entity is not None:
                self._of_entity.setdefault(one.entity, []).append(number)
        self._in_sentence = {one: self._ranked(numbers, 0) for one, numbers in sentences.items()}
        self._far = self._ranked(range(len(noted)), len(FAR))
        self._by_start = sorted(range(len(noted)), key=lambda n: noted[n].start)
        self._starts = [noted[n].start for n in self._by_start]
        self._by_end = sorted((n for n, one in enumerate(noted) if one.adjective), key=lambda n: noted[n].end)
        self._ends = [noted[n].end for n in self._by_end]
        self._shares: dict[str, list[tuple[str | None, float]]] = {}
        for one in noted:
            if one.top.place.states:
                share = float(one.points.shares[[at_home(place) for place in one.points.places]].sum())
                self._shares.setdefault(one.word, []).append((one.entity, min(1.0, share)))
        self._home = sum(told[-1][1] for told in self._shares.values())

    def _ranked(self, numbers: Iterable[int], off: int) -> list[int]:
        """The weightiest note of each word, seen from so many sentences off, the weightiest word first."""
        best: dict[str, int] = {}
        for number in numbers:
            one = self._noted[number]
            known = best.get(one.word)
            if known is None or one.weighs(off) > self._noted[known].weighs(off):
                best[one.word] = number
        return sorted(best.values(), key=lambda n: (-self._noted[n].weighs(off), self._first(self._noted[n].word)))

    def _first(self, word: str) -> int:
        return self._of_word[word][0]

    def about(self, asked: Standing, own: str) -> tuple[list[Noted], Mapping[str, int]]:
        """What can be among the `MOST` weightiest words for a name, in order, with the places of the words in it.

        Of a sentence, and of what is far off, no more than `MOST` words can be. Left out is what the entity `own`
        names itself, and what its mentions cover; of words noted there, all other notes are given.
        """
        hidden = {*self._of_entity.get(own, ()), *self._covered(asked)}
        touched = {self._noted[number].word for number in hidden}
        offered = {number for word in touched for number in self._of_word[word]}
        offered.update(self._at(asked))
        for sentence in asked.sentences():
            offered.update(self._weightiest(self._in_sentence.get(sentence, ()), touched))
        offered.update(self._weightiest(self._far, touched))
        kept = sorted(offered - hidden)
        places: dict[str, int] = {}
        for number in kept:
            word = self._noted[number].word
            places.setdefault(word, number if word in touched else self._first(word))
        return [self._noted[number] for number in kept], places

    def _weightiest(self, ranked: Iterable[int], touched: Collection[str]) -> Iterator[int]:
        return islice((number for number in ranked if self._noted[number].word not in touched), MOST)

    def _covered(self, asked: Standing) -> Iterator[int]:
        for mention in asked.mentions:
            first = bisect_left(self._starts, mention.start)
            yield from self._by_start[first : bisect_left(self._starts, mention.end, lo=first)]

    def _at(self, asked: Standing) -> Iterator[int]:
        """What stands right behind a mention, and the adjectives right before one."""
        for mention in asked.mentions:
            first = bisect_right(self._starts, mention.end)
            yield from self._by_start[first : bisect_right(self._starts, mention.end + REACH, lo=first)]
            first = bisect_right(self._ends, mention.start - REACH)
            yield from self._by_end[first : bisect_left(self._ends, mention.start, lo=first)]

    def home(self, own: str) -> float:
        """How much of what is noted lies at home, what one entity names itself left out."""
        total, count = self._home, len(self._shares)
        for word in {self._noted[number].word for number in self._of_entity.get(own, ())}:
            told = self._shares.get(word)
            if not told:
                continue
            rest = next((share for entity, share in reversed(told) if entity != own), None)
            total += (0.0 if rest is None else rest) - told[-1][1]
            count -= rest is None
        return max(0.2, total / count) if count else 1.0
