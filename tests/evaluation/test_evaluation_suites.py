"""The suites on their real data: the gate measures what it names, and the held half shows no single case."""

import json
from functools import cache
from itertools import pairwise

import pytest

from quellenlage.errors import MissingResource
from quellenlage.evaluation import SuiteResult, data, run
from quellenlage.evaluation.registry import SUITES
from quellenlage.model import ZoneKind

QUICK = (
    "zones-sample-open", "zones-sample-held", "zones-seeds", "dct-dev", "claims-gold", "entities-gold", "events-gold",
    "sample-open", "sample-held",
)  # fmt: skip


@cache
def outcome(name: str) -> SuiteResult:
    (result,) = run([name])
    if result.skipped:
        pytest.skip(result.skipped)
    return result


@pytest.mark.parametrize("name", QUICK)
def test_every_pinned_figure_is_measured_and_lies_between_0_and_1(name: str) -> None:
    result = outcome(name)
    gate = next(suite.gate for suite in SUITES if suite.name == name)
    assert set(gate) <= {m.name for m in result.metrics if m.cases or m.value == 0.0}
    assert len({m.name for m in result.metrics}) == len(result.metrics)
    assert all(0.0 <= m.value <= 1.0 for m in result.metrics)
    assert len(result.data_sha256) == 64


@pytest.mark.parametrize("name", ["zones-sample-held", "sample-held"])
def test_nothing_but_sums_is_shown_of_the_held_half(name: str) -> None:
    assert outcome(name).worst == ()


def test_almost_all_gold_passages_of_the_open_half_are_found_in_the_texts_as_read() -> None:
    missing, _, asked, *_ = outcome("sample-open").notes[0].split()
    assert int(missing) < int(asked) * 0.02


def test_zones_of_the_seeds_are_whole_and_in_order() -> None:
    gold = json.loads(data.shipped("seeds", "zones.json").read_text(encoding="utf-8"))
    for item in gold.values():
        zones = item["zones"]
        assert {kind for _, _, kind in zones} <= {str(kind) for kind in ZoneKind}
        assert all(0 <= start < end for start, end, _ in zones)
        assert all(a[1] <= b[0] for a, b in pairwise(zones))


def test_zones_of_the_seeds_cover_all_that_is_visible() -> None:
    gold = json.loads(data.shipped("seeds", "zones.json").read_text(encoding="utf-8"))
    try:
        folder = data.folder("seeds")
    except MissingResource as error:
        pytest.skip(str(error))
    for name, item in gold.items():
        assert data.content_sha256(folder / name) == item["sha256"]
        text = (folder / name).read_bytes().decode("utf-8")
        covered = {i for start, end, _ in item["zones"] for i in range(start, end)}
        assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
        assert not any(text[start].isspace() or text[end - 1].isspace() for start, end, _ in item["zones"])
