"""Processes that run one function over many items; one that dies costs only what it had in hand.

`concurrent.futures` gives a whole pool up when one of its processes dies, and neither it nor `multiprocessing.Pool`
ends one that hangs. Here each process has a pipe of its own and one item at a time, so that it is known whose item was
lost, and sending can never block: whoever is sent something is waiting for it.
"""

from __future__ import annotations

import heapq
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from operator import itemgetter
from pathlib import Path
from typing import Any, Generic, Self, TypeVar, cast

from quellenlage.errors import EngineUnusable
from quellenlage.execution.engines.nursery import CONTEXT, nursery
from quellenlage.execution.engines.worker import Answer, Make, Ready, resident, serve

T = TypeVar("T")

_LOOK = 0.5
"""Seconds between two looks at memory and time of those that work."""
_STARTS = 3
"""Workers that may end before they have begun, one after the other, until the engine counts as unusable."""
_AHEAD = 64
"""Results a worker that wait for an earlier one at most, where the order is kept whatever it takes."""
_GRACE = 2.0
"""Seconds that a worker has to end."""
_REMEDY = "try again with --engine process"


def _one_minute(_item: Any) -> float:
    return 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a crew allows.

    `attempts`: so often an item is tried if its worker dies; `killed`: if something outside kills it, which is
    seldom the item's doing; `late`: if it takes too long. `patience`: seconds that an
    item may take. `memory`: MiB beyond which a worker is ended while it works; `recycle`: those beyond which it is
    replaced between two items, as after `items` of them. `held`: results for which an earlier one is waited for; when
    there are more, they go ahead of it. None: the order is kept whatever it takes.
    """

    attempts: int = 3
    killed: int = 10
    late: int = 2
    patience: Callable[[Any], float] = _one_minute
    memory: int = 4096
    recycle: int = 1024
    items: int = 5000
    held: int | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """An item whose worker died each time it was tried; `why` the last time. `passing`: another day it may do."""

    why: str
    times: int
    passing: bool


@dataclass(slots=True)
class _Item(Generic[T]):
    number: int
    value: T
    died: int = 0
    killed: int = 0
    late: int = 0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    ready: bool = False
    item: _Item[Any] | None = None
    until: float = 0.0
    done: int = 0
    ended_for: str = ""


class Crew(Generic[T]):
    """Workers as they are needed, `size` at most; `run` starts and ends them."""

    def __init__(self, make: Make, size: int, limits: Limits | None = None, preload: str | None = None) -> None:
        """Start nothing yet; `make` makes in each worker the function that it runs.

        `preload` names a module that loads, on import, what all workers share.
        """
        self._preload = preload
        self._open = ExitStack()
        self._make = make
        self._size = size
        self._limits = limits or Limits()
        self._workers: list[_Worker] = []
        self._waiting: deque[_Item[T]] = deque()
        self._held: list[tuple[int, T, Any]] = []
        self._head = self._taken = 0
        self._false_starts = 0
        self._looked = 0.0

    def run(self, items: Iterable[T]) -> Generator[tuple[T, Any]]:
        """All of `results` for once, from the start of the workers to their end."""
        with self:
            yield from self.results(items)

    def __enter__(self) -> Self:
        self._open = ExitStack()
        self._open.enter_context(nursery(self._preload))
        self._open.callback(self._end)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def results(self, items: Iterable[T]) -> Generator[tuple[T, Any]]:
        """Pairs of an item and what the function made of it, or `Lost`; in order, as far as `Limits.held` says.

        An item is taken when a worker is free for it. Interrupted from the keyboard, it gives back what is finished
        before it raises. Workers stay for the next call.

        Raises:
            EngineUnusable: workers cannot be started.
            Exception: what the function raised.
        """
        self._head = self._taken
        coming = (_Item(number, value) for number, value in enumerate(items, self._head))
        try:
            while self._take(coming) or self._held:
                self._hand_out()
                finished = self._next_held()
                if finished:
                    yield finished
                self._collect(_LOOK if self._next_is_missing() else 0.0)
        except KeyboardInterrupt:
            yield from [(value, result) for _, value, result in sorted(self._held, key=itemgetter(0))]
            raise
        finally:
            self._give_up()

    def _give_up(self) -> None:
        """Leave what is not finished, where somebody stopped early: the next call begins anew."""
        for worker in [w for w in self._workers if w.item is not None]:
            worker.process.kill()
            self._drop(worker)
        self._waiting.clear()
        self._held.clear()

    def _end(self) -> None:
        """End all workers, whatever they are at."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            _buried(worker.process)
        self._workers.clear()

    def _take(self, coming: Iterator[_Item[T]]) -> bool:
        """Take items for the workers that are free; whether any is in hand."""
        busy = sum(worker.item is not None for worker in self._workers)
        full = self._limits.held is None and len(self._held) >= _AHEAD * self._size
        while not full and len(self._waiting) + busy < self._size:
            item = next(coming, None)
            if item is None:
                break
            self._taken += 1
            self._waiting.append(item)
        return bool(self._waiting) or busy > 0

    def _hand_out(self) -> None:
        """Give each free worker an item; start workers where there are more items than free workers."""
        for worker in [w for w in self._workers if w.ready and w.item is None]:
            if not self._waiting:
                return
            item = self._waiting.popleft()
            seconds = self._limits.patience(item.value)
            try:
                worker.connection.send((item.value, seconds))
            except OSError:
                self._waiting.appendleft(item)  # it died while it had nothing to do
                self._drop(worker)
                continue
            worker.item, worker.until = item, time.monotonic() + seconds
        starting = sum(not worker.ready for worker in self._workers)
        for _ in range(min(len(self._waiting) - starting, self._size - len(self._workers))):
            self._workers.append(self._started())

    def _started(self) -> _Worker:
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(target=serve, args=(theirs, self._make), daemon=True, name="quellenlage-worker")
        try:
            process.start()
        except (OSError, RuntimeError) as error:
            ours.close()
            raise EngineUnusable("no worker could be started: {error}", remedy=_REMEDY, error=error) from error
        finally:
            theirs.close()
        return _Worker(process, ours)

    def _next_held(self) -> tuple[T, Any] | None:
        """The next result to give back, if it is there."""
        limit = self._limits.held
        if not self._held or (self._next_is_missing() and (limit is None or len(self._held) <= limit)):
            return None
        number, value, result = heapq.heappop(self._held)
        self._head = max(self._head, number + 1)
        return value, result

    def _next_is_missing(self) -> bool:
        return not self._held or self._held[0][0] > self._head

    def _collect(self, seconds: float) -> None:
        """Hear what workers have to say within so many seconds."""
        speaking = {w.connection: w for w in self._workers if w.item is not None or not w.ready}
        for connection in wait(list(speaking), seconds) if speaking else ():
            worker = speaking[cast("Connection", connection)]
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                self._died(worker)
                continue
            if isinstance(message, Ready):
                worker.ready, self._false_starts = True, 0
            else:
                self._heard(worker, message)
        if time.monotonic() - self._looked >= _LOOK:
            self._looked = time.monotonic()
            for worker in self._workers:
                self._look_at(worker)

    def _heard(self, worker: _Worker, answer: Answer) -> None:
        if answer.error is not None:
            raise answer.error
        item, worker.item = worker.item, None
        worker.done += 1
        if item is not None:
            heapq.heappush(self._held, (item.number, item.value, answer.value))
        if worker.done >= self._limits.items or answer.resident > self._limits.recycle:
            self._drop(worker)

    def _look_at(self, worker: _Worker) -> None:
        """End a worker that takes too much time or memory."""
        if worker.item is None or worker.ended_for:
            return
        if time.monotonic() > worker.until:
            worker.ended_for = f"it took more than {self._limits.patience(worker.item.value):.0f} seconds"
            worker.item.late += 1
        elif resident(Path(f"/proc/{worker.process.pid}/statm")) > self._limits.memory:
            worker.ended_for = f"it took more than {self._limits.memory} MiB of memory"
        if worker.ended_for:
            worker.process.kill()

    def _died(self, worker: _Worker) -> None:
        """Let another worker try what this one had in hand, or give it up."""
        self._drop(worker)
        item, why = worker.item, worker.ended_for or _last_words(worker.process.exitcode)
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts >= _STARTS:
                raise EngineUnusable("workers end before they have begun: {why}", remedy=_REMEDY, why=why)
        if item is None:
            return
        limits, by_signal = self._limits, worker.process.exitcode == -signal.SIGKILL
        outside = by_signal and not worker.ended_for
        item.killed += outside
        item.died += not outside
        if item.died < limits.attempts and item.late < limits.late and item.killed < limits.killed:
            self._waiting.appendleft(item)
            return
        lost = Lost(why, item.died + item.killed, passing=by_signal and not item.late)
        heapq.heappush(self._held, (item.number, item.value, lost))

    def _drop(self, worker: _Worker) -> None:
        """Do without a worker: it ends by itself, having nothing in hand."""
        self._workers.remove(worker)
        worker.connection.close()
        _buried(worker.process)


def _buried(process: BaseProcess) -> None:
    """Wait until a process has ended, and see to it."""
    process.join(_GRACE)
    if process.is_alive():
        process.kill()
        process.join()


def _last_words(status: int | None) -> str:
    if status is not None and status < 0:
        with suppress(ValueError):
            return signal.Signals(-status).name
    return f"exit status {status}"
