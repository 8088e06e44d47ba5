"""Stories and lines of the chronicle as new articles go on with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from quellenlage.execution.mapping import Archived
from quellenlage.model import Archive, Belonging, ChronicleEntry, Document, Entity, Event, Linked, Story
from quellenlage.model.ports import Placed
from quellenlage.story.chronicle import LATER, importance
from quellenlage.story.corrections import gone
from quellenlage.story.courses import related_to
from quellenlage.story.features import Features, read_features
from quellenlage.story.glance import Glance
from quellenlage.story.resuming import resume


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A link of new articles with their neighbours, beside where these stand in the archive.

    `documents` are all of them in order of capture, `articles` is how many the archive has.
    """

    small: Linked
    ids: Archived
    placed: Placed
    documents: Sequence[Document]
    new: frozenset[str]
    articles: int


def gone_on(
    archive: Archive, around: Surroundings, entities: Sequence[Entity], events: Sequence[Event]
) -> tuple[list[Story], set[str]]:
    """Stories with the new articles that go on with them, and which of them were there before.

    `entities` and `events` are those of the archive that the new articles have a part in.
    """
    new = around.new
    glances = {document.article.id: Glance.at(document) for document in around.documents}
    features = [_archived(one, around.ids) for one in read_features(glances, around.small)]
    story_of = {a: next(iter(around.placed.stories_of.get(a, ())), "") for a in glances if a not in new}
    borne = {e.id: len({m.article for m in e.members}) for e in entities}
    courses = resume(features, story_of, borne, around.articles)
    names = {e.id: e.name for e in entities}
    told: dict[str, list[str]] = {}
    for event in events:
        for article in dict.fromkeys(a.member.article for a in event.accounts if a.member.article in new):
            told.setdefault(article, []).append(event.id)
    grown: dict[str, list[str]] = {}
    for article in glances:
        if article in new:
            grown.setdefault(courses.story_of[article], []).append(article)
    there = {story.id: story for story in archive.parts_of(grown).stories}
    stories = []
    for identifier, articles in grown.items():
        title = next((glances[a].title for a in articles if glances[a].headed), glances[articles[0]].title)
        opened = Story(identifier, title, (), (), related=related_to(courses, identifier))
        old = there.get(identifier, opened)
        why = [Belonging(a, courses.why[a][0], _named(courses.why[a][1], names)) for a in articles]
        more = (event for article in articles for event in told.get(article, ()))
        stories.append(
            replace(
                old,
                articles=(*old.articles, *articles),
                events=tuple(dict.fromkeys((*old.events, *more))),
                why=(*old.why, *why),
            )
        )
    return stories, set(there)


def _archived(one: Features, ids: Archived) -> Features:
    """Features with the archive's entities as names."""
    names: dict[str, float] = {}
    for name, worth in one.names.items():
        names[ids.of(name)] = max(worth, names.get(ids.of(name), 0.0))
    ties = {article: ids.put_words(why) for article, why in one.ties.items()}
    return replace(one, names=names, ties=ties)


def _named(reasons: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Reasons with the names of entities instead of their identifiers."""
    told = (reason.partition(":") for reason in reasons)
    return tuple(f"{code}{colon}{names.get(key, key) if code == 'name' else key}" for code, colon, key in told)


def goes_on(line: ChronicleEntry, event: Event, days: Sequence[date], told: Sequence[str]) -> ChronicleEntry:
    """A line of an event that has further accounts; `days` are those of their articles, `told` stories that tell it."""
    later = line.later
    if event.latest:
        later += sum(day.toordinal() > event.latest.toordinal() + LATER for day in days)
    return replace(
        line,
        event_type=event.event_type,
        factuality=event.factuality,
        time=event.time,
        earliest=event.earliest,
        latest=event.latest,
        later=later,
        importance=importance(event, later),
        also=tuple(dict.fromkeys((*line.also, *(story for story in told if story != line.story)))),
    )


def with_lines(
    before: Sequence[ChronicleEntry],
    changed: Mapping[str, ChronicleEntry],
    events: Mapping[str, Event],
    reported: Mapping[str, date],
) -> tuple[ChronicleEntry, ...]:
    """The lines of a story with some changed or new ones, in order of time; without events that left the chronicle.

    `reported` gives the first reports of events that have no day.
    """
    lines = {**{line.event: line for line in before}, **changed}
    standing = [one for one in lines.values() if one.event not in events or not gone(events[one.event])]
    standing.sort(key=lambda one: (_when(one, reported), one.event))
    return tuple(replace(line, position=n) if line.position != n else line for n, line in enumerate(standing))


def _when(line: ChronicleEntry, reported: Mapping[str, date]) -> tuple[int, int]:
    """Middle and length of the days of a line, as for the whole chronicle; of one without days, its first report."""
    if line.earliest is None or line.latest is None:
        return reported.get(line.event, date.max).toordinal(), date.max.toordinal()
    first, last = line.earliest.toordinal(), line.latest.toordinal()
    return (first + last) // 2, last - first
