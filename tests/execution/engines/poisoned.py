"""What workers of the tests run: a pipeline that does as articles say, and plain functions."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.store.fakes import FakePipeline, Overrides, capture_of

from quellenlage.errors import MissingResource
from quellenlage.execution.engines import Task
from quellenlage.model import Capture, Document


class Poisoned(FakePipeline):
    """HÄNGT never ends, STIRBT kills its process, EINMAL does so if the file it names is not there yet.

    SCHLUCKT takes a quarter of a GiB of memory and keeps it in hand, FEHLT finds the installation incomplete, LANGSAM
    takes half a second, WARTET waits for the file it names.
    """

    def analyse(self, capture: Capture, overrides: Overrides) -> Document:
        text = capture.text
        once = Path(text.split()[-1]) if "EINMAL" in text else None
        if "STIRBT" in text or (once and not once.exists()):
            if once:
                once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if "HÄNGT" in text:
            time.sleep(600)
        if "SCHLUCKT" in text:
            held = bytearray(os.urandom(1024)) * (256 << 10)
            time.sleep(600 + len(held))
        if "FEHLT" in text:
            raise MissingResource("a lexicon is not there")
        if "LANGSAM" in text:
            time.sleep(0.5)
        while "WARTET" in text and not Path(text.split()[-1]).exists():
            time.sleep(0.05)
        return super().analyse(capture, overrides)


def poisoned(version: str = "1") -> Poisoned:
    return Poisoned(version)


def task_of(text: str) -> Task:
    capture, overrides = capture_of(text), Overrides()
    return Task(capture, overrides, poisoned().fingerprint(capture.id, overrides))


def doubling() -> Callable[[int], tuple[int, int]]:
    """Makes a function that doubles, and says in which process."""
    return lambda n: (2 * n, os.getpid())


def slow_first(seconds: float) -> Callable[[], Callable[[int], int]]:
    return partial(_make_slow_first, seconds)


def _make_slow_first(seconds: float) -> Callable[[int], int]:
    def work(n: int) -> int:
        if n == 0:
            time.sleep(seconds)
        return n

    return work


def stillborn() -> Callable[[int], int]:
    os._exit(7)


def failing() -> Callable[[int], int]:
    def work(n: int) -> int:
        raise KeyError(n)

    return work
