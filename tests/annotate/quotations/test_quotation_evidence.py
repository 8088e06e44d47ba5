"""Words by number: where sentences, paragraphs and passages open among them, and spans within what is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annotate.quotations.quotation_samples import document

from quellenlage.annotate.quotations.evidence import Places, cut
from quellenlage.annotate.quotations.reader import places_of, words_of
from quellenlage.model import Span, Zone, ZoneKind

FIRST = "Kai Bruns sagte, der Hof sei leer. Das Vieh sei verkauft."
CAPTION = "Der Hof im Sommer. Foto: Nordbild"
LAST = "Der Stall stehe noch."


def captioned() -> Places:
    """Two paragraphs with a caption between them."""
    text = f"{FIRST}\n\n{CAPTION}\n\n{LAST}"
    at = text.index(CAPTION)
    zones = (
        Zone(0, len(FIRST), ZoneKind.BODY),
        Zone(at, at + len(CAPTION), ZoneKind.CAPTION),
        Zone(text.index(LAST), len(text), ZoneKind.BODY),
    )
    made = document(text)
    return places_of(text, words_of(replace(made, article=replace(made.article, zones=zones))))


def said(places: Places, spans: Sequence[Span]) -> list[str]:
    return [span.of(places.text) for span in spans]


def numbers(places: Places, words: str) -> list[int]:
    at = places.text.index(words)
    return places.of([Span(at, at + len(words))])


def opening(places: Places, numbers: frozenset[int]) -> list[str]:
    return [" ".join(places.word(n + k) for k in range(2)) for n in sorted(numbers)]


def test_a_caption_between_two_paragraphs_is_in_no_span() -> None:
    places = captioned()
    assert said(places, places.spans(range(len(places.words)))) == [FIRST, LAST]
    assert numbers(places, CAPTION) == []


def test_paragraphs_with_nothing_between_them_are_one_span() -> None:
    text = f"{FIRST}\n\n{LAST}"
    places = places_of(text, words_of(document(text)))
    assert said(places, places.spans(range(len(places.words)))) == [text]
    assert (opening(places, places.paragraphs), places.apart) == (["der stall"], frozenset())


def test_what_opens_where() -> None:
    places = captioned()
    assert opening(places, places.sentences) == ["kai bruns", "das vieh", "der stall"]
    assert opening(places, places.paragraphs) == opening(places, places.apart) == ["der stall"]


def test_text_left_out_within_a_line_ends_a_paragraph_too() -> None:
    text = "Der Hof sei leer. (Anzeige) Der Stall stehe noch."
    first, second = text.index("(") - 1, text.index(")") + 2
    places = places_of(text, [[(0, first)], [], [(second, len(text))]])
    assert [set(found) for found in (places.sentences, places.paragraphs, places.apart)] == [{0, 1}, {1}, {1}]
    assert said(places, places.spans([0, 1])) == ["Der Hof sei leer.", "Der Stall stehe noch."]


@pytest.mark.parametrize(("words", "first"), [("Kai", "kai"), ("leer", "kai"), ("Das", "das"), ("noch", "der")])
def test_the_first_word_of_a_sentence(words: str, first: str) -> None:
    places = captioned()
    assert places.word(places.sentence(numbers(places, words)[0])) == first


def test_beyond_the_last_word_there_is_none() -> None:
    places = captioned()
    assert (places.word(len(places.words) - 1), places.word(len(places.words))) == (".", "")


@pytest.mark.parametrize(
    ("numbers", "at", "parts"),
    [
        ([3, 4, 5], {5}, [(3, 4), (5,)]),
        ([3, 4, 5], {3}, [(3, 4, 5)]),
        ([3, 7, 8], {5}, [(3,), (7, 8)]),
        ([3, 4], {9}, [(3, 4)]),
        ([0, 1, 2], {1, 2}, [(0,), (1,), (2,)]),
        ([], {1}, []),
    ],
)
def test_words_are_cut_where_something_begins(numbers: list[int], at: set[int], parts: list[tuple[int, ...]]) -> None:
    assert cut(numbers, at) == parts


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[list[tuple[int, int]]]]:
    """Words by sentence, of texts that hold passages ("#") which are not read."""
    text, read = "", list[list[tuple[int, int]]]()
    for piece in draw(st.lists(st.integers(0, 5), min_size=1, max_size=6)):
        text += draw(st.sampled_from(["", " ", "\n\n", "#", " # ", "\n#\n"]))
        read.append([])
        for _ in range(piece):
            text += draw(st.sampled_from([" ", "  "])) if read[-1] else ""
            word = draw(st.sampled_from(["a", "Hof", ","]))
            read[-1].append((len(text), len(text) + len(word)))
            text += word
    return text, read


@given(texts(), st.data())
def test_spans_of_any_words_lie_apart_within_what_is_read(
    made: tuple[str, list[list[tuple[int, int]]]], data: st.DataObject
) -> None:
    text, read = made
    places = places_of(text, read)
    count = len(places.words)
    chosen = data.draw(st.lists(st.integers(0, count - 1))) if count else []
    spans = places.spans(chosen)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all("#" not in span.of(text) for span in spans)
    assert places.of(spans) == sorted(set(chosen))


@given(st.sets(st.integers(0, 30)).map(sorted), st.frozensets(st.integers(0, 30)))
def test_cutting_loses_no_word(chosen: list[int], at: frozenset[int]) -> None:
    parts = cut(chosen, at)
    assert [n for part in parts for n in part] == chosen
    assert all(parts)
    for part in parts:
        assert not at & set(range(part[0] + 1, part[-1] + 1))
    for before, after in pairwise(parts):
        assert at & set(range(before[-1] + 1, after[0] + 1))


@given(st.sets(st.integers(0, 12)), st.integers(0, 12))
def test_the_sentence_of_a_word_is_the_last_that_opens_before_it(openings: set[int], number: int) -> None:
    words = [(2 * n, 2 * n + 1) for n in range(13)]
    before = [n for n in openings if n <= number]
    assert Places("", words, frozenset(openings)).sentence(number) == max(before, default=0)
