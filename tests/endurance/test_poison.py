"""The short form of `make bench-endurance`: some inputs of every family, but of those with a hundred megabytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import poison
from benchmarks.poisoned import fates

from quellenlage.execution import build
from quellenlage.store import open_archive

FIRST = len(poison.HEAVY)


def test_the_same_number_is_the_same_input() -> None:
    one, again = (list(poison.inputs(50, first=FIRST + 150)) for _ in range(2))
    assert one == again
    assert one != list(poison.inputs(50, seed=8, first=FIRST + 150))
    assert len({p.name for p in one}) == 50


def test_every_family_has_its_turn() -> None:
    families = {p.family for p in poison.inputs(len(poison.FAMILIES), first=FIRST)}
    assert families == set(poison.FAMILIES)


@pytest.mark.slow
def test_each_poisoned_input_is_taken_or_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    inbox, path = tmp_path / "inbox", tmp_path / "a.db"
    inbox.mkdir()
    count = len(poison.FAMILIES)
    told = list(fates(poison.inputs(count, first=FIRST), inbox, path))
    assert [fate for fate in told if fate.broken] == []
    assert len(told) == count
    assert sum(fate.taken > 0 for fate in told) > count // 4
    assert sum(fate.refused > 0 for fate in told) > count // 4
    archive = open_archive(str(path))
    report = build(archive, clock=lambda: "2026-01-01T00:00:00Z")
    assert report.rejected == ()
    assert report.linked
    assert archive.verify() == []
    archive.close()
