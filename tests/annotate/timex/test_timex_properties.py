from __future__ import annotations

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
    check(document)
    assert timexes(text, dct) == document


def check(document: Document) -> None:
    for before, after in pairwise(document.timexes):
        assert before.end <= after.start
    known: set[str] = set()
    for timex in document.timexes:
        words = timex.span.of(document.text)
        assert words.strip() == words != ""
        assert timex.value
        assert timex.anchor in {None, "dct", *known}
        assert timex.earliest is None or timex.type != "SET"
        known.add(timex.id)


@pytest.mark.parametrize(
    ("unit", "each"),
    [
        ("2014, ", 1),
        ("am 3., ", 0),
        ("Montag ", 1),
        ("vor zwei ", 0),
        ("und ", 0),
        ("3. und ", 0),
        ("10 bis ", 0),
        ("a ", 0),
    ],
)
def test_a_line_of_any_length_is_read_to_its_end(timexes: Make, unit: str, each: int) -> None:
    count = 12_000 // len(unit)
    document = timexes(unit * count, "2015-09-18")
    check(document)
    assert len(document.timexes) == each * count
