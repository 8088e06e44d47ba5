"""Functions over parts of an archive, side by side in several processes: a `Mapper` as `model.partition` asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from quellenlage.errors import Defect
from quellenlage.execution.engines.crew import Crew, Limits, Lost
from quellenlage.model.partition import Mapper

_SECONDS = 600.0
"""What one part may take; parts are read in seconds."""


@contextmanager
def side_by_side(workers: int) -> Iterator[Mapper]:
    """Have so many processes while a mapper is needed; answers come in order, whatever happens to a process.

    The mapper raises what the function raises, and Defect where a part kills every process that reads it.
    """
    with Crew[Any](_applying, workers, Limits(patience=_patience)) as crew:

        def mapper(function: Callable[[Any], Any], things: Iterable[Any]) -> Iterator[Any]:
            for _, answer in crew.results((function, thing) for thing in things):
                if isinstance(answer, Lost):
                    raise Defect(f"a process died {answer.times} times while reading one part: {answer.why}")
                yield answer

        yield mapper


def _applying() -> Callable[[tuple[Callable[[Any], Any], Any]], Any]:
    return _apply


def _apply(asked: tuple[Callable[[Any], Any], Any]) -> Any:
    function, thing = asked
    return function(thing)


def _patience(_asked: object) -> float:
    return _SECONDS
