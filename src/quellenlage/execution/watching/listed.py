"""From what feeds and sitemaps list to pages at which it is time to look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from quellenlage.execution.watching.plan import DAY, Feed, Plan
from quellenlage.execution.watching.state import RESERVED, FeedState, PageState, State
from quellenlage.execution.watching.times import is_due
from quellenlage.intake.listings import Entry, Listing
from quellenlage.intake.reservations import matches

OLD = 7 * DAY
"""Age in seconds beyond which what a sitemap lists is no news, unless the plan says otherwise."""
AGAIN = 900
"""Seconds between two looks at one page at least, however often its feed says that it was changed."""


class Registry:
    """Notes what is listed; `now` is the time of the round, in seconds since 1970."""

    def __init__(self, plan: Plan, state: State, now: int) -> None:
        """Take the plan and where to note."""
        self._plan, self._state, self._now = plan, state, now
        self._feeds = {feed.url for feed in plan.feeds}

    def register(self, feed: Feed, known: FeedState, listing: Listing) -> bool:
        """Note every page that is listed, or every sitemap of an index; True where there is something new."""
        if listing.kind == "sitemap-index":
            return False if known.parent else self._register_maps(feed, known, listing)
        if not feed.follow and listing.kind in {"feed", "json-feed"}:
            return True
        before = known.looked is None and bool(known.early) and listing.kind == "sitemap"
        entries = [entry for entry in listing.entries if _wanted(entry, feed)]
        fresh = False
        with self._state.writing():
            for entry in entries:
                fresh = self._register(entry, feed, before, listing.kind) or fresh
            self._state.listed((entry.url for entry in entries), self._now)
        return fresh

    def _register(self, entry: Entry, feed: Feed, before: bool, kind: str) -> bool:
        """Note one page; `before` says that it was there before anything was watched."""
        page = self._state.page(entry.url)
        if page is not None:
            # Two feeds may list one page, each in its way: the first one says when it is changed.
            if page.marker == entry.marker or (page.feed != feed.url and page.feed in self._feeds):
                return False
            looked = page.looked if page.looked is not None and page.looked <= self._now else 0
            again = max(self._now, looked + (DAY if page.tries == RESERVED else AGAIN))
            self._state.put_page(replace(page, feed=feed.url, marker=entry.marker, due=again, tries=min(page.tries, 0)))
            return True
        if self._is_old(entry, feed, kind):
            return False
        due = None if before and entry.dated is None else self._now
        page = PageState(entry.url, feed.url, entry.marker, first=self._now, listed=self._now, due=due)
        self._state.put_page(page)
        return due is not None

    def _is_old(self, entry: Entry, feed: Feed, kind: str) -> bool:
        """Whether the listing says that the page is older than what counts as news."""
        most = feed.max_age or (OLD if kind == "sitemap" else None)
        if most is None or entry.dated is None:
            return False
        return entry.dated[:10] < (datetime.fromtimestamp(self._now, UTC) - timedelta(seconds=most)).date().isoformat()

    def _register_maps(self, feed: Feed, index: FeedState, listing: Listing) -> bool:
        """Note the sitemaps of an index, those that it says were changed as due."""
        known = {one.url: one for one in self._state.maps_of(feed.url)}
        fresh = False
        with self._state.writing():
            for entry in listing.entries:
                one = known.get(entry.url)
                same = one is not None and (not entry.marker or one.marker == entry.marker)
                if same or entry.url in self._feeds or self._is_old(entry, feed, "sitemap"):
                    continue
                fresh = True
                one = one or FeedState(entry.url, feed.url, early=int(index.looked is None))
                self._state.put_feed(replace(one, marker=entry.marker, due=self._now))
        return fresh

    def due_maps(self, feed: Feed) -> list[FeedState]:
        """Sitemaps of an index at which it is time to look: first what it says is newest, then what waited longest."""
        due = [one for one in self._state.maps_of(feed.url) if is_due(one.due, one.looked, self._now)]
        due.sort(key=lambda one: (one.looked or 0, one.url))
        return sorted(due, key=lambda one: one.marker, reverse=True)

    def seen(self, page: PageState) -> PageState:
        """A page that was looked at just now: when to look again."""
        ages = self._plan.revisit
        step = page.step
        while step < len(ages) and page.first + ages[step] <= self._now:
            step += 1
        due = page.first + ages[step] if step < len(ages) else None
        return replace(page, looked=self._now, due=due, step=step, tries=0)


def _wanted(entry: Entry, feed: Feed) -> bool:
    if not feed.only:
        return True
    parts = urlsplit(entry.url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return any(matches(pattern, target) for pattern in feed.only)
