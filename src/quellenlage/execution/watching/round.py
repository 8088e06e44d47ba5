"""What a round needs from outside, and what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from quellenlage.errors import BadInput
from quellenlage.execution.build import BuildReport
from quellenlage.execution.ports import Progress
from quellenlage.execution.watching.times import Stop
from quellenlage.intake import FetchOptions
from quellenlage.model import Archive

TroubleKind = Literal["failing", "gone", "reserved", "unreadable"]
TOLD_AFTER = 3
"""Failures in a row after which a feed is named in the report; one that is gone or reserved is named at once."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Time, network and work, given from outside so that tests decide them; `wall` is in seconds since 1970, UTC."""

    wall: Callable[[], float]
    stop: Stop
    fetch: FetchOptions
    build: Callable[[Archive, Progress], BuildReport]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A feed that cannot be looked at, or no more; `error` says why in words."""

    url: str
    kind: TroubleKind
    error: BadInput


@dataclass(frozen=True, slots=True)
class Rest:
    """A feed that is left alone until a time (seconds since 1970, UTC) after so many failures in a row.

    No failures: its host did not answer, or asked for it. `begun` says that the rest began in this round.
    """

    url: str
    until: int
    failures: int
    begun: bool


@dataclass(slots=True)
class Round:
    """One round: feeds looked at, pages fetched, what was taken, what was not and why.

    `feeds` were looked at, of which `unchanged` had nothing new; `pages` were fetched, of which `same` had no new text.
    `added` and `revised` are new captures, new pages and new versions; `reserved` were left alone since their site says
    so, `failed` did not work, `troubles` are worth telling, `left` wait for the next round, `resting` are feeds that
    wait for longer. `stopped` says that the round was broken off.
    """

    at: str
    feeds: int = 0
    unchanged: int = 0
    pages: int = 0
    same: int = 0
    added: int = 0
    revised: int = 0
    reserved: int = 0
    failed: int = 0
    left: int = 0
    failures: list[BadInput] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    resting: list[Rest] = field(default_factory=list)
    built: BuildReport | None = None
    stopped: bool = False
