"""Run a command and see how much time and memory it takes, with all processes that it starts."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1
"""Seconds between two looks at the memory."""
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Run:
    """Wall and processor seconds, the most memory at once in MiB, and what was printed."""

    wall: float
    work: float
    peak: float
    output: str


def run(command: Sequence[str | Path]) -> Run:
    """Run a command to its end.

    The peak is that of the whole family at one moment, pages that several processes share counted once; where the
    system does not tell (no /proc), it is that of the largest single process.

    Raises:
        SystemExit: it failed; its messages have been printed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    most = [0.0]
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(_EVERY):
            most[0] = max(most[0], sum(_held(pid) for pid in _family(child.pid)))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    output, _ = child.communicate()
    wall = time.perf_counter() - started
    ended.set()
    looking.join()
    if child.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {child.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, work, most[0] or after.ru_maxrss / 1024, output)


def _family(pid: int) -> Iterator[int]:
    """A process and all below it that are alive."""
    yield pid
    for task in (_PROC / str(pid) / "task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue  # it has ended in between
        for child in children:
            yield from _family(int(child))


def _held(pid: int) -> float:
    """MiB of a process: its own pages, and its share of those that others use as well; 0 once it has ended."""
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)
