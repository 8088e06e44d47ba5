"""When to look again: schedules by the clock on the wall, waits by one that never jumps, pauses that grow."""

from __future__ import annotations

import hashlib
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from urllib.parse import urlsplit

from quellenlage.execution.ports import Silent

LONGEST = 86_400
"""Seconds at most after which something that failed is tried again, unless its server asks for more."""
LONGEST_REST = 7 * 86_400
_FIRST = 60
_SLICE = 60.0


class Stopped(KeyboardInterrupt):
    """The watch was asked to end, and does after the article that it is at."""


class Stop:
    """Whether the watch was asked to end; waiting ends with it."""

    def __init__(self) -> None:
        self._event = threading.Event()

    @property
    def asked(self) -> bool:
        """Whether it was."""
        return self._event.is_set()

    def ask(self) -> None:
        """Ask for it."""
        self._event.set()

    def wait(self, seconds: float) -> bool:
        """Wait so long, by a clock that does not jump; True at once when the end is asked for."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self.asked:
            self._event.wait(min(left, _SLICE))
        return self.asked

    @contextmanager
    def by_signals(self) -> Iterator[None]:
        """Let SIGTERM and the first SIGINT ask for it; a second SIGINT breaks off."""

        def asked(number: int, _frame: FrameType | None) -> None:
            if number == signal.SIGINT:
                signal.signal(signal.SIGINT, signal.default_int_handler)
            self.ask()

        before = {number: signal.signal(number, asked) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class Halting(Silent):
    """Progress of a build that stops between two articles."""

    def __init__(self, stop: Stop) -> None:
        """Take who is asked."""
        self._stop = stop

    def start(self, total: int | None, label: str) -> None:
        """Begin nothing more once the end is asked for."""
        self.advance()

    def advance(self, steps: int = 1) -> None:
        """Stop after a finished step. Raises Stopped."""
        if self._stop.asked:
            raise Stopped


def delay(every: int, failures: int, host: str) -> int:
    """Seconds until something is tried again that failed so often in a row: twice as long each time, a day at most.

    Spread by a fifth, so that what failed together does not come back together; by the name of the host, not by
    chance, so that the same course gives the same times.
    """
    grown = min(max(every, _FIRST) * 2 ** min(failures, 16), LONGEST)
    digest = hashlib.sha256(f"{host}\n{failures}".encode()).digest()
    return int(grown * (1 + 0.2 * int.from_bytes(digest[:4], "big") / 2**32))


def host_of(url: str) -> str:
    """Name of the host in an address, with its port where one is written."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return url


def is_due(due: int | None, looked: int | None, now: int) -> bool:
    """Whether it is time; also where the last look lies in the future, since then the clock was put back."""
    return due is not None and (due <= now or (looked is not None and looked > now))
