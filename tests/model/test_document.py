"""Trees over a document's tokens."""

from __future__ import annotations

import pytest

from quellenlage.errors import Defect
from quellenlage.model import Article, Document, Span, Token, Zone, ZoneKind, from_json, text_digest, to_json

TEXT = "Er kam. Sie ging."
TOKENS = (Token(0, 2, head=1, deprel="nsubj"), Token(3, 6, head=1, deprel="root"), Token(6, 7, head=1, deprel="punct"))


def document(*tokens: Token) -> Document:
    zones = (Zone(0, len(TEXT), ZoneKind.BODY),)
    return Document(Article("a", "c", "test", TEXT, text_digest(TEXT), "text", zones), tokens=tokens)


def test_heads_survive_json() -> None:
    token = TOKENS[0]
    assert from_json(to_json(token), Token) == token
    assert from_json('{"start": 0, "end": 2}', Token) == Token(0, 2)


@pytest.mark.parametrize("head", [-1, 3])
def test_a_head_that_is_not_there_is_a_defect(head: int) -> None:
    with pytest.raises(Defect, match="depends on"):
        document(Token(0, 2, head=head, deprel="nsubj"), *TOKENS[1:])


@pytest.mark.parametrize(("head", "deprel"), [(0, None), (None, "root")])
def test_half_a_dependency_is_a_defect(head: int | None, deprel: str | None) -> None:
    with pytest.raises(Defect, match="half"):
        Token(0, 2, head=head, deprel=deprel)


def test_a_range_of_tokens_holds_the_indices_that_heads_are_counted_in() -> None:
    found = document(*TOKENS)
    assert found.token_range(Span(0, 7)) == range(3)
    assert found.token_range(Span(1, 7)) == range(1, 3)
    assert found.tokens_in(Span(1, 6)) == found.tokens[1:2]
    assert list(found.token_range(Span(7, 9))) == []
