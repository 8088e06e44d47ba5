from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.annotate.language import STAGE
from quellenlage.model import Document

Make = Callable[..., Document]
PIECES = st.sampled_from(
    ["Der Rat", "sagte", ". ", "18.", " 2015", "„", "“", '"', "\n", "\n\n", "z. B.", "Dr.", "…", "!?", ":innen", "-",
     "'s", "http://a.de", "www.", "@", " ", "\t", "\u00ad", "\u200b", "😀", "²", "٣.", "ß", "usw.", "II.", "1.1.1",
     "a.b.c", "(", ")", "\x00", "\ud800"]
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("rules_alone")
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_every_visible_character_is_in_one_token_of_one_sentence(make_document: Make, text: str) -> None:
    document = STAGE.run(make_document(text))
    check(document)
    assert STAGE.run(make_document(text)) == document


def check(document: Document) -> None:
    text = document.text
    covered = [False] * len(text)
    for token in document.tokens:
        assert token.span.of(text).strip() == token.span.of(text)
        covered[token.start : token.end] = [True] * len(token.span)
    assert not "".join(c for c, done in zip(text, covered, strict=True) if not done).strip()
    at = 0
    for sentence in document.sentences:
        inside = document.tokens_in(sentence.span)
        assert inside[0].start == sentence.start
        assert inside[-1].end == sentence.end
        at += len(inside)
    assert at == len(document.tokens)


@pytest.mark.parametrize(
    "unit", ["a", "1", "a.", "1.", "1,", "www.", "a-", "„“", ". ", "A.B ", "\n", "z.", "a@", "2015 "]
)
def test_no_character_of_a_long_line_is_lost(make_document: Make, unit: str) -> None:
    check(STAGE.run(make_document(unit * (100_000 // len(unit)))))
