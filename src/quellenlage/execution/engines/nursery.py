"""The process that workers are forked from: it has one thread and nothing open, and loads once what all of them share.

A fork of this process itself would inherit locks, threads and the open database. Workers that each start afresh need
5 seconds of work and 460 MiB for the lexica; forked from one that has them, half a second and half of the memory.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext, SpawnContext
from threading import Lock

_FORKS = "forkserver" in multiprocessing.get_all_start_methods()
CONTEXT: ForkServerContext | SpawnContext = (
    multiprocessing.get_context("forkserver") if _FORKS else multiprocessing.get_context("spawn")
)
"""How workers are started; where the system cannot fork, each starts afresh."""


_LEAST = "quellenlage.execution.engines.worker"
"""Module that all workers need; importing it with all that it imports takes a second."""


class _Users:
    """How many crews have workers of the one nursery that a process can have."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.count = 0


_users = _Users()


@contextmanager
def nursery(preload: str | None = None) -> Iterator[None]:
    """Have the nursery, with a module loaded, while workers are needed; the last one who needs it ends it."""
    if not _FORKS:
        yield
        return
    with _users.lock:
        _users.count += 1
        _start(preload)
    try:
        yield
    finally:
        with _users.lock:
            _users.count -= 1
            if not _users.count:
                _end()


def _start(preload: str | None) -> None:
    """Start it where it does not run, deaf to interrupts from the keyboard: they are not for it and its workers."""
    CONTEXT.set_forkserver_preload([preload or _LEAST])
    resource_tracker.ensure_running()  # first, since it lifts the mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end() -> None:
    """End it, so that its memory is free for what comes next; CPython offers this for its own tests alone."""
    stop = getattr(getattr(forkserver, "_forkserver", None), "_stop", None)
    if stop is not None:
        stop()
