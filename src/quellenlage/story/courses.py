"""Stories that grow article by article: each is put to the best story before it, or opens one.

Online and stable: what an article is put to depends on the articles before it alone, so that no later one regroups it;
a later one may show that two stories are one, and then the older identifier stays. All state is reached through keys
(a name, a word, a story, an article), never by going through all of it: adding one costs the same in any archive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quellenlage.model import content_id
from quellenlage.story.features import Features
from quellenlage.story.fitting import JOIN, RELATED, WORDS_ALONE, Course, Match, match, rarity

_ONE = 14.0
"""Score from which an article that fits two stories shows by names and nouns alone that they are one."""

_COMMON = 60
"""Stories that a name points to at most; one of more is too common to find a story by."""

_FEW = 20
"""The same for a noun, of which there are many more."""


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
    _stories_by_word: dict[str, dict[str, None] | None] = field(default_factory=dict)
    """Stories with a noun; None where they were once too many, so that what is kept stays small."""
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
        for other in matches:
            if other.story in self.stories and other.story != course.id and other.score >= RELATED:
                for a, b in ((course.id, other.story), (other.story, course.id)):
                    self.related.setdefault(a, {})[b] = max(other.score, self.related.get(a, {}).get(b, 0.0))
        self._take(course, one)
        return course.id

    def matches(self, one: Features) -> list[Match]:
        """Stories that the article's ties and rarer names point to, the best first; of equals the older."""
        ties: dict[str, dict[str, None]] = {}
        for tie, reason in one.ties.items():
            ties.setdefault(self.story_of[tie], {})[reason] = None
        found: dict[str, None] = dict.fromkeys(ties)
        for key in sorted(one.names):
            pointed = self._stories_of.get(key, {})
            if len(pointed) <= _COMMON:
                found.update(pointed)
        met = Counter(story for word in one.words for story in self._stories_by_word.get(word) or ())
        found.update((story, None) for story, count in met.items() if count >= WORDS_ALONE)
        order = {story: at for at, story in enumerate(found)}
        weights = {key: rarity(self._seen[key], self._articles) for key in one.all_keys()} if found else {}
        scored = [match(one, self.stories[story], ties.get(story, ()), weights, self._seen) for story in found]
        return sorted(scored, key=lambda one: (-one.score, order[one.story]))

    def _one(self, best: Match, other: Match) -> bool:
        """Whether an article that fits two stories of its weeks makes them one: each tied, or both much alike."""
        if other.story not in self.stories or other.score < JOIN or not (best.near and other.near):
            return False
        return (best.tied and other.tied) or min(best.score, other.score) >= _ONE

    def _merge(self, one: str, other: str) -> Course:
        """Make two stories one under the older identifier; the other one becomes an alias."""
        older, younger = sorted((one, other), key=lambda story: self.stories[story].number)
        kept, gone = self.stories[older], self.stories.pop(younger)
        kept.swallow(gone)
        for article in gone.articles:
            self.story_of[article] = older
        for key in gone.counts:
            for table in (self._stories_of, self._stories_by_word):
                pointed = table.get(key)
                if pointed is not None and younger in pointed:
                    del pointed[younger]
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
        self._seen.update(one.all_keys())
        for name in one.names:
            self._stories_of.setdefault(name, {})[course.id] = None
        for word in one.words:
            pointed = self._stories_by_word.setdefault(word, {})
            if pointed is not None:
                pointed[course.id] = None
                if len(pointed) > _FEW:
                    self._stories_by_word[word] = None


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
