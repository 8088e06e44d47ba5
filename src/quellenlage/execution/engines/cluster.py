"""Ray Data: articles analysed by actors on many machines, or on this one.

Ray keeps the actors with their models, holds back what they cannot take yet and moves work away from machines that
are lost. It would try an article that kills its worker without end, and never ends one that hangs. So an actor reads
in processes of its own, under the limits of the pool (`crew`): one article costs at most its attempts. They share the
lexica (`nursery`), which is why one actor has several cores where all machines can be divided so.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import math
import os
import pickle
import secrets
import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from quellenlage.errors import EngineUnusable, MissingResource
from quellenlage.execution.engines.choosing import cores
from quellenlage.execution.engines.crew import Crew, Limits, Lost
from quellenlage.execution.engines.pool import LIMITS, maker, outcome_of, shared
from quellenlage.execution.engines.tasks import Outcome, Recipe, Task
from quellenlage.execution.engines.worker import Make
from quellenlage.execution.ports import default_pipeline

NO_STATISTICS = "RAY_USAGE_STATS_ENABLED"
"""Ray reports its use to its makers unless this variable is 0."""
_BLOCK = 8
"""Articles that are sent at once; two such blocks for each of its cores are read again where an actor is lost."""
_WIDEST = 8
"""Cores of one actor at most."""
_AT_ONCE, _BYTES = 20_000, 256 << 20
"""Articles, and bytes of them, in one run of Ray Data: it takes in the whole of its input before it begins."""
_STORE = 512 << 20
"""Memory for what is on its way, in bytes, where Ray runs on this machine alone; beyond it Ray writes to disk."""
_LOOPBACK = "127.0.0.2"
"""Ray takes 127.0.0.1 for a mistake, and the address of the network in its place."""
_ROUNDS = 3
"""So often articles are sent that did not come back."""
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ray:
    """The engine of a cluster; without an `address` on this machine alone, with `workers` (None: one a core)."""

    workers: int | None = None
    address: str | None = None
    recipe: Recipe = default_pipeline
    limits: Limits = field(default=LIMITS)
    name: str = "ray"

    def __post_init__(self) -> None:
        if importlib.util.find_spec("ray") is None:
            raise MissingResource(
                "Ray is not installed", remedy="install quellenlage[ray], or leave --engine ray out for --engine pool"
            )

    def processes(self, articles: int) -> int:
        """See `Engine`; of a cluster this machine is one."""
        return max(1, min(self.workers or cores(), cores(), articles))

    def run(self, tasks: Iterable[Task], count: int) -> Generator[Outcome]:
        """See `Engine`; outcomes come as machines give them, in no order."""
        with _connected(self.address, self.workers):
            workers = self.workers or _cores()
            width = _width(workers)
            for portion in _portions(tasks):
                yield from self._portion(portion, workers // width, width)

    def _portion(self, tasks: Sequence[Task], actors: int, width: int) -> Generator[Outcome]:
        """One run of Ray Data, and further ones for what did not come back with an actor that was lost."""
        missing = dict(enumerate(tasks))
        for block in (_BLOCK, *[1] * (_ROUNDS - 1)):
            for number, result in self._sent(missing, actors, width, block):
                if isinstance(result, Exception):
                    raise result
                yield outcome_of(missing.pop(number), result)
            if not missing:
                return
        for task in missing.values():
            yield outcome_of(task, Lost("its actor was lost", _ROUNDS, True))

    def _sent(self, tasks: Mapping[int, Task], actors: int, width: int, block: int) -> Iterator[tuple[int, Any]]:
        """Numbers and results as they come; what is lost with its actor more often than Ray tries is left out."""
        data = _module("ray.data")
        rows: list[_Row] = [{"number": n, "task": pickle.dumps(task)} for n, task in tasks.items()]
        blocks = max(1, -(-len(rows) // block))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # arguments of actors go in 2.64, for nothing else yet
            read = data.from_items(rows, override_num_blocks=blocks).map_batches(
                _Actor,
                batch_size=None,
                fn_constructor_args=(maker(self.recipe), self.limits, width, shared(self.recipe, width)),
                compute=data.ActorPoolStrategy(
                    size=min(actors, blocks), max_tasks_in_flight_per_actor=2 * width, enable_true_multi_threading=True
                ),
                num_cpus=width,
                max_concurrency=width,
                max_restarts=-1,
                max_task_retries=_ROUNDS,
            )
        for batch in read.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=1):
            for row in batch.to_pylist():
                yield row["number"], pickle.loads(row["result"])  # noqa: S301 - from our own actors


class _Actor:
    """Reads batches in processes of its own, one for each of its cores, which stay with their models."""

    def __init__(self, make: Make, limits: Limits, width: int, preload: str | None) -> None:
        self._free: SimpleQueue[Crew[Task]] = SimpleQueue()
        for _ in range(width):
            crew: Crew[Task] = Crew(make, 1, limits, preload)
            crew.__enter__()
            self._free.put(crew)

    def __call__(self, batch: Mapping[str, Any]) -> _Row:
        """Results in the order of the batch; an error that would come with every article takes their place.

        Ray asks from as many threads as the actor has cores.
        """
        tasks = [pickle.loads(task) for task in batch["task"]]  # noqa: S301 - from the one who asked
        crew = self._free.get()
        results: list[Any] = []
        try:
            results = [result for _, result in crew.results(tasks)]
        except (MissingResource, EngineUnusable) as error:
            results = [error] * len(tasks)
        finally:
            self._free.put(crew)
        return {"number": list(batch["number"]), "result": [pickle.dumps(result) for result in results]}


def _portions(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    portion: list[Task] = []
    size = 0
    for task in tasks:
        portion.append(task)
        size += len(task.capture.content) + len(task.capture.text)
        if len(portion) >= _AT_ONCE or size >= _BYTES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


@contextmanager
def _connected(address: str | None, workers: int | None) -> Iterator[None]:
    """Have Ray while it is needed; one that somebody started in this process before is used, and left as it is."""
    os.environ[NO_STATISTICS] = "0"
    if not address:
        # It answers on all addresses of the machine, and would run what anybody sends it.
        os.environ.setdefault("RAY_AUTH_MODE", "token")
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    ray = _module("ray")  # only now, since it reads these variables when it is imported
    ours = not ray.is_initialized()
    if ours:
        here = {"address": "local", "num_cpus": workers, "object_store_memory": _STORE, "_node_ip_address": _LOOPBACK}
        try:
            ray.init(
                **({"address": address} if address else here),
                include_dashboard=False,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        except (ConnectionError, OSError, RuntimeError, ValueError) as error:
            raise EngineUnusable("Ray does not answer: {error}", remedy=_REMEDY, error=error) from error
    try:
        with _quietly():
            yield
    finally:
        if ours:
            ray.shutdown()


@contextmanager
def _quietly() -> Iterator[None]:
    """Let Ray Data say nothing of its own progress, and go on where blocks are lost."""
    context, logger = _module("ray.data").DataContext.get_current(), logging.getLogger("ray.data")
    before, level = {name: getattr(context, name) for name in _SETTINGS}, logger.level
    try:
        for name, value in _SETTINGS.items():
            setattr(context, name, value)
        logger.setLevel(logging.ERROR)
        yield
    finally:
        logger.setLevel(level)
        for name, value in before.items():
            setattr(context, name, value)


_REMEDY = "check the address given with --address, or leave it out to use this machine alone"
_SETTINGS: dict[str, Any] = {
    "enable_progress_bars": False,
    "print_on_execution_start": False,
    "max_errored_blocks": -1,  # what is lost with them is sent again, or named
}


def _cores() -> int:
    return max(1, int(_module("ray").cluster_resources().get("CPU", 1)))


def _width(workers: int) -> int:
    """Cores of an actor, so that actors of one width fill all machines and are as many as there are workers."""
    machines = [int(node["Resources"].get("CPU", 0)) for node in _module("ray").nodes() if node["Alive"]]
    # Where machines are yet to come (a cluster that grows on demand), the narrowest actor fits all of them.
    return math.gcd(_WIDEST, workers, *machines) if any(machines) else 1


def _module(name: str) -> Any:
    """A module of Ray, which is an optional package."""
    return importlib.import_module(name)
