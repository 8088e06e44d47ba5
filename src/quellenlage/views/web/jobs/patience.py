"""Writing while the worker commits: one writer at a time is admitted, and a whole link is one long transaction."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from quellenlage.errors import ArchiveUnusable
from quellenlage.store.postgresql.troubles import BUSY

T = TypeVar("T")

LIMIT = 90.0
"""Seconds that somebody waits for an answer at most."""

_PAUSE = 0.2
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def patiently(write: Callable[[], T], *, limit: float = LIMIT) -> T:
    """Do something that writes to the archive; where another process is writing, again until `limit` seconds passed.

    Each attempt waits by itself as long as the store does, so that the last one may end later than the limit.

    Raises:
        ArchiveUnusable: it is still being written, or cannot be used for another reason.
    """
    until = time.monotonic() + limit
    while True:
        try:
            return write()
        except ArchiveUnusable as error:
            if not is_busy(error) or time.monotonic() >= until:
                raise
        time.sleep(_PAUSE)


def is_busy(error: ArchiveUnusable) -> bool:
    """Whether another process holds the archive, so that the same may succeed a little later."""
    original = getattr(error.__cause__, "orig", None)
    return int(getattr(original, "sqlite_errorcode", 0)) & 0xFF in _BUSY or getattr(original, "sqlstate", "") in BUSY
