"""All engines on articles of the sample corpus, with the models: the same documents, byte for byte."""

from __future__ import annotations

import importlib
import importlib.util
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.execution.engines.poisoned import poisoned, task_of

from quellenlage import pipeline
from quellenlage.encoder import files
from quellenlage.execution.engines import Analysed, Engine, Failed, InProcess, Task, engine_of
from quellenlage.execution.engines.crew import Limits
from quellenlage.intake import IntakeOptions, captures
from quellenlage.model import Capture
from quellenlage.resources import resource

REQUIRED = os.environ.get("QUELLENLAGE_RAY") == "required"
WITH_RAY = pytest.mark.skipif(
    not REQUIRED and importlib.util.find_spec("ray") is None,
    reason="Ray is not installed (extra `ray`); QUELLENLAGE_RAY=required makes this a failure",
)
ARTICLES = 12


@pytest.fixture(autouse=True)
def _encoder(models: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests of execution read with rules alone."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


@pytest.fixture(scope="module")
def tasks() -> list[Task]:
    options = IntakeOptions(captured_at="2026-01-05T10:00:00Z", network=False)
    read = [one for one in captures([str(resource("sample"))], options) if isinstance(one, Capture)]
    overrides = pipeline.overrides_for((), "")
    return [Task(one, overrides, pipeline.fingerprint(one.id, overrides)) for one in read[:: len(read) // ARTICLES]]


@pytest.fixture(scope="module")
def alone(tasks: list[Task]) -> dict[str, bytes]:
    return results(InProcess(), tasks)


def results(engine: Engine, tasks: list[Task]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with closing(engine.run(iter(tasks), len(tasks))) as outcomes:
        for outcome in outcomes:
            assert isinstance(outcome, Analysed), outcome
            found[outcome.task.capture.id] = outcome.packed
    return found


def test_a_pool_gives_what_this_process_gives(tasks: list[Task], alone: dict[str, bytes]) -> None:
    assert results(engine_of("pool", workers=2), tasks) == alone
    assert list(alone) == [task.capture.id for task in tasks]


@pytest.fixture(scope="module")
def local_ray() -> Iterator[None]:
    """One local Ray for all tests of this module: starting it takes seconds."""
    from quellenlage.execution.engines import cluster

    with cluster._connected(None, 2):
        yield


@WITH_RAY
def test_ray_gives_what_this_process_gives(tasks: list[Task], alone: dict[str, bytes], local_ray: None) -> None:
    assert results(engine_of("ray", workers=2), tasks) == alone


@WITH_RAY
def test_ray_tells_nobody_of_its_use(local_ray: None) -> None:
    usage_lib = importlib.import_module("ray._common.usage.usage_lib")
    assert not usage_lib.usage_stats_enabled()


@WITH_RAY
def test_ray_takes_orders_from_nobody_else(local_ray: None) -> None:
    assert os.environ["RAY_AUTH_MODE"] == "token"
    assert len(os.environ["RAY_AUTH_TOKEN"]) == 64


@WITH_RAY
def test_articles_that_kill_hang_or_fail_cost_themselves_alone_with_ray(local_ray: None) -> None:
    from quellenlage.execution.engines.cluster import Ray

    texts = [f"Gipfel {n}\n@Adam beim TREFFEN" for n in range(10)]
    texts[3:3] = ["STIRBT\n@Emil", "HÄNGT\n@Emil", "KAPUTT\n@Emil"]
    engine = Ray(2, None, poisoned, Limits(patience=_two_seconds, killed=2, late=1, held=8))
    outcomes = list(engine.run([task_of(text) for text in texts], len(texts)))
    failed = {one.task.capture.text.split()[0]: one.reason for one in outcomes if isinstance(one, Failed)}
    assert len(outcomes) == len(texts)
    assert failed.pop("KAPUTT").startswith("ValueError: cannot read")
    assert failed == {
        "STIRBT": "the worker died while reading it, 2 times: SIGKILL",
        "HÄNGT": "the worker died while reading it, 1 times: it took more than 2 seconds",
    }


@WITH_RAY
@given(
    st.integers(1, 64),
    st.lists(st.integers(1, 64), max_size=5),
)
def test_actors_of_one_width_fill_all_machines(workers: int, machines: list[int]) -> None:
    from quellenlage.execution.engines import cluster

    class Cluster:
        """Machines with so many cores, one that was lost, and one that lends none."""

        @staticmethod
        def nodes() -> list[dict[str, Any]]:
            found = [{"Alive": True, "Resources": {"CPU": float(cores)}} for cores in machines]
            return [*found, {"Alive": False, "Resources": {"CPU": 7.0}}, {"Alive": True, "Resources": {}}]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster, "_module", lambda _: Cluster)
        width = cluster._width(workers)
    if not machines:
        assert width == 1  # they are yet to come
        return
    assert 1 <= width <= 8
    assert [cores % width for cores in (workers, *machines)] == [0] * (len(machines) + 1)
    assert any(cores % (2 * width) for cores in (8, workers, *machines))  # none that is twice as wide would


def _two_seconds(_task: object) -> float:
    return 2.0


@WITH_RAY
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="this system does not list its processes")
def test_an_actor_that_is_killed_costs_nothing(local_ray: None) -> None:
    from quellenlage.execution.engines.cluster import Ray

    tasks = [task_of(f"LANGSAM {n}\n@Adam beim TREFFEN") for n in range(24)]
    killed: list[int] = []
    killer = Thread(target=_kill_when_there, args=(b"MapWorker", killed.append), daemon=True)
    killer.start()
    outcomes = list(Ray(2, None, poisoned, Limits(held=64)).run(tasks, len(tasks)))
    killer.join()
    assert killed
    assert sorted(one.task.capture.id for one in outcomes) == sorted(one.capture.id for one in tasks)
    assert all(isinstance(one, Analysed) for one in outcomes)


def _kill_when_there(name: bytes, told: Callable[[int], None]) -> None:
    """Kill one actor of this Ray, after it has begun to work."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for command in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                working = name in command.read_bytes() and b"submit" in command.read_bytes()
            except OSError:
                continue
            if working:
                time.sleep(1)
                os.kill(int(command.parent.name), signal.SIGKILL)
                told(int(command.parent.name))
                return
        time.sleep(0.1)
