"""Pinned figures: what was once reached on certain data may not be lost; raised on request, never lowered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quellenlage.errors import MissingResource
from quellenlage.evaluation import data
from quellenlage.evaluation.results import Metric, SuiteResult

FOLDER = "baselines"
OTHER_DATA = "other data than the pins were set on: not compared"


@dataclass(frozen=True, slots=True)
class Pins:
    """Figures of one suite with the digest of the data they were measured on."""

    suite: str
    data_sha256: str
    metrics: Mapping[str, float] = field(default_factory=dict)


def read(suite: str) -> Pins | None:
    """Pins of a suite, None where none were set."""
    try:
        path = data.shipped(FOLDER, f"{suite}.json")
    except MissingResource:
        return None
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Pins(raw["suite"], raw["data_sha256"], raw["metrics"])


def compared(result: SuiteResult, pins: Pins | None) -> SuiteResult:
    """Put the pins beside the figures they concern.

    On other data nothing is compared, and a note says so. A pinned figure that is no longer measured counts as fallen
    to 0, so that a pin cannot be lost by renaming.
    """
    if pins is None or result.skipped:
        return result
    if pins.data_sha256 != result.data_sha256:
        return replace(result, notes=(*result.notes, OTHER_DATA))
    metrics = [replace(metric, pinned=pins.metrics.get(metric.name)) for metric in result.metrics]
    measured = {metric.name for metric in metrics}
    metrics += [Metric(name, 0.0, 0, None, pin) for name, pin in pins.metrics.items() if name not in measured]
    return replace(result, metrics=tuple(metrics))


def raised(result: SuiteResult, pins: Pins | None, gate: Sequence[str]) -> Pins:
    """Pins after a run: higher figures and new ones taken over, lower ones left where they were.

    On other data than before the pins start anew.
    """
    old = pins.metrics if pins and pins.data_sha256 == result.data_sha256 else {}
    values = {metric.name: metric.value for metric in result.metrics}
    new = {name: max(old.get(name, 0.0), values[name]) for name in gate if name in values}
    return Pins(result.name, result.data_sha256, {**old, **new})


def write(pins: Pins) -> Path:
    """Write the pins of a suite into the source tree.

    Raises:
        MissingResource: this is an installed package, whose pins are not to be changed.
    """
    folder = data.CHECKOUT / "evaluation"
    if not folder.is_dir():
        raise MissingResource("pins belong to the source tree", remedy="run `quellenlage evaluate --update` there")
    path = folder / FOLDER / f"{pins.suite}.json"
    path.parent.mkdir(exist_ok=True)
    content = {"suite": pins.suite, "data_sha256": pins.data_sha256, "metrics": dict(sorted(pins.metrics.items()))}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
