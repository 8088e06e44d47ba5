"""Rounds of a watch that is killed, locked out, ended in the middle, or whose clock jumps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.execution.watching.site import Site, plan, ports
from tests.execution.watching.watched import NEW_TEXT, OLD_TEXT, Watched, feed

from quellenlage.errors import ArchiveUnusable
from quellenlage.execution import BuildReport
from quellenlage.execution.ports import Progress
from quellenlage.execution.watching.plan import DAY, MINUTE
from quellenlage.execution.watching.round import Round
from quellenlage.execution.watching.running import watch
from quellenlage.execution.watching.state import Waiting, open_state
from quellenlage.execution.watching.times import Stop
from quellenlage.model import Archive, Capture


def test_what_was_not_kept_is_taken_again_after_a_kill(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT))

    class Killed(BaseException):
        pass

    def killed(capture: Capture) -> bool:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watched.archive, "add_capture", killed)
        with pytest.raises(Killed):
            watched.go(what)
    watched.restart()
    assert watched.go(what, MINUTE).added == 1
    assert [taken.capture for taken in watched.state.taken()] == [c.id for c in watched.captures()]


def test_what_was_kept_is_reported_after_a_kill_before_it_was_noted(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT))

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watched.state, "settle", killed)
        with pytest.raises(Killed):
            watched.go(what)
    watched.restart()
    watched.go(what, MINUTE)
    assert len(watched.captures()) == 1
    assert [taken.capture for taken in watched.state.taken()] == [c.id for c in watched.captures()]
    assert site.asked("/a0") == 1


def test_a_second_watch_is_refused(watched: Watched) -> None:
    with pytest.raises(ArchiveUnusable, match="another watch"):
        open_state(watched.path)


def test_the_end_comes_after_the_running_article(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT, NEW_TEXT))
    stop = Stop()
    site.before = lambda path: stop.ask() if path == "/a0" else None
    done = watched.go(what, how=ports(site, watched.clock, stop=stop))
    assert (done.stopped, done.added, done.built) == (True, 1, None)
    site.before = lambda path: None
    assert watched.go(what, MINUTE).added == 1


def test_a_build_ends_between_two_articles(watched: Watched, site: Site) -> None:
    stop = Stop()

    def building(archive: Archive, progress: Progress) -> BuildReport:
        stop.ask()
        progress.advance()
        return BuildReport()

    how = replace(ports(site, watched.clock, stop=stop), build=building)
    done = watched.go(plan(feed(site, OLD_TEXT)), how=how)
    assert (done.stopped, done.added, done.built) == (True, 1, None)
    assert len(watched.state.taken()) == 1


def test_own_texts_are_taken_again_after_a_kill_and_no_page_is_fetched(watched: Watched, site: Site) -> None:
    what = plan(replace(feed(site, OLD_TEXT), follow=False))

    class Killed(BaseException):
        pass

    def killed(capture: Capture) -> bool:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watched.archive, "add_capture", killed)
        with pytest.raises(Killed):
            watched.go(what)
    watched.restart()
    assert watched.go(what, MINUTE).added == 1
    assert site.paths() == ["/feed", "/feed"]


def test_a_delivered_report_leaves_nothing_in_the_state(watched: Watched) -> None:
    letter = Waiting("rep-1", "file x", "2024-05-01T12:00:00+00:00", "Ossi Brandt " * 500, 0, 0)
    watched.state.hand_over([], [letter], letter.at)
    watched.state.delivered(letter)
    watched.restart()
    beside = [one for one in Path(watched.path).parent.iterdir() if one.name.startswith("a.db.watch")]
    assert beside
    assert not any(b"Ossi Brandt" in one.read_bytes() for one in beside)


class Kept:
    """A keeper whose archive is locked at first, and that ends the watch after the first round that was done."""

    def __init__(self, watched: Watched, stop: Stop, locked: int) -> None:
        self.watched, self.stop, self.locked = watched, stop, locked
        self.done: list[Round] = []
        self.failed: list[int] = []

    @contextmanager
    def opened(self) -> Iterator[Archive]:
        if len(self.failed) < self.locked:
            raise ArchiveUnusable("locked")
        yield self.watched.archive

    def tell(self, archive: Archive, done: Round) -> None:
        self.done.append(done)
        self.stop.ask()

    def fail(self, error: ArchiveUnusable, wait: int) -> None:
        self.failed.append(wait)


def test_an_archive_that_is_locked_costs_rounds_and_not_the_watch(
    watched: Watched, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Stop()
    monkeypatch.setattr(stop, "wait", lambda seconds: stop.asked)
    keeper = Kept(watched, stop, 9)
    watch(plan(feed(site, OLD_TEXT)), watched.state, ports(site, watched.clock, stop=stop), keeper, 60)
    assert keeper.failed == [60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600]
    assert [done.added for done in keeper.done] == [1]


@pytest.mark.parametrize("jump", [-3 * DAY, 3 * DAY])
def test_a_clock_that_jumps_stops_nothing(watched: Watched, site: Site, jump: float) -> None:
    what = plan(feed(site, OLD_TEXT))
    watched.go(what)
    assert watched.go(what, jump).feeds == 1
    assert watched.go(what, 31 * MINUTE).feeds == 1
