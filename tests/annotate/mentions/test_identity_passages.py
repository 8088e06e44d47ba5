"""Who is who in short passages whose names are given."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.annotate.mentions.identity_passages import Passage, contradictions, given, passages

from quellenlage.annotate.mentions import annotated
from quellenlage.model import Document


def _listed() -> list[object]:
    return [
        pytest.param(p, id=p.title, marks=[pytest.mark.xfail(reason=p.fails, strict=True)] if p.fails else [])
        for p in passages()
    ]


@pytest.mark.parametrize("passage", _listed())
def test_names_given_are_bound_as_the_passage_says(annotate: Callable[[str], Document], passage: Passage) -> None:
    read = annotate(passage.text)
    bare = Document(read.article, read.sentences, read.tokens)
    assert contradictions(passage, annotated(bare, given(bare, passage))) == []


def test_a_passage_contradicts_what_is_wrong(annotate: Callable[[str], Document]) -> None:
    passage = next(p for p in passages() if p.title == "couple, surname alone")
    read = annotate(passage.text)
    assert contradictions(passage, Document(read.article, read.sentences, read.tokens)) == [
        "missing: Sonia",
        "missing: Willy Tannhof",
    ]
