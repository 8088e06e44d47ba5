"""Feeds that are left alone for a while: since they failed, are reserved, or their host asked for it."""

from __future__ import annotations

from collections.abc import Iterable

from quellenlage.execution.watching.plan import Plan
from quellenlage.execution.watching.round import Rest
from quellenlage.execution.watching.state import State
from quellenlage.execution.watching.times import LONGEST_REST, host_of


def host_rests(state: State, host: str, now: int) -> int:
    """Until when a host is left alone, in seconds since 1970; 0 where it is not."""
    rest = state.host(host).rest
    # Longer than any rest that was ever given: the clock was put back.
    return rest if now < rest <= now + 2 * LONGEST_REST else 0


def resting(plan: Plan, state: State, now: int, before: Iterable[Rest] = ()) -> list[Rest]:
    """The feeds that are not looked at on their schedule, in the order of the plan; `before` were those at first."""
    known_before = {(one.url, one.until) for one in before}
    found = []
    for feed in plan.feeds:
        known = state.feed(feed.url)
        own = known.due if known.failures and known.looked is not None and known.looked <= now else 0
        until = max(own, host_rests(state, host_of(feed.url), now))
        if until > now:
            begun = (feed.url, until) not in known_before
            found.append(Rest(feed.url, until, known.failures if until == own else 0, begun))
    return found
