"""Rounds of a watch, one after the other until it is asked to end: look, add, build, tell."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from quellenlage.errors import ArchiveUnusable, NotFound
from quellenlage.execution.intake import add
from quellenlage.execution.watching.plan import Plan
from quellenlage.execution.watching.resting import resting
from quellenlage.execution.watching.round import Ports, Round
from quellenlage.execution.watching.state import State
from quellenlage.execution.watching.times import Halting, Stopped
from quellenlage.execution.watching.visiting import Visit, settle_uncertain
from quellenlage.intake import FetchOptions, IntakeOptions
from quellenlage.model import Archive

BREATH = 60
"""Seconds until the next round where the archive could not be used, doubled each time up to an hour."""
_LONGEST_BREATH = 3_600


class Keeper(Protocol):
    """Who has the archive, and is told of every round."""

    def opened(self) -> AbstractContextManager[Archive]:
        """The archive for one round. Raises ArchiveUnusable."""

    def tell(self, archive: Archive, done: Round) -> None:
        """A round is done."""

    def fail(self, error: ArchiveUnusable, wait: int) -> None:
        """A round failed, since the archive could not be used; the next one is in so many seconds."""


def go_round(archive: Archive, plan: Plan, state: State, ports: Ports) -> Round:
    """One round; where the end is asked for it breaks off after the article that it is at, and loses nothing.

    Raises:
        ArchiveUnusable: archive or state cannot be written.
        MissingResource: the installation is incomplete.
    """
    done = Round(iso(ports.wall()))
    options = _options(plan, ports.fetch, done.at)
    before = resting(plan, state, int(ports.wall()))
    settle_uncertain(state, plan, lambda capture: _has(archive, capture), done.at)
    add(archive, (), options, reader=lambda _sources, how: Visit(plan, state, ports, how, done).read())
    done.resting = resting(plan, state, int(ports.wall()), before)
    if done.stopped:
        return done
    try:
        done.built = ports.build(archive, Halting(ports.stop))
    except Stopped:
        done.stopped = True
    return done


def rehearse(plan: Plan, state: State, ports: Ports) -> tuple[Round, list[str]]:
    """What a round would do: feeds are looked at, no page is, and nothing is kept. Returns pages that would be.

    Rests that have `begun` would begin with such a round: no feed rests for the rehearsal.
    """
    done = Round(iso(ports.wall()))
    before = resting(plan, state, int(ports.wall()))
    with state.copy() as copied:
        visit = Visit(plan, copied, ports, _options(plan, ports.fetch, done.at), done)
        for _ in visit.list_only():
            pass
        done.resting = resting(plan, copied, int(ports.wall()), before)
        return done, [page.url for page in visit.due()]


def watch(plan: Plan, state: State, ports: Ports, keeper: Keeper, interval: int) -> None:
    """Go rounds, `interval` seconds from beginning to beginning, until the end is asked for.

    An archive that cannot be used for the moment (locked, no room, replaced) costs a round and not the watch.
    """
    broken = 0
    while not ports.stop.asked:
        began = time.monotonic()
        wait = float(interval)
        try:
            with keeper.opened() as archive:
                keeper.tell(archive, go_round(archive, plan, state, ports))
            broken = 0
        except ArchiveUnusable as error:
            wait = min(BREATH * 2 ** min(broken, 10), _LONGEST_BREATH)
            broken += 1
            keeper.fail(error, int(wait))
        ports.stop.wait(max(1.0, began + wait - time.monotonic()))


def iso(wall: float) -> str:
    """A time in seconds since 1970 as ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(wall, UTC).isoformat(timespec="seconds")


def _options(plan: Plan, fetch: FetchOptions, at: str) -> IntakeOptions:
    manners = replace(fetch, pause=plan.pause, longest_pause=max(fetch.longest_pause, plan.pause))
    return IntakeOptions(at, max_bytes=plan.max_bytes, fetch=manners)


def _has(archive: Archive, capture: str) -> bool:
    try:
        archive.capture(capture)
    except NotFound:
        return False
    return True
