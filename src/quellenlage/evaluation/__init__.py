"""Measuring every stage against gold data, with pinned figures that may only rise: `quellenlage evaluate`.

The suites are imported when they are asked for: training reads `splits` in an environment without the stages.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quellenlage.evaluation.registry import run, suites
    from quellenlage.evaluation.results import Metric, Miss, SuiteResult

__all__ = ["Metric", "Miss", "SuiteResult", "run", "suites"]

_HOMES = {"run": "registry", "suites": "registry", "Metric": "results", "Miss": "results", "SuiteResult": "results"}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
