"""Measuring every stage against gold data, with pinned figures that may only rise: `quellenlage evaluate`."""

from quellenlage.evaluation.registry import run, suites
from quellenlage.evaluation.results import Metric, Miss, SuiteResult

__all__ = ["Metric", "Miss", "SuiteResult", "run", "suites"]
