from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.model import Document
from quellenlage.resources import load

Make = Callable[..., Document]
WORDS = load("de/timex_words.toml")["words"]
FORMS = sorted({entry.rpartition(":")[0] for words in WORDS.values() for entry in words.split()})
EXTRA = [
    "am",
    "im",
    "vor",
    "in",
    "bis",
    "zum",
    "31.",
    "29.",
    "12.",
    "2015",
    "99",
    "0000",
    "1.1.9999",
    "17.30",
    "²",
    "٣",
    "24",
]
EXTRA += [
    "zwei",
    "9999",
    "2100",
    "letzten",
    "kommenden",
    "ersten",
    "Heiligen Abend",
    "999999999",
    "80er",
    "50-minütig",
    ".",
]
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(st.sampled_from(FORMS + EXTRA), max_size=30).map(" ".join)
)  # fmt: skip
DCTS = st.sampled_from(
    [None, "2015-09-18", "2016-02-29", "2015-09", "2015", "2009-01-20/2017-01-20", "0001-01-01", "9999-12-31"]
)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, dct=DCTS)
def test_any_text_passes(timexes: Make, text: str, dct: str | None) -> None:
    document = timexes(text, dct)
    for before, after in pairwise(document.timexes):
        assert before.end <= after.start
    known: set[str] = set()
    for timex in document.timexes:
        assert timex.span.of(text).strip() == timex.span.of(text)
        assert timex.value
        assert timex.anchor in {None, "dct", *known}
        assert timex.earliest is None or timex.type != "SET"
        known.add(timex.id)
    assert timexes(text, dct) == document


@pytest.mark.parametrize("unit", ["2014, ", "am 3., ", "Montag ", "vor zwei ", "und ", "3. und ", "10 bis ", "a "])
def test_long_lines_take_linear_time(timexes: Make, unit: str) -> None:
    text = unit * (40_000 // len(unit))
    start = time.perf_counter()
    timexes(text, "2015-09-18")
    assert time.perf_counter() - start < 8
