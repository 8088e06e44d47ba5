"""Stories of an archive as they go on with new articles, of which only some old articles are read.

How rare a name is, the archive tells, not the few articles that are read: what all of these bear may be in no others.
Stories that the archive has stay what they are: an article that fits two of them does not make them one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from quellenlage.story.courses import Courses
from quellenlage.story.features import Features
from quellenlage.story.fitting import Course, Match


@dataclass(slots=True)
class _Resumed(Courses):
    """Stories as far as they were read."""

    def imagine(self, seen: Mapping[str, int], articles: int) -> None:
        """Take keys of articles that are not read as seen, so many times each in so many articles."""
        self._seen.update(seen)
        self._articles += articles

    def resume(self, story: str, one: Features) -> None:
        """Put an article to the story that the archive has it in."""
        if story not in self.stories:
            self.stories[story] = Course(story, self._opened)
            self._opened += 1
        self._take(self.stories[story], one)

    def _one(self, best: Match, other: Match) -> bool:
        return False


def resume(
    features: Iterable[Features], story_of: Mapping[str, str], borne: Mapping[str, int], articles: int
) -> Courses:
    """Stories of old articles, which `story_of` names, and of the others, each put to one of them or opening one.

    Args:
        features: in order of capture.
        story_of: stories of the old articles; "" where none is known, and the article is left out.
        borne: how many of the archive's articles bear a name.
        articles: how many the archive has.
    """
    listed = list(features)
    read = Counter(name for one in listed for name in one.names if one.article in story_of)
    courses = _Resumed()
    courses.imagine({name: max(0, borne.get(name, 0) - count) for name, count in read.items()}, articles)
    for one in listed:
        ties = {tie: why for tie, why in one.ties.items() if tie in courses.story_of}
        story = story_of.get(one.article)
        if story is None:
            courses.put(replace(one, ties=ties))
        elif story:
            courses.resume(story, replace(one, ties=ties))
    return courses
