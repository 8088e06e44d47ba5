from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.annotate.quotations.marks import pair


def quoted(text: str) -> list[str]:
    return [text[m.start : m.end] for m in pair(text, 0, len(text)) if m.depth == 0]


@pytest.mark.parametrize(
    "words",
    [
        "„Das reicht.“",
        "»Das reicht.«",
        "«Das reicht.»",
        '"Das reicht."',
        "“Das reicht.”",
        "„Das reicht.”",
        '„Das reicht."',
        "‚Das reicht.‘",
    ],
)
def test_every_kind_of_marks_pairs(words: str) -> None:
    assert quoted(f"Er rief: {words} Dann ging er.") == [words]


def test_inner_marks_have_a_depth() -> None:
    text = "Sie las: „Er nannte es ‚einen Witz‘ und ging.“"
    assert [(text[m.start : m.end], m.depth) for m in pair(text, 0, len(text))] == [
        ("„Er nannte es ‚einen Witz‘ und ging.“", 0),
        ("‚einen Witz‘", 1),
    ]


def test_apostrophes_are_no_marks() -> None:
    assert quoted("Wie geht's Ina's Hund? Rock 'n' Roll bleibt.") == ["'n'"]


def test_a_stray_opening_mark_swallows_nothing() -> None:
    assert quoted("„\nDer Zug fuhr ab.\n„Endlich“, sagte er.") == ["„Endlich“"]


def test_a_mark_that_opens_closes_no_other() -> None:
    text = '„Das war nichts, sagte er. "Wir prüfen das", sagte sie.'
    assert [text[m.start : m.end] for m in pair(text, 0, len(text))] == ['"Wir prüfen das"']


def test_a_speech_over_paragraphs_ends_with_each() -> None:
    assert quoted("„Erster Absatz der Rede.\n\n„Zweiter Absatz.“") == ["„Erster Absatz der Rede.", "„Zweiter Absatz.“"]


def test_marks_may_span_sentences() -> None:
    assert quoted("„Ja. Nein. Vielleicht.“ Das war alles.") == ["„Ja. Nein. Vielleicht.“"]


@given(st.text(alphabet="„“”»«\"'‚‘’› ‹a.\n", max_size=80))
def test_pairs_never_cross(text: str) -> None:
    marks = pair(text, 0, len(text))
    for one in marks:
        assert 0 <= one.start < one.end <= len(text)
        for other in marks:
            apart = one.end <= other.start or other.end <= one.start
            inside = (one.start <= other.start and other.end <= one.end) or (
                other.start <= one.start and one.end <= other.end
            )
            assert apart or inside
