"""One round of looking: feeds that are due, then pages that are due, host by host in turn, one request at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from quellenlage.errors import BadInput, FetchRefused, Reserved, UnreadableInput
from quellenlage.execution.failure import describe
from quellenlage.execution.watching.listed import AGAIN, OLD, Registry
from quellenlage.execution.watching.plan import DAY, Feed, Plan
from quellenlage.execution.watching.resting import host_rests
from quellenlage.execution.watching.round import TOLD_AFTER, Ports, Round, Trouble, TroubleKind
from quellenlage.execution.watching.state import RESERVED, FeedState, HostState, PageState, State, Taken
from quellenlage.execution.watching.times import LONGEST_REST, delay, host_of, is_due
from quellenlage.intake import IntakeOptions
from quellenlage.intake.fetch import NO_VALIDATORS, Fetched, Fetcher, printable
from quellenlage.intake.listings import Listing, address, listing_of
from quellenlage.intake.opening import unreserved
from quellenlage.intake.raw import Raw
from quellenlage.intake.reading import unpacked
from quellenlage.model import Capture, content_id

MOST_TRIES = 5
"""Failures in a row after which a page is given up, until its feed says that it was changed."""
MOST_MAPS = 10
"""Sitemaps of one index that are looked at in one round."""
KEPT = 60 * DAY
"""Seconds for which a page is remembered that nothing lists any more."""
_FEEDS = frozenset({"feed", "json-feed"})
_GZIP = b"\x1f\x8b"
Found = Iterator[Capture | BadInput]


@dataclass(frozen=True, slots=True)
class _Job:
    """Something to fetch, and what to do with it."""

    url: str
    feed: Feed
    run: Callable[[], Found]


class Visit:
    """The looking of one round. `read` yields what it finds; who consumes it keeps each before asking for the next."""

    def __init__(self, plan: Plan, state: State, ports: Ports, options: IntakeOptions, done: Round) -> None:
        """Take the plan, the state of the watch, and where to count."""
        self._plan, self._state, self._ports, self._options, self._done = plan, state, ports, options, done
        self._now = int(ports.wall())
        self._slack = max(5, min((feed.every for feed in plan.feeds), default=60) // 10)
        self._registry = Registry(plan, state, self._now)
        self._fetcher = Fetcher(options)
        self._resting: set[str] = set()

    def read(self) -> Found:
        """Everything new, and what failed in its place."""
        try:
            yield from self._in_turn(self._feed_jobs())
            yield from self._in_turn(self._page_jobs())
            self._state.drop_pages(self._now - KEPT)
        finally:
            self._fetcher.close()

    def list_only(self) -> Found:
        """Look at feeds and at no page behind them: for a rehearsal, with a copy of the state."""
        try:
            yield from self._in_turn(self._feed_jobs())
        finally:
            self._fetcher.close()

    def due(self) -> list[PageState]:
        """Pages at which it is time to look, on hosts that are not left alone, the most of each host last."""
        feeds = [feed.url for feed in self._plan.feeds if feed.follow]
        counts: dict[str, int] = {}
        chosen = []
        for page in self._state.due_pages(self._now + self._slack, feeds):
            host = host_of(page.url)
            counts[host] = counts.get(host, 0) + 1
            if self._rests(host) or counts[host] > self._plan.pages:
                self._done.left += 1
            else:
                chosen.append(page)
        return chosen

    # whose turn it is
    def _feed_jobs(self) -> Iterable[_Job]:
        for feed in self._plan.feeds:
            known = self._state.feed(feed.url)
            if is_due(known.due, known.looked, self._now + self._slack):
                yield _Job(feed.url, feed, lambda feed=feed, known=known: self._look(feed, known))  # type: ignore[misc]  # bound now

    def _page_jobs(self) -> Iterable[_Job]:
        feeds = {feed.url: feed for feed in self._plan.feeds}
        for page in self.due():
            feed = feeds[page.feed]
            yield _Job(page.url, feed, lambda feed=feed, page=page: self._page(feed, page))  # type: ignore[misc]  # bound now

    def _in_turn(self, jobs: Iterable[_Job]) -> Found:
        """Run jobs, always of the host that has been left alone longest, so that pauses of one serve another."""
        queues: dict[str, deque[_Job]] = {}
        for job in jobs:
            queues.setdefault(host_of(job.url), deque()).append(job)
        while queues:
            host = min(queues, key=lambda h: self._fetcher.pause_left(queues[h][0].url))
            job = queues[host].popleft()
            if not queues[host]:
                del queues[host]
            else:
                queues[host] = queues.pop(host)  # to the end: hosts that are equally free take turns
            if self._rests(host):
                self._done.left += 1
                continue
            if self._ports.stop.wait(self._fetcher.pause_left(job.url)):
                self._done.stopped = True
                return
            yield from job.run()

    def _rests(self, host: str) -> bool:
        return host in self._resting or host_rests(self._state, host, self._now) > 0

    # feeds
    def _look(self, feed: Feed, known: FeedState) -> Found:
        """Look at a feed, or at one sitemap of an index."""
        try:
            fetched = self._fetch(known.url, lambda: self._fetcher.fetch(known.url, known.validators))
            self._done.feeds += 1
            raw = self._raw(known.url, fetched, feed)
            listing = None if fetched.unchanged else self._listing(raw, feed, known)
            fresh = listing is not None and (listing.kind == "page" or self._registry.register(feed, known, listing))
            self._done.unchanged += not fresh
            # A sitemap of an index is due when the index says that it was changed.
            due = self._now + (OLD if known.parent and known.marker else feed.every)
            seen = replace(known, validators=fetched.validators, looked=self._now, due=due, failures=0)
            if listing is not None:
                seen = replace(seen, kind=listing.kind)
                if listing.kind == "page":
                    yield from self._taken_from(feed, self._standing(feed), raw)
                elif not feed.follow and listing.kind in _FEEDS:
                    yield from self._own_texts(feed, raw, listing)
            # Last: a watch that is killed meanwhile looks at this feed again.
            self._state.put_feed(seen)
        except BadInput as error:
            yield from self._feed_failed(feed, known, error)
            return
        if not known.parent:
            for one in self._registry.due_maps(feed)[:MOST_MAPS]:
                if self._ports.stop.wait(self._fetcher.pause_left(one.url)):
                    self._done.stopped = True
                    return
                if not self._rests(host_of(one.url)):
                    yield from self._look(feed, one)

    def _listing(self, raw: Raw, feed: Feed, known: FeedState) -> Listing:
        """What was fetched. Raises BadInput where it is not what the plan says."""
        from quellenlage.intake import sitemaps

        if feed.kind == "page":
            return Listing("page")
        listing = sitemaps.read(raw) if feed.kind == "sitemap" else listing_of(raw)
        # What was a feed and is a page now says that the feed is gone; that page is no article.
        lost = listing.kind == "page" and known.kind not in {"", "page"}
        if lost or (feed.kind == "feed" and listing.kind not in _FEEDS):
            raise UnreadableInput(
                raw.name, "this is no feed", remedy="look at the address in a browser; perhaps the feed has moved"
            )
        return listing

    def _feed_failed(self, feed: Feed, known: FeedState, error: BadInput) -> Found:
        """A feed that cannot be looked at is left alone for a while, longer each time."""
        host, wait = host_of(known.url), 0.0
        kind: TroubleKind = "unreadable"
        failures = known.failures + 1
        if isinstance(error, Reserved):
            kind, wait = "reserved", max(feed.every, DAY)
        elif isinstance(error, FetchRefused):
            kind = "gone" if error.status in {404, 410} else "failing"
            wait = DAY if error.status == 410 else error.wait or 0.0
            self._host_failed(host, error)
        due = self._now + int(max(wait, delay(feed.every, failures, host)))
        self._state.put_feed(replace(known, looked=self._now, due=due, failures=failures))
        if failures == (TOLD_AFTER if kind == "failing" else 1):
            self._done.troubles.append(Trouble(known.url, kind, error))
        yield from self._failed(error)

    # pages
    def _page(self, feed: Feed, page: PageState) -> Found:
        """Look at a page: a new one, or one that may have a new version."""
        try:
            fetched = self._fetch(page.url, lambda: self._fetcher.fetch(page.url, page.validators))
            self._done.pages += 1
            seen = self._registry.seen(replace(page, validators=fetched.validators))
            if fetched.unchanged:
                self._done.same += 1
                self._state.put_page(seen)
                return
            raw = self._raw(page.url, fetched, feed)
            yield from self._taken_from(feed, seen, raw)
        except BadInput as error:
            yield from self._page_failed(page, error)

    def _page_failed(self, page: PageState, error: BadInput) -> Found:
        tries = max(0, page.tries) + 1
        due: int | None = self._now + delay(AGAIN, tries, host_of(page.url))
        if isinstance(error, FetchRefused):
            self._host_failed(host_of(page.url), error)
        if isinstance(error, Reserved):
            due, tries = None, RESERVED
        elif tries >= MOST_TRIES or not getattr(error, "passing", False):
            due = None  # what is gone or no text stays so, until the feed says that it was changed
        self._state.put_page(replace(page, looked=self._now, due=due, tries=tries))
        yield from self._failed(error)

    def _own_texts(self, feed: Feed, raw: Raw, listing: Listing) -> Found:
        """The texts that a feed carries itself."""
        from quellenlage.intake import feeds, jsonfeeds

        reader = feeds if listing.kind == "feed" else jsonfeeds
        for found in reader.read(raw):
            if isinstance(found, BadInput):
                yield from self._failed(found)
                continue
            url = address(found.given.url or "") or content_id("text", found.text_sha256)
            known = self._state.page(url) or PageState(url, feed.url, first=self._now)
            yield from self._keep(replace(known, listed=self._now, looked=self._now, due=None), found)

    def _standing(self, feed: Feed) -> PageState:
        """A page that is itself what is watched; when to look again is the matter of its feed."""
        known = self._state.page(feed.url) or PageState(feed.url, feed.url, first=self._now)
        return replace(known, listed=self._now, looked=self._now, due=None)

    def _taken_from(self, feed: Feed, page: PageState, raw: Raw) -> Found:
        """Captures of a page that was fetched, unless its text is the one that was taken last.

        Raises:
            Reserved: the page is watched itself, and reserves itself.
        """
        try:
            found = list(unreserved(raw))
        except Exception as error:
            # A page that a parser stumbles over must not end the watch, which would stumble again after each start.
            yield from self._page_failed(
                page, UnreadableInput(raw.name, "it cannot be read: {reason}", reason=describe(error))
            )
            return
        for one in found:
            if isinstance(one, Reserved) and page.url == feed.url:
                raise one  # a page that is watched itself rests like a feed
            if isinstance(one, BadInput):
                yield from self._page_failed(page, one)
            else:
                yield from self._keep(page, one)

    def _keep(self, page: PageState, capture: Capture) -> Found:
        """Yield a capture whose text is new, and note that it is kept once the next is asked for."""
        if page.text == capture.text_sha256:
            self._done.same += 1
            self._state.put_page(page)
            return
        revision = bool(page.text)
        taken = replace(page, text=capture.text_sha256, capture=capture.id)
        self._state.put_page(taken)
        yield capture
        self._state.settle(taken, Taken(capture.id, page.url, capture.captured_at, revision))
        self._done.revised += revision
        self._done.added += not revision

    # what both share
    def _fetch(self, url: str, ask: Callable[[], Fetched]) -> Fetched:
        """Ask, and note that the host answers. Raises BadInput."""
        fetched = ask()
        host = host_of(url)
        if self._state.host(host).failures:
            self._state.put_host(HostState(host))
        return fetched

    def _raw(self, url: str, fetched: Fetched, feed: Feed) -> Raw:
        """The answer as an input, unpacked. Raises BadInput."""
        options = replace(self._options, outlet=feed.outlet) if feed.outlet else self._options
        raw = Raw(printable(url), fetched.data, options, url=fetched.url, declared=fetched.charset)
        return unpacked(raw) if fetched.data.startswith(_GZIP) else raw

    def _host_failed(self, host: str, error: FetchRefused) -> None:
        """Leave a host alone that is overloaded or does not answer; a faulty page alone is no reason."""
        if not error.passing or error.status not in {None, 429, 503}:
            return
        known = self._state.host(host)
        rest = int(max(error.wait or 0.0, delay(60, known.failures, host)))
        self._state.put_host(HostState(host, self._now + min(rest, LONGEST_REST), known.failures + 1))
        self._resting.add(host)

    def _failed(self, error: BadInput) -> Found:
        self._done.reserved += isinstance(error, Reserved)
        self._done.failed += not isinstance(error, Reserved)
        self._done.failures.append(error)
        yield error


def settle_uncertain(state: State, plan: Plan, has: Callable[[str], bool], at: str) -> None:
    """After a watch that was killed while something was taken: keep what the archive has, take the rest again."""
    followed = {feed.url for feed in plan.feeds if feed.follow}
    for page in state.uncertain():
        if has(page.capture):
            state.settle(page, Taken(page.capture, page.url, at, page.step > 0))
        else:
            # Without what the server said of this version, or it would say that there is nothing new.
            # What a feed carries itself comes with the feed, which was not noted as looked at either.
            due = 0 if page.feed in followed and page.url != page.feed else None
            state.put_page(replace(page, capture="", text="", due=due, validators=NO_VALIDATORS))
