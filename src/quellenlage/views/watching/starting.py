"""From the call of `quellenlage watch` to rounds."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from quellenlage.execution.watching.feeds_file import read_plan
from quellenlage.execution.watching.plan import LEAST_EVERY, Plan
from quellenlage.execution.watching.round import Ports
from quellenlage.execution.watching.running import go_round, rehearse, watch
from quellenlage.execution.watching.state import open_state
from quellenlage.execution.watching.tables import seconds
from quellenlage.execution.watching.times import Stop
from quellenlage.intake import FetchOptions
from quellenlage.views.cli import output
from quellenlage.views.cli.failures import FAILED, USAGE, WrongUsage, describe, report_error
from quellenlage.views.cli.settings import Settings
from quellenlage.views.discretion import Manner
from quellenlage.views.watching.keeping import Keeper, build_all, rehearsed_lines, state_path


@dataclass(frozen=True, slots=True)
class Call:
    """What the command was given; `interval` is a length of time such as "15m".

    With `pseudonyms` nothing that is written has the name of a private person.
    """

    feeds: str
    once: bool = False
    interval: str | None = None
    dry_run: bool = False
    pseudonyms: Manner | None = None


def start(settings: Settings, call: Call, fetch: FetchOptions | None = None) -> int:
    """Watch, go one round, or rehearse one; returns the exit status. `fetch` is the network, for tests."""
    words = settings.words
    every = seconds(call.interval) if call.interval else None
    if call.interval and (every is None or every < LEAST_EVERY):
        raise WrongUsage(words("watch.bad_interval", value=call.interval))
    plan, problems = read_plan(call.feeds)
    for problem in problems:
        report_error(problem, words)
    if plan is None:
        return USAGE
    if every:
        plan = replace(plan, feeds=tuple(replace(feed, every=every) for feed in plan.feeds))
    ports = Ports(time.time, Stop(), fetch or FetchOptions(), build_all)
    path = state_path(plan, settings.archive)
    if call.dry_run:
        return _rehearse(settings, plan, ports, path)
    with open_state(path) as state, ports.stop.by_signals():
        keeper = Keeper(settings, plan, state, ports, call.pseudonyms)
        if call.once:
            with keeper.opened() as archive:
                keeper.tell(archive, go_round(archive, plan, state, ports))
            return keeper.status
        watch(plan, state, ports, keeper, every or min(feed.every for feed in plan.feeds))
    return 0


def _rehearse(settings: Settings, plan: Plan, ports: Ports, path: str) -> int:
    """Print what a round would fetch, and what is wrong with feeds; nothing is written."""
    words = settings.words
    with open_state(path if Path(path).exists() else ":memory:") as state:
        done, pages = rehearse(plan, state, ports)
    if settings.json:
        output.json_lines({"record": "page", "url": url} for url in pages)
    else:
        for url in pages:
            output.line(output.plain(url))
    for error in done.failures:
        output.notice(describe(error, words), settings)
    for told in rehearsed_lines(done, words):
        output.notice(told, settings)
    return FAILED if done.failed else 0
