"""Any bytes and any text, from intake to the last stage. `QUELLENLAGE_FUZZ=long` tries a hundred times as many."""

from __future__ import annotations

import os
import random

from benchmarks import poison
from benchmarks.poison.texts import UNITS
from fuzz.checks import LONGEST, NAMES, check_bytes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TIMES = 100 if os.environ.get("QUELLENLAGE_FUZZ") == "long" else 1
MANY = settings(max_examples=40 * TIMES, deadline=None, suppress_health_check=list(HealthCheck))
_SMALL = {
    name: make
    for name, make in poison.FAMILIES.items()
    if name not in {"zip-bomb", "zip-crowded", "gzip-bomb", "pdf-bomb", "html-data", "zip-liar", "docx-deep"}
}


@MANY
@given(st.sampled_from(NAMES), st.binary(max_size=2000))
def test_any_bytes(name: str, data: bytes) -> None:
    check_bytes(name, data)


@MANY
@given(st.lists(st.sampled_from([*UNITS, "Der Minister sagte: ", "in Berlin ", " habe er "]), min_size=1, max_size=60))
def test_any_succession_of_what_patterns_stumble_over(units: list[str]) -> None:
    text = "".join(units)[:LONGEST]
    check_bytes("a.txt", text.encode("utf-8", "surrogatepass"))


@MANY
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    check_bytes("a.txt", f"Der Minister sagte am Montag: {text}".encode("utf-8", "surrogatepass"))


@MANY
@given(
    st.sampled_from(sorted(_SMALL)), st.integers(0, 2**32), st.lists(st.tuples(st.integers(0), st.binary(max_size=4)))
)
def test_any_poison_with_any_bytes_changed(family: str, seed: int, changes: list[tuple[int, bytes]]) -> None:
    made = _SMALL[family](random.Random(seed))  # noqa: S311 - poison is no secret
    data = bytearray(made.data[:40_000])
    for at, instead in changes:
        place = at % (len(data) + 1)
        data[place : place + len(instead)] = instead
    check_bytes(f"a{made.suffix}", bytes(data))
