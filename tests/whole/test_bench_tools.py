"""What the benchmarks report with: figures beside limits, drawings, and memory of a family of processes."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks import machine, plot, watched
from benchmarks.figures import Figure, lines, markdown, number
from benchmarks.texts import beginnings
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.encoder import files


@pytest.mark.parametrize(
    ("figure", "kept"),
    [
        (Figure("rate", 3.0, "articles/s", 3.0, least=True), True),
        (Figure("rate", 2.9, "articles/s", 3.0, least=True), False),
        (Figure("memory", 2049.0, "MiB", 2048.0), False),
        (Figure("memory", 5000.0, "MiB"), True),
    ],
)
def test_limit(figure: Figure, *, kept: bool) -> None:
    assert figure.kept is kept
    assert ("MISSED" in next(iter(lines([figure])))) is not kept
    assert ("**no**" in list(markdown([figure]))[-1]) is not kept


@pytest.mark.parametrize(("value", "told"), [(0, "0"), (1234567.8, "1,234,568"), (12.34, "12.3"), (0.1234, "0.12")])
def test_digits(value: float, told: str) -> None:
    assert number(value) == told


@given(
    st.lists(
        st.tuples(st.integers(1, 10**7), st.floats(0, 1e9, allow_nan=False, allow_subnormal=False)),
        min_size=1,
        max_size=6,
    )
)
def test_drawing_stays_inside(points: list[tuple[int, float]]) -> None:
    drawn = ElementTree.fromstring(plot.drawing("a & b", "<x>", {"one": sorted(points)}))  # noqa: S314  (our own)
    width, height = map(int, drawn.attrib["viewBox"].split()[2:])
    circles = [e for e in drawn.iter() if e.tag.endswith("circle")]
    assert len(circles) == len(points)
    assert all(0 <= float(c.attrib["cx"]) <= width and 0 <= float(c.attrib["cy"]) <= height for c in circles)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="the system does not tell memory by process")
def test_memory_counts_children() -> None:
    child = "import time; held = bytearray(80 << 20); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert watched.run([sys.executable, "-c", parent]).peak > 80


def test_failure_ends_the_benchmark() -> None:
    with pytest.raises(SystemExit, match="ended with 3"):
        watched.run([sys.executable, "-c", "raise SystemExit(3)"])


def test_machine_is_described_without_its_name() -> None:
    assert {"processor", "cores", "memory", "Python", "SQLite"} <= machine.described().keys()


def test_texts_without_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(files.VARIABLE, files.Models.RULES)
    texts = list(beginnings(tmp_path, 3))
    assert len(texts) == 3
    assert all(len(text.split()) > 20 for text in texts)
