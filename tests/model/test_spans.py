"""Offsets and evidence: what every other module relies on."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.errors import Defect
from quellenlage.model import Evidence, Span, content_id, evidence, from_json, hull, text_digest, to_builtins, to_json


@st.composite
def text_and_span(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(st.text(min_size=1, max_size=200))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(text_and_span())
def test_evidence_that_shares_its_text_is_equal_to_evidence_with_words_of_its_own(case: tuple[str, Span]) -> None:
    text, span = case
    shared = evidence("art-1", text, span)
    words = (shared.exact, shared.prefix, shared.suffix)
    own = Evidence("art-1", text_digest(text), span.start, span.end, *words)
    assert shared == own
    assert own == shared
    assert hash(shared) == hash(own)
    assert repr(shared) == repr(own)
    assert shared != replace(own, article="art-2")
    assert copy.deepcopy(shared) == own
    assert replace(shared, article="art-2") == replace(own, article="art-2")
    assert to_builtins(shared) == to_builtins(own)


def test_the_same_digest_of_another_text_shares_nothing() -> None:
    first = evidence("art-1", "Alle sagen ja.", Span(0, 4), digest="0" * 64)
    second = evidence("art-1", "Wenige sagen ja.", Span(0, 6), digest="0" * 64)
    assert (first.exact, second.exact) == ("Alle", "Wenige")


@pytest.mark.parametrize("text", ["„Grüße“ – so", "Привет, мир", "a\x81b\U0001f600c"])
def test_places_count_letters_whatever_bytes_they_take(text: str) -> None:
    last = evidence("art-1", text, Span(len(text) - 1, len(text)))
    assert (last.exact, last.prefix) == (text[-1], text[:-1])


@given(text_and_span())
def test_evidence_quotes_exactly_and_survives_json(case: tuple[str, Span]) -> None:
    text, span = case
    found = evidence("art-1", text, span)
    assert found.exact == text[span.start : span.end]
    assert found.prefix + found.exact + found.suffix in text
    assert found.holds_in(text)
    assert not found.holds_in(text + "x")
    if text.isprintable():
        assert from_json(to_json(found), Evidence) == found


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_empty_or_negative_spans_are_defects(start: int, end: int) -> None:
    with pytest.raises(Defect):
        Span(start, end)


def test_evidence_refuses_a_quote_of_another_length() -> None:
    with pytest.raises(Defect):
        Evidence("art-1", text_digest("abc"), 0, 3, "ab")


def test_span_beyond_the_text_is_a_defect() -> None:
    with pytest.raises(Defect):
        evidence("art-1", "kurz", Span(0, 9))


def test_identifiers_depend_on_every_part_and_on_nothing_else() -> None:
    assert content_id("art", "a", "bc") == content_id("art", "a", "bc")
    assert content_id("art", "a", "bc") != content_id("art", "ab", "c")
    # The two ways to write "ä" in Unicode are one content.
    assert content_id("art", "\u00e4") == content_id("art", "a\u0308")


def test_hull_covers_all_parts() -> None:
    assert hull([Span(5, 8), Span(1, 2)]) == Span(1, 8)


def test_a_text_that_is_quoted_for_a_moment_is_not_encoded_again_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    words = type(getattr(evidence("art-0", "Es brannte.", Span(0, 2)), "_words"))  # noqa: B009 - of `Quoted` alone
    first = words.__init__

    def counted(self: Any, article: str, digest: str, text: str) -> None:
        made.append(article)
        first(self, article, digest, text)

    monkeypatch.setattr(words, "__init__", counted)
    text = "Es regnete in Miren."
    assert [evidence("art-moment", text, Span(n, n + 2)).exact for n in range(3)] == ["Es", "s ", " r"]
    assert made == ["art-moment"]
