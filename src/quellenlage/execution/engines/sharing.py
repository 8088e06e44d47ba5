"""The processes of a machine as those who read portions of an archive: while it is linked (`model.partition`), and
passages for search by meaning.

Portions go out in order and come back in order; what comes of them is put together by the one who asked. A portion
whose worker dies each time it is tried is read in this process instead, so that nothing depends on the workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any, Self, TypeVar

from quellenlage.execution.engines.crew import Crew, Limits, Lost
from quellenlage.execution.engines.pool import Pool
from quellenlage.execution.engines.tasks import Engine
from quellenlage.model.partition import Mapper, in_process

T = TypeVar("T")
R = TypeVar("R")

_SECONDS = 600.0
"""What a portion may take: hundreds of times what it needs."""


MANY = 2000
"""Articles from which on workers are started for a link; of fewer the parts are read here before they have begun."""


def sharing(engine: Engine, articles: int) -> AbstractContextManager[Mapper]:
    """Who reads the portions of so many articles when they are linked: the workers of a pool that a user asked for.

    Most of a link is one row of steps in order of capture: workers save little of it, and take memory, so that nobody
    gets them who did not ask.
    """
    if isinstance(engine, Pool) and engine.workers > 1 and articles >= MANY:
        return Sharing(engine.workers)
    return nullcontext(in_process)


def encoding(engine: Engine | None, articles: int) -> AbstractContextManager[Mapper]:
    """Who computes vectors of the passages of so many articles: as many workers as the engine reads them with.

    Unlike those that analyse they load the encoder alone, in half a second, and hold 200 MiB.
    """
    workers = engine.processes(articles) if engine else 1
    return Sharing(workers, ENCODING) if workers > 1 else nullcontext(in_process)


def _patience(_portion: Any) -> float:
    return _SECONDS


def _patience_of_passages(asked: tuple[Any, tuple[str, Sequence[str]]]) -> float:
    return _SECONDS + len(asked[1][1])


LIMITS = Limits(patience=_patience)
ENCODING = Limits(patience=_patience_of_passages)


class Sharing:
    """A mapper with workers of its own, which stay from one call to the next until the end of the context."""

    def __init__(self, workers: int, limits: Limits = LIMITS) -> None:
        self._crew: Crew[tuple[Callable[[Any], Any], Any]] = Crew(_worker, workers, limits)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._open.enter_context(self._crew)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def __call__(self, function: Callable[[T], R], things: Iterable[T]) -> Iterator[R]:
        """Apply a function that other processes can import to things that can be pickled; answers come in order.

        Raises:
            EngineUnusable: workers cannot be started.
            Exception: what the function raised.
        """
        for (_, thing), answer in self._crew.results((function, thing) for thing in things):
            yield function(thing) if isinstance(answer, Lost) else answer


def _worker() -> Callable[[tuple[Callable[[Any], Any], Any]], Any]:
    return _applied


def _applied(task: tuple[Callable[[Any], Any], Any]) -> Any:
    function, thing = task
    return function(thing)
