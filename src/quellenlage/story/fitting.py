"""How well an article fits a story: shared names, how rare and whose they are, shared nouns, days, ties.

A sum of evidence is not enough. Five parties of one parliament are in every article about it, two fires have the same
nouns, and a president has several affairs at once: hence what is shared must also be enough of its kind (`_enough`),
the less the nearer the days are.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from quellenlage.story.features import NAMED, RECALLED, STATE, Features

JOIN = 3.3
"""Score from which an article belongs to a story, where what is shared is enough."""

RELATED = 2.5
"""Score from which a story is named as perhaps the same."""

WORDS_ALONE = 3
"""Nouns that an article and a story without a name in common share at least."""

_TIED = 6.0
"""What one shared event, copied text or correction counts."""

_RECALLED = 2.0
"""The same for an event that one of both articles tells of as long past."""

_WORDS = 10.0
"""What it counts if all nouns of an article, weighed by rarity, are the story's."""

_FAINT = 0.3
"""What a noun that any article may have, or a kind of event, weighs beside others."""

_PADDING = 5.0
"""Weight that every article's nouns are thought to have besides, so that one of three is not yet a third."""

_NEXT = 0.7
"""What each further name counts of what it would alone: who is named together is often named together."""

_LATE = 40.0
"""Days after which what speaks for a story is worth 1/e of the way down to `_REST`."""

_REST = 0.4
"""What it is worth however long a story rests."""

_FRESH = 10
"""Days within which nothing is lost."""

_KEPT = 0.85
"""What a name of the story's own is worth at least after a rest: nobody else is meant by it."""

_UNDATED = 0.75
"""What it is worth where an article or the story has no day."""

_FIRM = 0.8
"""Worth from which a name of the story's own can bring it back after weeks; a town's cannot."""

_PERSON = 1.0
"""Worth of a person: what is told of one person of no other story needs fewer nouns."""

_AT_ONCE, _WEEK, _SOON, _YEAR = 3, 7, 30, 400
"""Days between an article and a story: within the first nouns may suffice, after the last nothing does but a tie."""

_STALE = 90
"""Days after which copied text or a shared event ties no longer."""

_TIED_WORDS = 0.06
"""Share of nouns that a tie needs where no name is shared."""

_NEAR_OWN, _NEAR_NAMES, _NEAR_NAME, _NEAR_TOWN, _NEAR_WORDS = 0.08, 0.15, 0.12, 0.22, 0.25
"""Share of nouns wanted within weeks: with two names of the story's own, two names, one of its own, any, none."""

_LATER_OWN, _LATER_NAMES, _LATER_NAME = 0.15, 0.16, 0.2
"""The same after weeks, with three names of the story's own, two or a person's, one."""

_UNDATED_OWN = 0.3
"""The same where a day is missing, with two names of the story's own."""


@dataclass(slots=True)
class Course:
    """A story as it grows: how many of its articles bear which name and noun, and on which days they were published."""

    id: str
    number: int = 0
    """How many stories were opened before it."""
    articles: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)
    named: int = 0
    """Articles with a name that is not a state's."""

    def add(self, one: Features) -> None:
        """Take an article in."""
        self.articles.append(one.article)
        self.counts.update(one.all_keys())
        self.named += _is_named(one)
        if one.first is not None and one.last is not None:
            for day in {one.first, one.last}:
                insort(self.days, day)

    def swallow(self, other: Course) -> None:
        """Take another story in."""
        self.articles += other.articles
        self.counts += other.counts
        self.named += other.named
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
    """How well an article fits a story; `near` where both have a day and these are weeks apart at most."""

    story: str
    score: float
    reasons: tuple[str, ...]
    tied: bool
    near: bool = False


@dataclass(frozen=True, slots=True)
class _Shared:
    """What an article shares with a story: names by what each counts, those of the story's own, nouns."""

    names: Mapping[str, float]
    own: Sequence[str]
    words: int
    share: float
    """Share of the article's nouns, by weight."""
    overlap: float
    """The same with the padding."""


def match(
    one: Features, course: Course, ties: Collection[str], weights: Mapping[str, float], seen: Mapping[str, int]
) -> Match:
    """How well an article fits a story.

    `ties` say what ties it to articles of the story; `weights` give the rarity of each of its keys, `seen` how many
    articles of the archive bear it.
    """
    distance = course.distance(one)
    fresh = _UNDATED if distance is None else _decay(distance)
    current = distance is None or distance <= _STALE
    firm = [reason for reason in ties if current and not reason.startswith(f"{RECALLED}:")]
    shared = _shared(one, course, fresh, weights, seen)
    named = sum(value * _NEXT**at for at, value in enumerate(sorted(shared.names.values(), reverse=True)))
    beside = _WORDS * shared.overlap + _TIED * len(firm) + _RECALLED * (len(ties) - len(firm))
    score = named + beside * fresh
    alike = bool(shared.names) or shared.overlap >= _TIED_WORDS
    if not (alike if firm else _enough(one, course, shared, distance)):
        score = min(score, JOIN - 0.5)
    told = sorted(shared.names, key=lambda name: (-shared.names[name], name))
    reasons = [*ties, *(f"name:{name}" for name in told[:5])]
    if shared.share >= 0.01:
        reasons.append(f"words:{round(100 * shared.share)}")
    if distance is not None:
        reasons.append(f"days:{distance}")
    near = distance is not None and distance <= _SOON
    return Match(course.id, round(score, 3), tuple(reasons), bool(firm), near)


def rarity(seen: int, articles: int) -> float:
    """What a key is worth that so many of all articles before bear; nearly nothing if most do.

    Articles are imagined beside those of the archive, so that in a folder of five no name is as rare as it looks.
    """
    return math.log((articles + 60) / (seen + 2)) * (1 - seen / (articles + 8))


def _shared(
    one: Features, course: Course, fresh: float, weights: Mapping[str, float], seen: Mapping[str, int]
) -> _Shared:
    names: dict[str, float] = {}
    own: list[str] = []
    for name, worth in one.names.items():
        if name in course.counts:
            # At least half of the articles that bear it are the story's.
            keeps = worth >= NAMED and 2 * course.counts[name] >= seen[name]
            own += [name] * keeps
            names[name] = worth * weights[name] * course.support(name) * (max(fresh, _KEPT) if keeps else fresh)
    words = [word for word in one.words if word in course.counts]
    faint = [word for word in one.faint if word in course.counts]
    common = sum(weights[word] * course.support(word) for word in words)
    common += _FAINT * sum(weights[word] * course.support(word) for word in faint)
    whole = sum(weights[word] for word in one.words) + _FAINT * sum(weights[word] for word in one.faint)
    return _Shared(names, own, len(words), common / max(1.0, whole), common / (_PADDING + whole))


def _enough(one: Features, course: Course, shared: _Shared, distance: int | None) -> bool:
    """Whether it is more than names that are in many stories, or nouns that many happenings have."""
    own, overlap = len(shared.own), shared.overlap
    firm = max((one.names[name] for name in shared.own), default=0.0)
    if distance is not None and distance <= _SOON:
        names = sum(one.names[name] >= NAMED for name in shared.names)
        bare = not course.named or not _is_named(one)
        return (
            (own > 1 and firm >= _FIRM and overlap >= _NEAR_OWN)
            or (names > 1 and shared.words > 0 and overlap >= _NEAR_NAMES)
            or (own > 0 and (shared.words > 0 or firm >= _PERSON) and overlap >= _NEAR_NAME)
            or (names > 0 and distance <= _WEEK and shared.words > 1 and overlap >= _NEAR_TOWN)
            or (bare and distance <= _AT_ONCE and shared.words >= WORDS_ALONE and overlap >= _NEAR_WORDS)
        )
    if firm < _FIRM or not shared.words:
        return False
    if distance is None:
        return own > 1 and overlap >= _UNDATED_OWN
    if distance > _YEAR:
        return False
    if own > 2:
        return overlap >= _LATER_OWN
    if own > 1 or firm >= _PERSON:
        return overlap >= _LATER_NAMES
    return shared.words > 1 and overlap >= _LATER_NAME


def _is_named(one: Features) -> bool:
    return any(worth > STATE for worth in one.names.values())


def _decay(days: int) -> float:
    return _REST + (1 - _REST) * math.exp(-max(0, days - _FRESH) / _LATE)
