"""Stories that grow article by article: each is put to the best story before it, or opens one.

Online and stable: what an article is put to depends on the articles before it alone, so that no later one regroups it;
a later one may show that two stories are one, and then the older identifier stays. All state is reached through keys
(a name, a word, a story, an article), never by going through all of it: adding one costs the same in any archive.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quellenlage.model import content_id
from quellenlage.story.features import Features

JOIN = 7.0
"""Score from which an article belongs to a story: two rare names within weeks and some of its words, or three names."""

RELATED = 4.5
"""Score from which a story is named as perhaps the same."""

TIED = 6.0
"""What one shared event or copied text counts: with a single rare name it suffices."""

WORDS = 8.0
"""What it counts if all nouns of an article, weighed by rarity, are the story's."""

PRIOR = 60
"""Articles imagined beside those of the archive, so that in a folder of five no name is as rare as it looks."""

_COMMON = 60
"""Stories that a key points to at most; a key of more is too common to find a story by."""

_LATE = 40.0
"""Days after which what speaks for a story is worth 1/e of the way down to `_REST`."""

_REST = 0.4
"""What it is worth however long a story rests: a course of events may go on after a year, by more and rarer names."""

_FRESH = 10
"""Days within which nothing is lost."""

_UNDATED = 0.75
"""What it is worth where an article or the story has no day."""


@dataclass(slots=True)
class Course:
    """A story as it grows: how many of its articles bear which name and word, and on which days they were published."""

    id: str
    number: int = 0
    """How many stories were opened before it."""
    articles: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)

    def add(self, one: Features) -> None:
        """Take an article in."""
        self.articles.append(one.article)
        self.counts.update((*one.names, *one.words))
        if one.first is not None and one.last is not None:
            for day in {one.first, one.last}:
                insort(self.days, day)

    def swallow(self, other: Course) -> None:
        """Take another story in."""
        self.articles += other.articles
        self.counts += other.counts
        self.days = sorted((*self.days, *other.days))

    def support(self, key: str) -> float:
        """How much a key stands for the story: 1 where half of its articles bear it."""
        return min(1.0, 2 * self.counts[key] / len(self.articles))

    def distance(self, one: Features) -> int | None:
        """Days between an article and the nearest of the story; None where one of them has no day."""
        if one.first is None or one.last is None or not self.days:
            return None
        at = bisect_left(self.days, one.first)
        near = [self.days[i] for i in (at - 1, at) if 0 <= i < len(self.days)]
        return min(
            0 if one.first <= day <= one.last else min(abs(day - one.first), abs(day - one.last)) for day in near
        )


@dataclass(frozen=True, slots=True)
class Match:
    """How well an article fits a story."""

    story: str
    score: float
    reasons: tuple[str, ...]
    tied: bool


@dataclass(slots=True)
class Courses:
    """All stories, by keys."""

    stories: dict[str, Course] = field(default_factory=dict)
    story_of: dict[str, str] = field(default_factory=dict)
    why: dict[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    related: dict[str, dict[str, float]] = field(default_factory=dict)
    _seen: Counter[str] = field(default_factory=Counter)
    _stories_of: dict[str, dict[str, None]] = field(default_factory=dict)
    _articles: int = 0
    _opened: int = 0
    _gone_into: dict[str, list[str]] = field(default_factory=dict)
    """Aliases of each story."""

    def put(self, one: Features) -> str:
        """Put an article to the best story before it, or open one; returns the story's identifier."""
        matches = self.matches(one)
        best = matches[0] if matches and matches[0].score >= JOIN else None
        if best is None:
            course = Course(content_id("sty", one.article), self._opened)
            self._opened += 1
            self.stories[course.id] = course
            self.why[one.article] = (0.0, ("opens",))
        else:
            course = self.stories[best.story]
            self.why[one.article] = (best.score, best.reasons)
            for other in matches[1:]:
                if self._one(best, other):
                    course = self._merge(course.id, other.story)
        for match in matches:
            if match.story in self.stories and match.story != course.id and match.score >= RELATED:
                for a, b in ((course.id, match.story), (match.story, course.id)):
                    self.related.setdefault(a, {})[b] = max(match.score, self.related.get(a, {}).get(b, 0.0))
        self._take(course, one)
        return course.id

    def matches(self, one: Features) -> list[Match]:
        """Stories that the article's ties and rarer names point to, the best first; of equals the older."""
        found: dict[str, None] = {}
        for tie in one.ties:
            found[self.story_of[tie]] = None
        for key in sorted(one.names):
            pointed = self._stories_of.get(key, {})
            if len(pointed) <= _COMMON:
                found.update(pointed)
        order = {story: at for at, story in enumerate(found)}
        weights = {key: self._rarity(key) for key in (*one.names, *one.words)} if found else {}
        scored = [self._match(one, self.stories[story], weights) for story in found]
        return sorted(scored, key=lambda match: (-match.score, order[match.story]))

    def _match(self, one: Features, course: Course, weights: Mapping[str, float]) -> Match:
        tied = {reason: None for tie, reason in one.ties.items() if self.story_of[tie] == course.id}
        shared = {n: worth * weights[n] * course.support(n) for n, worth in one.names.items() if n in course.counts}
        common = sum(weights[word] * course.support(word) for word in one.words if word in course.counts)
        overlap = common / max(1.0, sum(weights[word] for word in one.words))
        distance = course.distance(one)
        fresh = _UNDATED if distance is None else _decay(distance)
        score = (sum(shared.values()) + WORDS * overlap) * fresh + TIED * len(tied)
        least = _LEAST_WORDS if distance is None or distance <= _LONG else _LEAST_AFTER_REST
        if not tied and (len(shared) < 2 or overlap < least):
            score = min(score, JOIN - 1)
        reasons = [*tied, *(f"name:{n}" for n in sorted(shared, key=lambda n: (-shared[n], n))[:5])]
        if overlap >= 0.01:
            reasons.append(f"words:{round(100 * overlap)}")
        if distance is not None:
            reasons.append(f"days:{distance}")
        return Match(course.id, round(score, 3), tuple(reasons), bool(tied))

    def _rarity(self, key: str) -> float:
        return math.log((self._articles + PRIOR) / (self._seen[key] + 2))

    def _one(self, best: Match, other: Match) -> bool:
        """Whether an article that fits two stories makes them one: both firmly, and each tied or both much alike."""
        if other.story not in self.stories or other.score < JOIN:
            return False
        return (best.tied and other.tied) or min(best.score, other.score) >= 2 * JOIN

    def _merge(self, one: str, other: str) -> Course:
        """Make two stories one under the older identifier; the other one becomes an alias."""
        older, younger = sorted((one, other), key=lambda story: self.stories[story].number)
        kept, gone = self.stories[older], self.stories.pop(younger)
        kept.swallow(gone)
        for article in gone.articles:
            self.story_of[article] = older
        for key in gone.counts:
            pointed = self._stories_of.get(key)
            if pointed is None:  # words find no story, they weigh those that names find
                continue
            pointed.pop(younger, None)
            pointed[older] = None
        moved = [*self._gone_into.pop(younger, ()), younger]
        self.aliases.update(dict.fromkeys(moved, older))
        self._gone_into.setdefault(older, []).extend(moved)
        for story, score in self.related.pop(younger, {}).items():
            self.related.get(story, {}).pop(younger, None)
            if story != older:
                self.related.setdefault(story, {})[older] = score
                self.related.setdefault(older, {})[story] = score
        return kept

    def _take(self, course: Course, one: Features) -> None:
        course.add(one)
        self.story_of[one.article] = course.id
        self._articles += 1
        self._seen.update((*one.names, *one.words))
        for name in one.names:
            self._stories_of.setdefault(name, {})[course.id] = None


_LEAST_WORDS = 0.1
"""Share of an article's nouns that a story has at least to be one with it by names alone."""

_LONG = 180
"""Days of rest after which people of office alone, who are named in every course of events, do not bring it back."""

_LEAST_AFTER_REST = 0.15
"""The same share after such a rest."""


def _decay(days: int) -> float:
    return _REST + (1 - _REST) * math.exp(-max(0, days - _FRESH) / _LATE)


def grow(features: Iterable[Features]) -> Courses:
    """Stories of articles in order of capture."""
    courses = Courses()
    for one in features:
        courses.put(one)
    return courses


def related_to(courses: Courses, story: str, limit: int = 3) -> tuple[str, ...]:
    """Stories that may be about the same, the likeliest first."""
    found: Mapping[str, float] = courses.related.get(story, {})
    return tuple(sorted((s for s in found if s in courses.stories), key=lambda s: (-found[s], s))[:limit])
