"""The process at the other end of a pipe: it answers one item after the other, until nobody asks any more."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from quellenlage.errors import Defect
from quellenlage.execution.failure import describe

Make = Callable[[], Callable[[Any], Any]]
"""Makes the function that a worker runs, in the worker: with what it loads. Picklable, as `Recipe`."""

_STATM = Path("/proc/self/statm")
_BACKSTOP = 30.0
"""Seconds beyond its limit after which an item ends its worker even where nobody is left to do so."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the function made of an item, or the error that ends the whole run; `resident` in MiB, 0 if unknown."""

    value: Any = None
    error: Exception | None = None
    resident: int = 0


def serve(connection: Connection, make: Make) -> None:
    """Answer pairs of an item and the seconds that it may take.

    The one who asks ends the worker by closing the pipe. An interrupt from the keyboard reaches all processes of a
    terminal; it is the asking one that decides what to keep.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        function = make()
    except Exception as error:
        _send(connection, Answer(error=_portable(error)))
        return
    _send(connection, Ready())
    while True:
        try:
            item, seconds = connection.recv()
        except (EOFError, OSError):
            return
        _set_alarm(seconds + _BACKSTOP)
        try:
            answer = Answer(function(item), resident=resident(_STATM))
        except Exception as error:
            answer = Answer(error=_portable(error), resident=resident(_STATM))
        _set_alarm(0)
        if not _send(connection, answer):
            return


def resident(statm: Path) -> int:
    """Memory that a process holds, in MiB, by its `/proc/…/statm`; 0 where the system does not say."""
    try:
        pages = int(statm.read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


def _set_alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _send(connection: Connection, message: Ready | Answer) -> bool:
    try:
        connection.send(message)
    except OSError:
        return False  # nobody reads any more
    return True


def _portable(error: Exception) -> Exception:
    """The error, if it comes out of a pipe as it went in; else one that says the same."""
    try:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made in this very line
    except Exception:
        return Defect(describe(error))
    return error if type(again) is type(error) else Defect(describe(error))
