from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest
from tests.execution.engines.poisoned import poisoned, task_of

from quellenlage.errors import MissingResource
from quellenlage.execution.engines import Engines, InProcess, Outcome, Pool, choosing, engine_of
from quellenlage.execution.engines.choosing import FEW, Auto
from quellenlage.views.cli.engines import NAMES


def test_names_on_the_command_line_are_those_of_engines() -> None:
    assert tuple(Engines) == NAMES


def test_an_engine_by_its_name() -> None:
    assert engine_of("process").name == "process"
    assert engine_of("pool", workers=3) == Pool(3)
    assert engine_of("pool") == Pool(choosing.cores())
    with pytest.raises(ValueError, match="dask"):
        engine_of("dask")
    with pytest.raises(ValueError, match="0 workers"):
        engine_of("pool", workers=0)


def test_ray_is_asked_for_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(MissingResource, match="Ray is not installed"):
        engine_of("ray")


@pytest.mark.parametrize(
    ("workers", "count", "chosen"), [(2, FEW, "process"), (1, FEW + 1, "process"), (2, FEW + 1, "pool")]
)
def test_a_pool_is_started_where_it_pays(
    workers: int, count: int, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[str] = []

    def run(engine: InProcess | Pool, _tasks: object, _count: int) -> Iterator[Outcome]:
        used.append(engine.name)
        return iter(())

    for one in (InProcess, Pool):
        monkeypatch.setattr(one, "run", run)
    list(Auto(workers, poisoned).run([task_of("Eins")], count))
    assert used == [chosen]
