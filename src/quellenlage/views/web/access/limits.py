"""How often something may be tried: growing delays for logins, buckets for what is expensive. Kept in memory only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from threading import Lock

from quellenlage.model import fold

Clock = Callable[[], float]
"""Seconds of a clock that never runs backwards."""

_MOST = 10_000
"""Entries kept; the one not used for longest goes first."""


@dataclass(frozen=True, slots=True)
class Patience:
    """So many attempts are `free`; each further one doubles the delay, from one second up to `longest`."""

    free: int
    longest: float

    def delay(self, attempts: int) -> float:
        """Seconds to wait after so many attempts."""
        over = attempts - self.free
        return 0.0 if over < 0 else min(self.longest, 2.0 ** min(over, 30))


HERE = Patience(free=4, longest=900)
"""One account from one address: who guesses, and who has forgotten."""
ACCOUNT = Patience(free=12, longest=30)
"""One account from anywhere: slow for a guesser with many addresses, bearable for its owner meanwhile."""
ADDRESS = Patience(free=30, longest=900)
"""One address on any accounts: who tries one password on everybody."""
_FORGOTTEN = 3600.0
"""Seconds after the last attempt until all is forgiven."""


@dataclass(slots=True)
class _Tried:
    attempts: int
    last: float


class Delays:
    """Attempts to log in. An attempt counts when it begins, so that many at once gain nothing."""

    def __init__(self, clock: Clock) -> None:
        """Take a clock."""
        self._clock = clock
        self._tried: OrderedDict[str, _Tried] = OrderedDict()
        self._lock = Lock()

    def attempt(self, account: str, address: str) -> float:
        """Begin an attempt: 0, or so many seconds to wait before the next; a refused attempt does not count."""
        now = self._clock()
        with self._lock:
            wait = max(self._left(key, patience, now) for key, patience in _keys(account, address))
            if wait <= 0:
                for key, _ in _keys(account, address):
                    self._count(key, now)
        return max(0.0, wait)

    def succeeded(self, account: str, address: str) -> None:
        """Forgive an account; of an address only this attempt, else who has one account could try all others."""
        here, anywhere, by_address = (key for key, _ in _keys(account, address))
        with self._lock:
            self._tried.pop(here, None)
            self._tried.pop(anywhere, None)
            if found := self._tried.get(by_address):
                found.attempts = max(0, found.attempts - 1)

    def _left(self, key: str, patience: Patience, now: float) -> float:
        found = self._tried.get(key)
        if found is None or now - found.last >= _FORGOTTEN:
            return 0.0
        return found.last + patience.delay(found.attempts) - now

    def _count(self, key: str, now: float) -> None:
        found = self._tried.pop(key, None)
        attempts = found.attempts if found and now - found.last < _FORGOTTEN else 0
        self._tried[key] = _Tried(attempts + 1, now)
        while len(self._tried) > _MOST:
            self._tried.popitem(last=False)


def _keys(account: str, address: str) -> Iterable[tuple[str, Patience]]:
    folded, network = fold(account)[:128], network_of(address)
    yield f"{folded}@{network}", HERE
    yield f"{folded}@", ACCOUNT
    yield f"@{network}", ADDRESS


def network_of(address: str) -> str:
    """An address as one asker: of IPv6 the first 64 bits, since one machine has all the others."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)


class Buckets:
    """Token buckets: each asker has `burst` at once and gains `per_minute`."""

    def __init__(self, clock: Clock) -> None:
        """Take a clock."""
        self._clock = clock
        self._full: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str, *, per_minute: float, burst: int) -> float:
        """Take one: 0, or so many seconds until there is one."""
        now = self._clock()
        with self._lock:
            left, then = self._full.pop(key, (float(burst), now))
            left = min(float(burst), left + (now - then) * per_minute / 60)
            self._full[key] = (left - 1 if left >= 1 else left, now)
            while len(self._full) > _MOST:
                self._full.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) * 60 / per_minute
