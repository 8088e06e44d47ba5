"""What the chronicle leaves open: announced and never reported as done, and long silence within a story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quellenlage.model import Event, Factuality, Linked, Story

UNDATED_WAIT = 30
"""Days after the announcement of something without a day from which it counts as open."""

SILENCE = 90
"""Days without an article of a story that is going on from which it has been silent."""

_DONE = frozenset({Factuality.HAPPENED, Factuality.ONGOING, Factuality.DENIED})

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Gap:
    """An open end: `event` was announced for a day that is past, or `story` was silent from `since` to `until`.

    `until` is the first day of the newest article where nothing came after.
    """

    kind: Literal["announced", "silence"]
    story: str
    since: date
    until: date
    event: str | None = None


def find_gaps(linked: Linked, published: Mapping[str, Days]) -> list[Gap]:
    """Open ends, story by story; `published` are the days on which articles can have been published.

    An announcement counts as settled where any later article tells the event, or another of its type with one of its
    participants, as having happened, going on or denied: what may be the same is not called open.
    """
    if not published:
        return []
    newest = max(first for first, _ in published.values())
    by_id = {event.id: event for event in linked.events}
    lines: dict[str, list[Event]] = {}
    for entry in linked.chronicle:
        lines.setdefault(entry.story, []).append(by_id[entry.event])
    done: dict[tuple[str, str], list[Event]] = {}
    for event in linked.events:
        if any(account.factuality in _DONE for account in event.accounts):
            for participant in {*event.actors, *event.recipients}:
                done.setdefault((event.event_type, participant), []).append(event)
    found: list[Gap] = []
    for story in linked.stories:
        for event in lines.get(story.id, ()):
            found += _announced(event, story.id, newest, published, done)
        if not story.made:
            found += _silences(story, published)
    return found


def _announced(
    event: Event,
    story: str,
    newest: date,
    published: Mapping[str, Days],
    done: Mapping[tuple[str, str], list[Event]],
) -> Iterator[Gap]:
    if event.factuality is not Factuality.PLANNED or any(a.factuality in _DONE for a in event.accounts):
        return
    reports = [published[a.member.article] for a in event.accounts if a.member.article in published]
    if not reports:
        return
    told = min(first for first, _ in reports)
    due = event.latest or max(last for _, last in reports) + timedelta(days=UNDATED_WAIT)
    if newest <= due:
        return
    for participant in {*event.actors, *event.recipients}:
        for other in done.get((event.event_type, participant), ()):
            if other.latest is None or other.latest >= told:
                return
    yield Gap("announced", story, due, newest, event.id)


def _silences(story: Story, published: Mapping[str, Days]) -> Iterator[Gap]:
    """Stretches between two articles of a story in which nothing was published about it."""
    days = sorted(published[article] for article in story.articles if article in published)
    last: date | None = None
    for first, end in days:
        if last is not None and (first - last).days > SILENCE:
            yield Gap("silence", story.id, last, first)
        last = end if last is None else max(last, end)
