"""Stories as the archive tells them: courses of events as they grew, with what people decided about them.

A course of events is narrower than a subject: what a government did in 2015 and what it did in 2024 are two, though the
same people act and a desk files both under one heading. Names that half of an archive bears would otherwise chain
everything to everything. What may go on is named as `related`, and a person joins it with one command.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from quellenlage.model import Belonging, Judgement, Linked, Story, Verdict, content_id
from quellenlage.story.courses import Courses, grow, related_to
from quellenlage.story.features import read_features
from quellenlage.story.glance import Glance

TITLE = "title"
"""Field of a story by which `correct` gives it a name; the first one on an identifier of its own makes a story."""


def story_id(article: str) -> str:
    """Identifier of the story that an article opens."""
    return content_id("sty", article)


def find_stories(
    glances: Mapping[str, Glance], linked: Linked, judgements: Sequence[Judgement]
) -> tuple[tuple[Story, ...], dict[str, str]]:
    """Stories in the order of their first article, those that people made at the end; and identifiers that merged.

    `glances` are the articles in order of capture.
    """
    courses = grow(read_features(glances, linked))
    decided = _Decided(list(glances), courses)
    for judgement in judgements:
        decided.take(judgement)
    return tuple(decided.told(glances, linked)), decided.aliases


class _Decided:
    """Which article belongs to which story, after what people decided."""

    def __init__(self, articles: Sequence[str], courses: Courses) -> None:
        self._courses = courses
        self._order = {article: at for at, article in enumerate(articles)}
        self._opened = {story_id(article): article for article in articles}
        self._story_of = {article: courses.story_of[article] for article in articles}
        self._by_hand: dict[str, Judgement] = {}
        self._titles: dict[str, str] = {}
        self._made: dict[str, dict[str, None]] = {}
        self._whole: dict[str, dict[str, None]] = {}
        self.aliases = dict(courses.aliases)

    def take(self, judgement: Judgement) -> None:
        """Apply one decision, if it is about stories."""
        subject, other = judgement.subject, judgement.other
        if judgement.verdict is Verdict.CORRECT and judgement.field == TITLE and judgement.value:
            if subject not in self._opened:
                self._made.setdefault(subject, {})
            self._titles[self._now(subject)] = judgement.value
        elif judgement.verdict is Verdict.SAME and other:
            if subject.startswith("sty-") and other.startswith("sty-"):
                self._join(subject, other)
            elif subject in self._order and other.startswith("sty-"):
                self._move(subject, other, judgement)
        elif judgement.verdict is Verdict.DIFFER and other and subject in self._order:
            self._made.get(other, {}).pop(subject, None)

    def _now(self, story: str) -> str:
        """What stands for a story now: its own identifier, or the story in which the article is that opened it."""
        if story in self._made or story not in self._opened:
            return story
        return self._story_of[self._opened[story]]

    def _move(self, article: str, story: str, judgement: Judgement) -> None:
        if story not in self._opened:
            self._made.setdefault(story, {})[article] = None
            return
        opener = self._opened[story]
        target = story if opener == article else self._now(story)
        self._story_of[article] = target
        self._by_hand[article] = judgement

    def _join(self, one: str, other: str) -> None:
        made = [story for story in (one, other) if story not in self._opened]
        if made:
            for story in {one, other} - {made[0]}:
                self._whole.setdefault(made[0], {})[story] = None
                self._made.setdefault(made[0], {})
            return
        a, b = sorted((self._now(one), self._now(other)), key=self._first)
        for article, story in self._story_of.items():
            if story == b:
                self._story_of[article] = a

    def _first(self, story: str) -> int:
        return self._order.get(self._opened.get(story, ""), len(self._order))

    def told(self, glances: Mapping[str, Glance], linked: Linked) -> Iterable[Story]:
        """The stories with titles, events and reasons."""
        members: dict[str, list[str]] = {}
        for article in self._order:
            members.setdefault(self._story_of[article], []).append(article)
        named = {story: story_id(articles[0]) for story, articles in members.items()}
        told_by = _told_by(linked)
        wanted = {reason.partition(":")[2] for _, reasons in self._courses.why.values() for reason in reasons}
        names = {entity.id: entity.name for entity in linked.entities if entity.id in wanted}
        for story, articles in members.items():
            current = named[story]
            if story != current:
                self.aliases[story] = current
            related = dict.fromkeys(named[r] for r in related_to(self._courses, story) if r in named)
            yield Story(
                id=current,
                title=self._titles.get(story) or self._titles.get(current) or _title(glances, articles),
                articles=tuple(articles),
                events=_events(articles, told_by),
                why=tuple(self._why(article, names) for article in articles),
                related=tuple(related),
            )
        self._point_at(named)
        for story, chosen in self._made.items():
            whole = {self._now(one) for one in self._whole.get(story, {})}
            articles = [a for a in self._order if a in chosen or self._story_of[a] in whole]
            if articles:
                yield Story(
                    id=story,
                    title=self._titles.get(story) or _title(glances, articles),
                    articles=tuple(articles),
                    events=_events(articles, told_by),
                    why=tuple(Belonging(article, 1.0, ("judgement",)) for article in articles),
                    made=True,
                )

    def _point_at(self, named: Mapping[str, str]) -> None:
        """Let every alias point at a story that is there, by way of the article that opened it."""
        here = set(named.values())
        for story, article in self._opened.items():
            was = story in self._courses.stories or story in self.aliases
            if was and story not in here and self.aliases.get(story) not in here:
                self.aliases[story] = named[self._story_of[article]]

    def _why(self, article: str, names: Mapping[str, str]) -> Belonging:
        if judged := self._by_hand.get(article):
            return Belonging(article, 1.0, (f"judgement:{judged.id}",))
        score, reasons = self._courses.why[article]
        return Belonging(article, score, tuple(_named(reason, names) for reason in reasons))


def _named(reason: str, names: Mapping[str, str]) -> str:
    code, _, key = reason.partition(":")
    return f"{code}:{names.get(key, key)}" if code == "name" else reason


def _told_by(linked: Linked) -> dict[str, list[str]]:
    """Events by the articles that tell them, in the order of the archive."""
    found: dict[str, list[str]] = {}
    for event in linked.events:
        for article in {account.member.article: None for account in event.accounts}:
            found.setdefault(article, []).append(event.id)
    return found


def _events(articles: Iterable[str], told_by: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(event for article in articles for event in told_by.get(article, ())))


def _title(glances: Mapping[str, Glance], articles: Sequence[str]) -> str:
    """The first headline; where none has one, the name of the first one's file."""
    return next((glances[one].title for one in articles if glances[one].headed), glances[articles[0]].title)
