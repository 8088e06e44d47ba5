"""Decisions that wait for the next link: how many, and how long it will take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from quellenlage.execution.around import LEAST
from quellenlage.model import Activity, Archive, bearing

_LINK = "link"
_WHOLE = 0.5
"""Share of the archive from which on a link was a whole one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A link that may be started: so many decisions wait for it; `seconds` it will take, None where nobody knows."""

    decisions: int
    seconds: float | None


def size(archive: Archive) -> int:
    """Articles that a whole link has to see."""
    stand = archive.linked_stand()
    return stand.articles if stand else len(archive.capture_ids())


def is_small(archive: Archive) -> bool:
    """Whether the archive is linked so quickly that nobody has to be asked."""
    return size(archive) < LEAST


def estimate(archive: Archive) -> float | None:
    """Seconds that the next whole link takes, by the last one and the articles that came since."""
    now = size(archive)
    for activity in reversed(archive.activities()):
        if activity.stage == _LINK and activity.articles >= max(1, _WHOLE * now):
            return max(_seconds(activity), 1.0) * now / activity.articles
    return None


def undecided_since(archive: Archive, running: str | None = None) -> int:
    """Decisions that were made after the last link began, and that change what is linked.

    `running` is when a link began that has not ended yet, so that the archive does not know it.
    """
    links = [activity.started_at for activity in archive.activities() if activity.stage == _LINK]
    known = [time for text in (*links[-1:], running) if text and (time := _time(text))]
    last = max(known, default=None)
    made = (_time(judgement.made_at) for judgement in bearing(archive.judgements()))
    return sum(1 for time in made if last is None or time is None or time > last)


def _seconds(activity: Activity) -> float:
    start, end = _time(activity.started_at), _time(activity.ended_at)
    return (end - start).total_seconds() if start and end else 0.0


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
